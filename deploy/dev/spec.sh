#!/usr/bin/env bash
# spec.sh check|write: the exported OpenAPI file and the jobs' JSON Schema, against the code.
set -Eeuo pipefail
# shellcheck source=lib/say.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/say.sh"
cd "$root"

export_one() {
    local made
    made=$("${CARGO_TARGET_DIR:-target}/debug/rekey-api" "$2") || die "rekey-api $2 failed"
    if [ "$mode" = write ]; then
        mkdir -p openapi
        printf '%s\n' "$made" >"$1"
        say "wrote $1"
    elif ! diff -u --label "$1" --label "the code" "$1" - <<<"$made"; then
        die "$1 is stale" "run: make spec"
    fi
}

mode=${1:-check}
# The whole workspace, as the tests build it: a package by itself has other features, and all it needs is built again.
cargo build --quiet --locked --workspace --all-targets
export_one openapi/openapi.json openapi
export_one openapi/jobs.schema.json schema
