#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# attach at a prompt: it shows what is looked at, Tab names whom there is, and the end of the process is said.

# What stands in single quotes is for another shell.
# shellcheck disable=SC1003,SC2016
load lib
setup() { terminal_setup; }
teardown() { terminal_teardown; }

# another COMMAND... - starts it on the host, and waits until it is the sleep that it becomes. Its PID is other.
another() {
	enter "!$* >/dev/null & until grep -qx sleep /proc/\$!/comm; do :; done; echo \"pid=\$!\""
	see '^pid=[0-9]+$'
	other=$(screen | sed -n 's/^pid=\([0-9]*\)$/\1/p' | head -n 1)
}

@test "the prompt says what is looked at; ops are refused; its end is said" {
	prompt
	another sleep 1000 # sleep-ok: a process to look at
	enter "attach $other"
	see "looking at process $other, sleep; nothing changes it; detach ends that"
	now "looking at $other sleep>"
	enter 'hostname x'
	see "hostname: refused: process $other is looked at, and not the box"
	enter 'detach'
	now 'host>'
	enter "attach $other"
	now "looking at $other sleep>"
	kill -KILL "$other"
	enter 'help detach'
	see "process $other, which was looked at, has ended; detached"
	now 'host>'
}

@test "attach: Tab completes the PIDs of those with namespaces of their own" {
	prompt
	another unshare -n sleep 1000 # sleep-ok: a process to look at
	keys "attach ${other%?}"
	key Tab Tab # others may begin with the same digits: then all are listed
	see "(^| )$other( |\$)"
}
