# SPDX-License-Identifier: GPL-3.0-or-later
#
# A process in namespaces of its own, for ctrsh to join.
# shellcheck shell=bash

target='' target_top=''

# target_start COMMAND... - starts it in the background: unshare(1) with options, or one that takes a command. $target is
# the PID, here, of what it ends up as: a sleep, whose hostname (in a UTS namespace of its own) is target.
target_start() {
	# shellcheck disable=SC2016 # for the shell inside
	"$@" sh -c 'own=$(readlink /proc/self/ns/uts 2>/dev/null) && [ "$own" != "$1" ] && hostname target; exec sleep 3600 # sleep-ok: a process that stays' \
		sh "$(readlink /proc/self/ns/uts)" 3>&- &
	target_top=$!
	poll 10 target_is_there
}

# The last of the chain of only children, once that is the sleep, and sleeps: before, it loads its libraries.
target_is_there() {
	local next
	target=$target_top
	while next=$(cat "/proc/$target/task/$target/children" 2>/dev/null) && [ -n "$next" ]; do target=${next% }; done
	[ "$(sed -nE 's/^(Name|State):\t(\S+).*/\2/p' "/proc/$target/status" 2>/dev/null | xargs)" = 'sleep S' ]
}

target_end() {
	end "$target"
	end "$target_top"
	target='' target_top=''
}
