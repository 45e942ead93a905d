#!/usr/bin/env bash
# What the docs claim about the tree is so: tests that docs/security.md names exist, tests named after a promise are
# named there, and so do the files that the docs point to.
set -Eeuo pipefail
# shellcheck source=lib/say.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/say.sh"
cd "$root"
wrong=0
complain() {
    printf 'error: %s\n' "$*" >&2
    wrong=1
}

tests=$(git ls-files -co --exclude-standard -- '*.rs' | xargs -r grep -hoE '^\s*(pub )?(async )?fn [a-z0-9_]+' | sed 's/.*fn //' | sort -u)

# Every promise has its line, once.
for number in $(seq 1 71); do
    count=$(grep -c "^| R$number |" docs/security.md || true)
    [ "$count" -eq 1 ] || complain "docs/security.md: R$number has $count lines, it should have one"
done

# A name in backquotes in the last column is a test.
while read -r name; do
    grep -qxF "$name" <<<"$tests" || complain "docs/security.md names the test $name, which does not exist"
done < <(sed -n 's/^| R[0-9]* |.*|\(.*\)|$/\1/p' docs/security.md | grep -oE '`[a-z0-9_]+`' | tr -d '`' | sort -u)

# A test with a promise's id is named in the promise's line.
while read -r name; do
    number=${name%%_*}
    grep -E "^\| R${number#r} \|" docs/security.md | grep -qF "\`$name\`" ||
        complain "docs/security.md: the line of R${number#r} does not name the test $name"
done < <(grep -E '^r[0-9]+_' <<<"$tests" || true)

# Relative links, and files named in backquotes with a folder of ours in front.
for page in README.md CONTRIBUTING.md docs/*.md; do
    folder=$(dirname "$page")
    while read -r link; do
        [ -e "$folder/$link" ] || complain "$page links to $link, which does not exist"
    done < <(grep -oE '\]\([^)#]+\)' "$page" | sed 's/^](//; s/)$//' | grep -v '^https\?:' || true)
    while read -r file; do
        [ -e "$file" ] || complain "$page names $file, which does not exist"
    done < <(grep -oE '`(api|worker|entity|migration|tests|openapi|docs|deploy)/[A-Za-z0-9_./-]*`' "$page" | tr -d '`' || true)
done

[ "$wrong" = 0 ] || die "the docs and the tree differ"
