#!/usr/bin/env python3
"""Writes the Word files of reader-docx: python3 tests/golden/make-docx.py

Not part of the build: the files are kept, and are made anew only when a case changes. All archives
have the same date, so that the same cases give the same bytes.
"""
import io
import os
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
STRICT = 'http://purl.oclc.org/ooxml/wordprocessingml/main'
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
         'content-types"/>')
RELS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
STYLES = ('<?xml version="1.0"?><w:styles xmlns:w="%s">'
          '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
          '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr>'
          '</w:style>'
          '<w:style w:type="character" w:styleId="Name"><w:name w:val="Name"/><w:basedOn '
          'w:val="Strong"/></w:style>'
          '<w:style w:type="character" w:styleId="Weak"><w:name w:val="Weak"/><w:basedOn '
          'w:val="Strong"/><w:rPr><w:b w:val="0"/></w:rPr></w:style>'
          '</w:styles>' % W)


def run(text, props=''):
    return '<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>' % (
        '<w:rPr>%s</w:rPr>' % props if props else '', text)


def par(*runs, props=''):
    body = ''.join(r if r.startswith('<') else run(r) for r in runs)
    return '<w:p>%s%s</w:p>' % ('<w:pPr>%s</w:pPr>' % props if props else '', body)


def bold(text):
    return run(text, '<w:b/>')


def styled(text, style):
    return run(text, '<w:rStyle w:val="%s"/>' % style)


def table(*rows):
    def cell(c):
        return '<w:tc>%s</w:tc>' % (c if c.startswith('<') else par(c))
    return '<w:tbl>%s</w:tbl>' % ''.join(
        '<w:tr>%s</w:tr>' % ''.join(cell(c) for c in row) for row in rows)


def document(*body, namespace=W, doctype=''):
    return ('<?xml version="1.0" encoding="UTF-8"?>%s<w:document xmlns:w="%s" xmlns:mc="http://schemas.'
            'openxmlformats.org/markup-compatibility/2006"><w:body>%s</w:body></w:document>'
            % (doctype, namespace, ''.join(body)))


