#!/usr/bin/env bash
# rules.sh tools|check: the alerts of deploy/prometheus, judged by Prometheus' own tool. `tools` only fetches it.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for lib in say promtool; do
    # shellcheck source=/dev/null
    . "$here/lib/$lib.sh"
done
need_promtool
case ${1-} in
    tools) ;;
    check)
        "$promtool" check rules --lint-fatal "$root/deploy/prometheus/rekey.rules.yml"
        "$promtool" test rules "$root/deploy/prometheus/rekey.rules.test.yml"
        ;;
    *) die "usage: rules.sh tools|check" ;;
esac
