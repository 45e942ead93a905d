# shellcheck shell=bash
# What measures: wrk, and Postfix's smtp-sink and smtp-source. Postfix's package would start a mail server at once and at
# each boot, so both are unpacked beside the builds, and not installed.

measure=$target/bench/tools

# Fetches them, once. Their libraries' packages are fetched too where the system has them not.
need_measuring_tools() {
    if [ -e "$measure/versions" ]; then return; fi
    if ! have apt-get || ! have dpkg-deb; then
        die "wrk, smtp-sink and smtp-source are missing, and this is neither Debian nor Ubuntu" \
            "put them into target/bench/tools/usr/bin and usr/sbin, and their versions into target/bench/tools/versions"
    fi
    say "fetching wrk, smtp-sink and smtp-source (to measure with)"
    rm -rf "$measure"
    unpack wrk libluajit-5.1-2 postfix
    # What these two need and no other package here has brought.
    missing_library "$measure/usr/sbin/smtp-sink" libdb-5.3.so && unpack libdb5.3
    missing_library "$measure/usr/sbin/smtp-sink" libnsl.so.2 && unpack libnsl2 libtirpc3
    missing_library "$measure/usr/sbin/smtp-sink" libicuuc.so && unpack "$(apt-cache depends postfix | grep -o 'libicu[0-9]*' | head -n 1)"
    # Last: a folder that is half made is made again.
    basename -a "$measure"/debs/postfix_*.deb | sed -E 's/^postfix_(.*)_[a-z0-9]+\.deb$/Postfix \1/' >"$measure/versions"
    rm -rf "$measure/debs"
}

# unpack PACKAGE...
unpack() {
    mkdir -p "$measure/debs"
    # apt-get gives root's download to another user, who must be able to write here.
    (cd "$measure/debs" && apt-get -qq -o APT::Sandbox::User=root download "$@") ||
        die "the packages $* cannot be fetched" "run: apt-get update, then try again"
    local package
    for package in "$@"; do dpkg-deb -x "$measure/debs/${package}"_*.deb "$measure"; done
}

# missing_library PROGRAM NAME: whether a library whose name begins so is not found.
missing_library() {
    LD_LIBRARY_PATH=$(printf '%s:' "$measure"/usr/lib/*/) ldd "$1" | grep -F 'not found' | grep -qF "$2"
}
