#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# fix at a prompt: the lines are shown and carried out, and what failed is done.

# shellcheck disable=SC2016,SC2154

load lib

setup() { terminal_setup; }
teardown() { terminal_teardown; }

@test "fix shows the lines and carries them out, then what failed works" {
	prompt
	enter 'hostname box'
	see '^  fix: unshare uts; hostname box$'
	enter 'fix'
	see '> unshare uts$'
	see '\[uts\]> hostname box$'
	now 'box\[uts\]>'
	enter 'fix'
	see '^fix: it is carried out already, and nothing failed since$'
	now 'box\[uts\]>'
	enter 'mkdir "a b"' 'mount tmpfs "a b"'
	see '^  fix: unshare mnt; '
	enter 'fix'
	now 'box\[uts mnt\]>'
	enter 'cd "a b"; run mountpoint .'
	see 'is a mountpoint'
}

@test "fix after the end of a box builds it again; what no line mends is said" {
	prompt
	enter 'fix'
	see '^fix: nothing failed so far$'
	enter 'unshare uts pid; hostname again'
	now 'again\[uts pid\]>'
	enter '!for p in $(pgrep -P $PPID); do grep -q "^NSpid.*[[:space:]]1$" /proc/$p/status && kill -KILL $p; done; true'
	see '^  fix: unshare uts pid; hostname again$'
	enter 'fix'
	now 'again\[uts pid\]>'
	enter 'cd /nowhere'
	see '^  why: there is no /nowhere$'
	enter 'fix'
	see '^fix: no line mends it$'
	enter 'why'
	see '^line: +cd /nowhere$'
}

@test "fix ends at a line that fails, and that is the last failure then" {
	prompt
	enter 'unshare user mnt; mount proc'
	see '^  fix: unshare pid; mount proc$'
	enter 'sysctl user.max_pid_namespaces 0' 'fix'
	see '^unshare: unshare\(CLONE_NEWPID\) = ENOSPC'
	enter 'why'
	see '^line: +unshare pid$'
}
