# shellcheck shell=bash
# What the parts of `make run` are told. `. .state/env` gives the same to your own shell.

demo_password='the old demo password'

write_settings() {
    if [ ! -s "$state/secret" ]; then
        head -c 32 /dev/urandom | base64 >"$state/secret"
    fi
    cat >"$state/redis/redis.conf" <<END
bind 127.0.0.1
port $redis_port
dir "$state/redis"
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
END
    # What is set already stays: REKEY_CODE_FORMAT=digits-6 make run
    # The limits are looser than the defaults, so that one person can try things over and over.
    cat >"$state/env" <<END
unset REKEY_CONFIG REKEY_SECRET REKEY_DATABASE_URL_FILE REKEY_REDIS_URL_FILE REKEY_SMTP_URL_FILE
export REKEY_MODE=development
export REKEY_SECRET_FILE='$state/secret'
export REKEY_DATABASE_URL='sqlite://$(url_path "$state")/rekey.db?mode=rwc'
export REKEY_REDIS_URL='redis://127.0.0.1:$redis_port/0'
export REKEY_SMTP_URL='smtp://127.0.0.1:$smtp_port'
export REKEY_MAIL_FROM='Rekey <no-reply@example.com>'
export REKEY_HTTP_LISTEN='127.0.0.1:$api_port'
export REKEY_HTTP_INTERNAL_LISTEN='127.0.0.1:$api_internal_port'
export REKEY_WORKER_INTERNAL_LISTEN='127.0.0.1:$worker_internal_port'
export REKEY_HTTP_PUBLIC_URL='http://127.0.0.1:$api_port'
END
    {
        chosen LOG_FORMAT pretty
        chosen CODE_FORMAT base32-8
        chosen LIMITS_RESEND_AFTER 5s
        chosen LIMITS_ADDRESS_COOLDOWN 5s
        chosen LIMITS_ADDRESS_PER_HOUR 100
        chosen LIMITS_ADDRESS_PER_DAY 100
        chosen LIMITS_ADDRESS_CLIENT_PER_HOUR 100
        chosen LIMITS_ADDRESS_CLIENT_PER_DAY 100
        chosen LIMITS_CLIENT_REQUESTS_PER_HOUR 600
        chosen LIMITS_CLIENT_REQUESTS_BURST 50
        chosen LIMITS_CLIENT_VERIFIES_PER_HOUR 600
        chosen LIMITS_CLIENT_CONFIRMS_PER_HOUR 600
        chosen LIMITS_CLIENT_FAILED_PROOFS_PER_HOUR 600
    } >>"$state/env"
}

# The characters that end a path, or stand for others, in a URL.
url_path() {
    local path=${1//%/%25}
    path=${path// /%20}
    path=${path//\?/%3F}
    printf %s "${path//#/%23}"
}

# chosen NAME DEFAULT
chosen() {
    local name=REKEY_$1
    printf "export %s='%s'\n" "$name" "${!name:-$2}"
}

# Adds a demo account with the demo password, once: a password that was reset stays.
add_account() {
    local log=$state/log/account.log
    if [ -e "$state/accounts" ] && grep -qxF "$1" "$state/accounts"; then return; fi
    printf %s "$demo_password" | "$target/debug/rekey-api" account add "$1" >"$log" 2>&1 || fail "account add $1 failed"
    printf '%s\n' "$1" >>"$state/accounts"
}
