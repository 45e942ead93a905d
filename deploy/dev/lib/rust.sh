# shellcheck shell=bash
# A Rust that is new enough: the one that is here, or the newest by rustup.

rust_needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml")

need_rust() {
    PATH=$PATH:$HOME/.cargo/bin
    if rust_is_new_enough; then return; fi
    if have rustup; then
        say "Rust $rust_needed is needed: rustup installs the newest beside the one that is here"
        # Only for this run: what you have set as your default stays so.
        export RUSTUP_TOOLCHAIN=stable
        rustup toolchain install stable --profile minimal --component clippy --component rustfmt || no_rust
    else
        say "Rust $rust_needed is needed: installing it by rustup into ${CARGO_HOME:-$HOME/.cargo}"
        need_commands curl=curl
        local installer
        installer=$(mktemp)
        curl --proto '=https' --tlsv1.2 -fsSL --max-time 60 https://sh.rustup.rs -o "$installer" || no_rust
        sh "$installer" -y --quiet --no-modify-path --profile minimal --default-toolchain stable \
            --component clippy --component rustfmt || no_rust
        rm -f "$installer"
        PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
    fi
    rust_is_new_enough || no_rust
}

rust_is_new_enough() {
    local version
    version=$(cargo --version 2>/dev/null) || return 1
    version=${version#cargo }
    at_least "${version%%[ -]*}" "$rust_needed"
}

no_rust() {
    die "Rust $rust_needed or newer is needed and could not be installed" \
        "install it from https://rustup.rs, or your network's mirror of it, then run make again"
}
