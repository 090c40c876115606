#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# undo, redo: after each undo the box is what it was after one line less, for
# every op; what cannot be undone is said; and nothing is lost on the way.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
# shellcheck source=tests/lib/boxstate.bash
source "$TOP/tests/lib/boxstate.bash"
# shellcheck source=tests/lib/cgroup.bash
source "$TOP/tests/lib/cgroup.bash"

# there_and_back LINE... - builds a box of the lines, undoes them one by one, and does them again; each time it is as it
# was after as many lines.
there_and_back() {
	local i line n=0
	printf 'source %q\nbox_state "$2" >"$1" 2>&1\n' "$TOP/tests/lib/boxstate.bash" >probe
	for line; do
		n=$((n + 1))
		printf '%s\n!bash probe there.%d $PPID\n' "$line" "$n"
	done >t.ctr
	for ((i = n - 1; i > 0; i--)); do printf 'undo\n!bash probe back.%d $PPID\n' "$i"; done >>t.ctr
	for ((i = 2; i <= n; i++)); do printf 'redo\n!bash probe again.%d $PPID\n' "$i"; done >>t.ctr
	ct t.ctr
	assert_status 0 || return
	for ((i = 1; i <= n; i++)); do
		grep -q '^Uid:' "there.$i" || { echo "no state after: ${!i}" && cat "there.$i" && return 1; }
		[ "$i" = "$n" ] || diff "there.$i" "back.$i" || { echo "undone, back to line $i: ${!i}" && return 1; }
		[ "$i" = 1 ] || diff "there.$i" "again.$i" || { echo "done again, line $i: ${!i}" && return 1; }
	done
	refute cmp -s there.1 "there.$n"
}

# build FILE [ARGUMENT] - the lines of a script that make the box, with this root file system.
build() {
	sed -E -e '/^(#|set |-?run |!|exec |$)/d; /^[a-z]+ show/d' -e 's/^-//' \
		-e "s:\./rootfs:$ROOTFS:; s:\\\$name:one:; s:\\\$address:10.112.0.1/24:" "$TOP/scripts/$1"
}

# lines TEXT - there_and_back with each line of it.
lines() {
	local all
	readarray -t all <<<"$1"
	there_and_back "${all[@]}"
}

# along SCRIPT - there_and_back with its lines.
along() {
	needs_pids
	needs_controller memory
	needs_controller cpu
	lines "$(build "$1")"
}

@test "undo: there and back along first.ctr" { along first.ctr; }
@test "undo: there and back along walls/namespaces.ctr" { along walls/namespaces.ctr; }
@test "undo: there and back along walls/files.ctr" { along walls/files.ctr; }
@test "undo: there and back along walls/limits.ctr" { along walls/limits.ctr; }
@test "undo: there and back along walls/privilege.ctr" { along walls/privilege.ctr; }
@test "undo: there and back along walls/network.ctr" { along walls/network.ctr; }
@test "undo: there and back along walls/overlay.ctr" { along walls/overlay.ctr; }
@test "undo: there and back along walls/bridge.ctr" { along walls/bridge.ctr; }
@test "undo: there and back along walls/hardened.ctr" { along walls/hardened.ctr; }
@test "undo: there and back along walls/rootless.ctr" { along walls/rootless.ctr; }

@test "undo: there and back, maps" {
	needs_root
	lines 'unshare user uts mnt net
map setgroups deny
map uid 0 0 1
map gid 0 0 1
hostname mapped
caps ambient net_admin'
	lines 'unshare user mnt
map root
mount tmpfs /mnt'
	lines 'unshare user mnt
map self
no_new_privs'
}

@test "undo: there and back, mounts and files" {
	needs_root
	mkdir at
	lines "unshare mnt time monotonic=+1d
propagation slave
mount tmpfs $WORK/at
cd $WORK/at
mkdir --parents x/y
mknod file p
mknod null c 1 3
mount bind null file
umount file
mount rbind /dev x
remount x ro
mount devpts x/pts
mask x/null
mask default
mount tmpfs x
mount overlay x lower=/usr/share"
}

