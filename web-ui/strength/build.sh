#!/usr/bin/env bash
# Makes web-ui/src/strength/strength.wasm, the page's estimator. Does nothing when it is up to date.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$(cd ../.. && pwd)
made=$root/web-ui/src/strength/strength.wasm
# A folder of its own: cargo locks it, and the tests that call this are run while the others may be built.
target=${CARGO_TARGET_DIR:-$root/target}/wasm
# WASI and not wasm32-unknown-unknown: there chrono brings wasm-bindgen's descriptions of a browser, hundreds of exports
# that only its own tool takes out again. What WASI asks of its host is answered in estimator.mjs.
triple=wasm32-wasip1

say() { printf '==> %s\n' "$*" >&2; }
fail() { printf 'error: %s\n       %s\n' "$1" "$2" >&2; exit 1; }

PATH=$PATH:$HOME/.cargo/bin
command -v cargo >/dev/null || fail "Rust is missing" "install it from https://rustup.rs"
if [ ! -d "$(rustc --print sysroot)/lib/rustlib/$triple" ]; then
    command -v rustup >/dev/null ||
        fail "Rust cannot build for $triple" "install your distribution's library for it, or Rust from https://rustup.rs"
    say "adding Rust's library for $triple"
    rustup target add "$triple" || fail "Rust's library for $triple could not be installed" "run: rustup target add $triple"
fi

# Cargo knows best what is up to date. No path of the builder's machine stands in what users load.
CARGO_ENCODED_RUSTFLAGS=$(printf -- '--remap-path-prefix=%s=.\x1f--remap-path-prefix=%s=cargo' "$root" "${CARGO_HOME:-$HOME/.cargo}")
export CARGO_ENCODED_RUSTFLAGS
cargo build --quiet --locked --profile wasm --target "$triple" --target-dir "$target" --manifest-path Cargo.toml ||
    fail "the page's estimator could not be built" "what cargo says is above"
built=$target/$triple/wasm/rekey_strength.wasm
cmp --silent "$built" "$made" && exit 0
# All at once, since two may run at the same time.
mkdir -p "$(dirname "$made")"
cp "$built" "$made.$$" && mv "$made.$$" "$made"
say "made web-ui/src/strength/strength.wasm"
