#!/usr/bin/env bash
# The whole of Rekey on this machine, for trying it out: `make run`.
#
# Installs what is missing, builds, starts Redis, a mail catcher, the API and a worker, adds a demo account, and ends
# all of it on Ctrl-C. Everything listens on 127.0.0.1 alone. What it keeps is in .state.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for lib in say packages rust node inbox ports parts settings; do
    # shellcheck source=/dev/null
    . "$here/lib/$lib.sh"
done
cd "$root"
mkdir -p "$state/log" "$state/redis"
chmod 700 "$state"

[ "$(uname -s)" = Linux ] || die "make run needs Linux: it relies on flock, setsid and setpriv"
need_commands flock=util-linux setsid=util-linux setpriv=util-linux

# One run at a time, however this one ends: the lock goes with the last process that holds it.
exec 9>>"$state/lock"
if ! flock --nonblock 9; then
    say "make run is running already"
    cat "$state/addresses" 2>/dev/null || note "it is still installing or building: see its terminal"
    exit 0
fi
rm -f "$state/addresses"

finish() {
    local status=$?
    # Whatever fails here (the terminal may be gone), go on with the rest.
    set +e
    trap '' INT TERM HUP
    trap - EXIT
    if [ "$step_pid" ]; then kill -TERM -- "-$step_pid" 2>/dev/null || true; fi
    if [ ${#parts[@]} -gt 0 ]; then
        say "ending what was started"
        # The programs first, so that they can finish what they began; then what they rely on.
        stop worker api
        stop inbox redis
    fi
    rm -f "$state/addresses"
    exit "$status"
}
trap finish EXIT
trap 'exit 0' INT TERM HUP

need_certificates
need_commands cc=build-essential pkg-config=pkg-config curl=curl \
    redis-server=redis-server redis-cli=redis-tools
redis_version=$(redis-server --version | sed 's/.* v=\([0-9.]*\).*/\1/')
at_least "$redis_version" 7.0 || die "Redis 7.0 or newer is needed, this is $redis_version" \
    "see https://redis.io/docs/latest/operate/oss_and_stack/install/ for packages of newer ones"
need_rust
need_inbox
step "$here/web.sh" build || die "the page could not be built" "see the lines above"

say "building (the first time takes some minutes)"
step cargo build --locked -p rekey-api -p rekey-worker

say "starting"
umask 077
# The logs are files: no colours in them.
export NO_COLOR=1
free_port redis_port Redis 6390
free_port smtp_port "the mail catcher" 1025
free_port inbox_port "the inbox page" 1080
free_port api_port "the API" 8080
free_port api_internal_port "the API's health" 8081
free_port worker_internal_port "the worker's health" 8082
write_settings

start redis redis-server "$state/redis/redis.conf"
# MailDev reads a configuration file from the working directory or above it: none of ours is there.
cd "$state"
start inbox node "$inbox" --ip 127.0.0.1 --smtp "$smtp_port" --web-ip 127.0.0.1 --web "$inbox_port"
wait_for redis 30 redis-cli -p "$redis_port" ping

# shellcheck source=/dev/null
. "$state/env"
"$target/debug/rekey-api" migrate up >"$state/log/migrate.log" 2>&1 || fail "migrate failed"
add_account demo@example.com
add_account some_one+tag@example.com
start api "$target/debug/rekey-api" serve
start worker "$target/debug/rekey-worker" run
wait_for inbox 60 curl -fsS "http://127.0.0.1:$inbox_port/api/healthz"
wait_for api 60 curl -fsS "http://127.0.0.1:$api_internal_port/readyz"
wait_for worker 60 curl -fsS "http://127.0.0.1:$worker_internal_port/readyz"

cat >"$state/addresses" <<END
    page     http://127.0.0.1:$api_port/
    API      http://127.0.0.1:$api_port/docs
    inbox    http://127.0.0.1:$inbox_port/
    health   http://127.0.0.1:$api_internal_port/readyz (API)  http://127.0.0.1:$worker_internal_port/readyz (worker)
    account  demo@example.com, password: $demo_password (until you reset it)
    logs     .state/log/    settings: .state/env
END
say "ready"
cat "$state/addresses"
say "Ctrl-C ends it all; make clean-state forgets it all"

# make may be killed without a word to us; then our parent is another. The terminal may be closed, which make keeps to
# itself if it leads the session (ssh -t host make run).
[ -t 1 ] && had_terminal=1 || had_terminal=
still_wanted() {
    if [ "$had_terminal" ] && ! [ -t 1 ]; then return 1; fi
    [ -z "${MAKELEVEL-}" ] || grep -qx "PPid:[[:space:]]*$PPID" "/proc/$$/status"
}
while still_wanted; do
    for part in "${parts[@]}"; do
        alive "$part" || fail "$part ended unexpectedly"
    done
    # In the background, because a trap waits for a command in the foreground.
    sleep 1 &
    wait $! || true
done
