#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What comes out of a box must not reach the person's shell as keys, nor the terminal as escape codes through ctrsh's
# own messages. And no escape code at all where colours are not wanted.

# What stands in single quotes is for another shell.
# shellcheck disable=SC2016
load lib
setup() { terminal_setup; }
teardown() { terminal_teardown; }

escape=$'\033'

# transcript - from now on the bytes that reach the terminal go to the file raw.
transcript() { tm pipe-pane "cat >>$T/work/raw"; }
clean() { run ! grep -aqF "$1" raw; }

# written TEXT - it is in the transcript, and all that came before.
written() { await grep -aqF "$1" raw || { echo "never in the transcript: $1" && return 1; }; }

# pusher - a program for the box that pushes a command line into its terminal, as if typed.
pusher() {
	cat >push.c <<-'END'
		#include <stdio.h>
		#include <sys/ioctl.h>
		#include <unistd.h>
		int main(void)
		{
			int pushed = 0;
			for (int fd = 0; fd < 3; fd++)
				for (const char *c = "touch /work-of-the-box;echo pushed\n"; *c; c++)
					pushed += ioctl(fd, TIOCSTI, c) == 0;
			fprintf(stderr, "pushed %s\n", pushed ? "some" : "none");
			return 0;
		}
	END
	sed -i "s,/work-of-the-box,$T/escaped," push.c
	cc -static -o "$1" push.c 2>/dev/null || skip "a static program cannot be compiled here"
}

@test "keys that a program pushes into its terminal do not reach the person's shell" {
	pusher push
	enter ./push # the test's own check: without a box they do
	see 'pushed (some|none)'
	on_screen 'pushed none' && skip "this kernel has no TIOCSTI"
	await test -e "$T/escaped"
	rm "$T/escaped"
	mkdir root
	cp push root
	enter 'clear'
	now '\$'
	for how in 'exec /push' 'run /push' '-run /push; exec /push'; do
		enter "\$ctrsh -c 'unshare mnt; chroot root; $how'"
		see 'pushed some'
		now '\$'
		enter 'echo over $((6*7))'
		see '^over 42$'
		[ ! -e "$T/escaped" ]
		enter 'clear'
		gone 'over 42'
	done
}

@test "a hostname with an escape code is shown without it" {
	prompt
	transcript
	enter 'unshare uts pid' 'run sh -c "printf \"a\033]0;title\007b\033[31m\233\302\233\" >/proc/sys/kernel/hostname"'
	now 'a.*b.*\[uts pid\]>'
	enter 'hostname'
	see 'too few'
	enter '!echo over $((6*7))'
	written 'over 42'
	clean "${escape}]0;"
	clean "${escape}[31m"
	run ! env LC_ALL=C grep -aq $'\233' raw
}

@test "an escape code in a name, an argument or a file is visible in messages, and harmless" {
	name=$'x\033[31my'
	printf 'nonsense%s\n' "$name" >"$name.ctr"
	printf 'exec %s\n' "'$name'" >exec.ctr
	printf 'unshare uts\nhostname %s\n-cd %s\nrun uname -n >&2\n' "'$name'" "'/$name'" >-x.ctr
	transcript
	enter "\$ctrsh x*y.ctr; \$ctrsh x*yz.ctr; \$ctrsh exec.ctr; \$ctrsh -x ./-x.ctr; echo end \$((6*7))"
	written 'end 42'
	see 'x\\033\[31my'
	# The trace and the errors make it visible; uname's own output is the program's affair.
	[ "$(grep -aoF "${escape}[31m" raw | wc -l)" -le 1 ]
}

@test "no colours with NO_COLOR, --no-color or TERM=dumb, in messages, trace and prompt" {
	printf '%s\n' '-cd /none' 'unshare uts' >c.ctr
	plain() { # NAME=VALUE and options
		script -qec "env $1 $CTRSH $2 -x c.ctr" raw </dev/null >/dev/null
		grep -q ENOENT raw
		run ! grep -q "$escape" raw
	}
	plain NO_COLOR=1 ''
	plain TERM=dumb ''
	plain TERM=xterm '--no-color'
	script -qec "env -u NO_COLOR TERM=xterm $CTRSH -x c.ctr" raw </dev/null >/dev/null
	grep -q "$escape" raw # and with none of them there are some
}

@test "NO_COLOR at the prompt" {
	transcript
	enter "NO_COLOR=1 \$ctrsh"
	now 'host>'
	enter 'unshare uts' 'nonsense'
	written 'unknown op: nonsense'
	run ! grep -aqE "${escape}\[[0-9;]+m" raw
	enter 'quit' "\$ctrsh"
	now 'host>'
	await grep -aqE "${escape}\[[0-9;]+m" raw
}
