#!/bin/sh
# edit: the ledger in an editor; nothing that somebody wrote is lost. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"
unset VISUAL EDITOR

attest init p >/dev/null && attest ingest talk.txt >/dev/null && attest code book.yaml >/dev/null
attest finding add One --criterion impact >/dev/null
count () { sqlite3 p.attest 'SELECT count (*) FROM audit'; }
kept () { ls p.attest.edit-*.yaml 2>/dev/null; }
# NAME: an editor that does what stands on standard input with the file, which is $1
editor () { { echo '#!/bin/sh'; cat; } >"$1"; chmod +x "$1"; }
with () { EDITOR=$1; export EDITOR; }
before=$(count)

check 'without a terminal and an editor of one'\''s own: what to do instead' \
  prints "attest export ledger' writes the text" status_is 2 attest edit </dev/null

# An editor that does nothing, or goes wrong.
with true
check 'as it was: nothing' prints '^nothing was changed$' attest edit
with 'no-such-editor --wait'
check 'no such editor' prints "^attest: nothing was changed: the editor 'no-such-editor' cannot be started" status_is 2 attest edit
with false
check 'an editor that fails' prints "^attest: nothing was changed: the editor 'false' failed" status_is 2 attest edit
with 'vi "'
check 'words that cannot be parted' prints 'is no command' status_is 2 attest edit
editor empty <<'END'
: >"$1"
END
with ./empty
check 'an empty file' prints 'the editor left an empty file: nothing was changed' status_is 3 attest edit
check 'no file stays' fails kept
check 'and nothing was done' [ "$(count)" = "$before" ]
check 'no shell: what looks like its signs is a word' sh -c \
  'EDITOR="true ; touch hacked \$(touch hacked2)" "$0" edit; [ ! -e hacked ] && [ ! -e hacked2 ]' "$ATTEST"

# A change.
editor change <<'END'
[ "$(stat -c %a "$2")" = 600 ] || exit 9
sed -i "s/text: One/text: $1/" "$2"
END
with "./change 'Éin Satz 😀'"
check 'words in quotes are one; the text is taken' prints '^F1: text changed$' attest edit --coder lee
check 'no file stays, either' fails kept
check 'it is in the project' prints 'Éin Satz 😀' attest finding list
check 'in the log: edit, by lee' prints '^edit|lee$' sqlite3 p.attest 'SELECT command, actor FROM audit ORDER BY seq DESC LIMIT 1'
check 'verify' attest verify
check 'undo' attest undo
VISUAL="./change Two" && export VISUAL
with false
check '$VISUAL goes first' prints '^F1: text changed$' attest edit
unset VISUAL
attest undo >/dev/null

# A mistake: the text is kept, and can be taken when it is mended.
editor wrong <<'END'
sed -i 's/criterion: impact/criterion: nothing/; s/text: One/text: Three/' "$1"
END
with ./wrong
now=$(count)
attest edit >out 2>err </dev/null
check 'what is wrong has its line and column' grep -q '^p.attest.edit-[A-Za-z0-9]*.yaml:[0-9]*:14: no codebook of the project has the code' err
check 'nothing was changed, and the text is kept' grep -q 'nothing was changed. Your text is kept in .*p.attest.edit' err
check 'it is there' [ "$(kept | wc -l)" = 1 ]
check 'with what was written' grep -q 'text: Three' "$(kept)"
check 'nobody else can read it' [ "$(stat -c %a "$(kept)")" = 600 ]
check 'nothing was done with it' [ "$(count)" = "$now" ]
sed -i 's/criterion: nothing/criterion: impact/' "$(kept)"
check 'mended, it is taken' prints '^F1: text changed$' attest import ledger "$(kept)"
rm -f "$(kept)"
attest undo >/dev/null
editor dies <<'END'
sed -i 's/text: One/text: Half/' "$1"
exit 3
END
with ./dies
check 'an editor that wrote and failed: the text is kept' prints "the editor './dies' failed: .*Your text is kept in" status_is 3 attest edit
check 'and nothing is done' fails prints Half attest finding list
rm -f "$(kept)"

# Two editors at once.
editor other <<'END'
EDITOR=true "$ATTEST" finding add 'Somebody else' >/dev/null
sed -i 's/text: One/text: Mine/' "$1"
END
export ATTEST
with ./other
attest edit >out 2>err </dev/null
check 'what somebody else did is shown' grep -qx '+ text: Somebody else' err
check 'nothing of one'\''s own is applied over it' fails prints Mine attest finding list
check 'it is kept' grep -q 'text: Mine' "$(kept)"
check 'and nothing of theirs is lost' prints 'Somebody else' attest finding list
rm -f "$(kept)"
editor coder <<'END'
"$ATTEST" code book.yaml >/dev/null
sed -i 's/text: One/text: Four/' "$1"
END
with ./coder
check 'what has nothing to do with the ledger does not matter' prints '^F1: text changed$' attest edit

# On a terminal: back to the editor after a mistake, and after somebody else's change.
if ! command -v tmux >/dev/null; then
  skip 'going back to the editor' 'tmux is not installed'
  done_testing
fi
TMUX_TMPDIR=$scratch
export TMUX_TMPDIR
unset TMUX
terminal () { tmux -L edit -f /dev/null "$@"; }
shows () # PATTERN: waits until the screen has it
{
  tries=0
  while ! terminal capture-pane -p >screen 2>&1 || ! grep -q -e "$1" screen; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { cat screen; return 1; }
    sleep 0.1
  done
}
mkdir two && cd two && attest init p >/dev/null && attest ingest ../talk.txt >/dev/null && attest code ../book.yaml >/dev/null
attest finding add One --criterion impact >/dev/null
editor steps <<'END'
n=$(($(cat n 2>/dev/null || echo 0) + 1))
echo $n >n
case $n in
  1) sed -i 's/criterion: impact/criterion: nothing/' "$1" ;;
  2) sed -i 's/criterion: nothing/criterion: impact/; s/text: One/text: Mine/' "$1"
     "$ATTEST" finding add 'Somebody else' >/dev/null ;;
  3) cp "$1" seen
     sed -i 's/^conclusions:/- id: F2\n  text: Somebody else\nconclusions:/' "$1" ;;
esac
END
terminal new-session -d -x 80 -y 30 "LC_ALL=C.UTF-8 EDITOR=./steps '$ATTEST' edit; echo it ended with \$?; sleep 100"
check 'after a mistake it asks' shows 'dit again, or'
terminal send-keys e Enter
check 'after a change by somebody else it shows it' shows '^+ text: Somebody else'
terminal send-keys e Enter
check 'with that taken over, it is done' shows 'it ended with 0'
check 'the editor had it in view' grep -q '^# +   text: Somebody else' seen
check 'both are there' prints 'Mine.*' attest finding list
check 'theirs, too' prints 'Somebody else' attest finding list
check 'no file stays' fails kept
terminal kill-server
done_testing
