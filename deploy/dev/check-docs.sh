#!/usr/bin/env bash
# What the docs point to is there: relative links, and files named in backquotes with a folder of ours in front.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/say.sh
. "$here/lib/say.sh"
cd "$root"
wrong=0

for page in README.md CONTRIBUTING.md docs/*.md; do
    folder=$(dirname "$page")
    links=$(grep -oE '\]\([^)#]+\)' "$page" | sed 's/^](//; s/)$//' | grep -v '^https\?:') || true
    files=$(grep -oE '`(api|worker|entity|migration|tests|openapi|docs|deploy)/[A-Za-z0-9_./-]*`' "$page" | tr -d '`') || true
    # shellcheck disable=SC2059,SC2086 # words, one file each; none of our folders has a blank or a percent sign
    for file in $(printf "$folder/%s " $links) $files; do
        if [ "$file" != "$folder/" ] && ! [ -e "$file" ]; then
            printf 'error: %s points to %s, which does not exist\n' "$page" "$file" >&2
            wrong=1
        fi
    done
done
[ "$wrong" = 0 ] || die "the docs and the tree differ"
exec "$here/promises.sh" check
