#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Where the terminal of a program in the box comes from: the devpts that is mounted at the box's /dev/pts, so that it
# has a name inside; and whatever else is found there is not touched.

# What stands in single quotes is for another shell.
# shellcheck disable=SC2016
load lib
setup() {
	terminal_setup
	# A root file system of the test's own, whose /dev is empty.
	cp -r "$ROOTFS" root
	rm -rf root/dev
	mkdir root/dev
}
teardown() { terminal_teardown; }

# inside [OP...] - in that root, with these steps after it.
inside() {
	prompt
	enter "unshare uts pid mnt; hostname box; chroot root; mount proc; ${1:-cd /}"
	now 'box\[uts pid mnt\]>'
}

# over - the step before is done: its output is on the screen.
over() {
	now 'box\[uts pid mnt\]>'
	enter '!echo over $((6*7))'
	see '^over 42$'
}

@test "with a devpts in the box, the terminal is one of it, has a name, and can be opened by it" {
	inside 'mount dev'
	enter 'run tty'
	see '^/dev/pts/0$'
	enter 'run sh -c "echo by its name >/dev/pts/0; [ /dev/tty -ef /dev/tty ] && echo y >/dev/tty; ls /dev/pts | xargs"'
	see '^by its name$'
	see '^y$'
	see '^0 ptmx$'
	enter 'setenv PS1 "in# "; exec /bin/bash --norc'
	now 'in#'
	never 'job control|terminal process group'
	enter 'tty; ps -o tty,comm | grep bash'
	see '^/dev/pts/0$'
	see '^136,0 +bash$'
	enter 'sleep 1000'
	runs 'sleep 1000'
	key C-c
	now 'in#'
	enter 'echo status $?'
	see '^status 130$'
	enter 'exit'
	now 'host>'
}

@test "the window's size and its changes reach a terminal of the box's own" {
	inside 'mount dev'
	enter 'setenv PS1 "in# "; exec /bin/bash --norc'
	now 'in#'
	enter 'stty size; trap "stty size" WINCH; echo trap $((6*7))'
	see '^trap 42$'
	see '^40 100$'
	tm resize-window -x 77 -y 33
	see '33 77$'
	enter 'exit'
	now 'host>'
}

@test "each program gets a terminal, and gives it back: the numbers start again" {
	inside 'mount dev'
	for _ in 1 2 3; do
		enter 'run tty'
		see '^/dev/pts/0$'
		now 'box\[uts pid mnt\]>'
		enter '!clear'
		gone '^/dev/pts/0$'
	done
	enter 'umount /dev/shm; umount /dev/pts; run ls -A /dev/pts' # nothing keeps it busy
	over
	never 'EBUSY'
	never '^run: '
}

@test "without a devpts in the box the terminal is one of the host's, without a name inside" {
	inside
	enter '-run tty'
	see '^not a tty$'
	enter 'run sh -c "[ -t 0 ] && [ -t 1 ] && : </proc/self/fd/0 && echo a terminal"'
	see '^a terminal$'
}

@test "what is at /dev/pts/ptmx and is no devpts is not opened: a FIFO, a device, a link, a link in the place of /dev" {
	mkdir root/dev/pts
	mkfifo root/dev/pts/ptmx
	inside
	enter '-run tty'
	see '^not a tty$'
	for what in 'mknod root/dev/pts/ptmx c 1 3' 'mknod root/dev/pts/ptmx c 5 2' 'ln -s /proc/self/fd/0 root/dev/pts/ptmx' \
		'ln -s /nowhere root/dev/pts/ptmx' 'rmdir root/dev/pts; ln -s /dev/pts root/dev/pts' \
		'rm -r root/dev; ln -s ../../../../../dev root/dev'; do
		rm -rf root/dev
		mkdir -p root/dev/pts
		eval "$what"
		enter '!clear'
		gone '^not a tty$'
		enter '-run tty'
		see '^not a tty$'
		over
	done
}

@test "the terminal belongs to the box's user" {
	command -v setpriv >/dev/null || skip "setpriv is not installed"
	chmod 755 "$T" "$T/work"
	inside 'mount dev'
	enter 'run stat -c "%u %a" /dev/pts/0'
	see '^0 620$'
	now 'box\[uts pid mnt\]>'
	enter 'setuid 1000; run sh -c "stat -c \"%u %a\" /dev/pts/0; echo named >/dev/pts/0"'
	see '^1000 620$'
	see '^named$'
	now 'box\[uts pid mnt\]>'
	key C-d
	now '\$'
	cp "$CTRSH" ctrsh.copy
	enter "setpriv --reuid 65534 --regid 65534 --clear-groups unshare -Ur ./ctrsh.copy"
	now 'host>'
	enter "unshare pid mnt; chroot root; mount proc; mount dev; set trace off; !clear"
	now '.*\[pid mnt\]>'
	enter 'run sh -c "tty; stat -c \"%u %a\" /dev/pts/0; echo mine >/dev/pts/0"'
	see '^/dev/pts/0$'
	see '^0 620$'
	see '^mine$'
}
