#!/usr/bin/env bash
# bench.sh [FILTER]: what is fast, beside its limit in the same run. FILTER is a part of rows' names; without it all rows
# run, and the table goes into docs/benchmarks.md as well.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for lib in say packages rust node parts measure others; do
    # shellcheck source=/dev/null
    . "$here/lib/$lib.sh"
done
cd "$root"
filter=${1-}

PATH=$PATH:/usr/sbin:/sbin
for folder in /usr/lib/postgresql/*/bin; do PATH=$PATH:$folder; done
need_certificates
need_commands cc=build-essential pkg-config=pkg-config redis-server=redis-server \
    initdb=postgresql postgres=postgresql setpriv=util-linux
need_rust
need_measuring_tools
case queues in *"$filter"*) need_other_queues ;; esac
case libraries in *"$filter"*) need_other_libraries ;; esac

# As one build with everything else, so that no dependency is built twice with other features.
cargo build --release --locked --workspace --bins
if [ "$filter" ]; then
    exec "$target/release/rekey-bench" "$filter"
fi
exec "$target/release/rekey-bench" --write docs/benchmarks.md
