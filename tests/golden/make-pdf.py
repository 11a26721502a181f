#!/usr/bin/env python3
"""Writes the PDF files of reader-pdf: python3 tests/golden/make-pdf.py

Not part of the build: the files are kept, and are made anew only when a case changes. Every object is
put together by hand, so that the files are small and the same cases give the same bytes.
"""
import hashlib
import os

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTH, HEIGHT = 595, 842
PAD = bytes.fromhex('28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A')
ID = bytes(range(16))
COURIER = ('<< /Type /Font /Subtype /Type1 /BaseFont /Courier%s /Encoding << /Type /Encoding '
           '/BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl /ffi] >> >>')
# Codes 0x80 and up are Cyrillic, Arabic and private: only ToUnicode knows it.
CMAP = ('/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n'
        '1 begincodespacerange <00> <FF> endcodespacerange\n'
        '1 beginbfrange <20> <7E> <0020> endbfrange\n'
        '3 beginbfrange <80> <9F> <0410> <A0> <BF> <0430> <C0> <DF> <0627> endbfrange\n'
        '1 beginbfrange <F0> <FF> <E000> endbfrange\n'
        'endcmap CMapName currentdict /CMap defineresource pop end end')


def stream(data, entries=''):
    data = data if isinstance(data, bytes) else data.encode('latin-1')
    return b'<< /Length %d %s >>\nstream\n%s\nendstream' % (len(data), entries.encode(), data)


def escape(text):
    out = b''
    for byte in text:
        out += b'\\' + bytes([byte]) if byte in b'()\\' else bytes([byte])
    return out


def show(x, y, text, font='F1', size=11):
    text = text if isinstance(text, bytes) else text.encode('cp1252')
    return b'BT /%s %d Tf %d %d Td (%s) Tj ET\n' % (font.encode(), size, x, HEIGHT - y,
                                                    escape(text))


def wrap(text, width):
    lines, line = [], ''
    for word in text.split(' '):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = line + ' ' + word if line else word
    return lines + [line]


def flow(paragraphs, x=70, y=100, width=68, gap=8):
    """Paragraphs as lines of 13 points."""
    out = b''
    for paragraph in paragraphs:
        for line in wrap(paragraph, width):
            out += show(x, y, line)
            y += 13
        y += gap
    return out


def rc4(key, data):
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encryption(user, owner):
    """The key and the dictionary of the oldest encryption (40 bits), which needs no library."""
    pad = lambda password: (password + PAD)[:32]
    owner_entry = rc4(hashlib.md5(pad(owner)).digest()[:5], pad(user))
    permissions = (-4).to_bytes(4, 'little', signed=True)
    key = hashlib.md5(pad(user) + owner_entry + permissions + ID).digest()[:5]
    return key, '<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>' % (
        owner_entry.hex(), rc4(key, PAD).hex())


def pdf(pages, catalog='', page_entries='', images=False, passwords=None):
    """@pages: the content of each."""
    first = 9
    key, encrypt = encryption(*passwords) if passwords else (None, None)
    objects = [
        '<< /Type /Catalog /Pages 2 0 R %s >>' % catalog,
        '<< /Type /Pages /Kids [%s] /Count %d >>' % (
            ' '.join('%d 0 R' % (first + 2 * i) for i in range(len(pages))), len(pages)),
        COURIER % '',
        COURIER % '-Bold',
        '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R >>',
        stream(CMAP),
        stream(b'x', '/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 '
               '/ColorSpace /DeviceGray'),
        '<< /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> %s >>' % (
            '/XObject << /I 7 0 R >>' if images else ''),
    ]
    for i, content in enumerate(pages):
        number = first + 2 * i + 1
        if key:
            full = key + number.to_bytes(3, 'little') + b'\0\0'
            content = rc4(hashlib.md5(full).digest()[:10], content)
        objects.append('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R '
                       '/Resources 8 0 R %s >>' % (WIDTH, HEIGHT, number, page_entries))
        objects.append(stream(content))
    out, offsets = b'%PDF-1.4\n', []
    for i, body in enumerate(objects):
        offsets.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (i + 1, body if isinstance(body, bytes) else body.encode())
    trailer = '/Size %d /Root 1 0 R' % (len(objects) + 1)
    if encrypt:
        trailer += ' /ID [<%s> <%s>] /Encrypt %s' % (ID.hex(), ID.hex(), encrypt)
    xref = len(out)
    out += b'xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1)
    out += b''.join(b'%010d 00000 n \n' % offset for offset in offsets)
    return out + b'trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n' % (trailer.encode(), xref)


INTERVIEW = [
    'Interviewer: What has the project changed for the women who sell their own things on the market '
    'in the valley?',
    'Awa Field: The prices fell. The women walk less far, and they sell their own things now, each of '
    'them. That is the devel-',
    'opment that we wanted, and for development of this kind the well-',
    'known road matters.',
    'Interviewer: And the water?',
    'Awa Field: In the year of the drought the women of the village met each week, and they talked '
    'about the water. On page 2 of the plan it says so.',
]


