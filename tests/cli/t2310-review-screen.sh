#!/bin/sh
# The full-screen queue of review, in a terminal of tmux. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
command -v tmux >/dev/null || skip_all 'tmux is not installed'
TMUX_TMPDIR=$scratch
USER=kim
export TMUX_TMPDIR USER
unset TMUX

# A server for each start: one that is just going down takes no new session.
server=0
terminal () { tmux -L "s$server" -f /dev/null "$@"; }
screen () { terminal capture-pane -p; }
keys () { terminal send-keys "$@"; }
# PATTERN: waits until a line of the screen has it
shows ()
{
  tries=0
  while ! screen >../screen 2>&1 || ! grep -q -e "$1" ../screen; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { cat ../screen; return 1; }
    sleep 0.1
  done
}
# WIDTH HEIGHT ARG…: review in a terminal of that size, and a word when it has ended
start ()
{
  terminal kill-server 2>/dev/null
  server=$((server + 1))
  size="-x $1 -y $2"
  shift 2
  # shellcheck disable=SC2086
  terminal new-session -d $size "LC_ALL=C TERM=screen '$ATTEST' review $*; echo it ended with \$?; sleep 100"
}
segments () { "$ATTEST" segments --format json | jq -r '.[] | [.code, .quote, .status, .coder // "-"] | join ("|")'; }

cat >book.yaml <<'YAML'
id: small
version: "1"
codes:
  - {id: results, name: {en: What was reached}, rules: ['targets?', 'reached', 'المشروع', '影响']}
  - {id: timing, rules: ['late', 'on time']}
  - {id: timeless, rules: ['never found']}
YAML
rlo=$(printf '\342\200\256')
cat >one.txt <<TXT
Interviewer: What has the project achieved here, in your view?

Respondent: All targets were reached. The money came late. Workshops came on time, mostly. المشروع غيّر حياتنا. 工作坊的影响很大。 The ${rlo}targets were low.
TXT
"$ATTEST" init p >/dev/null && "$ATTEST" ingest one.txt >/dev/null 2>&1 && "$ATTEST" code book.yaml >/dev/null || exit 99
total=$("$ATTEST" segments --format json | jq length)

start 80 24
check 'it begins with the first open segment' shows "^ review 1 of $total · 0 decided (0 %)"
check 'with source, turn and speaker' shows 'one ¶1 · Respondent'
check 'with its code and rules' shows '^results · What was reached · found by results/'
check 'with the question before' shows '^Interviewer: What has the project achieved'
check 'with its turn' shows '^All targets were reached'
check 'text from right to left is there' shows 'المشروع'
check 'wide characters are there' shows '工作坊的影响很大'
check 'what would turn the direction is shown as text' shows '\\u202eta'

keys a
check 'a accepts and goes on' shows "^ review 2 of $total · 1 decided"
check 'and says so' shows '^Q[0-9A-Z]* accepted'
check 'at once in the project' prints '^results|All targets were reached.|accepted|kim' segments
keys r
check 'r asks for a reason' shows '^reject because:'
keys 'of monéy' Enter
check 'and rejects' shows '^Q[0-9A-Z]* rejected'
check 'which stands in the project' prints '^timing|The money came late.|rejected|kim' segments
check 'with its reason' prints 'of monéy' "$ATTEST" review --export
keys h
check 'h goes back, also to what is decided' shows '^rejected by kim: of monéy'
keys u
check 'u takes back the last one' shows 'entry 5 taken back'
check 'it is open again' prints '^timing|The money came late.|proposed' segments
keys r
shows '^reject because:'
keys Escape
check 'Escape leaves a question' shows '? keys · q quit$'
check 'and decides nothing' prints '^timing|The money came late.|proposed' segments
keys c
check 'c shows the codes' shows '^results timing timeless'
keys ti Enter
check 'the beginning of several codes is none' shows "'ti' is the beginning of several codes"
keys c
shows '^recode to:'
keys res Enter
check 'the beginning of one code is enough' shows '^Q[0-9A-Z]* recoded to results'
check 'the passage has the other code' prints '^results|The money came late.|accepted|kim' segments
keys k
check 'k marks a key quote' shows '· key quote$'
keys k
check 'and takes the mark away' shows 'is no key quote any more'
keys m
shows '^memo:'
keys 'ask again' Enter
check 'm notes' shows '^Q[0-9A-Z]* noted'
check 'the note is in the project' prints 'ask again' "$ATTEST" memo
keys ')'
check 'bounds can be moved' shows 'a accepts the passage with these bounds'
keys a
shows '^Q[0-9A-Z]* accepted'
check 'and the passage is accepted with them' \
  prints '^timing|Workshops came on time, mostly. المشروع|accepted|kim' segments
