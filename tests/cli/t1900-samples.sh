#!/bin/sh
# Real transcripts against what is known of them. They are no part of the project: $ATTEST_SAMPLES
# names their folder.
. "$ATTEST_SRCDIR/tests/tap.sh"

[ -n "${ATTEST_SAMPLES-}" ] && [ -d "$ATTEST_SAMPLES" ] || skip_all 'no samples: ATTEST_SAMPLES names none'
command -v python3 >/dev/null || skip_all 'no python3'

cat > oracle.py <<'PY'
import collections
import glob
import html
import json
import os
import re
import subprocess
import sys
import zipfile

SAMPLES = os.environ['ATTEST_SAMPLES']
failed = []


def run(path):
    return subprocess.run([os.environ['ATTEST'], 'read', path, '--format', 'json'],
                          capture_output=True, check=False)


def read(path):
    done = run(path)
    if done.returncode != 0:
        sys.exit('%s: exit %d: %s' % (path, done.returncode, done.stderr.decode()))
    return json.loads(done.stdout)


def said(doc):
    data = doc['text'].encode()
    return [data[t['start_byte']:t['end_byte']].decode() for t in doc['turns']]


def expect(good, what):
    if not good:
        failed.append(what)


def files(pattern):
    found = sorted(glob.glob(os.path.join(SAMPLES, pattern)))
    expect(found, 'no files: ' + pattern)
    return found


def squeeze(text):
    """The other library joins cells by '|', adds the addresses of links, and breaks no rows."""
    return ' '.join(re.sub(r'[|]', ' ', re.sub(r'\("[^"]*"\)', '', text)).split())


def rtf_texts():
    for path in files('f_suites/striprtf_BSD/*.rtf'):
        with open(path[:-3] + 'txt', encoding='utf-8') as f:
            expect(squeeze(read(path)['text']) == squeeze(f.read()), path)


def rtf_tika():
    for name, text in [('HexEscapeInsideWord', 'GOVERNO DO ESTADO DO ESPÍRITO SANTO'),
                       ('UmlautSpaces', 'Übersicht'),
                       ('InvalidUnicode', 'Unpaired hi \ufffd here Unpaired lo \ufffd here'),
                       ('Japanese', 'ゾルゲと尾崎、淡々と最期'),
                       ('ListLibreOffice', '1. one 2. two 3. three')]:
        path = os.path.join(SAMPLES, 'f_suites/tika_Apache2/testRTF%s.rtf' % name)
        expect(text in squeeze(read(path)['text']), path)


def rtf_captions():
    for name, times in [('rtf', [1000]), ('rtf2', [223000])]:
        doc = read(os.path.join(SAMPLES, 'c_machine/subtitle_variants_MIT/%s.rtf' % name))
        expect([t['start_ms'] for t in doc['turns']][:1] == times, name)
        expect('-->' not in doc['text'] and '->' not in doc['text'], name + ': an arrow is left')


def words(text):
    return collections.Counter(re.findall(r"[^\W_]+", text.lower().replace('\u2019', "'")))


def compare(found, expected, least, what):
    """Word precision and recall."""
    shared = sum((found & expected).values())
    expect(shared >= least * sum(found.values()), what + ': precision')
    expect(shared >= least * sum(expected.values()), what + ': recall')


def interviews():
    """Two of the PDF have mended spelling: no reader can have all of the other copy's words."""
    for name, least in [('camilleri', .9995), ('colless', .9995), ('heath', .9995),
                        ('mason', .9995), ('potter', .997), ('vincent', .9975)]:
        folder = 'a_interviews/western_sydney_CC-BY/'
        texts = [p for p in files(folder + '*.txt') if name in os.path.basename(p).lower()]
        with open(texts[0], encoding='cp1252', errors='replace') as f:
            expected = words(f.read())
        for path in texts + files(folder + 'ftf_transcript_%s.pdf' % name):
            doc = read(path)
            compare(words(doc['text']), expected, least, path)
            expect(len(doc['turns']) >= 45, path + ': %d turns' % len(doc['turns']))


