#!/bin/sh
# What is known of the project, and which criteria are judged. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"

attest init p --title 'First title' >/dev/null && attest ingest talk.txt >/dev/null && attest code book.yaml >/dev/null
same () { jq -e "$1" "$2"; }
count () { sqlite3 p.attest "SELECT (SELECT count (*) FROM project_value) + (SELECT count (*) FROM criterion_scope)
  + (SELECT count (*) FROM rating) + (SELECT count (*) FROM entry_value) + (SELECT count (*) FROM audit)"; }
# DESCRIPTION MESSAGE ARG…: exits 2 with the message, and changes nothing
refused ()
{
  before=$(count)
  what=$1 message=$2
  shift 2
  check "refused: $what" prints "$message" status_is 2 attest "$@"
  check "nothing was changed: $what" test "$before" = "$(count)"
}

# Values.
attest project --format json >project.json
check 'the title of init, and null for what is not known' \
  same '.format == 1 and .values.title == "First title" and .values.code == null and .values.donor == []' project.json
check 'for people: what is missing' prints '^not known: code, type,' attest project
attest project set code=PO.0143 'Budget=usd 37,887' from=2019-10-21 to=2020-01 'gender-marker=2a' \
  evaluators='Ана, Бишкек' evaluators="Zo$(printf 'e\314\210'), 🌍" 'purpose=One.' 'purpose=مرحبا' \
  evaluation-timing=Ex-post 'Thematic area=Policy' 'region code=KG-0' title='Second' --coder lee
attest project --format json >project.json
check 'amounts, dates and choices are kept in one way' same \
  '.values | .budget == "USD 37887" and .from == "2019-10-21" and .to == "2020-01" and .gender_marker == "2a" and .evaluation_timing == "ex-post"' project.json
check 'lists, paragraphs, Cyrillic, emoji and Arabic; é of two code points is one' same \
  '.values | .evaluators == ["Ана, Бишкек", "Zoë, 🌍"] and .purpose == "One.\n\nمرحبا" and .thematic_area == ["Policy"]' project.json
check 'a key of our own' same '.values.region_code == "KG-0"' project.json
check 'the last title counts' same '.values.title == "Second"' project.json
attest project set --lang fr title='Deuxième'
attest project --format json >project.json
check 'another language is beside it' \
  same '.values.title == "Second" and .translations == [{"lang": "fr", "key": "title", "value": "Deuxième"}]' project.json
check 'a value is removed' attest project set code=
check 'then it is not known' prints '^not known: code, type' attest project
check 'history: who said what' sh -c '"$0" project --history --format csv | grep -c "^code," | grep -qx 2' "$ATTEST"
check 'history: the name' sh -c '"$0" project --history --format csv | grep -q "^code,.*PO.0143,lee,"' "$ATTEST"
check 'the same again' prints 'nothing was changed' attest project set gender-marker=2a
refused 'no KEY=VALUE' "'code' is not KEY=VALUE" project set code
refused 'a key that is none' "is not KEY=VALUE" project set 'a/b=c'
refused 'a date that is none' "'21 October' is no date: write 2019-10-21" project set 'from=21 October'
refused 'a day that there is not' "'2019-02-30' is no date" project set from=2019-02-30
refused 'an amount without currency' "'37887' is no amount with its currency" project set budget=37887
refused 'an amount that can be read in two ways' "is no amount" project set 'budget=EUR 1.250,00'
refused 'a choice that there is not' "'late' is no evaluation_timing, which is one of ex-ante" project set evaluation-timing=late
refused 'two values where one goes' 'code is given twice' project set code=1 code=2
refused 'a period that ends before it begins' 'from=2021 is after to=2020-01' project set code=X from=2021
refused 'two lines where one goes' 'the title is one line' project set "title=a
b"
refused 'a language that is none' "'Français' is no language" project set --lang Français title=x
check 'a period of other dates in one go' attest project set from=2021 to=2022

# Taking back.
attest undo >/dev/null
attest project --format json >project.json
check 'undo: as before' same '.values.from == "2019-10-21" and .values.to == "2020-01"' project.json

# Criteria.
attest criteria --format json >criteria.json
check 'the criteria of the codebook' same 'map(.criterion) == ["impact", "gender"] and all(.scope == "codebook" and .judged)' criteria.json
refused 'without a reason' 'needs a reason' criterion drop gender
refused 'a criterion that there is not' "there is no criterion 'x'; there are: impact, gender" criterion drop x --because y
refused 'to add what a codebook has' "has the criterion 'impact' already" criterion add impact --because y
refused 'an id that looks like another' "'F1' cannot be the id of a criterion" criterion add F1 --because y
refused 'an id with a space' 'cannot be the id' criterion add 'a b' --because y
refused 'to rate what is nobody'\''s criterion' "'attest criterion add' adds one" rate conflict 4 --because y
check 'a criterion is added' attest criterion add conflict --name 'Чувствительность' --because 'The donor asks'
attest report evidence --format json >evidence.json
check 'evidence has it, with the reason' same \
  '.criteria | map(select(.code == "conflict"))[0] | .scope.because == "The donor asks" and .segments == [] and .rating == null' evidence.json
check 'and for people' prints '^Added to the criteria by kim on .*: The donor asks' attest report evidence conflict
check 'it can be rated' prints '^conflict: 4 very good' attest rate conflict 4 --because 'Ad hoc'
check 'it can have findings' prints '^F1$' attest finding add 'Nobody asked' --criterion conflict
check 'it has a strength' prints '^conflict  none' attest strength
check 'check knows it' prints '^F1 .*finding-without-quote' status_is 10 attest check
check 'a rating leads to its findings' prints 'F1' attest trace conflict
refused 'to drop what is rated' "conflict was rated 4: 'attest rate conflict not-assessed" criterion drop conflict --because y
check 'not assessed' attest rate conflict not-assessed --because 'Too little said'
refused 'to drop what has findings' 'F1 is on conflict: withdraw it' criterion drop conflict --because y
check 'a criterion is dropped' attest criterion drop gender --because 'Not in the terms of reference'
attest criteria --format json >criteria.json
check 'added and dropped, with names and reasons' same \
  'map([.criterion, .scope, .judged, .because]) == [["impact", "codebook", true, null], ["gender", "dropped", false, "Not in the terms of reference"], ["conflict", "added", true, "The donor asks"]]' criteria.json
check 'evidence says that it is not assessed, and why' \
  prints '^Not assessed, said kim on .*: Not in the terms of reference' attest report evidence gender
attest report silence --format json >silence.json
check 'nobody is silent about it' same \
  '([.rows[].code] | index("gender") == null) and .not_assessed == [{"code": "gender", "because": "Not in the terms of reference"}]' silence.json
check 'and for people it is said' prints 'Not assessed, and left out: gender (Not in the terms' attest report silence
refused 'to rate what was dropped' 'gender is not judged (Not in the terms of reference)' rate gender 4 --because y
refused 'a finding on what was dropped' 'gender is not judged' finding add x --criterion gender
check 'its ratings can still be listed' attest ratings gender
check 'it comes back' attest criterion add gender --because 'They are'
check 'and can be rated' attest rate gender 3 --because y
check 'undo' attest undo
check 'undo takes back a scope' attest undo
check 'dropped again' prints 'is not judged' status_is 2 attest rate gender 3 --because y

# Verify.
check 'verify has nothing to say' attest verify
cp p.attest copy.attest
sqlite3 copy.attest "DROP TRIGGER project_value_never_updated; UPDATE project_value SET value = 'USD 1' WHERE key = 'budget'"
check 'verify: a value that somebody changed' \
  prints 'added to the ledger is not what stands there' status_is 10 attest --project copy.attest verify
cp p.attest copy.attest
sqlite3 copy.attest "DROP TRIGGER criterion_scope_never_deleted; DELETE FROM criterion_scope WHERE scope = 'dropped'"
check 'verify: a scope that somebody deleted' \
  prints 'added to the ledger is not what stands there' status_is 10 attest --project copy.attest verify
attest project set "note=$(printf 'red \033[31m')" >/dev/null
check 'control characters are shown as text' fails prints "$(printf '\033')" attest project
done_testing
