#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cd: the working directory of the box.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

@test "cd: programs start there, and the shell stays where it is" {
	mkdir sub
	ct -c 'cd sub; run pwd; !pwd'
	assert_result 0 "$WORK/sub"$'\n'"$WORK" ''
}

@test "cd: a second relative cd starts at the first" {
	mkdir -p a/b
	ct -c 'cd a; cd b; run pwd'
	assert_result 0 "$WORK/a/b" ''
}

@test "cd: a directory that is not there is the kernel's refusal, with the part that is missing" {
	mkdir a
	script 'cd a' 'cd /nowhere/b'
	assert_result 1 '' 't.ctr:2: cd: chdir("/nowhere/b") = ENOENT'
	assert_stderr 'why: there is no /nowhere, on the way'
}

@test "cd: a file is no directory" {
	ct -c 'cd /etc/passwd'
	assert_result 1 '' 'chdir("/etc/passwd") = ENOTDIR'
	assert_stderr 'why: /etc/passwd is not a directory'
}

@test "cd: after a failure that is tolerated the directory is as it was" {
	ct -c 'cd /etc; -cd nowhere; run pwd'
	assert_result 0 /etc 'cd: chdir("nowhere") = ENOENT'
}

@test "cd: as a plain user, a directory that may not be entered" {
	needs_root
	mkdir -m 700 secret
	run --separate-stderr as_user "$CTRSH" -c 'cd secret'
	assert_result 1 '' 'chdir("secret") = EACCES'
}
