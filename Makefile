# `make run` tries Rekey out; `make test` is what decides whether a change is good. See CONTRIBUTING.md.
.DEFAULT_GOAL := help
# Where rustup and `cargo install` put programs, for those whose shell does not look there.
export PATH := $(PATH):$(HOME)/.cargo/bin
MAKEFLAGS += --no-print-directory

.PHONY: help run clean-state try-readme test check web browser contract torture fuzz bench screenshots tools spec fmt

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.* ## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: ## Install what is missing, build, and run the whole system until Ctrl-C
	@exec deploy/dev/run.sh

clean-state: ## Forget what `make run` keeps (accounts, Redis' file, logs, secret)
	@deploy/dev/clean-state.sh

try-readme: ## Run the README's curl lines against a running `make run`
	@deploy/dev/try-readme.sh

test: tools check ## Everything that CI runs: set up, check, build, all tests on real servers
	cargo build --workspace --all-targets --locked
	cargo build --package budget --bin rekey-budget --profile budget --locked
	cargo nextest run --workspace --locked
	@$(MAKE) browser

check: web ## What needs no server: format, lints, the page, the spec, the clients, licences, alerts, the docs' claims
	cargo fmt --all --check
	cargo deny --all-features --log-level error check bans licenses sources
	cargo deny --manifest-path tests/fuzz/run/Cargo.toml --locked --log-level error --config deny.toml check bans licenses sources
	cargo deny --manifest-path tests/bench/others/apalis/Cargo.toml --locked --log-level error --config deny.toml check bans licenses sources
	@deploy/dev/check-docs.sh
	@deploy/dev/rules.sh check
	@deploy/dev/web.sh check
	cargo clippy --workspace --all-targets --locked -- --deny warnings
	@deploy/dev/spec.sh check

web: ## Build the page into web-ui/dist, from where the API takes it
	@deploy/dev/web.sh build

browser: web ## The page in a real browser, with everything behind it
	@deploy/dev/browser.sh test

contract: tools web ## The running service against its contract, with 2,000 cases for each call
	cargo build --workspace --all-targets --locked
	REKEY_SCHEMATHESIS_CASES=2000 cargo nextest run --workspace --locked --profile contract -E 'binary(schemathesis)'

torture: tools web ## Kill, stop, starve, overwhelm and attack every part, with large counts; prints what it did (an hour)
	@deploy/dev/torture.sh

fuzz: ## Every parser of foreign bytes under libFuzzer, five minutes each (TARGET=body SECONDS=60 for less)
	@FUZZ_SECONDS=$(SECONDS) TARGET=$(TARGET) deploy/dev/fuzz.sh

bench: web ## What is fast, beside its limit on this machine; FILTER=mails for some rows (twenty minutes)
	@deploy/dev/bench.sh $(FILTER)

screenshots: web ## Every screen and both mails as pictures: target/screenshots, and the README's in docs/images
	@deploy/dev/browser.sh screenshots

tools: ## Install what the tests need, if it is missing
	@deploy/dev/test-tools.sh

spec: web ## Write what is made from the code: openapi/ and its clients, the README's settings, the tests in docs/security.md
	@deploy/dev/spec.sh write
	UPDATE_README=1 cargo test --quiet --locked --workspace --test readme
	@deploy/dev/promises.sh write

fmt: ## Format the code
	cargo fmt --all
