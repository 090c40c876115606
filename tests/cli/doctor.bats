#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# doctor: what it says is compared with other tools, on machines made poor in
# one thing each. setup and teardown see that nothing of the trials stays.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/cgroup

setup() {
	common_setup
	# Where it is installed, the scripts are beside it.
	mkdir -p here/scripts
	cp "$CTRSH" here/ctrsh
	cp -r "$TOP"/scripts/*.ctr "$TOP/scripts/walls" here/scripts
	chmod -R a+rX here
	doctor=$WORK/here/ctrsh
	user=(setpriv --reuid 65534 --regid 65534 --clear-groups)
}

# examine COMMAND... - doctor --json, started by that command.
examine() { run --separate-stderr "$@" timeout -s KILL 360 "$doctor" -c 'doctor --json'; }

# field KEY VALUE WANTED - of the object in the last JSON where KEY is VALUE, the value of WANTED.
field() {
	awk -v key="\"$1\": \"$2\"" -v wanted="\"$3\": " '
		/\}/ && found { print value; exit }
		/\{/ { found = 0; value = "" }
		index($0, key) { found = 1 }
		index($0, wanted) { value = substr($0, index($0, wanted) + length(wanted)); sub(/,$/, "", value); gsub(/^"|"$/, "", value) }' <<<"$output"
}

# is CHECK STATE [TEXT...] - the check came to that state, and TEXT is in what was found, what it means, or the fix.
is() {
	local check=$1 state=$2 text all
	shift 2
	[ "$(field check "$check" state)" = "$state" ] || explain "$check $state" || return
	all="$(field check "$check" found)|$(field check "$check" means)|$(field check "$check" fix)"
	for text; do [[ $all == *"$text"* ]] || { echo "$check: $all" && explain "$check with \"$text\"" || return; }; done
}

# fails SCRIPT LINE OP TEXT - and so it does not work.
fails() {
	local name='walls\/'
	[[ $1 == walls/* ]] || name=''
	[ "$(field script "$1" works)" = no ] || explain "$1 does not work$name" || return
	[ "$(field script "$1" line) $(field script "$1" op)" = "$2 $3" ] || explain "$1: line $2, $3" || return
	[[ $(field script "$1" why) == *"$4"* ]] || explain "$1: $4"
}

works() { [ "$(field script "$1" works)" = yes ] || { field script "$1" why && explain "$1 works"; }; }

# sandbox LINE COMMAND... - COMMAND in a mount namespace where LINE was done before.
sandbox() {
	local line=$1
	shift
	unshare -m --propagation private -- sh -c "{ $line; }"' && exec "$@"' sandbox "$@"
}

@test "doctor: as root all that the first container takes is there" {
	needs_root
	cp -r "$ROOTFS" rootfs
	examine env
	assert_status 0
	assert_stderr ''
	is namespaces ok 'uts pid mnt ipc net cgroup'
	is kernel ok "Linux $(uname -r) $(uname -m)"
	is rootfs ok 'is there'
	is libraries ok libmount.so.1 libsmartcols.so.1
	is user ok "at most $(cat /proc/sys/user/max_user_namespaces)"
	works walls/namespaces.ctr
	works walls/files.ctr
}

@test "doctor: controllers and where they are, as mountinfo tells" {
	needs_controller pids
	examine env
	if is_v2 pids; then
		is cgroup "$(field check cgroup state)" 'v2: ' 'pids (v2, /sys/fs/cgroup)'
	else
		is cgroup "$(field check cgroup state)" "pids (v1, $(awk '/ - cgroup / && $NF ~ /(^|,)pids(,|$)/ { print $5; exit }' /proc/self/mountinfo))"
	fi
	is delegation ok "user 0 can make groups"
}

@test "doctor: as a plain user, what he has and has not" {
	needs_userns
	cp -r "$ROOTFS" rootfs
	examine as_user
	assert_status 0
	is privilege limited 'user 65534, capabilities: none' 'sys_admin' 'sudo ctrsh'
	is user ok 'user 65534 mapped onto 0'
	is namespaces limited 'uts pid mnt ipc net cgroup' 'after unshare user' 'unshare user uts pid mnt'
	is proc ok 'in a user namespace: works'
	is delegation missing 'user 65534 can make no group below /sys/fs/cgroup' 'is refused'
	is network limited 'does not hold CAP_NET_ADMIN' 'net veth'
	fails first.ctr 9 unshare 'user 65534 does not hold CAP_SYS_ADMIN; unshare user first would do'
	works walls/rootless.ctr
	works walls/sandbox.ctr
}

@test "doctor: a script works as it says, as a plain user" {
	needs_userns
	cp -r "$ROOTFS" rootfs
	examine as_user
	judged=$output
	for file in here/scripts/*.ctr here/scripts/walls/*.ctr; do
		output=$judged verdict=$(output=$judged field script "${file#here/scripts/}" works)
		run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" "$file" /bin/true 10.112.0.9/24
		case $verdict in
		yes) assert_status 0 ;;
		no) [ "$status" -ne 0 ] || explain "$file fails" ;;
		*) explain "a verdict on $file, not \"$verdict\"" ;;
		esac
	done
}

@test "doctor: user.max_user_namespaces is 0" {
	needs_userns
	run --separate-stderr as_user unshare -Ur sh -c 'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"' sh "$doctor" -c 'doctor --json'
	assert_status 0
	is user missing 'unshare(CLONE_NEWUSER) = ENOSPC' 'user.max_user_namespaces is 0' 'sysctl -w user.max_user_namespaces='
	fails walls/rootless.ctr 13 unshare 'user.max_user_namespaces is 0'
}

@test "doctor: in a user namespace without a right to the host's network" {
	needs_userns
	cp -r "$ROOTFS" rootfs
	examine as_user unshare -Ur
	is privilege ok 'capabilities: all'
	is network limited "does not hold CAP_NET_ADMIN over the host's network"
	is container limited 'its user namespace is not the machine'
	fails walls/network.ctr 14 'net veth' 'net_admin'
}

@test "doctor: in somebody else's user namespace, scripts that take the last /proc away" {
	needs_userns
	cp -r "$ROOTFS" rootfs
	examine unshare -Ur
	fails walls/files.ctr 15 'mount proc' 'in a user namespace it takes a /proc that is still seen'
	fails walls/overlay.ctr 15 'mount proc' 'before it, mount proc ./rootfs/proc'
	works first.ctr
	works walls/rootless.ctr
	judged=$output
	for file in files overlay privilege rootless; do
		run --separate-stderr timeout -s KILL 360 unshare -Ur "$CTRSH" "here/scripts/walls/$file.ctr" /bin/true
		verdict=$(output=$judged field script "walls/$file.ctr" works)
		[ "$verdict $status" = 'yes 0' ] || [ "$verdict $status" = 'no 1' ] || explain "$file: $verdict"
	done
}

@test "doctor: ./rootfs is a link, through which mounts do not go" {
	needs_root
	ln -s "$ROOTFS" rootfs
	examine env
	is rootfs limited 'is a symbolic link'
	works first.ctr
	fails walls/files.ctr 13 pivot_root 'a symbolic link leads to ./rootfs'
	run --separate-stderr timeout -s KILL 360 "$CTRSH" "$TOP/scripts/walls/files.ctr" /bin/true
	assert_status 1
	assert_stderr 'files.ctr:13: pivot_root: ' ELOOP
}

@test "doctor: sudo is no advice where it cannot work" {
	needs_userns
	examine "${user[@]}"
	[ "$(field check privilege fix)" = 'sudo ctrsh' ]
	examine "${user[@]}" --no-new-privs
	is privilege limited 'not even sudo: start ctrsh as root'
	refute grep -q '"fix": "[^"]*sudo' <<<"$output"
	run --separate-stderr "${user[@]}" unshare -U timeout -s KILL 360 "$doctor" -c 'doctor --json'
	is privilege missing 'Root has no number in this user namespace'
	refute grep -q '"fix": "[^"]*sudo' <<<"$output"
	[[ $stderr != *sudo\ ctrsh* ]] || explain 'no sudo'
}

@test "doctor: a filter that refuses unshare and mount" {
	needs_root
	run --separate-stderr timeout -s KILL 360 "$CTRSH" -c "seccomp deny unshare mount errno=EPERM; exec $doctor -c 'doctor --json'"
	assert_status 1
	assert_stderr 'doctor: user 0 can make no box with uts, pid and mnt here' 'why: a seccomp filter refuses unshare(2)'
	is seccomp limited 'unshare (namespaces), mount (all mounts)'
	is namespaces missing 'not: uts pid mnt' 'a seccomp filter refuses unshare(2)'
	is proc missing 'not tried'
	fails walls/namespaces.ctr 9 unshare 'a seccomp filter refuses unshare(2)'
}

@test "doctor: a filter that kills" {
	needs_root
	run --separate-stderr timeout -s KILL 360 "$CTRSH" -c "seccomp kill open_tree; exec $doctor -c 'doctor --json'"
	assert_status 0
	is seccomp limited 'open_tree (mount bind)'
	is seccomp limited 'a filter is in force'
}

@test "doctor: a filter that says of an old call that it is none" {
	needs_root
	run --separate-stderr timeout -s KILL 360 "$CTRSH" -c "seccomp deny mount_setattr errno=ENOSYS; exec $doctor -c 'doctor --json'"
	assert_status 0
	is seccomp limited mount_setattr
	is kernel ok "$(uname -r)"
}

@test "doctor: masked /proc" {
	needs_userns
	examine sandbox 'mount -t tmpfs none /proc/acpi 2>/dev/null || mount -t tmpfs none /proc/sys' "${user[@]}"
	is proc missing 'in a user namespace: EPERM' '1 mount covers parts of /proc: /proc/' 'mount rbind /proc'
	cp -r "$ROOTFS" rootfs
	examine as_user
	is proc ok
}

@test "doctor: no control groups" {
	needs_root
	examine sandbox 'umount -R /sys/fs/cgroup'
	assert_status 0
	is cgroup missing 'not mounted' 'mount -t cgroup2 -o nsdelegate,memory_recursiveprot none /sys/fs/cgroup'
	is delegation missing
	is swap missing 'no memory controller'
	fails walls/oom.ctr 8 'cgroup memory' 'no control group hierarchy is mounted'
	works walls/network.ctr
}

@test "doctor: control groups that are mounted read-only" {
	needs_pids
	mounts='for m in $(awk "/ - cgroup/ { print \$5 }" /proc/self/mountinfo); do mount -o remount,bind,ro $m; done'
	examine sandbox "$mounts"
	is delegation missing 'user 0 can make no group below' 'mounted read-only'
	fails walls/limits.ctr 11 'cgroup pids' 'mounted read-only'
}

@test "doctor: a group of v2 that was delegated, and one that was not" {
	needs_pure_v2
	needs_userns
	own_group doctor
	examine sh -c "$within" "$test_group" "${user[@]}"
	is delegation missing 'user 65534 can make no group below'
	delegate 65534
	examine sh -c "$within" "$test_group" "${user[@]}"
	drop_group
	is delegation ok "user 65534 can make groups, as below $test_group"
}

@test "doctor: ranges of IDs, with and without newuidmap" {
	needs_userns
	needs newuidmap
	echo '65534:300000:65536' >ranges
	with="mount --bind ranges /etc/subuid && mount --bind ranges /etc/subgid"
	examine sandbox "$with" "${user[@]}"
	is ids ok 'has 65536 user IDs in /etc/subuid, 65536 group IDs in /etc/subgid'
	examine sandbox "$with && mount --bind /dev/null $(command -v newuidmap)" "${user[@]}"
	is ids missing 'there is no newuidmap' 'uidmap'
	echo root:1:1 >none
	examine sandbox "mount --bind none /etc/subuid && mount --bind none /etc/subgid" "${user[@]}"
	is ids missing ' 0 user IDs' 'usermod --add-subuids'
}

@test "doctor: no_new_privs" {
	needs_userns
	echo '65534:300000:65536' >ranges
	examine sandbox 'mount --bind ranges /etc/subuid && mount --bind ranges /etc/subgid' "${user[@]}" --no-new-privs
	is no_new_privs limited set 'newuidmap'
	is ids missing 'no_new_privs takes newuidmap its privilege'
	examine as_user
	is no_new_privs ok 'not set'
}

@test "doctor: root without CAP_SYS_ADMIN" {
	needs_root
	needs setpriv
	cp -r "$ROOTFS" rootfs
	examine setpriv --bounding-set -sys_admin --inh-caps -all
	assert_status 0
	is privilege limited 'all but sys_admin' 'the bounding set has not all either' 'sys_admin fail'
	fails first.ctr 9 unshare 'user 0 does not hold CAP_SYS_ADMIN'
}

@test "doctor: inside of bwrap" {
	needs_root
	needs bwrap
	mkdir -p here/tmp
	run --separate-stderr timeout -s KILL 360 bwrap --unshare-pid --unshare-user --ro-bind / / --proc /proc --dev /dev --setenv container bwrap "$doctor" -c 'doctor --json'
	is container limited 'its user namespace is not' 'its pid namespace is not' 'container=bwrap'
	examine env -u container
	[ "$(readlink /proc/self/ns/pid)" != 'pid:[4026531836]' ] || refute is container limited 'its pid namespace is not'
}

@test "doctor: AppArmor's restriction, for whom it is and for whom not" {
	needs_userns
	needs strace
	strace -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	export ASAN_OPTIONS="${ASAN_OPTIONS-}:detect_leaks=0"
	fake='mount -t tmpfs none /proc/sys/kernel && echo 1 >/proc/sys/kernel/apparmor_restrict_unprivileged_userns'
	examine sandbox "$fake" "${user[@]}" strace -f -qq -o /dev/null -e inject=unshare:error=EPERM:when=2+
	is apparmor missing 'apparmor_restrict_unprivileged_userns is 1, profile: ' 'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'
	run --separate-stderr sandbox "$fake" timeout -s KILL 360 "$CTRSH" -c "seccomp deny unshare arg0&0x10000000=0x10000000 errno=EACCES; exec ${user[*]} $doctor -c 'doctor --json'"
	is apparmor missing 'profile: ' 'plain users make no user namespaces'
	is user missing 'unshare(CLONE_NEWUSER) = EACCES' 'AppArmor refuses it to plain users'
	examine sandbox "$fake" "${user[@]}"
	is apparmor ok 'but not user 65534 with the profile'
}

@test "doctor: kernel.unprivileged_userns_clone is 0" {
	needs_userns
	fake='mount -t tmpfs none /proc/sys/kernel && echo 0 >/proc/sys/kernel/unprivileged_userns_clone'
	run --separate-stderr sandbox "$fake" timeout -s KILL 360 "$CTRSH" -c "seccomp deny unshare arg0&0x10000000=0x10000000; exec ${user[*]} $doctor -c 'doctor --json'"
	assert_status 1
	is user missing 'unshare(CLONE_NEWUSER) = EPERM' 'kernel.unprivileged_userns_clone is 0' 'sysctl -w kernel.unprivileged_userns_clone=1'
}

@test "doctor: without the library of tables, lines" {
	needs_root
	lib=$(ldconfig -p | awk '/libsmartcols.so.1/ { print $NF; exit }')
	run --separate-stderr sandbox "mount --bind /dev/null $(realpath "$lib")" "$doctor" -c doctor
	assert_status 0
	assert_output_has 'X missing  libraries: libmount.so.1' $'\n  means: no tables'
	run --separate-stderr sandbox "mount --bind /dev/null $(realpath "$lib")" "$doctor" -c 'doctor --json'
	assert_result 1 '' 'libsmartcols'
}

@test "doctor: in text, signs and words, and no escape codes in a pipe" {
	needs_userns
	run --separate-stderr as_user timeout -s KILL 360 "$doctor" -c doctor
	assert_status 0
	assert_output_has '! limited privilege' 'means: ' 'fix: sudo ctrsh' 'X fails first.ctr' 'line 9, unshare: '
	refute grep -q $'\033' <<<"$output"
}

@test "doctor: every op has its needs" {
	ct -c help
	while read -r file; do
		name=$(sed -nE 's/^\t*\{?\.name = "([a-z0-9_ ]+)",.*$/\1/p' "$file")
		while read -r one; do
			[ -z "$one" ] || grep -qF "{\"$one\", " "$TOP/ops/doctor/needstable.c" || { echo "no line for $one" && return 1; }
		done <<<"$name"
	done < <(op_files)
}

@test "doctor: words" {
	ct -c 'doctor now'
	assert_result 2 '' 'doctor: too many arguments'
	ct -nq -c 'doctor --json; doctor'
	assert_result 0 '' ''
}

@test "doctor without /proc: that is said first, and the rest is not known" {
	needs_root
	run --separate-stderr outer sh -c 'mount -t tmpfs t /proc && exec "$@"' sh timeout -s KILL 360 "$doctor" -c doctor
	assert_status 1
	[[ ${lines[1]} == 'X missing procfs '* ]] || explain 'procfs first'
	assert_output_has 'fix: mount -t proc proc /proc' '? unknown privilege' '? unknown cgroup' '? unknown network' 'not known without /proc'
	assert_stderr 'not known without /proc' 'fix: !mount -t proc proc /proc'
	for text in 'does not hold' 'not mounted:' 'no scripts' '\012'; do [[ $output != *"$text"* ]] || explain "no $text"; done
	run --separate-stderr outer sh -c 'mount -t tmpfs t /proc && mount -t proc proc /proc && exec "$@"' sh timeout -s KILL 360 "$doctor" -c doctor
	assert_status 0
	assert_output_has 'ok        procfs'
}

@test "doctor without /sys: the line to mount control groups works" {
	needs_root
	run --separate-stderr outer sh -c 'umount -l /sys && mount -t tmpfs t /sys && "$@"' sh timeout -s KILL 360 "$doctor" -c doctor
	assert_output_has 'fix: sudo mount -t sysfs sysfs /sys ' ' sudo mount -t cgroup2 -o nsdelegate,memory_recursiveprot none /sys/fs/cgroup'
	outer unshare -C sh -c 'umount -l /sys && mount -t tmpfs t /sys && mount -t sysfs sysfs /sys && mount -t cgroup2 -o nsdelegate,memory_recursiveprot none /sys/fs/cgroup'
}
