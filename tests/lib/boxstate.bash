# SPDX-License-Identifier: GPL-3.0-or-later
#
# Two boxes, compared: what the kernel says about a box, from outside, as text
# in which nothing is left that differs between two boxes built alike.
# shellcheck shell=bash

# box_of SHELL - the PID of the box of that ctrsh: its child in its own process group (the warden has one of its own), and
# below that the last of the chain.
box_of() {
	local pid box=''
	for pid in $(<"/proc/$1/task/$1/children"); do
		[ "$(cat "/proc/$pid/comm")" != ctrsh ] || [ "$(ps -o pgid= -p "$pid" | tr -d ' ')" = "$pid" ] || box=$pid
	done
	while pid=$(cat "/proc/$box/task/$box/children") && [ -n "$pid" ]; do box=${pid%% *}; done
	echo "$box"
}

# in_box PID NAMESPACE COMMAND... - what it says in one namespace of the box.
in_box() { nsenter -t "$1" "$2" "${@:3}" 2>/dev/null || true; }

# box_state SHELL - all there is to say about its box.
box_state() {
	local box ns dir file
	box=$(box_of "$1")
	for ns in uts pid mnt ipc net cgroup user time; do
		[ "$(readlink "/proc/$box/ns/$ns")" = "$(readlink "/proc/$1/ns/$ns")" ] || echo "own: $ns"
	done
	readlink "/proc/$box/root" "/proc/$box/cwd"
	cat "/proc/$box"/{uid_map,gid_map,setgroups,oom_score_adj,timens_offsets,limits}
	grep -E '^(Uid|Gid|Groups|Umask|NSpid|Cap|NoNew|Cpus_allowed_list)' "/proc/$box/status" |
		sed "s/^\(NSpid:\)\t[0-9]*/\1/"
	cut -d ' ' -f 19,40,41 "/proc/$box/stat"
	cut -d ' ' -f 4- "/proc/$box/mountinfo" | sed -E 's/(shared|master|propagate_from):[0-9]+/\1/g' | LC_ALL=C sort
	in_box "$box" -u uname -n
	in_box "$box" -n sh -c 'ip -o addr | cut -d " " -f 2- | tr -s " "; ip route; cat /proc/sys/net/ipv4/ip_forward' |
		grep -v ' inet6 ' | sed -E 's/@if[0-9]+//g; s/valid_lft.*//'
	sed "s/ctrsh-$1-[0-9]*/ours/" "/proc/$box/cgroup"
	for dir in $(find /sys/fs/cgroup -type d -name "ctrsh-$1-*" | LC_ALL=C sort); do
		for file in pids.max memory.max memory.limit_in_bytes cpu.max cpu.cfs_quota_us cpu.weight cpu.shares \
			cpuset.cpus cgroup.freeze freezer.state; do
			[ ! -e "$dir/$file" ] || echo "$file $(cat "$dir/$file")"
		done
	done
}
