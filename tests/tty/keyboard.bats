#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Long lines, pasted text, other alphabets and widths at the prompt; the history; commands on the host; save.

# What stands in single quotes is for another shell.
# shellcheck disable=SC2016
load lib
setup() { terminal_setup; }
teardown() { terminal_teardown; }

history_file() { echo "$T/state/ctrsh/history"; }

@test "history: Up brings lines back, the file is private and survives a kill" {
	prompt
	enter '!echo first $((6*7))' '!echo second $((6*7))'
	see '^second 42$'
	[ "$(stat -c %a "$(history_file)")" = 600 ]
	[ "$(stat -c %a "$T/state/ctrsh")" = 700 ]
	enter "!kill -9 \$PPID"
	see 'Killed'
	prompt
	key Up Up Up Up # behind clear, set trace and kill
	now 'host> !echo second .*'
	key Up
	now 'host> !echo first .*'
	key C-c
	now 'host>'
	enter history
	see '^ +[0-9]+  !echo first \$\(\(6\*7\)\)$'
}

@test "history: without XDG_STATE_HOME it is in ~/.local/state" {
	enter 'unset XDG_STATE_HOME'
	prompt
	enter 'help'
	now 'host>'
	grep -qx help "$T/home/.local/state/ctrsh/history"
	[ "$(stat -c %a "$T/home/.local/state/ctrsh" "$T/home/.local/state/ctrsh/history" | paste -sd ' ')" = '700 600' ]
}

@test "history: a recalled line that is changed, or given up, stays as it was typed" {
	prompt
	enter '!echo original' '!echo other'
	see '^other$'
	now 'host>'
	key Up Up
	keys 'x'
	now 'host> !echo originalx'
	key C-c
	now 'host>'
	key Up Up
	now 'host> !echo original'
	keys 'y'
	key Enter
	see '^originaly$'
	enter '!clear' history
	see '^ +[0-9]+  !echo original$'
	run ! grep -qE '^ +[0-9]+ *$' <(screen)
}

@test "history: a place that cannot be written is no hindrance" {
	enter 'export XDG_STATE_HOME=/dev/null'
	prompt
	enter '!echo $((6*7))'
	see '^42$'
	key Up
	now 'host> !echo .*'
}

@test "! runs on the host, its status is told, ^C and ^\\ end it and not ctrsh" {
	prompt
	build
	enter '!uname -n'
	see "^$(uname -n)\$"
	enter '!exit 3'
	see 'status 3$'
	enter '!sleep 1000'
	runs 'sleep 1000'
	key C-c
	now 'box\[uts pid mnt\]>'
	enter '!busybox vi written'
	see '^~'
	keys 'iby hand'
	see '^by hand'
	key Escape
	now '- written .*'
	enter ':wq'
	now 'box\[uts pid mnt\]>'
	await grep -qx 'by hand' written
}

@test "! and ^Z: the person is not stuck" {
	prompt
	enter '!sleep 1000'
	runs 'sleep 1000'
	key C-z C-c
	now 'host>'
	enter '!echo $((6*7))'
	see '^42$'
}

@test "save, replay: the same container; an existing file is kept, unless forced" {
	prompt
	build
	enter 'set NAME saved; hostname $NAME; cd /none; mount tmpfs /mnt'
	now 'saved\[uts pid mnt\]>'
	enter 'mount tmpfs /mnt' 'save box.ctr'
	see '^[0-9]+ lines in box.ctr$'
	enter 'save box.ctr'
	see '^save: box.ctr is there already$'
	enter 'save --force box.ctr' 'quit'
	now '\$'
	echo 'run sh -c "uname -n; echo pid \$PPID; grep -c tmpfs /proc/mounts"' >>box.ctr
	[ "$(ls)" = box.ctr ]
	enter 'clear' "\$ctrsh box.ctr"
	see '^saved$'
	see '^pid 1$'
	see '^2$'
}

@test "a line of 300 characters, typed and edited at widths from 40 to 200" {
	prompt
	text=$(printf 'word%02d.' {1..43})
	for width in 40 60 100 200; do
		resize "$width" 40
		keys "!echo $text | wc -c"
		key C-a
		for _ in {1..6}; do key Right; done
		keys 'begin.'
		key C-e C-l # drawn anew, for readline itself leaves rows behind when keys come in a rush; so in bash
		await ends_in_text "host> !echo begin.$text | wc -c"
		key C-a
		await sh -c "tmux -L person display -p '#{cursor_x}' | grep -qx 6" # just behind the prompt
		key Enter
		see "^$((${#text} + 7))\$"
		enter '!clear'
		now 'host>'
	done
}

