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


NUMBERING = ('word/numbering.xml', '<?xml version="1.0"?><w:numbering xmlns:w="%s">'
             '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val='
             '"decimal"/><w:lvlText w:val="%%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt '
             'w:val="lowerLetter"/><w:lvlText w:val="%%1%%2)"/></w:lvl></w:abstractNum>'
             '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText '
             'w:val="\uf0b7"/></w:lvl></w:abstractNum>'
             '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val='
             '"upperRoman"/><w:lvlText w:val="Part %%1:"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
             '<w:numFmt w:val="decimal"/><w:pStyle w:val="Asked"/><w:lvlText w:val="Question %%1.%%2:"/>'
             '</w:lvl></w:abstractNum>'
             '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
             '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
             '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
             '<w:num w:numId="4"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride '
             'w:val="9"/></w:lvlOverride></w:num></w:numbering>' % W)

# A list whose look is that of a list style, which is another list's.
LINKED = ('word/numbering.xml', '<?xml version="1.0"?><w:numbering xmlns:w="%s">'
          '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Guide"/></w:abstractNum>'
          '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Guide"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
          '<w:numFmt w:val="decimal"/><w:lvlText w:val="Question %%1:"/></w:lvl></w:abstractNum>'
          '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
          '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>' % W)


def listed(text, number, level=0):
    return par(text, props='<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>' % (level, number))


def field(code, result):
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>%s<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '%s<w:r><w:fldChar w:fldCharType="end"/></w:r>' % (code, result))


def code(text):
    return '<w:r><w:instrText>%s</w:instrText></w:r>' % text


def form(data):
    return ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="f"/>%s</w:ffData></w:fldChar>'
            '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' % data)


def control(content, *props):
    return '<w:sdt><w:sdtPr>%s</w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>' % (''.join(props), content)


def cell(text, props):
    return '<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>' % (props, par(text) if text else '<w:p/>')


def row(*cells, props=''):
    return '<w:tr><w:trPr>%s</w:trPr>%s</w:tr>' % (props, ''.join(cells))


def wide(xml):
    return b'\xff\xfe' + xml.replace('UTF-8', 'UTF-16').encode('utf-16-le')


TEAMS = '<w:p><w:r><w:t>0:0:%d.0 --&gt; 0:0:%d.5</w:t><w:br/><w:t>%s</w:t><w:br/><w:t>%s</w:t></w:r></w:p>'

BREAK = '<w:r><w:lastRenderedPageBreak/></w:r>'


