#!/usr/bin/env bash
# browser.sh test|bench|screenshots: the page in the system's Chromium, with both programs, Redis and the mail catcher
# behind it.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for lib in say packages rust node inbox parts; do
    # shellcheck source=/dev/null
    . "$here/lib/$lib.sh"
done
cd "$root"
what=${1:-test}

[ -n "${REKEY_CHROMIUM-}" ] || need_commands chromium=chromium
REKEY_CHROMIUM=${REKEY_CHROMIUM:-$(command -v chromium)}
export REKEY_CHROMIUM
need_commands redis-server=redis-server setpriv=util-linux
need_inbox
need_node_modules tests/browser
need_rust

# Pictures show every language as its readers see it.
need_fonts() {
    have fc-list || install_packages "to look for fonts" fontconfig
    for language in zh ja ko ar hi; do
        if [ -z "$(fc-list ":lang=$language" family)" ]; then
            install_packages "for pictures of all languages" fonts-noto-core fonts-noto-cjk
            return
        fi
    done
}

case $what in
test)
    cargo build --workspace --all-targets --locked
    (cd tests/browser && npm run --silent types && npm test --silent) || die "the page fails in the browser"
    ;;
bench)
    cargo build --release --locked --workspace --bins
    export REKEY_BIN_DIR=$target/release
    (cd tests/browser && npm run --silent bench)
    ;;
screenshots)
    need_fonts
    cargo build --workspace --all-targets --locked
    (cd tests/browser && npm run --silent screenshots)
    ;;
*) die "browser.sh knows test, bench and screenshots" ;;
esac