@test "undo: there and back, links and parameters" {
	needs_root
	lines "unshare uts ipc net mnt cgroup pid
hostname first
hostname again
mount mqueue /mnt
mount cgroup2 /mnt
sysctl net.ipv4.ip_forward 1
net up lo
net down lo
net veth eth0 10.113.0.1/24 10.113.0.2/24
net veth eth1
net bridge brundo
net route 10.114.0.0/16 via 10.113.0.1"
	refute test -e kept
}

@test "undo: there and back, limits" {
	needs_controller cpuset
	lines 'unshare pid
cgroup pids 100
cgroup cpuset 0
cgroup freeze
cgroup thaw
umask 027
nice 4
ioprio be 2
mempolicy preferred 0
personality linux32
sched batch
sched affinity 0
oom_score_adj 100
rlimit nofile 100
caps drop sys_boot
caps keep chown setuid setgid
groups 5 6
setgid 7
setuid 8'
}

@test "undo: what is done, what runs no more, and what stays, is said" {
	needs_root
	mkdir root
	cat >t.ctr <<-END
		unshare uts mnt
		run touch ran
		hostname box
		mkdir root/new
		!touch beside
		run touch again
		hostname --host other
		undo 3
		run uname -n
	END
	run --separate-stderr outer "$CTRSH" t.ctr
	assert_status 0
	assert_stderr_is 'undone: mkdir root/new; run touch again; hostname --host other
  a fresh box, and 2 lines done again
  not run again: run touch ran
  files that these made stay: mkdir root/new
  what programs wrote to files stays
  done on the host, and not undone: !touch beside; hostname --host other'
}

@test "undo: programs that may have written are not named one by one, and nobody speaks of files otherwise" {
	needs_root
	script 'unshare uts' 'run true' 'run uname -n' 'run true' 'hostname a' 'hostname b' 'undo' 'undo 4'
	assert_status 0
	assert_stderr_is 'undone: hostname b
  a fresh box, and 2 lines done again
  not run again: run true; run uname -n; run true
undone: run true; run uname -n; run true; hostname a
  a fresh box, and 1 line done again
  what programs wrote to files stays'
}

@test "undo: N lines, more than there are, none" {
	needs_root
	script 'unshare uts' 'hostname a' 'hostname b' 'hostname c' 'undo 2' 'run uname -n' 'undo 99' '-undo'
	assert_result 0 a 'undone: hostname b; hostname c'
	assert_stderr 'undone: unshare uts; hostname a; run uname -n' 't.ctr:8: undo: there is nothing to undo'
	script 'unshare uts' 'undo 0'
	assert_result 2 '' 'undo: not a number of lines: "0"'
	script 'undo'
	assert_result 2 '' 'undo: there is nothing to undo'
	script 'redo'
	assert_result 2 '' 'redo: there is nothing to do again'
}

@test "undo: what only looks does not count, and is not saved" {
	needs_root
	script 'unshare uts' 'hostname a' 'hostname b' 'caps show' 'seccomp show' 'cgroup show' 'set trace off' 'undo' 'save -'
	assert_status 0
	[ "${lines[-1]}" = 'hostname a' ]
	refute grep -q '^caps show\|^seccomp show\|^cgroup show' <<<"$output"
}

@test "redo: what one undo took back, then what the one before took, until something else is done" {
	needs_root
	script 'unshare uts' 'hostname a' 'hostname b' 'hostname c' 'undo 2' undo redo 'run uname -n' 'redo' 'undo 1' 'cd /' '-redo' 'save -'
	assert_status 0
	[ "${lines[0]}" = a ]
	assert_stderr 't.ctr:12: redo: there is nothing to do again'
	refute grep -q 'hostname c' <<<"$output"
	script 'unshare uts' 'hostname a' 'hostname b' 'hostname c' 'undo 2' undo redo redo '!nsenter --help >/dev/null' 'exec uname -n'
	assert_result 0 c 'done again: hostname a'
	assert_stderr 'done again: hostname b; hostname c'
	script 'unshare uts' 'hostname a' 'hostname b' 'hostname c' 'undo 3' 'redo 1' 'run sh -c "uname -n >&2"' 
	assert_stderr 'done again: hostname a
a'
}