def certain():
    """What the other copy and another reader agree on is read; what neither has is not. Page numbers,
    which both have, are left out."""
    for path in files('a_interviews/western_sydney_CC-BY/*.pdf'):
        name = os.path.basename(path)[len('ftf_transcript_'):-len('.pdf')]
        texts = [p for p in files('a_interviews/western_sydney_CC-BY/*.txt')
                 if name in os.path.basename(p).lower()]
        with open(texts[0], encoding='cp1252', errors='replace') as f:
            copy = words(f.read())
        other = words(subprocess.run(['pdftotext', path, '-'], capture_output=True,
                                     check=True).stdout.decode())
        found = words(read(path)['text'])
        both = copy & other
        expect(sum((found & both).values()) >= .9998 * sum(both.values()), path + ': recall')
        expect(not found - (copy | other), path + ': words that are nowhere')


def recognisers():
    for name, keys in [('whisper_timestamped', ['text']), ('assemblyai_transcription', ['text']),
                       ('dg_utterances', ['results', 'channels', 0, 'alternatives', 0, 'transcript'])]:
        path = os.path.join(SAMPLES, 'c_machine/asr_json_MIT/%s.json' % name)
        with open(path, encoding='utf-8') as f:
            expected = json.load(f)
        for key in keys:
            expected = expected[key]
        compare(words(read(path)['text']), words(expected), .9999, path)


def committees():
    for path in files('a_interviews/committee_json_MIT/*.json'):
        with open(path, encoding='utf-8') as f:
            entries = json.load(f)['meeting_transcripts']
        doc = read(path)
        expect([t['speaker'] for t in doc['turns']] == [e['speaker'].strip() for e in entries], path + ': speakers')
        compare(words(doc['text']), words(' '.join(e['content'] for e in entries)), .9999, path)


def maxqda():
    doc = read(os.path.join(SAMPLES, 'b_coded/maxqda_pdf_BSD/P1.pdf'))
    names = collections.Counter(t['speaker'] for t in doc['turns'])
    expect(names == {'Dan': 47, 'Participant': 47}, 'speakers: %s' % names)
    expect(not re.search(r'^\d+\t', doc['text'], re.M), 'numbers of paragraphs are left')


LABEL = re.compile(r'^\[(Chercheur|Interviewe)\]')


def artisans():
    counts = []
    for path in files('a_interviews/fr_artisans_MIT/*.docx'):
        doc = read(path)
        counts.append(len(doc['turns']))
        expect(len({t['speaker'] for t in doc['turns']}) == 2, path + ': speakers')
        with zipfile.ZipFile(path) as z:
            xml = z.read('word/document.xml').decode()
        texts = [html.unescape(''.join(re.findall(r'<w:t(?: [^>]*)?>([^<]*)</w:t>', p)))
                 for p in re.findall(r'<w:p[ >].*?</w:p>', xml, re.S)]
        first = next(i for i, text in enumerate(texts) if LABEL.match(text.strip()))
        expected = ''.join(t for t in texts[first:] if not LABEL.match(t.strip()))
        expect(''.join(''.join(said(doc)).split()) == ''.join(expected.split()), path + ': text')
    expect(counts == [36, 19, 29, 27, 32, 31, 23, 36], 'turns: %s' % counts)


def tika():
    for path in files('f_suites/tika_Apache2/*'):
        done = run(path)
        message = done.stderr.decode()
        expect(done.returncode == 0 or (done.returncode == 3 and message.startswith('attest: ')),
               '%s: exit %d: %s' % (path, done.returncode, message))


globals()[sys.argv[1]]()
sys.exit('\n'.join(failed) or 0)
PY

oracle () { PYTHONDONTWRITEBYTECODE=1 ATTEST=$ATTEST python3 oracle.py "$1"; }

check 'rich text has the text that another library expects' oracle rtf_texts
check 'rich text in odd encodings is read' oracle rtf_tika
check 'captions in rich text are captions' oracle rtf_captions
check 'interviews have the same words as PDF and as text' oracle interviews
if command -v pdftotext >/dev/null; then
  check 'PDF have the words that their copy and another reader agree on' oracle certain
else
  skip 'PDF have the words that their copy and another reader agree on' 'no pdftotext'
fi
check 'recognisers: the words of the full text' oracle recognisers
check 'committees: each speaker and each word' oracle committees
check 'a print of MAXQDA has its speakers and no numbers' oracle maxqda
check 'French interviews in Word keep each turn and each word' oracle artisans
check "odd files of other people's tests are read or refused in words" oracle tika

done_testing
