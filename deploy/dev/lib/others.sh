# shellcheck shell=bash
# What `make bench` compares with: what people would pick instead, in the versions that the lock files of
# tests/bench/others name. Needs say, packages, parts, node and rust.

others=$root/tests/bench/others

# Beside the queue.
need_other_queues() {
    other_of_npm bullmq BullMQ
    other_of_pypi celery Celery
    other_of_crates apalis apalis-redis
}

# Beside `request`.
need_other_libraries() {
    other_of_npm better-auth better-auth
    other_of_pypi allauth django-allauth
}

# other_of_npm FOLDER NAME
other_of_npm() {
    local from=$others/$1 to=$target/bench/$1
    need_node
    if ! [ "$to/node_modules/.package-lock.json" -nt "$from/package-lock.json" ]; then
        say "installing $2 (to compare with)"
        mkdir -p "$to"
        cp "$from/package.json" "$from/package-lock.json" "$to"
        step npm ci --prefix "$to" --ignore-scripts --no-audit --no-fund --loglevel=error ||
            die "$2 could not be installed" "is the npm registry within reach? see the lines above"
        touch "$to/node_modules/.package-lock.json"
    fi
    cp "$from"/*.mjs "$to"
}

# other_of_pypi FOLDER NAME
other_of_pypi() {
    local from=$others/$1 to=$target/bench/$1
    if ! cmp --silent "$from/requirements.txt" "$to/requirements.txt"; then
        say "installing $2 (to compare with)"
        need_commands python3=python3
        python3 -c 'import ensurepip' 2>/dev/null || install_packages "for $2" python3-venv
        rm -rf "$to"
        python3 -m venv "$to"
        "$to/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
            --requirement "$from/requirements.txt" || die "$2 could not be installed"
        # Last: an environment that is half made is made again.
        cp "$from/requirements.txt" "$to"
    fi
    cp "$from"/*.py "$to"
}

# other_of_crates FOLDER NAME
other_of_crates() {
    say "building $2 (to compare with)"
    cargo build --quiet --release --locked --manifest-path "$others/$1/Cargo.toml" --target-dir "$target/bench/$1" ||
        die "$2 could not be built"
}
