# shellcheck shell=bash
# Ports on 127.0.0.1.

taken_by_us=" "

port_is_open() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port VARIABLE WHAT PORT: the port, or the next one that nobody listens on, into VARIABLE.
free_port() {
    local port=$3
    while port_is_open "$port" || [[ $taken_by_us == *" $port "* ]]; do
        port=$((port + 1))
        [ "$port" -le $(($3 + 100)) ] || die "no free port for $2 between $3 and $port"
    done
    [ "$port" -eq "$3" ] || note "port $3 is taken: $2 is on $port instead"
    taken_by_us+="$port "
    printf -v "$1" %s "$port"
}
