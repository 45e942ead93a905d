# shellcheck shell=bash
# Node.js and what lock files name of npm. Needs say, packages and parts.

# The linter of the contract asks for it.
node_needed=20.19
# A Node.js that comes as an npm package, for systems whose own is older.
node_package_version=22.23.3

need_node() {
    need_commands node=nodejs npm=npm
    local version
    version=$(node --version)
    if ! at_least "${version#v}" "$node_needed"; then use_packaged_node "$version"; fi
}

# need_node_modules FOLDER: what its lock file names, installed there; again when the lock file is newer.
need_node_modules() {
    local stamp=$root/$1/node_modules/.package-lock.json
    if [ "$stamp" -nt "$root/$1/package-lock.json" ]; then return; fi
    say "installing what $1 needs (npm ci in $1)"
    # No package's own script runs. Telemetry, advertisements and audits stay off.
    step npm ci --prefix "$root/$1" --ignore-scripts --no-audit --no-fund --loglevel=error ||
        die "what $1 needs could not be installed" "is the npm registry within reach? see the lines above"
    touch "$stamp"
}

# $1: the version that is too old.
use_packaged_node() {
    local cpu home=$target/node
    case $(uname -m) in
    x86_64) cpu=x64 ;;
    aarch64) cpu=arm64 ;;
    *) die "Node.js $1 is here, $node_needed or newer is needed" "install it, then run make again" ;;
    esac
    local package=node-linux-$cpu
    PATH=$home/node_modules/$package/bin:$PATH
    if [ "$(node --version)" != "v$node_package_version" ]; then
        say "Node.js $1 is older than $node_needed: installing $node_package_version into ${home#"$root"/} for Rekey alone"
        step npm install --prefix "$home" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error \
            "$package@$node_package_version" || die "Node.js could not be installed" "install $node_needed or newer, then run make again"
    fi
}