def running(number, of, content):
    return (show(70, 36, 'Valley project - confidential') + content
            + show(280, 812, 'Page %d of %d' % (number, of)))


def interview():
    pages = [flow(INTERVIEW[:1] + [INTERVIEW[1] + '']) , b'', b'']
    hyphens = [show(70, 100 + 13 * i, line) for i, line in enumerate([
        'Interviewer: What has the project changed for the women who sell',
        'their own things on the market in the valley of the two rivers?'])]
    hyphens += [show(70, 140 + 13 * i, line) for i, line in enumerate([
        'Awa Field: The prices fell. The women walk less far. That is devel-',
        'opment as we wanted it, and for development of this kind the well-',
        'known road matters, as do Anne-Marie and the first- and the second-',
        'and third-born. They all say that the road is what they needed to'])]
    pages[0] = b''.join(hyphens)
    pages[1] = flow(['sell at all.', 'Interviewer: And the water?', INTERVIEW[5]])
    pages[2] = flow(['Interviewer: Anything else?', 'Awa Field: No. 3'])
    return pdf([running(i + 1, 3, page) for i, page in enumerate(pages)])


def numbered_paragraphs():
    """As MAXQDA prints a document."""
    said = ['Interview', 'Dan: Okay. So what did you do on the first day of the project, and with whom '
            'of the village did you speak?', 'Participant: Ah, we met.', 'Dan: And then?',
            'Participant: We talked about the water and the road, and about the people who had come '
            'from the other side of the river.', 'Dan: Good.', 'Participant: 8 of them.']
    out, y = show(70, 50, 'Day one'), 90
    for i, text in enumerate(said):
        out += show(60, y, str(i + 1))
        for line in wrap(text, 60):
            out += show(100, y, line)
            y += 13
        y += 4
    return pdf([out + show(500, 815, '1/1')])


def columns():
    left = flow(['Ana: The left column is the first one, and what is said in it goes on to its end '
                 'before the right one begins.', 'Ben: As it should be, since nobody reads across a '
                 'gap like that one.'], x=50, y=120, width=34)
    right = flow(['Ana: The right column has its own words, and more of them, and they come after '
                  'those of the left.', 'Ben: All of them, and in the order in which they were '
                  'said.'], x=320, y=120, width=34)
    return pdf([show(60, 60, 'Two voices: a talk that is set in two columns on one page') + left
                + right])


def bold_names():
    out, y = b'', 100
    for name, text in [('Moderator', 'How did it go?'), ('Rosa Field', 'It went well.'),
                       ('Moderator', 'And why?'), ('Rosa Field', 'Because we planned.')]:
        out += show(70, y, name, 'F2') + show(70, y + 13, text)
        y += 40
    return pdf([out])


def letters():
    cyrillic = lambda text: b''.join(
        bytes([0x80 + ord(c) - 0x410]) if 0x410 <= ord(c) < 0x450 else c.encode() for c in text)
    arabic = lambda text: b''.join(
        bytes([0xC0 + ord(c) - 0x627]) if 0x627 <= ord(c) < 0x647 else c.encode() for c in text)
    out = (show(70, 100, b'Q: The \x01rst o\x03ce, caf\xe9 \x93na\xefve\x94 \x96 all of it?')
           + show(70, 130, cyrillic('А: Да. Вода есть.'), 'F3') + show(70, 160, b'Q: Really?')
           + show(70, 190, cyrillic('А: Да.') + b' ' + arabic('درس') + b' \xf1', 'F3'))
    return pdf([out])


def seen(text):
    """Glyphs stand in a PDF as they are seen: Arabic from its end to its beginning."""
    return bytes([0xC0 + ord(c) - 0x627 if c > '~' else ord(c) for c in reversed(text)])


def right_to_left():
    out, y = b'', 100
    for text in ['درس: سرد درس سرد سرد', 'سرد: درس سرد', 'درس: درس', 'سرد: سرد 24 سرد']:
        out += show(400 - 7 * len(text), y, seen(text), 'F3')
        y += 26
    return pdf([out])


def right_to_left_within():
    out = (show(70, 100, b'Ana: The word was ' + seen('سرد درس') + b', they say.', 'F3')
           + show(70, 126, b'Ben: Was it?') + show(70, 152, b'Ana: It was.')
           + show(70, 178, b'Ben: Then we know what to do with it.'))
    return pdf([out])


def table():
    out, y = b'', 100
    for row in [('Time', 'Speaker', 'Text'), ('0:01', 'Ana', 'Why was it so?'),
                ('0:05', 'Ben', 'It rained.'), ('0:09', 'Ana', 'And then?'),
                ('0:12', 'Ben', 'The road went.')]:
        for x, cell in zip((70, 140, 250), row):
            out += show(x, y, cell)
        y += 20
    return pdf([out])


