#!/bin/sh
# What must not come out does not, of any command that prints for the public; small counts stay small. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"
prints () { pattern=$1; shift; "$@" 2>&1 | grep -e "$pattern"; }
fails () { ! "$@"; }

# SOURCE FIRST WHAT-HE-SAYS SECOND WHAT-SHE-SAYS
talk ()
{
  printf 'Interviewer: What has changed?\n\n%s: %s\n\n%s: %s\n\nInterviewer: Thank you.\n\n%s: Welcome.\n\n%s: Welcome.\n' \
    "$2" "$3" "$4" "$5" "$2" "$4" >"$1.txt"
}
talk kii-01-minister 'Aida Bekova' 'The offices changed how they work, and Temir Asanov knows.' \
  'Темир Асанов' 'Nothing changed for women in Zarechnoye.'
talk kii-02-ngo 'Chinara Osmonova' 'The register changed secretly.' 'Dana Lee' 'Much changed for women, and I sign it.'
talk kii-03-farm 'Person Alpha' 'It changed for women here, Aida says. Темир Асанов too.' 'Person Beta' 'It changed for women there.'
talk kii-04-farm 'Person Gamma' 'It changed for all women, café 🙂.' 'Person Delta' 'لم يتغير changed شيء'
cat >who.csv <<'END'
respondent,source,speaker,group,sex,place,phone,quote
Bekova A.,kii-01-minister,Aida Bekova,Government,female,Zarechnoye,0555-1,none
Асанов Т.,kii-01-minister,Темир Асанов,Government,male,Naryn,0555-2,paraphrase
Osmonova C.,kii-02-ngo,Chinara Osmonova,Civil society,female,Talas,0555-3,
Dana Lee,kii-02-ngo,Dana Lee,Civil society,female,Talas,0555-4,attributed
Alpha-1,kii-03-farm,Person Alpha,Farmers,female,Osh,0555-5,anonymous
Beta-2,kii-03-farm,Person Beta,Farmers,female,Osh,0555-6,anonymous
Gamma-3,kii-04-farm,Person Gamma,Farmers,female,Osh,0555-7,anonymous
Delta-4,kii-04-farm,Person Delta,Farmers,male,Karakol,0555-8,anonymous
END
cat >book.yaml <<'END'
attest: codebook/1
id: book
dimensions: {criterion: {title: Criterion}, theme: {title: Theme}}
codes:
- {id: impact, dimension: criterion, asked: ['what has changed'], rules: [{match: ['changed?']}]}
- {id: gender, dimension: theme, rules: [{match: ['wom[ae]n']}]}
- {id: secrecy, dimension: theme, rules: [{match: ['secret\w*|offices']}]}
END
attest init p >/dev/null && attest ingest kii-*.txt >/dev/null && attest respondents import who.csv >/dev/null
attest code book.yaml >/dev/null
id () { attest segments --source "$1" --format jsonl | jq -r 'select(.speaker == $who and .code == "impact") | .id' --arg who "$2"; }
farm=$(id kii-03-farm 'Person Alpha') none=$(id kii-01-minister 'Aida Bekova') para=$(id kii-01-minister 'Темир Асанов')
attest finding add 'Bekova of the offices is right' >/dev/null
for entry in conclusion recommendation lesson practice; do
  attest $entry add 'Bekova of the offices is right' --on F1 >/dev/null
done
attest finding edit F1 --criterion impact >/dev/null
attest finding link F1 "$farm" "$none" "$para" >/dev/null && attest finding link F1 "$none" --note 'Chinara Osmonova denies it' >/dev/null
attest rate impact 5 --because 'As Aida Bekova said' >/dev/null
attest memo "$farm" 'ask Temir again' >/dev/null
attest memo "$para" 'Paraphrase: Women of the north, Aida Bekova adds, see no difference.' >/dev/null

# Names in any script, labels, files, attributes of few, and words of those who did not consent.
cat >forbidden <<'END'
Bekova
Aida[^n]
Temir
Темир
Асанов
Chinara
Osmonova
Person Alpha
Alpha-1
Beta
Gamma
Delta
kii-0
0555
Zarechnoye
Naryn
Talas
Karakol
offices changed
Nothing changed
register changed
kim
END
# Dana Lee signs, of Talas; nobody else is told to be.
leaks () { sed 's/Civil society, female, Talas//g; s/"Talas"//g; s/,Talas//g; s/Dana Lee *Civil society *female *Talas//; s/>Talas</></g; s/^Talas  *<3 .*//' "$1" | grep -noEf forbidden | sort -u | head; }

