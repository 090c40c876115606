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

# marked NAME=VALUE - the PIDs of the processes that have this in their environment, but for zombies and whoever looks.
marked() {
	local file
	for file in $(env -u "${1%%=*}" grep -lzxsF -- "$1" /proc/[0-9]*/environ); do
		file=${file#/proc/} file=${file%/environ}
		! is_alive "$file" || echo "$file"
	done
}

none_marked() { [ -z "$(marked "$1")" ]; }

# end_marked NAME=VALUE - says what they are, and kills them. Fails if there are any.
end_marked() {
	local pid pids
	pids=$(marked "$1")
	for pid in $pids; do
		echo "$pid $(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline")"
		if kill -KILL "$pid" 2>/dev/null; then :; fi
	done
	[ -z "$pids" ]
}

# our_processes - each process named ctrsh, a line, but for those of others.
our_processes() {
	local file pid name
	for file in /proc/[0-9]*/comm; do
		read -r name <"$file" || continue
		[ "$name" = ctrsh ] || continue
		pid=${file#/proc/} pid=${pid%/comm}
		is_foreign "$pid" || ! is_alive "$pid" ||
			echo "process: $pid $(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline")"
	done
} 2>/dev/null

# our_groups - each control group that a ctrsh made, a line, but for those of others who still run.
our_groups() {
	local dir pid
	while read -r dir; do
		pid=${dir##*/ctrsh-} pid=${pid%%-*}
		is_foreign "$pid" || echo "cgroup: $dir"
	done < <(find /sys/fs/cgroup -type d -name 'ctrsh-*' 2>/dev/null)
}

# host_state - hostname, mounts, links, our control groups and processes, a line each. It is asked for before and after
# each test, so it starts few processes: two, and a subshell to be rid of bats' trap, which costs more than the rest.
host_state() (
	set +T
	trap - DEBUG
	local lines
	read -r lines </proc/sys/kernel/hostname && echo "hostname: $lines"
	mapfile -t lines </proc/self/mountinfo && printf 'mount: %s\n' "${lines[@]}"
	! command -v ip >/dev/null || ip -br link
	our_groups
	our_processes
)

# host_state_is FILE - whether the state is the one in FILE; the difference goes to FILE.diff. A process or group that
# was there before and ended since is none: it was somebody else's.
host_state_is() {
	local state
	state=$(host_state)
	: >"$1.diff"
	[ "$state" != "$(<"$1")" ] || return 0
	diff "$1" - <<<"$state" | grep '^[<>]' | grep -v '^< \(cgroup\|process\): ' >"$1.diff"
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
