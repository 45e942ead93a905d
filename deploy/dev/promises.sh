#!/usr/bin/env bash
# promises.sh check|write: the column "Shown by" of docs/security.md, against the names of the tests.
# A test named r34_r35_… shows R34 and R35.
set -Eeuo pipefail
# One order of names everywhere.
export LC_ALL=C
# shellcheck source=lib/say.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/say.sh"
cd "$root"
page=docs/security.md

names=$(git ls-files -co --exclude-standard -- '*.rs' | xargs -r grep -hoE '^ *(async )?fn r[0-9]+_[a-z0-9_]+' | sed 's/.*fn //' | sort -u)

filled=$(names=$names awk -F ' *[|] *' '
    BEGIN {
        count = split(ENVIRON["names"], list, "\n")
        for (i = 1; i <= count; i++) {
            rest = list[i]
            while (match(rest, /^r[0-9]+_/)) {
                id = "R" substr(rest, 2, RLENGTH - 2)
                shown[id] = shown[id] (shown[id] == "" ? "" : ", ") "`" list[i] "`"
                rest = substr(rest, RLENGTH + 1)
            }
        }
    }
    /^\| R[0-9]+ \|/ {
        left = $6
        if (shown[$2] != "") sub(/^open: /, "", left)
        printf "| %s | %s | %s | %s | %s |\n", $2, $3, $4, shown[$2], left
        next
    }
    { print }
' "$page" | sed -E '/^\| R/s/ +\|/ |/g')

for number in $(seq 1 71); do
    [ "$(grep -c "^| R$number |" <<<"$filled")" -eq 1 ] || die "$page should have one line for R$number"
done
if mute=$(grep -E '^\| R[0-9]+ \|.*\| \| [^|]*\|$' <<<"$filled" | grep -vE '\| open: [^|]+\|$'); then
    die "in $page these have no test and do not say why (open: …):" "$mute"
fi

if [ "${1:-check}" = write ]; then
    printf '%s\n' "$filled" >"$page"
    say "wrote $page"
elif ! diff -u --label "$page" --label "the tests' names" "$page" - <<<"$filled"; then
    die "$page is stale" "run: deploy/dev/promises.sh write"
fi
