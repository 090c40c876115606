# SPDX-License-Identifier: GPL-3.0-or-later
#
# A network namespace of the test's own that is "the host" for ctrsh. It is
# held by a sleeping process, so that several sessions and the test itself can
# be in it.
# shellcheck shell=bash disable=SC2016,SC2034,SC2154

# net_start - makes it; its PID is in $holder.
net_start() {
	unshare -n sleep 1000 3>&- </dev/null >/dev/null 2>&1 & # sleep-ok: a process that stays
	holder=$!
	poll 10 grep -qsx sleep "/proc/$holder/comm" # it has the namespace before
	in_net ip -o link >links.before
}

net_stop() {
	end "${holder-}"
	holder=''
}

in_net() { nsenter -t "$holder" -n "$@"; }

# links - the names of all links but lo, on one line.
links() { in_net ip -o link | sed -E 's/^[0-9]+: ([^:@]+).*/\1/' | grep -vx lo | sort | paste -sd ' '; }

# links_are NAMES - whether these are all.
links_are() { [ "$(links)" = "$1" ] || { echo "links: $(links)" && return 1; }; }

# net ARGUMENT... - ctrsh on that host.
net() { run --separate-stderr in_net timeout -s KILL 360 "$CTRSH" "$@"; }

# net_background NAME ARGUMENT... - the same in the background, with the keyboard's signals as a terminal's child has
# them; sets pid, output goes to NAME.out and NAME.err.
net_background() {
	local name=$1
	shift
	nsenter -t "$holder" -n env --default-signal=INT,QUIT,HUP,TERM "$CTRSH" "$@" >"$name.out" 2>"$name.err" 3>&- </dev/null &
	pid=$!
}

# others_of PID - the ctrsh processes that the shell PID forked and that share the host's network: its warden.
others_of() {
	local child
	for child in $(pgrep -P "$1"); do
		[ "$(readlink "/proc/$child/ns/net")" != "$(readlink "/proc/$holder/ns/net")" ] || echo "$child"
	done
}

# needs_links - veth and bridge can be made here.
needs_links() {
	needs_root
	needs ip
	needs nsenter
	unshare -n sh -c 'ip link add t0 type veth peer name t1 && ip link add t2 type bridge' 2>/dev/null ||
		skip "this kernel has no veth or no bridge"
}
