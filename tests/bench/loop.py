"""loop.py PATTERNS FILE…: every pattern over every file by Python's re, as a script would; prints the number of hits."""
import re
import sys


def compile_all(path):
    patterns = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            try:
                patterns.append(re.compile(line.rstrip("\n"), re.IGNORECASE))
            except re.error as error:
                print(f"left out: {line.strip()}: {error}", file=sys.stderr)
    return patterns


def main():
    patterns = compile_all(sys.argv[1])
    hits = 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
        hits += sum(1 for pattern in patterns for _ in pattern.finditer(text))
    print(hits)


main()
