# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a test run must not change, as text that can be compared; and sandboxes
# in which tests may change the rest. The mounts of a sandbox are shared, as on
# a usual host: what leaks out of a box is then seen in it.
# shellcheck shell=bash

# is_foreign PID - whether that ctrsh runs on behalf of somebody else: everything a test starts has CTRSH_RUN in its
# environment.
is_foreign() {
	local environment
	[ -e "/proc/$1" ] || return
	[ "$(id -u)" = 0 ] || [ -O "/proc/$1" ] || return 0 # cannot look at it, and could not have started it
	environment=$(tr '\0' '\n' 2>/dev/null <"/proc/$1/environ") || return
	[ -n "$environment" ] && [[ $'\n'$environment$'\n' != *$'\n'"CTRSH_RUN=$CTRSH_RUN"$'\n'* ]]
} 2>/dev/null

# is_alive PID - whether it is more than a zombie: those wait for their parent, which is looked at itself, or init.
is_alive() { grep -qs '^State:.[^ZX]' "/proc/$1/status"; }

# our_processes - each process named ctrsh, a line, but for those of others.
our_processes() {
	local file pid
	while read -r file; do
		pid=${file#/proc/} pid=${pid%/comm}
		is_foreign "$pid" || ! is_alive "$pid" ||
			echo "process: $pid $(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline")"
	done < <(grep -lx ctrsh /proc/[0-9]*/comm)
} 2>/dev/null

# our_groups - each control group that a ctrsh made, a line, but for those of others who still run.
our_groups() {
	local dir pid
	while read -r dir; do
		pid=${dir##*/ctrsh-} pid=${pid%%-*}
		is_foreign "$pid" || echo "cgroup: $dir"
	done < <(find /sys/fs/cgroup -type d -name 'ctrsh-*' 2>/dev/null | sort)
}

# host_state - hostname, mounts, links, our control groups and processes, a line each.
host_state() {
	echo "hostname: $(uname -n)"
	sort /proc/self/mountinfo | sed 's/^/mount: /'
	! command -v ip >/dev/null || ip -br link | sed 's/^/link: /'
	our_groups
	our_processes
}

# host_state_is FILE - whether the state is the one in FILE; the difference goes to FILE.diff. A process or group that
# was there before and ended since is none: it was somebody else's.
host_state_is() {
	host_state | diff "$1" - | grep '^[<>]' | grep -v '^< \(cgroup\|process\): ' >"$1.diff"
	[ ! -s "$1.diff" ]
}

# outer COMMAND... - in mount, UTS and network namespaces of the test's own.
outer() {
	# shellcheck disable=SC2016 # for the shell inside
	unshare -mun --propagation private -- sh -c 'mount --make-rshared / && exec "$@"' outer "$@"
}

# as_user COMMAND... - as a user whom nothing here belongs to.
as_user() {
	setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
}