def pages(count):
    """What a program says of the file that it saved."""
    return ('docProps/app.xml', '<?xml version="1.0"?><Properties xmlns="http://schemas.openxmlformats.org/'
            'officeDocument/2006/extended-properties"><Pages>%d</Pages></Properties>' % count)


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
    'numbered-questions': docx(document(
        par('Guide'), listed('What did the project do?', 1), par('It built a well.'),
        listed('Was it relevant?', 1), par('Yes, to us.'), listed('to whom most?', 1, 1), par('To the women.')),
        NUMBERING),
    'numbered-with-words': docx(document(
        listed('Water', 3), listed('Why?', 3, 1), par('It helped.'), listed('How?', 3, 1), par('With seeds.'),
        listed('', 3, 1), listed('Roads', 4), par('9. typed numbers stay.')), NUMBERING),
    'bullets': docx(document(par('I: Why?'), par('R: Two things:'), listed('seeds', 2), listed('water', 2)),
                    NUMBERING),
    'comments': docx(document(
        par('I: Why?'), par('R: It ', '<w:commentRangeStart w:id="0"/>', 'helped', '<w:commentRangeEnd w:id="0"/>',
                            '<w:r><w:commentReference w:id="0"/></w:r>', '.')),
        ('word/comments.xml', '<?xml version="1.0"?><w:comments xmlns:w="%s"><w:comment w:id="0" w:author="Ana '
         'Analyst">%s%s</w:comment></w:comments>' % (W, par('Ask again:'), par('whom?')))),
    'fields': docx(document(
        par('I: Why?'),
        par('R: In ', field(code('IF ') + field(code('MERGEFIELD x'), run('never shown')) + code(' = 1'),
                            run('May ') + field(code('PAGE'), run('2021'))), ' it helped.'),
        par('R: ', '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', 'No end of a code.'),
        par('R: ', '<w:fldSimple w:instr="PAGE">%s</w:fldSimple>' % run('Twelve'), ' came.'))),
    'form-fields': docx(document(
        par('I: Is it good? ', form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'), ' yes ',
            form('<w:checkBox><w:default w:val="0"/></w:checkBox>'), ' no'),
        par('R: In ', form('<w:ddList><w:result w:val="1"/><w:listEntry w:val="Osh"/><w:listEntry '
                           'w:val="Batken"/></w:ddList>'), '.'))),
    'content-controls': docx(document(
        control(par('I: Why?')), par('R: It helped ', control(run('us')), ', said ',
                                     control(run('[Name]'), '<w:showingPlcHdr/>'), '.'))),
    'captions': docx(document(par('Meeting of May'), par('1'), par('00:00:01,000 --&gt; 00:00:02,500'),
                              par('Ana: Why?'), par(''), par('2'), par('00:00:03,000 --&gt; 00:00:04,000'),
                              par('Li: It helped'), par('a lot.'), par(''), par('3'),
                              par('00:00:05,000 --&gt; 00:00:06,000'), par('Ana: How?'), par(''), par('4'),
                              par('00:00:07,000 --&gt; 00:00:08,000'), par('Li: Seeds.'))),
    'table-title-and-repeated-header': docx(document(table(
        ('Interview 3', '', ''), ('Hablante', 'Texto', 'Hora'), ('Ana', '¿Por qué?', '0:05'),
        ('Li', 'Nos ayudó.', '0:09'), ('Hablante', 'Texto', 'Hora'), ('Ana', '¿Cómo?', '0:15')))),
    'table-without-header': docx(document(table(
        ('00:00:05', 'Ana', 'Why?'), ('00:00:09', 'Li', 'It helped.'), ('00:00:15', 'Ana', 'How?'),
        ('00:00:19', 'Li', 'Seeds.')))),
    'table-merged-cells': docx(document('<w:tbl>%s%s%s%s%s</w:tbl>' % (
        row(cell('N°', ''), cell('Locuteur', ''), cell('Temps', ''), cell('Texte', '')),
        row(cell('1', ''), cell('Ana', '<w:vMerge w:val="restart"/>'), cell('0:05', ''), cell('Pourquoi ?', '')),
        row(cell('2', ''), cell('', '<w:vMerge/>'), cell('0:07', ''), cell('Et comment ?', '')),
        row(cell('Li', ''), cell('0:09', ''), cell('Parce que.', ''), props='<w:gridBefore w:val="1"/>'),
        row(cell('4', '<w:gridSpan w:val="3"/>'), cell('Voilà.', ''))))),
    'table-tracked-cells': docx(document('<w:tbl>%s%s%s%s</w:tbl>' % (
        row(cell('Time', ''), cell('Old', '<w:cellDel w:id="1"/>'), cell('Speaker', ''), cell('Text', '')),
        row(cell('0:05', ''), cell('', '<w:cellDel w:id="2"/>'), cell('Ana', '<w:cellIns w:id="3"/>'), cell('Why?', '')),
        row(cell('never', '<w:cellDel w:id="4"/>'), cell('0:09', ''), cell('Li', ''), cell('It helped.', '')),
        row(cell('none', '<w:cellDel w:id="5"/>'), cell('of it', '<w:cellDel w:id="6"/>'))))),
    'numbered-by-list-style': docx(document(
        listed('Why?', 1), par('It helped.'), listed('How?', 1), par('With seeds.'), listed('When?', 2),
        par('In May.')), LINKED),
    'italic-questions': docx(document(
        par(run('Why did it start?', '<w:i/>')), par('It rained.'), par(run('And ', '<w:i/>'), run('then?', '<w:i/><w:b/>')),
        par('Seeds.'), par('At '), par(run('When?', '<w:i/>')), par('In May.'))),
    'table-metadata-above': docx(document(
        table(('Date', '2021-09-14'), ('Interviewer', 'Ana'), ('Place', 'Osh')), par('Ana: Why?'), par('R: It rained.'),
        par('Ana: And?'), par('R: Yes.'))),
    'table-times-without-header': docx(document(table(('0:05', 'Ana', 'Why?'), ('0:09', 'Li', 'It rained.'),
                                                      ('0:12', 'Ana', 'And?')))),
    'styles-in-one-line': docx(document(
        par(bold('Ana:'), props='<w:rPr><w:vanish/><w:specVanish/></w:rPr>'), par(' Why?'),
        par(bold('Li:'), ' It helped.'))),
    'symbol-fonts': docx(document(par('I: Why?'), par(
        'R: ', run('\uf061 \uf0b3', '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), ' ',
        run('\uf0fc\uf04a\uf0ff', '<w:rFonts w:ascii="Wingdings"/>'), '<w:r><w:sym w:font="Symbol" w:char="F0AE"/>'
        '<w:sym w:font="Arial" w:char="2022"/><w:sym w:font="Webdings" w:char="F061"/></w:r>'))),
    'pages-and-footnote': docx(
        document(par('I: Why?'), par('R: cafe\u0301 😀 on the first. ', BREAK, 'This begins the second.'),
                 par('<w:r><w:br w:type="page"/></w:r>'), par(BREAK, 'I: And the third?'),
                 par('R: Yes.', '<w:r><w:footnoteReference w:id="2"/></w:r>')),
        notes('footnotes', 'footnote', ['', 'A note.']), pages(3)),
    'pages-do-not-fit': docx(document(par('I: Why?'), par('R: It ', BREAK, 'helped.')), pages(7)),
    'pages-renumbered': docx(
        document(par('I: Why?'), par('R: It ', BREAK, 'helped.'), '<w:sectPr><w:pgNumType w:start="7"/></w:sectPr>'),
        pages(2)),
    'pages-of-sections': docx(
        document(par('The cover', props='<w:sectPr/>'), par(BREAK, 'I: Why?'), par('R: It helped.'),
                 '<w:sectPr><w:pgNumType w:start="1"/></w:sectPr>'), pages(2)),
    'headers-and-ruby': docx(
        document(par('I: Why?'), par('R: It ', '<w:r><w:ruby><w:rt>%s</w:rt><w:rubyBase>%s</w:rubyBase></w:ruby></w:r>'
                                     % (run('above'), run('helped')), '.'),
                 '<w:sectPr><w:headerReference w:type="default"/></w:sectPr>'),
        ('word/header1.xml', '<w:hdr xmlns:w="%s">%s</w:hdr>' % (W, par('Secret'))),
        ('word/footer1.xml', '<w:ftr xmlns:w="%s">%s</w:ftr>' % (W, par('Page 1')))),
    'footnote-of-deleted-text': docx(
        document(par('I: Why?'), par('R: It helped', '<w:del><w:r><w:footnoteReference w:id="1"/></w:r></w:del>', '.',
                                     '<w:r><w:footnoteReference w:id="2"/></w:r>')),
        notes('footnotes', 'footnote', ['Gone.', 'Stays.'])),
    'utf-16-parts': docx(wide(document(par('I: Warum, Zoë?'), par('R: Жөн эле 🙂')))),
    'not-a-zip-but-captions': b'WEBVTT\n\n00:01.000 --> 00:02.000\nWhy?\n',
    'not-a-zip-but-rtf': b'{\\rtf1 I: Why?}',
    'a-workbook': archive([('[Content_Types].xml', TYPES), ('xl/workbook.xml', '<workbook/>')]),
    'a-legacy-doc': bytes.fromhex('d0cf11e0a1b11ae1') + bytes(56) + 'WordDocument'.encode('utf-16-le') + bytes(99),
    'encrypted-package': bytes.fromhex('d0cf11e0a1b11ae1') + bytes(56) + 'EncryptedPackage'.encode('utf-16-le'),
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
