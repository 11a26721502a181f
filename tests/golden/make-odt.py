#!/usr/bin/env python3
"""Writes the OpenDocument files of reader-odt: python3 tests/golden/make-odt.py

As make-docx.py: kept, not part of the build, and the same bytes each time.
"""
import io
import os
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
MEDIA = 'application/vnd.oasis.opendocument.text'
SPACES = ' '.join('xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (p, n) for p, n in (
    ('office', 'office'), ('text', 'text'), ('table', 'table'), ('style', 'style'), ('draw', 'drawing'),
    ('fo', 'xsl-fo-compatible'), ('manifest', 'manifest'), ('svg', 'svg-compatible')))
AUTOMATIC = ('<office:automatic-styles><style:style style:name="T1" style:family="text" '
             'style:parent-style-name="Strong"/><style:style style:name="T2" style:family="text">'
             '<style:text-properties text:display="none"/></style:style><style:style style:name="P1" '
             'style:family="paragraph" style:parent-style-name="Loud"/></office:automatic-styles>')
STYLES = ('<office:document-styles %s><office:styles><style:style style:name="Strong" style:family="text">'
          '<style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="Loud" '
          'style:family="paragraph"><style:text-properties fo:font-weight="700"/></style:style>'
          '</office:styles><office:master-styles><text:p>Page header</text:p></office:master-styles>'
          '</office:document-styles>' % SPACES)


def par(text, style=''):
    return '<text:p%s>%s</text:p>' % (' text:style-name="%s"' % style if style else '', text)


def span(text, style='T1'):
    return '<text:span text:style-name="%s">%s</text:span>' % (style, text)


def table(*rows):
    def cell(text):
        return text if text.startswith('<') else '<table:table-cell>%s</table:table-cell>' % par(text)
    return '<table:table>%s</table:table>' % ''.join(
        '<table:table-row>%s</table:table-row>' % ''.join(cell(c) for c in row) for row in rows)


def content(*body, doctype=''):
    return ('<?xml version="1.0" encoding="UTF-8"?>%s<office:document-content %s>%s<office:body><office:text>%s'
            '</office:text></office:body></office:document-content>'
            % (doctype, SPACES, AUTOMATIC, ''.join(body)))


def archive(*parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        for name, data in (('mimetype', MEDIA),) + parts:
            info = zipfile.ZipInfo(name, (2021, 9, 14, 12, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == 'mimetype' else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            z.writestr(info, data)
    return out.getvalue()


def odt(*body, doctype=''):
    return archive(('content.xml', content(*body, doctype=doctype)), ('styles.xml', STYLES))


TALK = (par('I: Why?'), par('R: It helped.'))
NESTED = '<table:table-cell>%s%s</table:table-cell>' % (par('It helped.'), table(('one', 'two')))

CASES = {
    'name-colon': odt(par('I: Why,  Ame\u0301lie?'), par('R: It\n helped. \U0001f642 Жөн эле, شكرا.')),
    'bold-by-style': odt(par(span('Ana') + ' Why?'), par(span('Li') + ' It helped.'),
                         par(span('Ana') + ' How?'), par(span('Li') + ' Seeds.')),
    'bold-questions': odt(par('What did it do?', 'P1'), par('It built a well.'), par('Was it relevant?', 'P1'),
                          par('Yes.')),
    'headings': odt('<text:h text:outline-level="1">Water</text:h>', *TALK),
    'spaces-tabs-breaks': odt(par('I: Why?'), par('R: One<text:s text:c="3"/>two<text:tab/>three<text:line-break/>'
                                                  'four<text:soft-page-break/> five.')),
    'tracked-changes': odt('<text:tracked-changes><text:changed-region><text:deletion>%s</text:deletion>'
                           '</text:changed-region></text:tracked-changes>' % par('never said'),
                           par('I: Why?'), par('R: It <text:change-start text:change-id="c"/>really '
                                               '<text:change-end text:change-id="c"/>helped.')),
    'hidden-text': odt(par('I: Why?'), par('R: It ' + span('secretly ', 'T2') + 'helped.')),
    'footnotes-and-comments': odt(par('I: Why?'), par(
        'R: It helped<text:note><text:note-citation>1</text:note-citation><text:note-body>%s</text:note-body>'
        '</text:note><office:annotation><dc:creator xmlns:dc="d">Ana Analyst</dc:creator>%s%s</office:annotation>.'
        % (par('In May.'), par('Ask'), par('again.')))),
    'lists-and-sections': odt('<text:section>%s</text:section>' % TALK[0], par('R: Two things:'),
                              '<text:list><text:list-item>%s</text:list-item><text:list-item>%s</text:list-item>'
                              '</text:list>' % (par('seeds'), par('water'))),
    'text-box': odt(par('I: Why?'), par('R: It <draw:frame><svg:title>Picture</svg:title><draw:text-box>%s'
                                        '</draw:text-box></draw:frame>helped.' % par('In a box.'))),
    'table-time-speaker-text': odt(table(('Temps', 'Texte', 'Locuteur'), ('0:05', 'Pourquoi ?', 'Ana'),
                                         ('0:09', NESTED, 'Li'))),
    'table-merged-cells': odt(table(
        ('Speaker', 'Time', 'Text'), ('Ana', '0:05', 'Why?'), ('<table:covered-table-cell/>', '0:07', 'And how?'),
        ('Li', '0:09', 'Seeds.'))),
    'encrypted': archive(('content.xml', 'x'), ('META-INF/manifest.xml', '<manifest:manifest %s><manifest:file-entry>'
                                                '<manifest:encryption-data/></manifest:file-entry>'
                                                '</manifest:manifest>' % SPACES)),
    'doctype': odt(*TALK, doctype='<!DOCTYPE a [<!ENTITY e "x">]>'),
    'bomb': odt(par('I: Why?'), par('R: ' + 'a' * 4000000)),
    'cut-off': odt(*[par('I: Why %d?' % i) for i in range(200)])[:700],
    'not-a-zip': b'I: Why?\nR: It helped.\n',
    'no-content': archive(('other.xml', '<a/>')),
}
FLAT = ('<?xml version="1.0"?><office:document office:mimetype="%s" %s>%s<office:body><office:text>%s</office:text>'
        '</office:body></office:document>' % (MEDIA, SPACES, AUTOMATIC, ''.join(TALK)))

for name, data in list(CASES.items()) + [('flat', FLAT.encode())]:
    folder = os.path.join(HERE, 'reader-odt', name + '.d')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'input.fodt' if name == 'flat' else 'input.odt'), 'wb') as out:
        out.write(data)