def wrapped_cells(rows, places, widths):
    """Rows whose cells may have several lines."""
    out, y = b'', 100
    for row in rows:
        cells = [wrap(text, width) for text, width in zip(row, widths)]
        for x, lines in zip(places, cells):
            for i, line in enumerate(lines):
                out += show(x, y + 13 * i, line)
        y += 13 * max(len(lines) for lines in cells) + 6
    return pdf([out])


RAIN = 'It rained for a week and then the road was gone and nobody could come to the village any more until May.'
ASKED = 'Why did you not come to the market in the spring of that year, and who did?'


def captions():
    out, y = b'', 100
    for line in ['1', '00:00:01,000 --> 00:00:02,500', 'Ana: We have water.', '', '2',
                 '00:00:03,000 --> 00:00:04,000', 'Ben: Since when?', '', '3',
                 '00:00:05,000 --> 00:00:06,000', 'Ana: May.', '', '4',
                 '00:00:07,000 --> 00:00:08,000', 'Ben: Good.']:
        out += show(70, y, line) if line else b''
        y += 13
    return pdf([out])


TALK = [flow(['Ana: One of them came.', 'Ben: Two.', 'Ana: Three?', 'Ben: Four.'])]
PICTURE = b'q 500 0 0 700 40 40 cm /I Do Q\n'
NOTE = ('/Annots [<< /Type /Annot /Subtype /Text /Rect [9 9 29 29] /Contents (nobody said this) >> '
        '<< /Type /Annot /Subtype /Link /Rect [9 9 29 29] /A << /S /URI /URI (https://example.org) '
        '>> >>]')
SCRIPT = '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); while \\(true\\) {}) >>'
WHOLE = pdf(TALK)
PARTS = ['The plan foresees a register that all offices share and that can be searched by year.',
         'Its costs are borne by the budget; nobody knows yet who will keep it after the project ends.',
         'Offices in the north were asked first. They had no machines, and the roads were closed.',
         'What remains is to train those who came later, and to say who may look into it.']


def part(i, number=None, y=None):
    """A page of a plan with its number at the foot, or none."""
    return flow([PARTS[i]], y=y or 100 + 30 * i) + (show(290, 800, '- %d -' % number) if number else b'')


def printed():
    """A title page that is not counted, and a paragraph over two pages."""
    pages = [flow(['The plan', 'for the years after'])] + [part(i, i + 1) for i in range(4)]
    pages[3] = flow([PARTS[2], 'This goes on from here to the next page, where the sentence which'], y=690)
    pages[3] += show(290, 800, '- 3 -')
    pages[4] = flow(['has begun comes to its end. After it stands another.'], y=60) + show(290, 800, '- 4 -')
    return pdf(pages)


CASES = {
    'interview': interview(),
    'numbered-paragraphs': numbered_paragraphs(),
    'columns': columns(),
    'bold-names': bold_names(),
    'letters': letters(),
    'right-to-left': right_to_left(),
    'right-to-left-within': right_to_left_within(),
    'table-rows': table(),
    'table-wrapped-cells': wrapped_cells(
        [('Time', 'Speaker', 'Text'), ('0:05', 'Ana', ASKED), ('0:09', 'Li Po', RAIN), ('0:30', 'Ana', 'And?'),
         ('0:33', 'Li Po', 'Seeds.')], (60, 120, 200), (8, 10, 48)),
    'hanging-indent': wrapped_cells(
        [('Ana:', ASKED), ('Li Po:', RAIN), ('Ana:', 'And?'), ('Li Po:', RAIN)], (60, 120), (10, 60)),
    'captions': captions(),
    'pages-printed': printed(),
    'pages-labelled': pdf([part(i) for i in range(4)],
                          '/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 1 >>] >>'),
    'pages-among-pictures': pdf([TALK[0], PICTURE, part(1)], images=True),
    'comments-and-scripts': pdf(TALK, SCRIPT, NOTE),
    'scan': pdf([PICTURE, PICTURE], images=True),
    'scan-among-pages': pdf([TALK[0], PICTURE, PICTURE], images=True),
    'blank': pdf([b'']),
    'password': pdf(TALK, passwords=(b'secret', b'owner')),
    'password-for-changes': pdf(TALK, passwords=(b'', b'owner')),
    'no-meaning': pdf([show(70, 100, bytes(range(0xF0, 0x100)), 'F3')]),
    'cut-off': WHOLE[:len(WHOLE) * 2 // 3],
    'cut-early': WHOLE[:200],
    'bytes-before': b'\r\nFrom a mail\r\n' + WHOLE,
    'pages-in-a-circle': WHOLE.replace(b'/Kids [9 0 R]', b'/Kids [2 0 R]'),
    'page-count-lies': WHOLE.replace(b'/Count 1 ', b'/Count 9 '),
    'not-a-pdf': b'%PDF-1.4\nnothing of that kind\n',
}

for name, data in CASES.items():
    folder = os.path.join(HERE, 'reader-pdf', name + '.d')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'input.pdf'), 'wb') as f:
        f.write(data)
