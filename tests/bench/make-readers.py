#!/usr/bin/env python3
"""make-readers.py FOLDER MEGABYTES TRANSCRIPT...

Writes transcripts in the formats whose readers are measured, MEGABYTES of text each, to FOLDER/FORMAT:
docx (a run for the label and one for what was said), docx-runs (a run for every few words, with the
properties that Word writes after some editing), pdf, vtt, json (as Whisper writes it, with words). The
same arguments give the same bytes. FOLDER/bytes gets the bytes of text that went into each.
"""
import json
import os
import re
import sys
import zipfile
import zlib
from xml.sax.saxutils import escape

W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
         'content-types"/>')
RELS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
PROPS = ('<w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>%s<w:color w:val="000000"/>'
         '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB"/></w:rPr>')
# Widths of Helvetica from the blank on, in thousandths of the size.
WIDTHS = [278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278] + [556] * 10 + [
    278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
    556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556,
    500, 722, 500, 500, 500, 334, 260, 334, 584]


def turns_of(path):
    """(label, text) of the paragraphs that have one."""
    with open(path, encoding='utf-8', errors='replace') as f:
        for line in f:
            match = re.match(r'(?:\[[\d:.]+\] )?\**([A-Z][\w .-]{0,30})\**(?: \([^)]*\))?:\**\s+(\S.*)', line)
            if match:
                yield match.group(1), match.group(2)


def docx(path, turns, spread):
    body = []
    for label, text in turns:
        words = text.split(' ')
        runs = [' '.join(words[i:i + 4]) + ' ' for i in range(0, len(words), 4)] if spread else [text]
        body.append('<w:p w:rsidR="00A77B3E" w:rsidRDefault="00F0E2AA"><w:pPr><w:spacing w:after="120"/><w:rPr>'
                    '<w:lang w:val="en-GB"/></w:rPr></w:pPr><w:r w:rsidRPr="00A77B3E">%s<w:t>%s:</w:t></w:r>'
                    % (PROPS % '<w:b/>', escape(label)))
        for run in runs:
            body.append('<w:r w:rsidR="00F0E2AA">%s<w:t xml:space="preserve"> %s</w:t></w:r>%s'
                        % (PROPS % '' if spread else '', escape(run),
                           '<w:proofErr w:type="spellStart"/>' if spread else ''))
        body.append('</w:p>')
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, data in [('[Content_Types].xml', TYPES), ('_rels/.rels', RELS),
                           ('word/document.xml', '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
                            '<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (W, ''.join(body)))]:
            archive.writestr(zipfile.ZipInfo(name, (2021, 9, 14, 12, 0, 0)), data, zipfile.ZIP_DEFLATED)


def wrapped(text, width):
    line, used = [], 0
    for word in text.split():
        size = sum(WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else 556 for c in word) * 11 / 1000
        if line and used + size > width:
            yield ' '.join(line)
            line, used = [], 0
        line.append(word)
        used += size + 3.06
    yield ' '.join(line)


def pdf(path, turns):
    pages, lines = [], []
    for label, text in turns:
        lines += list(wrapped('%s: %s' % (label, text), 450)) + ['']
    for start in range(0, len(lines), 50):
        ops = [b'BT /F1 11 Tf 13 TL 70 760 Td']
        for line in lines[start:start + 50]:
            data = line.encode('cp1252', 'replace')
            ops.append(b'(' + re.sub(rb'([()\\])', rb'\\\1', data) + b") '")
        pages.append(zlib.compress(b'\n'.join(ops) + b'\nET'))
    objects = [b'<< /Type /Catalog /Pages 2 0 R >>',
               b'<< /Type /Pages /Count %d /Kids [%s] >>'
               % (len(pages), b' '.join(b'%d 0 R' % (4 + 2 * i) for i in range(len(pages)))),
               b'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>']
    for i, page in enumerate(pages):
        objects.append(b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font '
                       b'<< /F1 3 0 R >> >> >>' % (5 + 2 * i))
        objects.append(b'<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream' % (len(page), page))
    out, places = bytearray(b'%PDF-1.4\n'), []
    for i, data in enumerate(objects):
        places.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (i + 1, data)
    start = len(out)
    out += b'xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1)
    out += b''.join(b'%010d 00000 n \n' % place for place in places)
    out += b'trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' % (len(objects) + 1, start)
    with open(path, 'wb') as f:
        f.write(out)


def stamp(seconds):
    return '%02d:%02d:%06.3f' % (seconds // 3600, seconds // 60 % 60, seconds % 60)


def cues_of(turns):
    """(start in s, label, words): twelve words in four seconds."""
    at = 0
    for label, text in turns:
        words = text.split()
        for i in range(0, len(words), 12):
            yield at, label, words[i:i + 12]
            at += 4


def vtt(path, turns):
    with open(path, 'w', encoding='utf-8') as f:
        f.write('WEBVTT\n\n')
        for i, (at, label, words) in enumerate(cues_of(turns)):
            f.write('%d\n%s --> %s\n<v %s>%s</v>\n\n'
                    % (i + 1, stamp(at), stamp(at + 3.5), label, escape(' '.join(words))))


def whisper(path, turns):
    segments, texts = [], []
    for i, (at, _, words) in enumerate(cues_of(turns)):
        text = ' ' + ' '.join(words)
        texts.append(text)
        segments.append({'id': i, 'seek': at * 100, 'start': at, 'end': at + 3.5, 'text': text,
                         'tokens': [50364 + len(word) for word in words], 'temperature': 0.0,
                         'avg_logprob': -0.21837, 'compression_ratio': 1.5734, 'no_speech_prob': 0.0123,
                         'words': [{'word': ' ' + word, 'start': round(at + k * .29, 2),
                                    'end': round(at + k * .29 + .25, 2), 'probability': 0.98765}
                                   for k, word in enumerate(words)]})
    with open(path, 'w', encoding='utf-8') as f:
        json.dump({'text': ''.join(texts), 'segments': segments, 'language': 'en'}, f, ensure_ascii=False)


WRITERS = {
    'docx': ('docx', lambda path, turns: docx(path, turns, False)),
    'docx-runs': ('docx', lambda path, turns: docx(path, turns, True)),
    'pdf': ('pdf', pdf),
    'vtt': ('vtt', vtt),
    'json': ('json', whisper),
}


def main(folder, megabytes, paths):
    files, taken = [], 0
    for path in paths:
        turns = list(turns_of(path))
        if turns and taken < megabytes * 1e6:
            files.append(turns)
            taken += sum(len(label.encode()) + len(text.encode()) + 2 for label, text in turns)
    for name, (suffix, write) in WRITERS.items():
        os.makedirs(os.path.join(folder, name), exist_ok=True)
        for i, turns in enumerate(files):
            write(os.path.join(folder, name, 't%05d.%s' % (i, suffix)), turns)
    with open(os.path.join(folder, 'bytes'), 'w', encoding='ascii') as f:
        f.write('%d\n' % taken)


main(sys.argv[1], float(sys.argv[2]), sys.argv[3:])
