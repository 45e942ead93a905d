#!/usr/bin/env bash
# Runs the README's curl lines against a running `make run`, and looks at the outcome: the old password no longer
# verifies, the new one does. Each time for new accounts, since a reset changes the demo account for good.
set -Eeuo pipefail
# shellcheck source=lib/say.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/say.sh"
cd "$root"
if ! locked "$state/lock" || ! [ -s "$state/addresses" ]; then
    die "make run is not running, or not ready yet" "start it in another terminal, then try again"
fi
# shellcheck source=/dev/null
. "$state/env"
api=$REKEY_HTTP_PUBLIC_URL
inbox=$(sed -n 's|^ *inbox *\(http.*\)/$|\1|p' "$state/addresses")
rekey=$target/debug/rekey-api
old='the old demo password'
new='seven quiet herons at low tide'

# The README's lines, with this run's ports (they are the README's unless one was taken) and another address.
lines() {
    sed -n '/^<!-- curl: run by/,/^<!-- end of curl/p' README.md | sed '/^```/d; /^<!--/d' |
        sed -e "s|^api=.*|api=$api|" -e "s|^inbox=.*|inbox=$inbox|" -e "s|^email=.*|email=$1|"
}

verifies() { printf %s "$2" | "$rekey" account verify "$1" >/dev/null 2>&1; }

for email in "readme$$@example.com" "some_one+readme$$@example.com"; do
    say "the README's lines for $email"
    printf %s "$old" | "$rekey" account add "$email" >/dev/null
    verifies "$email" "$old" || die "the new account's password does not verify"
    # Without -e, as at a prompt: the lines end with a password that is refused, on purpose.
    lines "$email" | bash -u || true
    if verifies "$email" "$old"; then die "the old password still verifies"; fi
    verifies "$email" "$new" || die "the new password does not verify"
done
say "the lines in the README reset the password"
