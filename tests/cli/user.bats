#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# setuid, setgid, groups, user: who the box is afterwards, what it may still do, whose files say so, and why it was
# refused.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

setup() {
	common_setup
	needs_root
	mkdir etc
	printf '%s\n' '# comment' 'bad:line' 'root:x:0:0:root:/root:/bin/sh' 'alice:x:1001:1002:Alice:/home/alice:/bin/sh' \
		'2000:x:0:0:a trap:/:/bin/sh' 'minus:x:4294967295:0::/:' 'big:x:99999999999:0::/:' 'nogid:x:7::' >etc/passwd
	printf '%s\n' 'root:x:0:' 'users:x:1002:' 'wheel:x:10:root,alice' 'audio:x:29:alice' 'alice:x:77:bob,alicex' 'video:x:44:' >etc/group
}

# inside LINES [STATUS]: ctrsh in the root file system with our etc.
inside() { ct -c "unshare mnt pid; mount bind etc $ROOTFS/etc; chroot $ROOTFS; mount proc; $1"; }

# map LINE... - a line for a host command that writes these lines as both maps of the box. Words: inside outside count.
map() {
	local text
	text=$(printf '%s\\n' "$@")
	echo "!for p in \$(cat /proc/\$PPID/task/\$PPID/children); do grep -q . /proc/\$p/uid_map || { printf '$text' >/proc/\$p/uid_map; printf '$text' >/proc/\$p/gid_map; }; done"
}

# Who the program is: a line each, as the kernel has it.
ids="exec sh -c 'while read -r k v; do case \$k in Uid:|Gid:|Groups:|CapPrm:|CapEff:) echo \$v;; esac; done </proc/self/status'"
# is_now UID GID GROUPS - what they said: all four IDs are these, and no capability is left.
is_now() {
	local none=0000000000000000
	assert_result 0 "$(printf '%s\n' "$1 $1 $1 $1" "$2 $2 $2 $2" "$3" "$none" "$none")" ''
}

@test "user UID:GID: all of the IDs, no groups, no capabilities" {
	ct -c "user 1234:4321; $ids"
	is_now 1234 4321 ''
}

@test "user UID:GID,GROUPS" {
	ct -c 'user 1234:4321,10,20,4321; exec id -G'
	assert_result 0 '4321 10 20' ''
}

@test "user NAME: IDs and groups from the box's own files, as at login" {
	inside "user alice; $ids"
	is_now 1001 1002 '10 29 1002'
}

@test "user: with a group or groups given, no others" {
	inside "user alice:wheel; $ids"
	is_now 1001 10 ''
	inside "user alice,video; $ids"
	is_now 1001 1002 44
	inside "user 1001; $ids"
	is_now 1001 1002 '10 29 1002'
}

@test "user: digits are an ID, whatever a file calls by that name" {
	inside 'user 2000'
	assert_result 1 '' "user: no user 2000 in the box's /etc/passwd"
	assert_stderr 'do: user UID:GID, in numbers, needs no entry'
	inside "user 2000:7; $ids"
	is_now 2000 7 ''
}

@test "user: what is not in the files, or not as it should be there" {
	for name in bob minus big nogid bad; do
		inside "-user $name; user 0:0"
		assert_result 0 '' "user: no user $name in the box's /etc/passwd"
	done
	inside '-user alice:staff; -groups wheel staff; -setuid bob; -setgid staff; exec id -u'
	assert_result 0 0 "user: no group staff in the box's /etc/group"
	assert_stderr "groups: no group staff" "setuid: no user bob" "setgid: no group staff"
}

@test "user: a root without the files" {
	rm etc/passwd etc/group
	inside '-user alice; -user 5; -setgid users; user 5:6; exec id -G'
	assert_result 0 6 'user: open("/etc/passwd") = ENOENT'
	assert_stderr 'setgid: open("/etc/group") = ENOENT' \
		"why: names and groups are looked up in the box's root, and it has no such file" 'do: numbers: user UID:GID'
}

