#!/bin/bash
# Completion in bash, zsh and fish: each shell is asked what it would offer. TAP.
[ -n "${BASH_VERSION-}" ] || exec bash "$0"
. "$ATTEST_SRCDIR/tests/tap.sh"
PATH=$(dirname "$ATTEST"):$PATH
"$ATTEST" --generate=json > table.json
touch interview.txt

# --- bash
"$ATTEST" --generate=bash > attest.bash
compopt () { :; }
. ./attest.bash
offer () # WORD…: what bash offers for the last word, one a line
{
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  _attest
  printf '%s\n' "${COMPREPLY[@]}"
}
offers () # EXPECTED WORD…
{
  offer "${@:2}" | tee ../offer | grep -qxe "$1" || { cat ../offer; return 1; }
}
offers_only () # EXPECTED WORD…
{
  [ "$(offer "${@:2}" | tr '\n' ' ')" = "$1 " ] || { offer "${@:2}"; return 1; }
}

missing_in_bash ()
{
  jq -r '.commands[] | .name as $n | [$n, (.options[].name)] | @tsv' table.json | while IFS=$'\t' read -r name options; do
    read -ra words <<<"$name"
    offer attest "${words[@]}" | grep -qxe "${words[-1]}" || echo "$name is not offered"
    offer attest "${words[@]}" -- > offered
    for option in $options; do
      grep -qxe "--$option" offered || echo "$name --$option is not offered"
    done
  done
  jq -r '.commands[] | .name as $n | .options[] | select(.choices != []) | [$n, .name, .choices[]] | @tsv' table.json \
    | while IFS=$'\t' read -r name option choices; do
      read -ra words <<<"$name"
      [ "$(offer attest "${words[@]}" "--$option" '' | tr '\n' '\t')" = "$choices"$'\t' ] || echo "$name --$option: not $choices"
    done
}

silent 'bash: the script is sound' bash -n attest.bash
silent 'bash: every command, option and choice is offered' missing_in_bash
check 'bash: first words' offers codebook attest c
check 'bash: second words' offers_only 'check' attest codebook ch
check 'bash: a command that is also a family' offers import attest respondents im
check 'bash: options before the command' offers --project attest --pr
check 'bash: the command after --project FILE' offers ingest attest --project x.attest in
check 'bash: the command after --project=FILE' offers ingest attest --project = x.attest in
check 'bash: the value after =' offers_only 'json' attest sources --format = j
check 'bash: the value right after =' offers json attest sources --format =
check 'bash: files where files are meant' offers interview.txt attest ingest inter
check 'bash: nothing where anything goes' offers_only '' attest init inter
check 'bash: commands after help' offers_only 'ingest' attest help ing
jq '.commands[0].name = "frobnicate"' table.json > other.json && mv other.json table.json
check 'found: a command that is not offered' prints '^frobnicate is not offered' missing_in_bash
"$ATTEST" --generate=json > table.json

# --- zsh: the real completion system, asked through a terminal of its own
if command -v zsh >/dev/null; then
  mkdir -p zsh && "$ATTEST" --generate=zsh > zsh/_attest
  silent 'zsh: the script is sound' zsh -n zsh/_attest
  # _describe and _arguments are what a completion function calls; here they only show their words.
  cat > ask.zsh <<'END'
_describe () { local name=${@[-1]}; print -rl -- ${(P)name} }
_files () { print files }
compdef () { : }
_arguments () {
  local spec
  if [[ " $* " == *'->argument'* ]]; then
    state=argument; (( CURRENT > 1 )) || _attest_commands; words=("${words[@]}"); return 0
  fi
  for spec in "$@"; do print -r -- "$spec"; done
}
words=("$@"); CURRENT=$#
function _attest_outer { source zsh/_attest }
_attest_outer
END
  zsh_offers () { prints "$1" zsh -f ask.zsh "${@:2}"; }
  check 'zsh: first words with their summary' zsh_offers '^ingest:Add transcripts' i
  check 'zsh: second words' zsh_offers '^check:' codebook ch
  check 'zsh: options with their help' zsh_offers '--lang\[Language' ingest -
  check 'zsh: choices' zsh_offers ':FORMAT: (table csv json' sources -
  check 'zsh: options of a command of two words' zsh_offers '--format' codebook check -
  check 'zsh: files' zsh_offers ':_files$' ingest x
else
  skip 'zsh' 'zsh is not installed'
fi

# --- fish
if command -v fish >/dev/null; then
  mkdir -p "$HOME/.config/fish/completions"
  "$ATTEST" --generate=fish > "$HOME/.config/fish/completions/attest.fish"
  silent 'fish: the script is sound' fish --no-execute "$HOME/.config/fish/completions/attest.fish"
  fish_offers () { prints "$1" fish -c "complete -C '$2'"; }
  fish_offers_none () { fish -c "complete -C '$2'" > ../offer; ! grep -e "$1" ../offer; }
  check 'fish: first words with their summary' fish_offers '^ingest.Add transcripts' 'attest i'
  check 'fish: second words' fish_offers '^check' 'attest codebook ch'
  check 'fish: options with their help' fish_offers '^--lang.*Language' 'attest ingest --l'
  check 'fish: choices' fish_offers '^json' 'attest sources --format '
  check 'fish: no option of another command' fish_offers_none '^--lang' 'attest sources --'
  check 'fish: files' fish_offers '^interview.txt' 'attest ingest int'
  check 'fish: no files where none are meant' fish_offers_none '^interview.txt' 'attest sources int'
else
  skip 'fish' 'fish is not installed'
fi
done_testing
