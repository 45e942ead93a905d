#!/usr/bin/env bash
# Forgets what `make run` keeps: accounts, Redis' file, logs, the secret.
set -Eeuo pipefail
# shellcheck source=lib/say.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/say.sh"
if locked "$state/lock"; then
    die "make run is running: end it first (Ctrl-C in its terminal)"
fi
rm -rf -- "$state"
say "the state is gone; the next make run starts afresh"