check 'in place of the one that was proposed' prints '^timing|Workshops came on time, mostly.|rejected|kim' segments

keys '?'
check '? shows the keys' shows '^a accept: it speaks of what the code means'
check 'all of them' sh -c 'for key in a r c m k u n, l j "\[" "(" f q; do grep -q "^$key  *[a-z(]" ../screen || grep -q "^$key" ../screen || exit 1; done'
keys x
keys f
check 'f asks for other segments, and says which words there are' shows '^now: all; words of code, source, status, rule=, polarity, stance'
keys 'res prop' Enter
check 'and shows them' shows '· results, proposed'
check 'as many as there are' shows '^ review [0-9]* of [1-9][0-9]* · '
keys f
shows '^only '
check 'what is set stands there' shows 'now: code=results status=proposed'
keys 'nothing' Enter
check 'a word that fits nothing changes nothing' shows "'nothing' is no code, source, status, polarity or stance"
check 'as it was' shows '· results, proposed'
keys f
shows '^only '
keys Enter
check 'nothing typed: all of them' shows ' decided ([0-9]* %)$'
terminal resize-window -x 30 -y 8
check 'a window that is too small says so' shows 'the window is too small'
terminal resize-window -x 60 -y 10
check 'a small window shows the quote' shows 'المشروع غيّر'
keys '?'
check 'in a small window the keys take several pages' shows '^ any key shows more'
keys x
check 'one after the other' shows '^r  reject, with a reason\|^u  undo\|^n, space'
keys x x
terminal resize-window -x 60 -y 16
check 'and a larger one is drawn anew' shows '^Interviewer: What has'
check 'as wide as it is' sh -c 'awk "length > 60" ../screen | grep -v "[^ -~]" | wc -l | grep -q "^0"'
keys n a
shows '^Q[0-9A-Z]* accepted'
keys q
check 'q leaves, and says how far it is' shows 'segments decided'
check 'with success' shows '^it ended with 0'

decided=$(segments | grep -vc '|proposed|')
start 80 24 --code results --status proposed
check 'filters choose' shows '· results, proposed'
keys a
shows '^Q[0-9A-Z]* accepted'
terminal kill-server
check 'a terminal that goes away takes no decision with it' [ "$(segments | grep -vc '|proposed|')" -eq $((decided + 1)) ]
check 'and leaves the project sound' "$ATTEST" verify

# What was decided stays when the program is killed in the middle of a reason; the reason is lost.
decided=$(segments | grep -vc '|proposed|')
start 80 24
shows '^ review '
keys r
shows '^reject because:'
keys 'half a rea'
shows 'half a rea$'
pid=$(pgrep -f "$ATTEST review" -n)
check 'the program can be killed while a reason is typed' kill -KILL "$pid"
check 'and loses that one' [ "$(segments | grep -vc '|proposed|')" -eq "$decided" ]
check 'and nothing else' "$ATTEST" verify
start 80 24 --status all
shows '^ review '
keys r
shows '^reject because:'
keys 'half'
shows 'half$'
pid=$(pgrep -f "$ATTEST review" -n)
check 'a connection that breaks' kill -HUP "$pid"
check 'loses no more' [ "$(segments | grep -vc '|proposed|')" -eq "$decided" ]
check 'and leaves the project sound, too' "$ATTEST" verify

start 80 24 --list
check '--list is a list on a terminal, too' shows 'listed; '
start 80 24 --code timeless
check 'nothing to review' shows '^no segment of that kind'
check 'in a pipe it is a list' prints 'listed; ' "$ATTEST" review
terminal kill-server
done_testing
