#!/usr/bin/env python3
"""make-coders.py FILE [SENTENCES [CODES [CODERS]]]

Writes a table for 'attest agree --table': SENTENCES (100,000) of transcripts of 500 each, CODERS (4) who give each
any of CODES (10). A code is there in a tenth of the sentences; a coder misses one in six, and gives one in eighty
that is not there. The same arguments give the same bytes.
"""
import random
import sys

path = sys.argv[1]
sentences, codes, coders = (int(a) for a in (sys.argv[2:] + ["100000", "10", "4"][len(sys.argv) - 2:]))
chance = random.Random(7)
with open(path, "w", encoding="utf-8", newline="") as out:
    out.write("item,coder,code,cluster\r\n")
    for item in range(sentences):
        there = [chance.random() < 0.1 for _ in range(codes)]
        for coder in range(coders):
            given = [f"c{i + 1}" for i in range(codes)
                     if (chance.random() < 5 / 6 if there[i] else chance.random() < 1 / 80)]
            out.write(f"{item + 1},coder{coder + 1},{';'.join(given)},t{item // 500 + 1}\r\n")
