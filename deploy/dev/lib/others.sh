# shellcheck shell=bash
# What `make bench` compares the queue with: BullMQ and Celery, their versions as tests/bench/others has them. Needs say,
# packages, parts and node.

need_others() {
    local from=$root/tests/bench/others to=$target/bench
    need_node
    if ! [ "$to/bullmq/node_modules/.package-lock.json" -nt "$from/bullmq/package-lock.json" ]; then
        say "installing BullMQ (to compare with)"
        mkdir -p "$to/bullmq"
        cp "$from/bullmq/package.json" "$from/bullmq/package-lock.json" "$to/bullmq"
        step npm ci --prefix "$to/bullmq" --ignore-scripts --no-audit --no-fund --loglevel=error ||
            die "BullMQ could not be installed" "is the npm registry within reach? see the lines above"
        touch "$to/bullmq/node_modules/.package-lock.json"
    fi
    if ! cmp --silent "$from/celery/requirements.txt" "$to/celery/requirements.txt"; then
        say "installing Celery (to compare with)"
        need_commands python3=python3
        python3 -c 'import ensurepip' 2>/dev/null || install_packages "for Celery" python3-venv
        rm -rf "$to/celery"
        python3 -m venv "$to/celery"
        "$to/celery/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
            --requirement "$from/celery/requirements.txt" || die "Celery could not be installed"
        # Last: an environment that is half made is made again.
        cp "$from/celery/requirements.txt" "$to/celery"
    fi
    cp "$from/bullmq/jobs.mjs" "$to/bullmq"
    cp "$from/celery/jobs.py" "$to/celery"
}
