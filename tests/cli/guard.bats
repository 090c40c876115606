#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The guard: what would change the host is refused, before a script begins and
# again when it comes to it; --host insists. All in a sandbox.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	needs_root
	mkdir dir
}

# guarded NAMESPACE WORDS LINE - LINE is refused with these words, by -n and before anything is done, and not
# once the box has the namespace.
guarded() {
	local way
	for way in -q -n; do
		ct_outer "$way" -c "run touch done; $3"
		assert_result 2 '' "$2" && assert_stderr '-c:1:' "fix: unshare $1" && outer_unchanged &&
			refute test -e done || return
	done
	ct_outer -nq -c "unshare $1; $3"
	assert_result 0 '' ''
}

@test "guard: hostname" { guarded uts 'it would rename the host' 'hostname box'; }

@test "guard: mount tmpfs" { guarded mnt "it would change the host's mounts" 'mount tmpfs dir'; }

@test "guard: mount bind" { guarded mnt "it would change the host's mounts" 'mount bind / dir'; }

@test "guard: mount proc" { guarded mnt "it would change the host's mounts" 'mount proc'; }

@test "guard: umount" { guarded mnt "it would change the host's mounts" 'umount dir'; }

@test "guard: another namespace does not help" {
	ct_outer -c 'unshare pid uts ipc net; mount tmpfs dir'
	assert_result 2 '' "it would change the host's mounts"
	ct_outer -c 'unshare pid mnt ipc net; hostname box'
	assert_result 2 '' 'it would rename the host'
	outer_unchanged
}

@test "guard: what comes too late does not help" {
	ct_outer -c 'hostname box; unshare uts'
	assert_result 2 '' 'it would rename the host'
	outer_unchanged
}

@test "guard: a failure that was tolerated leaves the namespace shared" {
	# On paper `-unshare uts` may have worked. Here it does not, and the guard looks again.
	ct_outer -c '-unshare uts user uts; hostname box'
	assert_status 2
	outer_unchanged
	needs strace
	ASAN_OPTIONS=${ASAN_OPTIONS-}:detect_leaks=0 run --separate-stderr outer timeout -s KILL 360 \
		strace -f -o /dev/null -e inject=unshare:error=EPERM "$CTRSH" -c '-unshare uts; -hostname box; run uname -n'
	assert_result 0 "$(uname -n)" 'refused: it would rename the host'
	assert_stderr 'why: the box still shares the UTS namespace with the host'
}

@test "guard: -op is checked when it comes to it" {
	ct_outer -c '-hostname box; run uname -n'
	assert_result 0 "$(uname -n)" '-c:1: hostname: refused: it would rename the host'
	outer_unchanged
}

@test "guard: after reset the box is the host's again" {
	ct_outer -c '-cd /; unshare uts; hostname box; reset; -hostname again; run uname -n'
	assert_result 0 "$(uname -n)" 'refused: it would rename the host'
	outer_unchanged
}

@test "guard: --host insists, and only where an op changes the host" {
	ct_outer -c 'hostname --host insisted'
	assert_result 0 '' ''
	[ "$(head -n 1 outer.after)" = insisted ]
	ct_outer -c 'cd --host /'
	assert_result 2 '' 'cd: unknown option: --host'
	ct -c 'run echo --host'
	assert_result 0 --host ''
}

@test "order: nothing can follow exec, in -n and before a run" {
	printf 'run touch done\nexec true\nrun true\n' >t.ctr
	for way in -q -n; do
		ct "$way" t.ctr
		assert_result 2 '' 't.ctr:3: run: nothing can follow exec in a file'
		assert_stderr 'why: t.ctr:2: the box has become true there' 'do: use run there, or -exec'
	done
	refute test -e done
}

@test "order: an exec in an included file ends all" {
	echo 'exec true' >inc.ctr
	printf 'include inc.ctr\nrun true\n' >t.ctr
	ct t.ctr
	assert_result 2 '' 't.ctr:2: run: nothing can follow exec in a file'
	assert_stderr 'why: inc.ctr:1:'
}

@test "guard: without a /proc on the host it says that it cannot see" {
	needs_root
	run --separate-stderr outer sh -c "mount -t tmpfs none /proc && exec timeout -s KILL 360 '$CTRSH' -c 'unshare uts; hostname x'"
	[ "$status" != 0 ]
	assert_stderr 'why: whether the box shares the UTS namespace with the host cannot be seen: there is no /proc on the host'
}
