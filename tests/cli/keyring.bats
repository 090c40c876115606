#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# keyring: what the session of the caller holds is out of the box's reach, by name or by possession.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/strace

setup() {
	common_setup
	needs keyctl
}

@test "keyring: the caller's keys are inside without it, whatever the namespaces, and gone with it" {
	cat >t.sh <<-'END'
		keyctl add user ctrsh-secret value @s >/dev/null
		"$CTRSH" -c 'unshare user; map root; run keyctl search @s user ctrsh-secret' >/dev/null && echo with
		"$CTRSH" -c 'unshare user; map root; keyring; run keyctl search @s user ctrsh-secret' || echo without
		keyctl print "$(keyctl search @s user ctrsh-secret)"
	END
	run --separate-stderr keyctl session - sh t.sh
	assert_result 0 $'with\nwithout\nvalue' 'keyctl_search: Required key not available'
}

@test "keyring: its name, for the programs, run and exec" {
	ct -c 'keyring box; run keyctl rdescribe @s; exec keyctl rdescribe @s'
	assert_status 0
	assert_output_has ';box'
	[ "$(grep -c '^keyring;.*;box$' <<<"$output")" = 2 ]
	ct -c 'keyring; exec keyctl rdescribe @s'
	assert_output_has ';_ses'
}

@test "keyring: bad names are refused while reading" {
	for name in .x "''"; do
		ct -c "run echo done; keyring $name"
		assert_result 2 '' 'keyring: a name must not be empty or begin with a dot'
	done
}

@test "keyring: a user who has as many keys as he may" {
	needs_root
	cat >t.sh <<-'END'
		n=0
		while keyctl newring ring$n @s >/dev/null 2>&1 && [ $n -lt 100000 ]; do n=$((n + 1)); done
		exec "$CTRSH" -c keyring
	END
	run --separate-stderr as_user keyctl session - sh "$PWD/t.sh"
	assert_result 1 '' 'keyring: keyctl(KEYCTL_JOIN_SESSION_KEYRING, NULL) = EDQUOT'
	assert_stderr 'why: the user has as many keys as he may: kernel.keys.maxkeys'
}

@test "keyring: the trace is true" {
	needs_strace
	TRACED+=,keyctl
	true_trace -c 'keyring; keyring name'
	assert_status 0
	shown 'keyctl(KEYCTL_JOIN_SESSION_KEYRING, NULL) = ' 'keyctl(KEYCTL_JOIN_SESSION_KEYRING, "name") = '
}