def archive(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in parts:
            info = zipfile.ZipInfo(name, (2021, 9, 14, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            z.writestr(info, data)
    return out.getvalue()


def docx(xml, *more):
    return archive([('[Content_Types].xml', TYPES), ('_rels/.rels', RELS),
                    ('word/document.xml', xml), ('word/styles.xml', STYLES)] + list(more))


def notes(root, item, texts):
    return ('word/%s.xml' % root, '<?xml version="1.0"?><w:%s xmlns:w="%s">%s</w:%s>' % (
        root, W, ''.join('<w:%s w:id="%d">%s</w:%s>' % (item, i + 1, par(t), item)
                         for i, t in enumerate(texts)), root))


TEAMS = '<w:p><w:r><w:t>0:0:%d.0 --&gt; 0:0:%d.5</w:t><w:br/><w:t>%s</w:t><w:br/><w:t>%s</w:t></w:r></w:p>'

CASES = {
    'name-colon': docx(document(par('A title'), par('Interviewer: Why?'), par('Respondent: It helped.'),
                                par('At home, too.'), par('Interviewer: How?'),
                                par('Respondent: Seeds.'))),
    'bold-names': docx(document(par(bold('Evaluator'), ' Why?'), par(bold('Aida'), ' It ', bold('really'),
                                    ' helped.'), par(bold('Evaluator'), ' How?'),
                                par(bold('Aida'), ' Seeds.'))),
    'bold-by-style': docx(document(par(styled('Ana:', 'Name'), ' Why?'),
                                   par(styled('Li:', 'Name'), ' It helped.'),
                                   par(styled('Note:', 'Weak'), ' not bold.'))),
    'bold-questions': docx(document(par(bold('What did the project do?')), par('It built a well.'),
                                    par(bold('Was it relevant?')), par('Yes, to us.'))),
    'headings': docx(document(par('Water', props='<w:pStyle w:val="Heading1"/>'), par('I: Why?'),
                              par('R: It helped.'), par('Roads', props='<w:pStyle w:val="Heading1"/>'),
                              par('And the road.'))),
    'table-time-speaker-text': docx(document(par('Code: KII-3'), table(
        ('Time', 'Speaker', 'Text'), ('00:00:05', 'Ana', 'Why?'), ('00:00:09', 'Li', 'It helped.'),
        ('00:01:00', '', 'A lot.')))),
    'table-text-first-russian': docx(document(table(
        ('Текст', 'Говорящий', 'Время'), ('Почему?', 'Интервьюер', '0:05'),
        ('Шёл дождь.', 'Респондент', '0:09')))),
    'table-question-answer-french': docx(document(table(
        ('N°', 'Question', 'Réponse'), ('1', 'Pourquoi\u00a0?', 'Parce que.'),
        ('2', 'Où\u00a0?', 'Ici.')))),
    'table-two-columns': docx(document(table(
        ('Interviewer', 'Why?'), ('Respondent', 'It helped.'), ('Interviewer', 'How?'),
        ('Respondent', 'Seeds.')))),
    'table-nested': docx(document(table(
        ('Speaker', 'Text'), ('Ana', 'Why?'),
        ('Li', par('It helped.') + table(('one', 'two')) + par('Yes.'))))),
    'tracked-changes': docx(document(
        par('I: Why?'),
        par('R: It ', '<w:del w:id="1"><w:r><w:delText>never </w:delText></w:r></w:del>',
            '<w:ins w:id="2">%s</w:ins>' % run('always '), 'helped.'),
        par('R: ', '<w:moveFrom w:id="3">%s</w:moveFrom>' % run('gone'),
            '<w:moveTo w:id="4">%s</w:moveTo>' % run('moved')))),
    'hidden-text': docx(document(par('I: Why?'), par('R: It ', run('secretly ', '<w:vanish/>'),
                                                     'helped.'))),
    'breaks-tabs-hyphens': docx(document(
        par('I: Why?'),
        '<w:p><w:r><w:t>R: One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three co</w:t><w:noBreakHyphen/>'
        '<w:t>op ex</w:t><w:softHyphen/><w:t>tra</w:t></w:r></w:p>')),
    'hyperlink-field-smarttag': docx(document(
        par('I: Why?'),
        par('R: See ', '<w:hyperlink>%s</w:hyperlink>' % run('the page'), ' of ',
            '<w:smartTag>%s</w:smartTag>' % run('Osh'),
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>'
            '<w:fldChar w:fldCharType="separate"/><w:t> now</w:t><w:fldChar w:fldCharType="end"/>'
            '</w:r>', '.'))),
    'text-box-once': docx(document(
        par('I: Why?'),
        par('R: It helped.', '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            '<w:txbxContent>%s</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>'
            '<w:txbxContent>%s</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
            % (par('In a box.'), par('In a box.'))))),
    'footnotes-and-comments': docx(
        document(par('I: Why?'), par('R: It helped', '<w:r><w:footnoteReference w:id="1"/></w:r>',
                                     '<w:r><w:commentReference w:id="1"/></w:r>', '.')),
        notes('footnotes', 'footnote', ['In May.']), notes('comments', 'comment', ['Ask again.'])),
    'numbered-paragraphs': docx(document(
        par('I: Why?', props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        par('R: It helped.'))),
    'teams-soft-breaks': docx(document(TEAMS % (0, 1, 'Some Body', 'OK?'), TEAMS % (2, 3, 'An Other', 'Yes.'),
                                       TEAMS % (4, 5, 'Some Body', 'Why?'))),
    'strict-namespace': docx(document(par('I: Why?'), par('R: It helped.'), namespace=STRICT)),
    'unicode': docx(document(par('I: Why, Ame\u0301lie?'), par('R: cafe\u0301 \U0001f642 — Жөн эле, شكرا.'))),
    'symbols': docx(document(par('I: Why?'), '<w:p><w:r><w:t>R: So </w:t><w:sym w:font="Wingdings" '
                             'w:char="F04A"/></w:r></w:p>')),
    'doctype': docx(document(par('I: Why?'), par('R: &e;'),
                             doctype='<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>')),
    'bomb': docx(document(par('I: Why?'), par('R: ' + 'a' * 4000000))),
    'no-document': archive([('[Content_Types].xml', TYPES), ('other/thing.xml', '<a/>')]),
    'not-xml': docx('I: Why?'),
    'nothing-said': docx(document(par(''), par('  '))),
    'encrypted': bytes.fromhex('d0cf11e0a1b11ae1') + bytes(504),
    'not-a-zip': b'I: Why?\nR: It helped.\n',
    'cut-off': docx(document(*[par('I: Why %d?' % i) for i in range(200)]))[:700],
    'escaping-names': archive([('[Content_Types].xml', TYPES), ('_rels/.rels', RELS),
                               ('../../word/document.xml', document(par('I: Out?'))),
                               ('word/document.xml', document(par('I: Why?'), par('R: In.')))]),
}

for name, data in CASES.items():
    folder = os.path.join(HERE, 'reader-docx', name + '.d')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'input.docx'), 'wb') as out:
        out.write(data)
