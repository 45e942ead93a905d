#!/usr/bin/env bash
# spec.sh check|write: what openapi/ holds against the code, then the contract against its linter, then the clients
# against the contract.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for lib in say packages node parts; do
    # shellcheck source=/dev/null
    . "$here/lib/$lib.sh"
done
cd "$root"

export_one() {
    local made
    made=$("$target/debug/rekey-api" "$2") || die "rekey-api $2 failed"
    if [ "$mode" = write ]; then
        mkdir -p openapi
        printf '%s\n' "$made" >"$1"
        say "wrote $1"
    elif ! diff -u --label "$1" --label "the code" "$1" - <<<"$made"; then
        die "$1 is stale" "run: make spec"
    fi
}

# Every recommended rule, and that the examples fit their schemas: openapi/redocly.yaml.
lint() {
    need_node
    need_node_modules openapi
    local said
    # It would tell its makers, look for a newer one of itself, and remind of Node.js' calendar in a large box.
    said=$(cd openapi && REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
        ./node_modules/.bin/redocly lint --format=stylish openapi.json 2>&1) || {
        printf '%s\n' "$said" >&2
        die "openapi/openapi.json does not pass its linter" "mend what it is made from: api/src/http/openapi"
    }
}

mode=${1:-check}
# The whole workspace, as the tests build it: a package by itself has other features, and all it needs is built again.
cargo build --quiet --locked --workspace --all-targets
export_one openapi/openapi.json openapi
export_one openapi/jobs.schema.json schema
lint
exec "$here/clients.sh" "$mode"
