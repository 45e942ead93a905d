#!/usr/bin/env bash
# What `make test` needs beside Rust. The tests start the servers themselves, on free ports and in temporary folders.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for lib in say packages rust node parts; do
    # shellcheck source=/dev/null
    . "$here/lib/$lib.sh"
done
cd "$root"

toolchain_before=${RUSTUP_TOOLCHAIN-}
# mariadbd, initdb and postgres are in folders that only root has on its PATH, or nobody.
PATH=$PATH:/usr/sbin:/sbin
for folder in /usr/lib/postgresql/*/bin; do PATH=$PATH:$folder; done
need_certificates
need_commands cc=build-essential pkg-config=pkg-config curl=curl git=git \
    redis-server=redis-server redis-cli=redis-tools \
    initdb=postgresql postgres=postgresql mariadbd=mariadb-server mariadb-install-db=mariadb-server \
    python3=python3 node=nodejs npm=npm
# Callgrind, where there are counts to compare with (tests/budget).
[ "$(uname -sm)" != "Linux x86_64" ] || need_commands valgrind=valgrind
[ -n "${REKEY_CHROMIUM-}" ] || need_commands chromium=chromium
# Not a program but a library, which a test has the programs load: then their clock is wrong.
need_faketime() {
    for folder in /usr/lib/*/faketime /usr/lib/faketime; do
        if [ -e "$folder/libfaketime.so.1" ]; then return; fi
    done
    install_packages "for programs whose clock is wrong" libfaketime
}
need_faketime
# Debian has the part of Python that makes environments in a package of its own.
python3 -c 'import ensurepip' 2>/dev/null || install_packages "for the Python client and Schemathesis" python3-venv
need_node
# The compiler of the TypeScript client, which its test builds.
need_node_modules openapi
need_rust
[ -z "${RUSTUP_TOOLCHAIN-}" ] || [ "$RUSTUP_TOOLCHAIN" = "${toolchain_before-}" ] ||
    die "your default Rust is older than $rust_needed" "run: rustup update stable, or: RUSTUP_TOOLCHAIN=stable make test"

for component in clippy fmt; do
    cargo "$component" --version >/dev/null 2>&1 ||
        rustup component add "${component/#fmt/rustfmt}" || die "cargo $component is missing" "install it: rustup component add clippy rustfmt"
done

# Built from source: some minutes, once.
need_cargo_tool() {
    if cargo "${1#cargo-}" --version >/dev/null 2>&1; then return; fi
    say "building $1 (once, some minutes)"
    cargo install --locked "$1" || die "$1 could not be installed" "run: cargo install --locked $1"
}
need_cargo_tool cargo-nextest
need_cargo_tool cargo-deny
"$here/rules.sh" tools
"$here/python.sh"
