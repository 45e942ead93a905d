# shellcheck shell=bash
# The programs that `make run` starts: each in a process group of its own with a log of its own.

parts=()
declare -A pid_of
step_pid=

# step COMMAND...: runs it to its end, in the background of the shell, because a trap waits for a command in the
# foreground: so a SIGTERM in the middle of a long build is heard at once.
step() {
    setsid setpriv --pdeathsig TERM "$@" </dev/null 9>&- &
    step_pid=$!
    wait "$step_pid"
    step_pid=
}

# start NAME COMMAND...
start() {
    local name=$1
    shift
    parts+=("$name")
    # setsid: a Ctrl-C at the terminal reaches this script alone, which then ends the parts in order.
    # pdeathsig: should this script be killed outright, the kernel tells each part to end.
    # The lock (descriptor 9) is inherited on purpose: it is free only when the last part is gone.
    setsid setpriv --pdeathsig TERM "$@" </dev/null >"$state/log/$name.log" 2>&1 &
    pid_of[$name]=$!
}

alive() { kill -0 "${pid_of[$1]}" 2>/dev/null; }

# wait_for NAME SECONDS COMMAND...: until the command succeeds. Ends everything if the part dies or time is over.
wait_for() {
    local name=$1 end=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        alive "$name" || fail "$name ended before it was ready"
        [ $SECONDS -lt $end ] || fail "$name was not ready in time"
        sleep 0.2
    done
}

# Shows the end of a part's log and ends everything.
fail() {
    local name=${1%% *}
    printf 'error: %s\n' "$1" >&2
    if [ -s "$state/log/$name.log" ]; then
        printf '       the last lines of .state/log/%s.log:\n\n' "$name" >&2
        tail -n 25 "$state/log/$name.log" >&2
    fi
    exit 1
}

# stop NAME...: asks them to end, waits, and kills what is left after 15 s (the programs' own grace is 10 s).
stop() {
    local name end=$((SECONDS + 15))
    for name in "$@"; do
        if [ "${pid_of[$name]-}" ]; then kill -TERM "${pid_of[$name]}" 2>/dev/null || true; fi
    done
    for name in "$@"; do
        [ "${pid_of[$name]-}" ] || continue
        while alive "$name" && [ $SECONDS -lt $end ]; do sleep 0.1; done
        # The whole group: whatever the part itself may have started.
        kill -KILL -- "-${pid_of[$name]}" 2>/dev/null || true
        unset "pid_of[$name]"
    done
}