@test "user: files that are no regular files, links, or huge, are not read" {
	local canary=$WORK/canary
	cp etc/passwd "$canary"
	rm etc/passwd
	mkfifo etc/passwd
	inside '-user alice; run echo on'
	assert_result 0 on "user: /etc/passwd in the box is not to be read: it is no regular file"
	rm etc/passwd
	ln -s "$canary" etc/passwd
	inside '-user alice; run echo on'
	assert_result 0 on "not to be read: it is no regular file"
	rm etc/passwd
	mknod etc/passwd c 1 5
	inside '-user alice; run echo on'
	assert_result 0 on "not to be read: it is no regular file"
	rm etc/passwd
	truncate -s 5M etc/passwd
	inside '-user alice; run echo on'
	assert_result 0 on "not to be read: it is larger than 4 MB"
	rm etc/passwd
	mkdir etc/passwd
	inside '-user alice; run echo on'
	assert_result 0 on "not to be read: it is no regular file"
	rm -f etc/group
	mkfifo etc/group
	inside '-setgid some; -groups 5 some; -user 5:some; run echo on'
	assert_result 0 on "setgid: /etc/group in the box is not to be read: it is no regular file"
	[ "$(grep -cF 'do: IDs in numbers need no entry' <<<"$stderr")" = 3 ]
}

@test "user: no library of the root is loaded for a name" {
	needs_strace
	run --separate-stderr timeout -s KILL 360 strace -f -qq -o log -e trace=openat,open,openat2,connect "$CTRSH" \
		-c "run true; unshare mnt; chroot $ROOTFS; user nobody"
	assert_result 0 '' ''
	box=$(sed -n 's:^\([0-9]*\) .*"/etc/passwd", O_RDONLY.*:\1:p' log)
	[ -n "$box" ]
	refute grep -E "^$box .*(\.so|nss|nscd)" log
}

@test "user: a user in ever so many groups, and a file of nothing but members" {
	for ((i = 3000; i < 7000; i++)); do echo "g$i:x:$i:alice"; done >>etc/group
	inside 'user alice; exec sh -c "id -G | wc -w"'
	assert_result 0 4003 ''
	for ((i = 7000; i < 8000; i++)); do echo "g$i:x:$i:alice"; done >>etc/group
	inside '-user alice; run id -u'
	assert_result 0 0 'user: /etc/group in the box has alice in more than 4096'
}

@test "user: programs, terminal streams and files are that user's" {
	mkdir dir
	chown 1234 dir
	ct -c 'user 1234:4321; cd dir; run sh -c "echo text >file; cat file"; exec touch other'
	assert_result 0 text ''
	[ "$(stat -c %u:%g dir/file dir/other | sort -u)" = 1234:4321 ]
}

@test "user: what needs a privilege fails afterwards, and says who the box is" {
	ct -c 'unshare uts mnt; user 1234:4321; -hostname x; -mount tmpfs /mnt; -user 0:0; -setuid 0; -groups none; run id -u'
	assert_result 0 1234 'hostname: sethostname("x", 1) = EPERM'
	assert_stderr 'why: the box does not hold CAP_SYS_ADMIN (its user ID is 1234, CapEff is 0000000000000000)' \
		'do: reset, and hostname before the box becomes another user' 'CAP_SETGID (its user ID is 1234' 'CAP_SETUID (its user ID is 1234'
}

@test "user: directories that the user may not enter are named" {
	mkdir -m 700 closed && mkdir -m 755 closed/open
	ct -c "user 1234:4321; cd $WORK/closed/open"
	assert_result 1 '' '= EACCES'
	assert_stderr "why: $WORK/closed has no x permission for user 1234"
	ct -c "user 1234:4321; cd closed"
	assert_result 1 '' '= EACCES'
	assert_stderr "why: closed has no x permission for user 1234"
}

@test "user: PID 1 can still be it, orphans are reaped, unshare user still works" {
	ct -c "unshare pid mnt; mount proc; user 1234:4321; run sh -c '(true &)'; run sh -c 'while grep -qs \"^State:.Z\" /proc/[0-9]*/status; do :; done; cat /proc/1/status | grep Uid:'; exec sh -c 'echo \$\$'"
	assert_result 0 $'Uid:\t1234\t1234\t1234\t1234\n1' ''
	needs_userns
	ct -c 'user 1234:4321; unshare user uts; hostname box; exec uname -n'
	assert_result 0 box ''
}

@test "user: ctrsh killed, the box and its program die, without a namespace too" {
	timeout -s KILL 360 "$CTRSH" -c 'user 1234:4321; run sh -c "echo \$\$ \$PPID >&2; exec sleep 1000"' 2>pids & # sleep-ok: a program that stays
	shell=$!
	poll 10 grep -q . pids
	read -r program box <pids
	[ "$(stat -c %u "/proc/$program")" = 1234 ]
	kill -KILL "$(pgrep -P "$shell" -x ctrsh)"
	ended 137 "$shell"
	poll 10 refute is_alive "$program"
	poll 10 refute is_alive "$box"
}