args_of ()
{
  case $1 in
    kwic) echo "'changed|offices|secretly|bekova'" ;;
    book) echo out ;;
    compare) echo 'book.yaml other.yaml' ;;
    'brief render') echo brief.md ;;
    synthesis) echo p.attest ;;
    keyness) echo '--by group' ;;
    trace | 'finding show') echo F1 ;;
    'conclusion show') echo C1 ;;
    'recommendation show') echo R1 ;;
    'lesson show') echo L1 ;;
    'practice show') echo G1 ;;
  esac
}
# COMMAND FORMAT: runs, or says why it is not for the public; and nothing comes out
run_public ()
{
  rm -rf out out.txt err.txt
  case $2 in xlsx | r | docx | odt | pdf) more='--output out' ;; *) more= ;; esac
  eval "attest $1 $(args_of "$1") --public ${2:+--format $2} $more" >out.txt 2>err.txt </dev/null
  status=$?
  cat err.txt
  case $status in
    # A program for office documents is not there, or no browser.
    1) grep -q 'install' err.txt && return 0; return 1 ;;
    0 | 10) [ -s out.txt ] || [ -e out ] || { echo 'prints nothing'; return 1; } ;;
    2) [ -n "$2" ] && grep -q 'public' err.txt && [ ! -s out.txt ] && [ ! -e out ] || return 1 ;;
    *) return 1 ;;
  esac
  if [ -e out ]; then
    mkdir out.d && { [ ! -d out ] || cp -r out out.d; [ -d out ] || (cd out.d && unzip -q ../out); }
    find out.d -type f -exec cat {} + >>out.txt; rm -rf out.d
  fi
  found=$(leaks out.txt)
  [ -z "$found" ] || { echo "comes out: $found"; return 1; }
}

# A brief in other words than the findings, which name somebody.
attest brief init 2>/dev/null | sed 's/Bekova[^.{]*/They are right/g' >brief.md
sed 's/id: book/id: other/; s/offices/office/' book.yaml >other.yaml
attest --generate=json >table.json
jq -r '.commands[] | select([.options[].name] | index("public"))
  | .name as $n | ($n + "\t"), (.options[] | select(.name == "format") | .choices[] | $n + "\t" + .)' table.json >runs
tab=$(printf '\t')
while IFS=$tab read -r command format; do
  what="$command${format:+ --format $format}: nothing comes out"
  if run_public "$command" "$format" >run.txt 2>&1; then
    check "$what" true
  elif [ "$status" -eq 2 ] && [ -z "$(args_of "$command")" ] && [ ! -s out.txt ]; then
    skip "$what" 'which arguments it takes is not said in args_of'
  else
    check "$what" sh -c 'cat run.txt; false'
  fi
done <runs
check 'there are some' sh -c '[ "$(wc -l <runs)" -gt 40 ]'
attest segments --format json >out.txt
check 'found: what the team may read' sh -c '[ -n "$1" ]' sh "$(leaks out.txt)"

check 'quotes that may tell who said them' prints ' name *It changed for women here, Aida says' attest segments --risks --code impact
# What may come out does.
check 'a quote of who consented, without the names in it' \
  prints '“It changed for women here, \[name\] says' attest report evidence impact --public
check 'the name of who wants to be named, with all of the line' \
  prints ' Dana Lee (Civil society, female, Talas)' attest report evidence impact --public
check 'attributes that enough share' prints '(Farmers)' attest report evidence impact --public
check 'fewer, when fewer need to share them' \
  prints '(Farmers, female, Osh)' attest trace F1 --public --min-group 1
check 'in an order of its own' prints '(female, Farmers)' attest trace F1 --public --attribution sex,group --min-group 2
check 'a paraphrase, where only that is allowed' \
  prints 'Women of the north, \[name\] adds, see no difference' attest trace F1 --public
check 'what was left out is said' prints 'Not printed: 1 quote, no consent to be quoted' attest report evidence impact --public
same () { [ "$(attest respondents --public --format csv)" = "$(attest respondents --public --format csv)" ]; }
check 'pseudonyms stay the same' same
check 'a small count' prints '^secrecy *\* *\* *\* *<3 ' attest report frequency --public
check 'no total from which it follows' prints '^all *\* *\* ' attest report frequency --public
no_bar () { attest report frequency --public --format html | grep -o '<span class="v">[*]</span>.\{12\}' | grep -q '<svg' && return 1; attest report frequency --public --format html | grep -q '<span class="v">[*]</span>'; }
check 'and no bar beside it' no_bar
check 'as null for programs' sh -c '"$ATTEST" report frequency --public --format json | jq -e "
  (.rows[] | select(.code == \"secrecy\") | .segments == null and .respondents == null) and .totals.segments == null"'
check 'a third cell, when two would follow from a total' \
  prints '^impact *<3 *\* *<3 *8 (8)$' attest report matrix --cols attribute:group --public
check 'all of it for the team' prints '^impact *2 (2) *4 (4) *2 (2) *8 (8)$' attest report matrix --cols attribute:group
check 'too few are not picked out' \
  prints 'fewer than 3 respondents have group=Government' status_is 2 attest report evidence --public --where group=Government
check 'nor those who are left' prints 'all but a few' status_is 2 attest segments --public --where sex=female
check 'two audiences' status_is 2 attest segments --public --internal
check 'a number without an audience' prints 'says nothing without --public' status_is 2 attest segments --min-group 5
check 'an attribute that nobody has' prints "no respondent has an attribute 'rank'" status_is 2 attest segments --public --attribution rank
done_testing
