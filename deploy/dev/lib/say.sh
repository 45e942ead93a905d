# shellcheck shell=bash
# Words to the person at the terminal, and the few paths that every script here uses.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
# What `make run` keeps: database, Redis' file, mails, logs, the secret. Ignored by git.
state=$root/.state
# What can be made again at any time: built programs, and a Node.js if the system's is too old.
target=${CARGO_TARGET_DIR:-$root/target}

say() { printf '==> %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }

# Ends the script with a reason. Further arguments are lines of advice.
die() {
    printf 'error: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '       %s\n' "$@" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Whether version $1 is $2 or newer (1.95.0 1.94).
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# Whether a `make run` holds the lock: $1 is the lock's file.
locked() { [ -e "$1" ] && ! flock --nonblock "$1" true; }