@test "user: what is inside cannot trace the box" {
	ct -c "user 1234:4321; run sh -c 'cat /proc/\$PPID/maps 2>&1 >/dev/null | grep -o denied'"
	assert_result 0 denied ''
}

@test "user: the group of the box is kept when the user is refused" {
	printf '%s\n' 'unshare user' "$(map '0 0 10')" '-user 50:5' '-user 5:50' '-user 5:5,50' 'run id -u' 'run id -g' >t.ctr
	ct t.ctr
	assert_result 0 $'0\n0' 'setresuid(50, 50, 50) = EINVAL'
	assert_stderr 'setresgid(50, 50, 50) = EINVAL' 'setgroups(1, [50]) = EINVAL' \
		"why: this ID is not mapped in the box's user namespace: its uid_map (inside, outside, how many) is 0 0 10" \
		'one of these is not mapped' 'its gid_map (inside, outside, how many) is 0 0 10'
}

@test "user: in a user namespace with maps, as root's" {
	printf '%s\n' 'unshare user pid' "$(map '0 100000 65536')" 'user 5:6,7' 'run id -G' 'exec sh -c "id -u; echo $$"' >t.ctr
	sed -i 's/\$\$"/\\$\\$"/' t.ctr
	ct t.ctr
	assert_result 0 $'6 7\n5\n1' ''
}

@test "rootless: no ID is there before the maps, setgroups is denied after them, setuid and setgid still work" {
	needs_userns
	user -c 'unshare user; -user 0:0; -setuid 0; -setgid 0; run id -u'
	assert_result 0 65534 'user: setgroups(0, []) = EPERM'
	assert_stderr "why: no ID exists in the box's user namespace yet: its gid_map is empty" 'its uid_map is empty'
	user -c 'unshare user; map root; -user 0:0; -groups none; -setuid 5; setgid 0; setuid 0; run id -u'
	assert_result 0 0 'setgroups(0, []) = EPERM'
	assert_stderr '/setgroups is "deny": in this user namespace the groups stay as they are' \
		'only so does the kernel take a gid_map from a plain user' 'do: reset, and map auto in place of map root; or leave the groups alone: setgid GID, setuid UID' "setuid(5) = EINVAL" 'its uid_map (inside, outside, how many) is 0 65534 1'
}

@test "rootless: without a user namespace it says what is missing" {
	needs setpriv
	for line in 'user 0:0:CAP_SETGID' 'setgid 5:CAP_SETGID' 'setuid 5:CAP_SETUID' 'groups none:CAP_SETGID'; do
		user -c "${line%:*}"
		assert_result 1 '' "why: the box does not hold ${line##*:} (its user ID is 65534"
		assert_stderr 'do: unshare user'
	done
}

@test "setuid, setgid, groups: one thing each" {
	ct -c "groups 10 20; setgid 6; setuid 5; $ids"
	is_now 5 6 '10 20'
	inside "groups audio wheel; setgid users; setuid alice; $ids"
	is_now 1001 1002 '10 29'
	ct -c 'groups 10; groups none; exec grep Groups: /proc/self/status'
	[[ $output =~ ^Groups:[[:space:]]*$ ]]
}

@test "user: bad words are refused while reading" {
	for bad in '' : 1: :1 1:2: '1,' '1:2,' 1:2,,3 -1 4294967295 99999999999 'a b:' $'a\nb'; do
		ct -c "run echo done; user '$bad'"
		[ "$status,$output" = 2, ] || explain "a refusal of \"$bad\""
	done
	for line in 'setuid ""' 'setuid -1' 'setuid 4294967295' 'setgid a:b' 'groups 1 4294967295' 'groups 1,2'; do
		ct -c "run echo done; $line"
		assert_result 2 '' 'neither a name nor an ID'
	done
}

@test "user: the trace is true" {
	needs_strace
	TRACED+=,setgroups,setresuid,setresgid,setuid,setgid
	true_trace -c 'groups 10 20; groups none; setgid 6; user 5:6,7; -setuid 0; -user 0:0'
	assert_status 0
	shown 'setgroups(2, [10, 20]) = 0' 'setgroups(0, []) = 0' 'setgid(6) = 0' 'setgroups(1, [7]) = 0' 'setresgid(6, 6, 6) = 0' \
		'setresuid(5, 5, 5) = 0' 'setuid(0) = -1 EPERM' 'setgroups(0, []) = -1 EPERM'
}
