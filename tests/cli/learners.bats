#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What those who learn it type: other tools' words, one step too few, a word that shells have. Each is told what it was,
# and where a line mends it, that line is taken.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154

load ../lib/common
load ../lib/cgroup

# mends LINE FIX - the line behind fix: is that.
mends() {
	ct -c "$1"
	[ "$status" != 0 ] || explain "a failure: $1"
	[ "$(sed -n 's/^  fix: //p' <<<"$stderr")" = "$2" ] || explain "fix: $2"
}

# tells LINE TEXT... - what is said of it.
tells() {
	ct -c "$1"
	[ "$status" != 0 ] || explain "a failure: $1"
	assert_stderr "${@:2}"
}

@test "unshare: options of unshare(1), and what the namespaces are called elsewhere" {
	mends 'unshare mount' 'unshare mnt'
	mends 'unshare PID Network' 'unshare pid net'
	mends 'unshare -p' 'unshare pid'
	mends 'unshare -mpf' 'unshare pid mnt'
	mends 'unshare --user --map-root-user --pid --fork --mount-proc' 'unshare pid mnt user; map root; mount proc'
	mends 'unshare -Ur' 'unshare user; map root'
	mends 'unshare all' 'unshare uts pid mnt ipc net cgroup'
	tells 'unshare nosuch' 'unshare: no such namespace: nosuch'
	tells 'unshare --nosuch' 'unknown option: --nosuch'
	tells 'unshare pid pid' 'pid is named twice'
}

@test "mount: without a type; a file and a directory; pivot_root: the old root is named from outside" {
	needs_root
	mkdir new
	tells 'unshare mnt; mount /dev/sda1 /mnt' 'mount: the type comes first' 'do: mount ext4 /dev/sda1 /mnt, say; for a directory: mount bind /dev/sda1 /mnt'
	mends 'unshare mnt; mount bind /etc/passwd new' 'run touch new/passwd; mount bind /etc/passwd new/passwd'
	ct -c 'unshare mnt; run touch new/passwd; mount bind /etc/passwd new/passwd'
	assert_result 0 '' ''
	tells 'unshare mnt; mount bind new new/passwd' 'do: a directory is mounted at a directory'
	mends 'unshare mnt; pivot_root new /nosuch' 'mount bind new new; mkdir --parents new/old; pivot_root new new/old'
	assert_stderr 'why: there is no /nosuch; it is named as it is seen now, and has to lie in new'
	ct -c 'unshare mnt; mount bind new new; mkdir --parents new/old; pivot_root new new/old'
	assert_result 0 '' ''
	rmdir new/old
	mends 'unshare mnt; mount bind new new; pivot_root new new/old' 'mkdir --parents new/old; pivot_root new new/old'
	mends 'unshare mnt; mount bind new new; pivot_root new /nosuch' 'mkdir --parents new/old; pivot_root new new/old'
}

@test "run: a word with blanks, a shell's own word, an empty PATH" {
	tells 'run "ls -l"' 'why: it was looked for as one word, with its blanks: "ls -l"' 'do: without quotes, each word by itself: ls -l'
	tells 'run cd /tmp' 'why: cd is no program: a shell carries it out in itself' 'do: cd DIR, '
	tells 'run ulimit -n' "do: run sh -c 'ulimit ...'"
	mends 'setenv PATH ""; run true' 'setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; run true'
	ct -c 'setenv PATH ""; setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; run true'
	assert_result 0 '' ''
	mends 'setenv PATH=/bin' 'setenv PATH /bin'
	mends 'setenv A=' "setenv A ''"
	mends "setenv 'A=b c'" "setenv A 'b c'"
	tells 'sudo ls' 'do: run PROGRAM: the box has its own rights'
	[[ $stderr != *'undo'* ]] || explain 'nothing else'
}

@test "amounts: with B, or in small letters" {
	tells 'cgroup memory 64MB' 'did you mean 64M?'
	tells 'cgroup memory 64MiB' 'did you mean 64M?'
	tells 'rlimit stack 4k' 'did you mean 4K?'
	tells 'rlimit as 1GB' 'did you mean 1G?'
	tells 'rlimit as 1X' 'not a limit: "1X"'
	[[ $stderr != *'did you mean'* ]] || explain 'nothing'
	tells 'rlimit nofile 4k' 'not a limit: "4k"'
	[[ $stderr != *'did you mean'* ]] || explain 'nothing: it counts no bytes'
}

@test "numbers that are none, and directories above that are not there" {
	tells 'join 99999999' 'why: no process has that number, '
	mends 'mkdir a/b/c' 'mkdir --parents a/b/c'
	: >there
	tells 'symlink x there' 'why: there is something of this name, and a link replaces nothing'
	needs_controller cpuset
	ct -c 'cgroup cpuset 4000'
	assert_status 1
	fix=$(sed -n 's/^  fix: //p' <<<"$stderr")
	[[ $fix == 'cgroup cpuset '[0-9]* ]] || explain 'processors that there are'
	ct -c "$fix"
	assert_result 0 '' ''
}

@test "without root: who it is before the maps, a directory that may not be searched" {
	needs_userns
	user -c 'unshare user; user 1000'
	assert_status 1
	assert_stderr 'why: no ID exists in the box' 'do: map auto first'
	mkdir -m 755 open && mkdir -m 700 open/shut && : >open/shut/program
	user -c "exec $PWD/open/shut/program"
	assert_result 126 '' "why: $PWD/open/shut, on the way to $PWD/open/shut/program, may not be searched by this user (mode 0700)"
}
