# SPDX-License-Identifier: GPL-3.0-or-later
#
# Control groups for tests: which files mean the same on v1 and v2, and groups
# of a test's own on v2, as a manager would hand them to a user or a container.
# shellcheck shell=bash disable=SC2154

# is_v2 CONTROLLER - whether that controller is cgroup v2's here.
is_v2() { grep -qsw "$1" /sys/fs/cgroup/cgroup.controllers; }

# pure_v2 - whether there is nothing else.
pure_v2() { [ -e /sys/fs/cgroup/cgroup.controllers ]; }

needs_pure_v2() { pure_v2 || skip "needs pure cgroup v2: tests/vm/run"; }

# needs_controller NAME... - one of these names is a controller here.
needs_controller() {
	local name
	needs_root
	for name; do
		if is_v2 "$name" || grep -qs "cgroup rw.*[ ,]$name\(,\|\$\)" /proc/self/mountinfo; then return; fi
	done
	skip "no controller $1 here"
}

# groups - a command for the host that prints the directories of the groups of the ctrsh that runs it.
# shellcheck disable=SC2016,SC2034
groups='find /sys/fs/cgroup -type d -name "ctrsh-$PPID-*"'

# file V2 V1 - a command for the host that prints what the box's group says there.
file() {
	# shellcheck disable=SC2016
	printf '!for d in $(%s); do cat $d/%s 2>/dev/null; done; true' "$groups" "$(pure_v2 && echo "$1" || echo "$2")"
}

# own_group NAME - a group of v2 beside the others, removed by common_teardown's caller with drop_group.
own_group() {
	test_group=/sys/fs/cgroup/test-$1-$$
	mkdir "$test_group"
}

drop_group() {
	[ -z "${test_group-}" ] || poll 10 rmdir "$test_group"
}

# delegate USER - as a manager does it.
delegate() { chown "$1" "$test_group" "$test_group"/cgroup.{procs,threads,subtree_control}; }

# within COMMAND... - becomes the command in that group. For sh -c.
# shellcheck disable=SC2016,SC2034
within='echo $$ >"$0/cgroup.procs" && exec "$@"'

# group_tree - each group below the test's own, with what it distributes and how many it holds.
group_tree() {
	local dir
	while read -r dir; do
		echo "${dir#/sys/fs/cgroup}: $(cat "$dir/cgroup.subtree_control"); $(wc -l <"$dir/cgroup.procs")"
	done < <(find "$test_group" -type d | sort)
}