@test "undo: the environment, the rules and the mask of the box go back" {
	needs_root
	script 'setenv A first' 'seccomp deny chmod errno=EACCES' 'setenv A second' 'unsetenv A' 'seccomp deny chown' 'undo 2' \
		'run sh -c "echo \$A"' 'seccomp show' 'undo 2' 'run sh -c "echo \$A"'
	assert_status 0
	[ "${lines[0]}" = second ]
	[ "${lines[-1]}" = first ]
	refute grep -q chown <<<"$output"
}

@test "undo: a reset, and redo has to wait for it" {
	needs_root
	script 'unshare uts' 'hostname a' 'hostname b' undo reset '-redo' undo 'run uname -n' 
	assert_result 0 a 'undone: the end of the box'
	assert_stderr 't.ctr:6: redo: the box that it is for has ended' 'do: undo brings that back'
}

@test "undo: a directory or a device that is there already is taken" {
	needs_root
	script 'mkdir d' 'mkdir d/e 700' 'mknod p p' 'cd d' undo 'run test -d d/e' 'undo 9' redo
	assert_status 0
	assert_stderr 'done again: mkdir d; mkdir d/e 700; mknod p p'
}

@test "undo: a file that keeps a namespace keeps that of the box as it is now" {
	needs_root
	script "keep uts $WORK/kept" && assert_status 2 || return
	script 'unshare uts ipc' "keep uts $WORK/kept" 'hostname new' undo "join $WORK/kept" 'hostname joined' undo \
		'!test "$(stat -Lc %i kept)" = "$(stat -Lc %i /proc/$(pgrep -P $PPID -g 0 ctrsh)/ns/uts)"' "unkeep $WORK/kept"
	assert_status 0
	refute test -e kept
}

@test "undo: a line that fails the second time: which, what the box is, and redo goes on from there" {
	needs_root
	mkdir there
	script 'unshare uts mnt' 'hostname a' 'cd there' 'hostname b' '!rmdir there' '-undo' 'run uname -n' '!mkdir there' redo 'run pwd'
	assert_status 0
	assert_stderr 'undo: stopped at line 3: cd there' 'the box is what the 2 lines before made; redo goes on' 't.ctr:6: undo: chdir("there") = ENOENT'
}

@test "undo: --host lines stay, and are not done twice" {
	needs_root
	mkdir at
	ct_outer -c "mount --host tmpfs $WORK/at; hostname --host other; unshare uts mnt; hostname --host inside; cd /; undo; run uname -n; !grep -c ' $WORK/at ' /proc/self/mountinfo"
	assert_result 0 $'inside\n1' 'undone: cd /'
}

@test "undo: -n knows that the box goes back" {
	for lines in 'unshare uts; undo; hostname x' 'unshare uts; reset; hostname x' 'unshare uts; cd /; undo 2; redo 0' \
		'unshare uts; undo; redo; undo; hostname x' 'unshare uts; cd /; caps show; undo 2; hostname x'; do
		ct -nq -c "$lines"
		assert_status 2 || return
	done
	for lines in 'unshare uts; cd /; undo; hostname x' 'unshare uts; undo; redo; hostname x' 'unshare uts; reset; undo; hostname x' \
		'unshare uts; cd /; caps show; undo; hostname x' 'unshare uts; -cd /; undo 2; hostname x'; do
		ct -nq -c "$lines"
		assert_result 0 '' '' || return
	done
}

@test "undo: as a plain user" {
	needs_root
	chmod 777 .
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c "unshare user uts mnt pid; map root; hostname a; chroot $ROOTFS; mount proc; undo 2; run uname -n; redo; run sh -c 'echo \$\$; ls -d /proc/1'"
	assert_status 0
	[ "${lines[0]}" = a ]
	[ "${lines[-1]}" = /proc/1 ]
}
