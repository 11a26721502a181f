#!/usr/bin/env python3
"""Writes the workbooks of reader-xlsx: python3 tests/golden/make-xlsx.py

Not part of the build: the files are kept, and are made anew only when a case changes, to the same
bytes.
"""
import os
import zipfile
from xml.sax.saxutils import escape

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006'


def cell(column, row, value):
    ref = f'{chr(ord("A") + column)}{row}'
    if value is None:
        return ''
    if isinstance(value, tuple):  # number and style
        return f'<c r="{ref}" s="{value[1]}"><v>{value[0]}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{ref}"><v>{value}</v></c>'
    return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def workbook(path, sheets):
    parts = {
        '[Content_Types].xml': f'<Types xmlns="{PACKAGE}/content-types"/>',
        '_rels/.rels': f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
                       f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        'xl/workbook.xml': f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>' + ''.join(
            f'<sheet name="{escape(name)}" sheetId="{i + 1}" r:id="s{i + 1}"/>'
            for i, (name, _) in enumerate(sheets)) + '</sheets></workbook>',
        'xl/_rels/workbook.xml.rels': f'<Relationships xmlns="{PACKAGE}/relationships">' + ''.join(
            f'<Relationship Id="s{i + 1}" Type="{REL}/worksheet" Target="worksheets/s{i + 1}.xml"/>'
            for i in range(len(sheets))) +
            f'<Relationship Id="y" Type="{REL}/styles" Target="styles.xml"/></Relationships>',
        'xl/styles.xml': f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/>'
                         '<xf numFmtId="46"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for i, (_, rows) in enumerate(sheets):
        parts[f'xl/worksheets/s{i + 1}.xml'] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>' + ''.join(
                f'<row r="{r + 1}">' + ''.join(cell(c, r + 1, v) for c, v in enumerate(row)) +
                '</row>' for r, row in enumerate(rows)) + '</sheetData></worksheet>')
    here = os.path.dirname(os.path.abspath(__file__))
    with zipfile.ZipFile(os.path.join(here, path), 'w', zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, '<?xml version="1.0" encoding="UTF-8"?>\n' + text)


workbook('reader-xlsx/transcript.d/input.xlsx', [
    ('Entretien', [
        ['Entretien 7'],
        ['Lieu', 'Osh'],
        ['Heure', 'Locuteur', 'Texte'],
        [(0.00005787037037, 1), 'Chercheuse', 'Qu’est-ce que le projet a changé ?'],
        [(0.00010416666667, 1), 'Awa', 'Les prix ont baissé.\nEt la route…'],
        [None, None, 'La route est finie. 🙂'],
    ]),
    ('Codes', [['Code'], ['x']]),
])
workbook('reader-xlsx/survey.d/input.xlsx', [
    ('Data', [
        ['_id', 'submitted', 'sex', 'Что изменилось?', 'Any other comments'],
        [101, (44453, 2), 'F', 'Цены упали.', 'The water point is far from the school.'],
        [102, (44454, 2), 'M', 'Ничего.', None],
        [103, None, 'F', None, 'We want the training again.'],
    ]),
])
