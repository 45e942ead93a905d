#!/usr/bin/env bash
# torture.sh [FILTER]: everything that is killed, stopped, starved, overwhelmed or attacked in the suite, with large
# counts and release builds. Each test prints what it did. FILTER is a part of the tests' names.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for lib in say packages rust node parts; do
    # shellcheck source=/dev/null
    . "$here/lib/$lib.sh"
done
cd "$root"
need_rust

cargo build --release --locked --workspace --bins
cargo build --workspace --all-targets --locked
REKEY_TORTURE=1 REKEY_BIN_DIR=$target/release \
    cargo nextest run --workspace --locked --profile torture --no-capture -E "(binary(torture) or binary(attacks))${1:+ and test($1)}"
