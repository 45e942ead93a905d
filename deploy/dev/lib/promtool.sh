# shellcheck shell=bash
# promtool, which judges alerts and metrics. Debian has it in the package of Prometheus, which would start a server at
# once and at each boot: so the package is unpacked beside the builds, and not installed.

# Sets $promtool.
need_promtool() {
    promtool=$(command -v promtool || true)
    [ -z "$promtool" ] || return 0
    promtool=$target/promtool/usr/bin/promtool
    [ ! -x "$promtool" ] || return 0
    if ! have apt-get || ! have dpkg-deb; then
        die "promtool is missing, and this is neither Debian nor Ubuntu" "install it: it comes with Prometheus"
    fi
    say "fetching promtool (for the alerts)"
    local folder
    folder=$(mktemp -d)
    # apt-get gives root's download to another user, who must be able to write here.
    chmod 755 "$folder"
    (cd "$folder" && apt-get -qq -o APT::Sandbox::User=root download prometheus) ||
        { rm -rf "$folder"; die "the package prometheus cannot be fetched" "run: apt-get update, then try again"; }
    mkdir -p "$target/promtool"
    dpkg-deb -x "$folder"/prometheus_*.deb "$target/promtool"
    rm -rf "$folder"
}
