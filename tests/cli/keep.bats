#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# keep and unkeep: a namespace that outlives its box, in a file of the host.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

setup() {
	common_setup
	needs_root
	# Of its own, so that what a failed test keeps goes with it.
	mkdir kept && mount -t tmpfs kept kept && mount --make-private kept && cd kept || return
}

teardown() {
	cd / && umount -R "$WORK/kept"
	common_teardown
}

kept() { awk '/ nsfs / { n++ } END { print n + 0 }' /proc/self/mountinfo; }

@test "keep: the namespace lives on, and is joined; unkeep ends it" {
	ct -c 'unshare uts; hostname kept; keep uts file'
	assert_result 0 'file: the box'\''s UTS namespace, on the host until unkeep file' ''
	[ "$(kept)" = 1 ]
	ct -c 'join file; run hostname; hostname again'
	assert_result 0 kept ''
	[ "$(nsenter --uts=file hostname)" = again ]
	ct -c 'unkeep file'
	assert_result 0 '' ''
	[ "$(kept)" = 0 ]
	[ ! -e file ]
}

@test "keep: each kind, with what unshare gives; a user namespace keeps its map" {
	needs taskset
	ct -c 'unshare user; map root; unshare uts ipc net cgroup time; keep user user; keep uts uts; keep ipc ipc; keep net net; keep cgroup cgroup; keep time time; run sh -c "for n in user uts ipc net cgroup time; do readlink /proc/self/ns/\$n; done"'
	assert_status 0
	assert_stderr ''
	[ "$(for ns in user uts ipc net cgroup time; do echo "$ns:[$(stat -c %i "$ns")]"; done)" = "$(tail -n 6 <<<"$output")" ]
	ct -c 'join user; join net; run sh -c "id -u; ls /proc/self/net/dev_snmp6"'
	assert_result 0 $'0\nlo' ''
	ct -c 'unkeep user; unkeep uts; unkeep ipc; unkeep net; unkeep cgroup; unkeep time'
	assert_result 0 '' ''
	[ -z "$(ls)" ]
}

@test "keep net: as ip netns has them" {
	needs ip
	mount -t tmpfs run /run # of the sandbox: the host's is left alone
	mkdir /run/netns
	ct -c 'unshare net; run ip link set lo mtu 1234; keep net /run/netns/ctrsh-test'
	assert_status 0
	assert_stderr ''
	[[ $(ip -n ctrsh-test link show lo) == *"mtu 1234"* ]]
	ct -c 'unkeep /run/netns/ctrsh-test'
	assert_result 0 '' ''
	umount /run
}

@test "keep mnt: where mounts are private; else it says so" {
	# On one processor: some kernels number mount namespaces for each (keepdiag.c).
	needs taskset
	run --separate-stderr taskset -c 0 unshare -m --propagation private sh -c \
		'touch ns && "$1" -c "unshare mnt; mount tmpfs /mnt; run touch /mnt/inside; keep mnt ns" && "$1" -c "join ns; run ls /mnt"' sh "$CTRSH"
	assert_status 0
	assert_stderr ''
	[ "$(tail -n 1 <<<"$output")" = inside ]
	run --separate-stderr taskset -c 0 unshare -m --propagation private sh -c \
		'mount --make-rshared / && unshare -m --propagation unchanged sleep 60 & sleep=$!; until [ "$(readlink /proc/$sleep/ns/mnt)" != "$(readlink /proc/self/ns/mnt)" ]; do :; done # sleep-ok: it stays
		"$1" -c "unshare mnt; keep mnt ns"; r=$?; kill $sleep; exit $r' sh "$CTRSH"
	assert_result 1 '' '= EINVAL'
	assert_stderr "why: $PWD is mounted shared" 'fix: !mount --bind'
}

