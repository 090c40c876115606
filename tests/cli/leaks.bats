#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# leaks and --leaks: one leak of each kind is made on purpose, on a host of the
# test's own; it is named with a line for sh(1), and that line removes it.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/cgroup
load ../lib/strace

nobody=$((4194304 + $$)) # a PID that nobody has, for they end before that, and no other test uses

setup() {
	common_setup
	needs_root
	left=()
}

teardown() {
	local dir
	for dir in "${left[@]}"; do
		[ ! -d "$dir" ] || { xargs -r kill -KILL <"$dir/cgroup.procs" && poll 10 rmdir "$dir"; } 2>/dev/null
	done
	common_teardown
}

# host LINE ARGUMENT... - ctrsh on such a host, where LINE is done afterwards.
host() {
	local line=$1
	shift
	run --separate-stderr outer sh -c 'line=$1; shift; timeout -s KILL 360 "$@" 2>err; r=$?; cat err >&2
		sed -n "s/.*; fix: //p" err | grep -v " /sys/fs/cgroup" >fixes; eval "$line"; exit $r' sh "$line" "$CTRSH" "$@"
}

# others - stderr without what other sessions on this machine left behind.
others() { grep -vE "left earlier: cgroups .*/(ctrsh-shell|ctrsh-[0-9]+-[0-9]+)(:|;|\$)" <<<"$stderr" | grep -v "$nobody" || true; }

# clean - the last --leaks found nothing of ours, and nothing changed.
clean() {
	[[ $(others) =~ ^host\ as\ it\ was(:|, but for this:) ]] || explain 'host as it was' || return
	[ "$(others | wc -l)" -eq 1 ] || explain 'one line'
}

@test "leaks: after a container that used all of it, nothing" {
	needs_pids
	ct --leaks -c "unshare uts pid mnt net; hostname box; cgroup pids 20; net up lo; chroot $ROOTFS; mount proc; exec /bin/true"
	assert_status 0
	clean
}

@test "leaks: how many were looked at" {
	run --separate-stderr outer sh -c 'umount -R /sys/fs/cgroup; wc -l </proc/self/mountinfo; ls /sys/class/net | wc -l; "$1" --leaks -c "run true"' sh "$CTRSH"
	assert_status 0
	mapfile -t n <<<"$output"
	assert_stderr "host as it was: hostname, ${n[0]} mount"
	ip -o link >/dev/null || skip 'no ip'
	assert_stderr "$(outer ip -o link | wc -l) link"
	assert_stderr ', 0 cgroups'
}

@test "leaks: hostname, with the line that puts it back" {
	host 'uname -n; sh fixes; uname -n' --leaks -c 'hostname --host leaky'
	assert_status 1
	[ "$output" = $'leaky\n'"$(uname -n)" ] || explain 'the old name'
	assert_stderr 'the host is not as it was:' "* changed: hostname hostname: leaky, was $(uname -n); fix: echo $(uname -n) >/proc/sys/kernel/hostname"
}

@test "leaks: the hostname needs no /proc, and what can't be read is no proof" {
	[ -z "${CTRSH_SAN-}" ] || skip "the sanitizer looks for leaks in /proc"
	host 'sh fixes; uname -n' --leaks -c 'umount --host --lazy /proc; hostname --host leaky'
	assert_status 1
	assert_output "$(uname -n)"
	assert_stderr 'the host is not as it was:' "* changed: hostname hostname: leaky, was $(uname -n)" '? unknown: mounts no /proc'
	host 'sh fixes; ls -d /proc/self' --leaks -c 'umount --host --lazy /proc'
	assert_status 1
	assert_output /proc/self
	assert_stderr "whether the host is as it was can't be told:" '? unknown: mounts no /proc to read them from; fix: mount -t proc proc /proc'
	host : -c 'umount --host --lazy /proc; leaks'
	assert_status 1
	assert_output_has '? unknown' 'fix: mount -t proc proc /proc'
}

@test "leaks: the lines that take mounts off are in the order in which they work" {
	mkdir a
	host 'sh -e fixes; grep -c "$PWD/a" /proc/self/mountinfo' --leaks -c 'mount --host tmpfs a; mkdir a/b; mount --host tmpfs a/b; mkdir a/b/c; mount --host tmpfs a/b/c; mount --host tmpfs a'
	assert_status 1
	assert_output 0
	[ "$(grep -c 'fix: umount' <<<"$stderr")" = 4 ] || explain 'four lines'
}

