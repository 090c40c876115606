#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A terminal 80 columns wide: what is said ends between words, and goes on indented.

# shellcheck disable=SC2016,SC2154

load lib

setup() {
	terminal_setup
	resize 80 40
}

teardown() { terminal_teardown; }

# whole - no line of the screen was broken by the terminal itself: joined, they are as many.
whole() { [ "$(tm capture-pane -p | wc -l)" = "$(tm capture-pane -p -J | wc -l)" ]; }

@test "the error, its why and its fix" {
	prompt
	enter 'unshare user; mount /nowhere/that/is/quite/far/away /is/no/directory ext4'
	see '^  why: '
	whole
	on_screen '^       [a-z/(]'
	enter 'unshare mnt' 'mount bind /nowhere/that/is/quite/far/away /tmp'
	see '= ENOENT'
	see '^  why: .*/nowhere'
	whole
	on_screen '^    [A-Z]'
}

@test "the trace, what it changed, and what was looked at, also where there is no comma" {
	prompt
	resize 60 40
	enter '!clear' 'set trace on' 'unshare uts; hostname a-name-that-is-quite-long-for-the-one-line-that-it-has'
	see '^  now   hostname .* ->$'
	on_screen '^        a-name-that'
	on_screen '^  box   sethostname\("a-name-that-is-quite-long-for-the-one-'
	enter 'set trace off' reset 'unshare user mnt; mount proc' '!clear' why
	see '^ {27}\(/proc/[0-9]+/'
	whole
}

@test "of a line that is wider than the terminal the part with the mistake is shown, and the caret below it" {
	prompt
	enter '!clear' 'setenv A aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; setenv B bbbbbbbbbbbbbbbbbbbb; setenv C $nope; setenv D d'
	see '^ {45,}\^$'
	screen >shown
	column=$(grep -E '^ +\^$' shown | tr -d '\n^' | wc -c)
	[ "$(grep -E '^  \.\.\.' shown | cut -c $((column + 1))-$((column + 5)))" = '$nope' ]
}

@test "help, and the list of all" {
	prompt
	enter '!clear' help
	see 'Tab completes'
	tm capture-pane -p -S - | wc -l >some
	tm capture-pane -p -J -S - | wc -l >joined
	diff some joined
	everything | grep -qE '^ {8}[a-z]'
}

@test "a table: what does not fit beside each other goes on below, whole words" {
	prompt
	enter 'set trace off' 'unshare mnt; mount tmpfs /mnt' 'mkdir --parents /mnt/first-part-of-it/second-part-of-it/third'
	enter 'mount tmpfs /mnt/first-part-of-it/second-part-of-it/third size=1m,nr_inodes=1000,mode=750' '!clear' 'peek mounts'
	see '^\+ /mnt/first-part-of-it/ '
	on_screen '^  second-part-of-it/third '
	on_screen ' nr_inodes=1000,'
	whole
}

@test "in a pipe a line stays one" {
	enter '$ctrsh -c "unshare user; chroot /nowhere/that/is/quite/far/away/from/here/and/even/further" 2>&1 | cat; echo "end" $((1 + 1))'
	see '^end 2'
	[ "$(screen | grep -c '^    [a-z]')" = 0 ]
}
