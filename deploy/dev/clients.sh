#!/usr/bin/env bash
# clients.sh check|write [LANGUAGE...]: the generated parts of the clients, against openapi/openapi.json.
#
# For each language there is a function `generate_LANGUAGE FOLDER`, which makes the generated files anew below FOLDER
# and prints their names there, and the folder openapi/LANGUAGE where they belong. What else is in that folder is
# written by hand, but for folders named `generated`, which are the generator's alone: a file there that it does not
# make is stale. If there is a `try_LANGUAGE`, it builds and tests the client on `check`.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for lib in say packages node parts; do
    # shellcheck source=/dev/null
    . "$here/lib/$lib.sh"
done
cd "$root"

generate_typescript() {
    need_node >&2
    need_node_modules openapi >&2
    mkdir -p "$1/src"
    # Types, and the values of enums, so that the client knows which codes it knows.
    openapi/node_modules/.bin/openapi-typescript openapi/openapi.json --enum-values --output "$1/src/schema.ts" \
        >/dev/null || return 1
    echo src/schema.ts
}

try_typescript() {
    (
        cd openapi/typescript
        # Nothing of an older build may help this one, or get into the package.
        rm -rf dist
        npm run --silent build && npm test --silent
    )
}

# A test makes and compares or writes it, so nothing is left to compare here.
generate_rust() {
    local update=()
    [ "$mode" = check ] || update=(UPDATE_CLIENTS=1)
    env "${update[@]}" cargo test --quiet --locked --workspace --test fresh >&2
}

generate_python() {
    "$here/python.sh" >&2 && "$target/python/bin/python" openapi/python/generate/generate.py "$1"
}

try_python() {
    local bin=$target/python/bin
    (
        cd openapi/python
        "$bin/ruff" check --quiet --no-cache . && "$bin/ruff" format --quiet --no-cache --check . &&
            "$bin/python" -B -m pytest --quiet &&
            "$bin/pip" --disable-pip-version-check wheel --quiet --no-build-isolation --no-deps --wheel-dir "$work" .
    )
}

# left_over LANGUAGE FILES: what lies in its folders `generated` and is not among the files that were made.
left_over() {
    find "openapi/$1" -path '*/generated/*' -type f -not -path '*/__pycache__/*' -printf '%P\n' |
        LC_ALL=C sort | LC_ALL=C comm -23 - <(printf '%s\n' "$2" | LC_ALL=C sort)
}

mode=${1:-check}
shift || true
[ $# -gt 0 ] || set -- typescript rust python

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for language; do
    files=$("generate_$language" "$work/$language") || die "the $language client could not be generated"
    for file in $files; do
        if [ "$mode" = write ]; then
            mkdir -p "$(dirname "openapi/$language/$file")"
            cp "$work/$language/$file" "openapi/$language/$file"
            say "wrote openapi/$language/$file"
        elif ! diff -u --label "openapi/$language/$file" --label "openapi/openapi.json" \
            "openapi/$language/$file" "$work/$language/$file"; then
            die "openapi/$language/$file is stale" "run: make spec"
        fi
    done
    for file in $(left_over "$language" "$files"); do
        [ "$mode" = write ] || die "openapi/$language/$file is stale: it is not generated any more" "run: make spec"
        rm "openapi/$language/$file"
        say "removed openapi/$language/$file"
    done
    if [ "$mode" = check ] && [ "$(type -t "try_$language")" = function ]; then
        "try_$language" || die "the $language client does not pass its tests"
    fi
done
