#!/usr/bin/env bash
# python.sh: the Python environment of the checks, in target/python. Made once, and again when its list changes.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/say.sh
. "$here/lib/say.sh"

wanted=$root/openapi/python/requirements-dev.txt
venv=$target/python
list=$venv/requirements.txt
if cmp --silent "$wanted" "$list" && "$venv/bin/python" -c '' 2>/dev/null; then exit 0; fi

have python3 || die "python3 is missing" "install it: sudo apt-get install python3 python3-venv"
at_least "$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')" 3.11 || die "Python 3.11 or newer is needed"
say "installing the Python tools of openapi/python/requirements-dev.txt into $venv"
rm -rf "$venv"
python3 -m venv "$venv" || die "python3 cannot make an environment" "install it: sudo apt-get install python3-venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: --requirement "$wanted" ||
    die "the Python tools could not be installed"
# Last: an environment that is half made is made again.
cp "$wanted" "$list"