# ends_in_text TEXT - the end of the screen is it, over several rows, blanks left out.
ends_in_text() { [[ $(screen | tr -d ' \n') == *"${1// /}" ]]; }

@test "the window is resized while a line is edited: nothing of it is lost" {
	prompt
	text=$(printf 'w%02d.' {1..40})
	keys "!echo $text"
	see 'w40\.$'
	tm resize-window -x 60 -y 40
	tm resize-window -x 120 -y 40
	keys 'end | tail -c 8'
	key Enter
	see '^w40.end$'
}

@test "pasted lines are carried out one after another" {
	prompt
	drop $'unshare uts\nhostname pasted\n!echo $((6*7))\n!echo not yet'
	see '^42$'
	now 'pasted\[uts\]> !echo not yet'
	key Enter
	see '^not yet$'
}

@test "letters of other alphabets: typed, deleted as a whole, passed on" {
	prompt
	keys '!echo grüße-мирx'
	key Left Left C-h Right Right C-h Enter
	see '^grüße-мр$'
	enter 'unshare uts' 'hostname мир'
	now 'мир\[uts\]>'
	enter 'hsotname мир'
	see 'did you mean hostname'
}

@test "^C while the prompt waits for the box: each line that follows is done, and gets its own answer" {
	command -v strace >/dev/null || skip "no strace"
	prompt
	enter 'unshare uts' '!echo shell=$PPID'
	see '^shell=[0-9]+$'
	shell=$(screen | sed -n 's/^shell=//p')
	for box in $(cat "/proc/$shell/task/$shell/children"); do
		[ "$(readlink "/proc/$box/ns/uts")" = "$(readlink "/proc/$shell/ns/uts")" ] || break
	done
	now '.*\[uts\]>'
	strace -qq -o log -e trace=sendmsg -e inject=sendmsg:delay_enter=600000000:when=1 -p "$box" 3>&- &
	tracer=$!
	await grep -q 'TracerPid:.[1-9]' "/proc/$box/status" || skip "nobody is traced here"
	enter ''
	await grep -q 'State:.t' "/proc/$box/status" # at its answer, which is late
	key C-c
	now '\^Chost>'
	kill -KILL "$tracer"
	await grep -q 'State:.S' "/proc/$box/status"
	enter 'hostname one'
	now 'one\[uts\]>'
	enter 'cd /nowhere'
	see 'there is no /nowhere'
	enter 'hostname two'
	now 'two\[uts\]>'
}

@test "a program that a key ends: what is said of it begins a line" {
	prompt
	enter 'set trace on' 'run sleep 1000' # sleep-ok: to be interrupted
	see 'execve\('
	await one_sleeps
	key C-c
	see '^run: sleep was killed by signal 2'
	on_screen '^\^C *$'
	on_screen '^  box   waitpid\('
	enter '!clear' 'set trace off' 'run cat'
	runs cat
	key C-z
	see '^\^Z'
	key "C-\\"
	see '^run: cat was killed by signal 3'
	on_screen '^\^Z\^\\ *$'
	enter '!clear' 'exec cat'
	runs cat
	key C-c
	see '^the box ended: cat was killed by signal 2'
}

@test "characters of two columns: prompt, trace and tables" {
	prompt
	wide='漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字'
	enter 'unshare uts mnt; hostname 漢字' "mkdir $wide; mkdir $wide-2; set W $wide"
	now '漢字\[uts mnt\]>'
	enter '!clear' 'set trace on' 'mount bind $W $W-2'
	see '^  now '
	[ "$(tm capture-pane -p | wc -l)" = "$(tm capture-pane -p -J | wc -l)" ]
	enter 'set trace off' '!clear' 'peek mounts'
	see '漢字\[uts mnt\]>'
	[ "$(tm capture-pane -p | wc -l)" = "$(tm capture-pane -p -J | wc -l)" ]
	enter '!clear' 'peek hostname'
	see '^\* hostname '
	on_screen '^. hostname .* 漢字'
}