@test "keep mnt: a box whose mount namespace counts as older: what can be done" {
	needs strace
	[ -z "${CTRSH_SAN-}" ] || skip "the sanitizer does not work under strace"
	run --separate-stderr timeout -s KILL 360 unshare -m --propagation private strace -qq -o /dev/null -e inject=mount:error=EINVAL "$CTRSH" -c \
		'unshare mnt; keep mnt ns'
	assert_result 1 '' '= EINVAL' 'why: a mount namespace is bound only inside an older one' 'do: run ctrsh in the first mount namespace' 'taskset -c 0 unshare -m ctrsh'
}

@test "keep pid: it is said that its init must live" {
	ct -c 'unshare pid; keep pid file'
	assert_status 0
	assert_output_has 'it takes processes only while its init lives'
	ct -c 'unkeep file'
	assert_result 0 '' ''
}

@test "keep: onto a file that is there; never through a link, onto a directory, or twice" {
	: >file && ln -s /etc/hostname link && mkdir dir
	ct -c 'unshare uts; keep uts file; keep uts file'
	assert_status 1
	assert_stderr 'keep: file keeps a namespace already'
	ct -c 'unkeep file'
	assert_result 0 '' ''
	[ ! -e file ]
	for name in link dir; do
		ct -c "unshare uts; keep uts $name"
		assert_result 1 '' "keep: $name is there, and no ordinary file" || return
	done
	[ "$(kept)" = 0 ]
}

@test "keep: what the box shares with the host needs no keeping" {
	ct -c 'unshare uts; keep net file'
	assert_result 2 '' 'keep: the box has no network namespace of its own'
	assert_stderr 'fix: unshare net'
	[ ! -e file ]
}

@test "keep: a directory that is not there; wrong words" {
	ct -c 'unshare uts; keep uts nowhere/file'
	assert_result 1 '' '= ENOENT'
	assert_stderr 'why: the directory of nowhere/file is not there'
	ct -c 'run echo done; keep utz file'
	assert_result 2 '' 'keep: no such namespace: utz'
	ct -c 'run echo done; keep uts ""'
	assert_result 2 '' 'keep: the name of the file is empty'
}

@test "keep: rootless it is refused, and nothing is left" {
	needs_userns
	chmod 777 .
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c 'unshare user uts; map root; keep uts file'
	assert_result 1 '' '= EPERM'
	assert_stderr 'why: it is a mount on the host, and user 65534 may make none there' 'do: run ctrsh with sudo'
	[ ! -e file ]
}

@test "unkeep: only what is kept" {
	echo text >file && ln -s file link
	for name in file link /proc/self/ns/uts /proc .; do
		ct -c "unkeep $name"
		assert_result 1 '' "unkeep: $name keeps no namespace" || return
	done
	ct -c 'unkeep nowhere'
	assert_result 1 '' '= ENOENT'
	assert_stderr 'why: there is no such file on the host'
	[ "$(cat file)" = text ]
}

@test "keep: outlives a shell that was killed" {
	ct -c 'unshare uts; hostname kept; keep uts file; !kill -KILL $PPID'
	assert_status 137
	[ "$(nsenter --uts=file hostname)" = kept ]
	ct -c 'unkeep file'
	assert_result 0 '' ''
}

@test "keep: the trace is true" {
	needs_strace
	TRACED=$TRACED,unlink true_trace -c 'unshare uts; keep uts file; unkeep file; -keep uts nowhere/file'
	assert_status 0
	shown 'open("file", O_CLOEXEC|O_CREAT|O_EXCL|O_NOFOLLOW|O_RDONLY, 0444) = ' '", "/proc/self/fd/' 'umount2("file", UMOUNT_NOFOLLOW) = 0' 'unlink("file") = 0'
}

@test "keep: a file that holds something is not covered" {
	needs_root
	echo precious >file
	ct -c "unshare uts; keep uts $PWD/file"
	assert_result 1 '' 'is there, and not empty'
	[ "$(cat file)" = precious ]
}
