#!/usr/bin/env bash
# web.sh build|check: the page. `build` makes web-ui/dist, if what it is made of changed; `check` looks at its sources,
# runs its tests and counts what a browser has to load first.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for lib in say packages rust node parts; do
    # shellcheck source=/dev/null
    . "$here/lib/$lib.sh"
done
cd "$root"

# Octets that the first screen may take, compressed: a phone on a slow network has them in a second.
budget=$((60 * 1024))

need_certificates
need_commands cc=build-essential
need_node
need_rust
need_node_modules web-ui
web-ui/strength/build.sh

# Everything that the bundle is made of, as one sum. Files' times would not do: git gives new ones to each clone.
inputs() {
    find web-ui entity/texts openapi/typescript/src \
        \( -name node_modules -o -path web-ui/dist -o -path web-ui/strength \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
}

build() {
    local stamp=web-ui/dist/.vite/inputs now
    now=$(inputs)
    if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then return; fi
    say "building the page"
    (cd web-ui && npm run --silent build -- --logLevel warn) || die "the page could not be built"
    printf '%s\n' "$now" >"$stamp"
}

check() {
    (cd web-ui && npm run --silent check && npm test --silent) || die "the page's sources do not pass their checks"
    # The script, the style and the largest language, as Brotli; the document itself and brand.css are under 2 KiB.
    local assets=web-ui/dist/assets script language size
    script=$(cat "$assets"/index-*.js.br "$assets"/style-*.css.br | wc -c)
    language=$(stat -c %s "$assets"/[a-z][a-z]-*.js.br | sort -n | tail -n 1)
    size=$((script + language + 2048))
    [ "$size" -le "$budget" ] || die "the first screen takes $size octets, more than $budget"
    note "the first screen takes $size octets of $budget"
}

build
[ "${1:-build}" = build ] || check