@test "leaks: a mount, with the line that removes it" {
	mkdir 'a b'
	host "mountpoint 'a b'; sh fixes; mountpoint 'a b'" --leaks -c "mount --host tmpfs 'a b'"
	assert_status 1
	assert_output "a b is a mountpoint"$'\n'"a b is not a mountpoint"
	assert_stderr "* changed: mounts $WORK/a b: tmpfs" "fix: umount '$WORK/a b'"
}

@test "leaks: a mount at a path of a thousand bytes: the line is not cut" {
	local n
	n=$(printf '%0200d' 0)
	n=$n/$n/$n/$n/$n
	mkdir -p "$n"
	host "mountpoint -q $n && echo mounted; sh fixes; mountpoint -q $n || echo gone" --leaks -c "mount --host tmpfs $n"
	assert_status 1
	assert_output $'mounted\ngone'
}

@test "leaks: a link, with the line that removes it" {
	needs ip
	outer ip link add l0 type bridge || skip "no bridge here"
	host 'ip -br link show l0; sh fixes; ip -br link show l0 2>&1' --leaks -c '!ip link add l0 type bridge'
	assert_status 1
	assert_output_has 'l0 ' 'does not exist'
	assert_stderr '* changed: links l0: ' 'fix: ip link delete l0'
}

@test "leaks: a kernel parameter, with the line that puts it back" {
	host 'cat /proc/sys/net/ipv4/ip_default_ttl; sh fixes; cat /proc/sys/net/ipv4/ip_default_ttl' --leaks -c 'sysctl --host net.ipv4.ip_default_ttl 17; sysctl --host net.ipv4.ip_default_ttl 18'
	assert_status 1
	[ "${output%%$'\n'*}" = 18 ] || explain 18
	[ "${output#*$'\n'}" != 18 ] || explain 'another number'
	assert_stderr "* changed: sysctl net/ipv4/ip_default_ttl: 18, was ${output#*$'\n'}; fix: echo ${output#*$'\n'} >/proc/sys/net/ipv4/ip_default_ttl"
}

@test "leaks: a namespace that is kept is no leak, and how to let go of it" {
	host 'mountpoint kept; PATH=${CTRSH%/*}:$PATH sh fixes; mountpoint -q kept || echo let go' --leaks -c 'unshare net; keep net kept'
	assert_status 0
	assert_output_has 'kept is a mountpoint' 'let go'
	assert_stderr 'host as it was, but for this:' "kept: mounts $WORK/kept: nsfs" "fix: ctrsh -c 'unkeep $WORK/kept'"
}

@test "leaks: a namespace that is kept at a name with blanks and quotes" {
	host 'mountpoint -q it*; echo $?; PATH=${CTRSH%/*}:$PATH sh fixes; mountpoint -q it* || echo let go' --leaks -c "unshare net; keep net \"it's a \\\$name\""
	assert_status 0
	assert_output_has 0 'let go'
}

@test "leaks: a process of ours" {
	run --separate-stderr timeout -s KILL 360 unshare -pf --mount-proc "$CTRSH" --leaks -c '!sleep 1000 >/dev/null 2>&1 & until pgrep -x sleep >/dev/null; do :; done' # sleep-ok: a process that stays
	assert_status 1
	assert_stderr '! left: processes ' ' (sleep); fix: kill -KILL '
}

@test "leaks: a control group of this session" {
	needs_pids
	where=$(pure_v2 && echo /sys/fs/cgroup || awk '/ - cgroup / && $NF ~ /(^|,)pids(,|$)/ { print $5; exit }' /proc/self/mountinfo)
	ct --leaks -c "!mkdir $where/ctrsh-\$PPID-99; echo \$PPID"
	dir=$where/ctrsh-$output-99
	left+=("$dir")
	assert_status 1
	assert_stderr "! left: cgroups $dir; fix: rmdir $dir"
	sh -c "$(sed -n "s:.*/ctrsh-$output-99; fix\: ::p" <<<"$stderr")"
	refute test -d "$dir"
}

