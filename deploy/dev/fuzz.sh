#!/usr/bin/env bash
# fuzz.sh: gives every parser of foreign bytes what libFuzzer makes up, and prints what each run came to.
#   TARGET=name    that one alone (a file's name in tests/fuzz/run/targets); all of them without it
#   SECONDS=300    how long each runs; two run at a time (JOBS=2)
#   SANITIZER=none address is slower and needs a nightly Rust: there is no unsafe code of ours to look at
# What it finds worth keeping stays in target/fuzz/corpus, and what breaks a parser in target/fuzz/artifacts: from
# there it goes into tests/fuzz/seeds, which the suite runs.
set -Eeuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# bash counts its own age in SECONDS, unless somebody else names them: make hands it over as FUZZ_SECONDS.
seconds=${FUZZ_SECONDS:-300}
for lib in say packages rust; do
    # shellcheck source=/dev/null
    . "$here/lib/$lib.sh"
done
cd "$root"
run=tests/fuzz/run
sanitizer=${SANITIZER:-none}
at_a_time=${JOBS:-2}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || die "SECONDS is not a whole number: $seconds"

known=()
for file in "$run"/targets/*.rs; do known+=("$(basename "$file" .rs)"); done
targets=("${known[@]}")
if [ -n "${TARGET-}" ]; then
    [ -e "$run/targets/$TARGET.rs" ] || die "there is no target $TARGET" "there are: ${known[*]}"
    targets=("$TARGET")
fi

need_rust
need_commands g++=build-essential
if ! cargo fuzz --version >/dev/null 2>&1; then
    say "building cargo-fuzz (once, some minutes)"
    cargo install --locked cargo-fuzz || die "cargo-fuzz could not be installed" "run: cargo install --locked cargo-fuzz"
fi
# The fuzzer's counters are in the stable compiler; sanitizers are not.
toolchain=()
if [ "$sanitizer" != none ]; then
    cargo +nightly --version >/dev/null 2>&1 || rustup toolchain install nightly --profile minimal ||
        die "SANITIZER=$sanitizer needs a nightly Rust" "run: rustup toolchain install nightly, or leave SANITIZER away"
    toolchain=(+nightly)
fi

say "building ${#targets[@]} of the fuzzer's programs"
built=$target/fuzz
# shellcheck disable=SC2086 # nothing, or one word
cargo "${toolchain[@]}" fuzz build --sanitizer "$sanitizer" --fuzz-dir "$run" --target-dir "$built" ${TARGET-}
programs=$built/$(rustc -vV | sed -n 's/^host: //p')/release

# The longest input that is worth a try: what the product takes at most, or as much as makes sense of it.
longest() {
    case $1 in
    body) echo 8192 ;;
    svg | templates | catalogue) echo 4096 ;;
    lookup_answer | proof | second_factor | trail) echo 2048 ;;
    *) echo 512 ;;
    esac
}

# An input that takes ten seconds, or 512 MiB, is as bad as one that panics.
fuzz_one() {
    local name=$1 log=$built/logs/$1.log
    mkdir -p "$built/corpus/$name" "$built/artifacts/$name" "$built/logs"
    if "$programs/$name" "$built/corpus/$name" "tests/fuzz/seeds/$name" \
        -max_total_time="$seconds" -max_len="$(longest "$name")" -timeout=10 -rss_limit_mb=512 \
        -artifact_prefix="$built/artifacts/$name/" -print_final_stats=1 -verbosity=1 >"$log" 2>&1; then
        awk -v name="$name" '
            /cov:/ { for (i = 1; i < NF; i++) if ($i == "cov:") covered = $(i + 1); else if ($i == "corp:") corpus = $(i + 1) }
            /^Done / { runs = $2; took = $5 }
            END { printf "    %-16s clean: %d runs in %d s, %d edges, corpus %s\n", name, runs, took, covered, corpus }' "$log"
    else
        printf '    %-16s BROKEN: %s\n' "$name" "$log"
        grep -E 'panicked at|ERROR|Test unit written' -A 2 "$log" | head -n 12 | sed 's/^/        /' || true
        return 1
    fi
}

say "${#targets[@]} targets, $seconds s each, $at_a_time at a time; corpus and crashes are kept in $built"
broken=0 running=0
for name in "${targets[@]}"; do
    if [ "$running" -ge "$at_a_time" ]; then
        wait -n || broken=1
        running=$((running - 1))
    fi
    fuzz_one "$name" &
    running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
    wait -n || broken=1
    running=$((running - 1))
done
[ "$broken" = 0 ] || die "a parser did what it must never do" \
    "put the input into tests/fuzz/seeds/<target> under a name that says what it is, mend the parser, run make test"
