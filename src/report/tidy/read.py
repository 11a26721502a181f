"""Reads the tables of this folder, which attest wrote, with their types. Needs Python alone.

    from read import read_attest
    tables = read_attest()
    tables["segments"][0]["quote"]

Each table is a list of dicts; columns.csv says what each column is. With pandas:
pandas.DataFrame(tables["segments"]).
"""
import csv
import os
import sys

csv.field_size_limit(sys.maxsize)


def _rows(folder, name):
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _text(cell):
    # A cell that a spreadsheet would run as a formula has an apostrophe in front.
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "-=+@\t\r" and cell[1:] else cell


_READ = {
    "integer": int,
    "milliseconds": int,
    "number": float,
    "logical": lambda cell: cell == "yes",
    "text": _text,
    "list": lambda cell: _text(cell).split("; "),
}


def read_attest(folder=os.path.dirname(os.path.abspath(__file__))):
    """A dict: name of the table → list of rows; what is not known is None, an empty list is []."""
    types = {}
    for row in _rows(folder, "columns"):
        types.setdefault(row["table"], {})[row["column"]] = row["type"]
    tables = {"columns": _rows(folder, "columns")}
    for name, columns in types.items():
        tables[name] = [
            {
                key: _READ[columns[key]](cell) if cell != "" else [] if columns[key] == "list" else None
                for key, cell in row.items()
            }
            for row in _rows(folder, name)
        ]
    return tables


if __name__ == "__main__":
    for name, rows in read_attest().items():
        print(f"{name}: {len(rows)} rows")