@test "leaks: control groups of sessions that were killed, with what is in them" {
	needs_pids
	where=$(pure_v2 && echo /sys/fs/cgroup || awk '/ - cgroup / && $NF ~ /(^|,)pids(,|$)/ { print $5; exit }' /proc/self/mountinfo)
	for n in 1 2 3; do mkdir "$where/ctrsh-$nobody-$n" && left+=("$where/ctrsh-$nobody-$n"); done
	mkdir "$where/ctrsh-$nobody-3/below"
	sleep 1000 3>&- & # sleep-ok: a process that stays
	echo $! >"$where/ctrsh-$nobody-2/cgroup.procs"
	ct -c 'leaks --json'
	assert_status 1
	assert_stderr 'left or changed'
	for n in 1 2 3; do
		fix=$(grep -A 4 "\"$where/ctrsh-$nobody-$n\"" <<<"$output" | sed -nE 's/^ *"fix": "(.*)"$/\1/p' | sed 's/\\"/"/g; s/\\\\/\\/g')
		[ -n "$fix" ] || explain "a fix for $n" || return
		timeout -s KILL 360 sh -c "$fix"
		refute test -d "$where/ctrsh-$nobody-$n"
	done
	ct -c leaks
	[[ $output != *"$nobody"* ]] || explain 'nothing of them'
}

@test "leaks: a control group of another session that runs is none" {
	needs_pids
	mkfifo go
	"$CTRSH" -c "cgroup pids 20; run sh -c 'echo \$PPID >in; exec cat go'" 3>&- &
	other=$!
	poll 10 test -s in
	ct -c leaks
	[[ $output != *"ctrsh-$other-"* ]] || explain 'not that group'
	echo >go
	wait "$other"
}

@test "leaks: links of a session that was killed" {
	needs ip
	group=$((0x63747273))
	pidns=$(stat -Lc %i /proc/self/ns/pid) timens=$(stat -Lc %i /proc/self/ns/time)
	outer ip link add l0 group $group type bridge || skip "no bridge here"
	host 'ip -br link show l0; sh fixes; ip -br link show l0 2>&1' --leaks -c "!ip link add l0 group $group type bridge && ip link property add dev l0 altname ctrsh-$nobody-1-$pidns-$timens-l0"
	assert_output_has 'l0 ' 'does not exist'
	assert_stderr '! left earlier: links l0: bridge; fix: ip link delete l0'
	refute grep -q 'changed: links l0' <<<"$stderr"
}

@test "leaks: what somebody else changes is not ours" {
	mkdir other
	mkfifo go
	run --separate-stderr outer sh -c '"$1" --leaks -c "run sh -c \"touch started; cat go\"" & pid=$!
		until [ -e started ]; do :; done; mount -t tmpfs none other; echo >go; wait $pid' sh "$CTRSH"
	assert_status 0
	assert_stderr "* changed: mounts $WORK/other: tmpfs"
}

@test "leaks: the program's status stays" {
	host : --leaks -c 'hostname --host leaky; exec sh -c "exit 5"'
	assert_status 5
	assert_stderr 'changed: hostname'
}

@test "leaks: in the middle of a script, what belongs to the box is no leak" {
	needs_pids
	ct -c 'unshare uts; cgroup pids 20; leaks --json; run true'
	[[ $output == *'"kind": "box"'*'"fact": "cgroups"'*'"fix": "reset"'* ]] || explain "the box's group"
	assert_output_has '"compared": true'
}

@test "leaks: in a script the start is before its first line" {
	host : -c 'hostname --host leaky; -leaks; run true'
	assert_status 0
	output=$(tr -s ' ' <<<"$output") # what others left is perhaps in the table, too
	assert_output_has '* changed hostname hostname: leaky, was ' 'fix: echo ' "changed: since the start, by this session's --host"
	assert_stderr 'left or changed'
}

@test "leaks: who does not ask pays nothing" {
	needs_strace
	strace -f -qq -o log -e trace=openat "$CTRSH" -c 'unshare uts; hostname x; exec true'
	refute grep -q mountinfo log
	strace -f -qq -o log -e trace=openat "$CTRSH" --leaks -c 'unshare uts; hostname x; exec true'
	grep -q mountinfo log
}

@test "leaks: words" {
	ct -c 'leaks now'
	assert_result 2 '' 'leaks: too many arguments'
	ct -q --leaks -c 'run true'
	assert_result 0 '' ''
}
