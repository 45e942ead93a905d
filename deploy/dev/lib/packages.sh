# shellcheck shell=bash
# Installs what is missing, from the distribution. Asks nothing; starts no service.

# Debian's packages for the commands given as command=package, those that are missing alone.
# On another system: prints what to install, and ends.
need_commands() {
    local pair missing=() packages=()
    for pair in "$@"; do
        if ! have "${pair%%=*}"; then
            missing+=("${pair%%=*}")
            packages+=("${pair#*=}")
        fi
    done
    [ ${#missing[@]} -eq 0 ] || install_packages "for the missing ${missing[*]}" "${packages[@]}"
}

# The authorities that vouch for registries; the packages of curl and npm only recommend them.
need_certificates() {
    [ -e /etc/ssl/certs/ca-certificates.crt ] || ! have apt-get || install_packages "to check certificates" ca-certificates
}

# install_packages WHY PACKAGE... In a subshell, so that its own trap cleans up whatever happens.
install_packages() (
    why=$1
    shift
    if ! have apt-get; then
        die "these are missing, and this is neither Debian nor Ubuntu" \
            "$why, install what your system calls: $*" "then run make again"
    fi
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        # -n: never ask for a password in the middle of a build.
        if ! have sudo || ! sudo -n true 2>/dev/null; then
            die "packages are missing ($why), and only root may install them" \
                "run: sudo apt-get install --no-install-recommends $*" "then run make again"
        fi
        as_root=(sudo -n)
    fi
    say "installing $* ($why)"
    keep_services_off
    "${as_root[@]}" apt-get update -qq || note "the package lists could not be refreshed: trying with those that are here"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l \
        apt-get install -y -qq --no-install-recommends "$@" ||
        die "apt-get could not install $*" "install them by hand, then run make again"
    leave_services_off
)

# Redis, PostgreSQL and MariaDB come with services that would start at once, and at each boot, on the ports of other
# programs. Rekey starts its own copies, so the packages' services stay off. What was installed before is not touched.
policy=/usr/sbin/policy-rc.d
createcluster=/etc/postgresql-common/createcluster.conf
services=(redis-server redis mariadb postgresql)
was_there=()

keep_services_off() {
    local name
    was_there=()
    for name in "${services[@]}"; do
        if service_file "$name" >/dev/null; then was_there+=("$name"); fi
    done
    policy_is_ours=
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
        "${as_root[@]}" chmod 755 "$policy"
        policy_is_ours=1
        trap remove_policy EXIT
    fi
    # Without this the package makes a database cluster of its own, with a service.
    if [ ! -e "$createcluster" ]; then
        "${as_root[@]}" mkdir -p "${createcluster%/*}"
        echo 'create_main_cluster = false' | "${as_root[@]}" tee "$createcluster" >/dev/null
    fi
}

remove_policy() {
    if [ "$policy_is_ours" ]; then "${as_root[@]}" rm -f "$policy"; fi
}

leave_services_off() {
    local name
    [ -d /run/systemd/system ] || return 0
    for name in "${services[@]}"; do
        case " ${was_there[*]} " in *" $name "*) continue ;; esac
        if service_file "$name" >/dev/null; then
            "${as_root[@]}" systemctl disable --now --quiet "$name" 2>/dev/null || true
            note "the package's service $name stays off"
        fi
    done
}

service_file() { ls "/lib/systemd/system/$1.service" 2>/dev/null; }
