# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What the terminal tests share: a person's terminal, played by a tmux server of its own, 100 columns by 40 lines,
# with a plain shell in it. The server lives in mount, UTS and network namespaces of its own, so a mistake does not
# reach the machine. Nothing sleeps for a time: each step waits until the screen shows what a person would wait for.

bats_require_minimum_version 1.5.0

here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
# shellcheck source=tests/lib/host.bash
source "$here/../lib/host.bash"
CTRSH=$(realpath "${CTRSH:-$here/../../ctrsh}")
ROOTFS=$(realpath "${ROOTFS:-$here/../../rootfs}")
BOUND=${BOUND:-$((20 * ${CTRSH_SLACK:-6}))} # seconds that a step may take; most on a machine that is busy, or emulated

# --- The terminal

terminal_setup() {
	[ "$(id -u)" = 0 ] || skip "needs root"
	command -v tmux >/dev/null || skip "tmux is not installed"
	[ -x "$CTRSH" ] || { echo "no ctrsh at $CTRSH: make" && return 1; }
	[ -x "$ROOTFS/bin/bash" ] || skip "no root file system in $ROOTFS: scripts/mkrootfs"
	T=$(mktemp -d)
	mark=CTRSH_TTY=$T
	mkdir "$T/home" "$T/work"
	echo "PS1='$ '" >"$T/bashrc"
	printf 'set -g %s\n' 'status off' 'history-limit 30000' 'remain-on-exit on' >"$T/tmux.conf"
	cd "$T/work" || return
	unset TMUX
	export TMUX_TMPDIR=$T
	unshare -mun env -i "PATH=$PATH" "HOME=$T/home" "XDG_STATE_HOME=$T/state" "TMUX_TMPDIR=$T" "$mark" "CTRSH_RUN=${CTRSH_RUN-}" \
		LANG=C.UTF-8 "ctrsh=$CTRSH" "rootfs=$ROOTFS" \
		tmux -u -L person -f "$T/tmux.conf" new-session -d -x 100 -y 40 \
		"exec bash --rcfile '$T/bashrc' +o history" 3>&-
	now '\$'
}

terminal_teardown() {
	[ -n "${T-}" ] || return 0
	if [ -z "${BATS_TEST_COMPLETED-}" ]; then
		echo "--- the screen:"
		screen | sed '/./,$!d'
	fi
	tm kill-server 2>/dev/null
	if end_marked "$mark" >/dev/null; then :; fi
	cd /
	rm -rf --one-file-system "$T"
}

tm() { tmux -L person "$@"; }

# --- The person's hands and eyes

# enter TEXT... - types each text, and Enter after it.
enter() {
	local text
	for text; do
		tm send-keys -l -- "$text"
		tm send-keys Enter
	done
}

# keys TEXT - types it as it is.    key NAME... - C-c, Up, Tab, Enter ...
keys() { tm send-keys -l -- "$1"; }
key() { tm send-keys "$@"; }

# drop TEXT - pastes it as with the mouse, all at once; a line end in it is an Enter.
drop() {
	printf %s "$1" | tm load-buffer -
	tm paste-buffer
}

screen() { tm capture-pane -p; }
everything() { tm capture-pane -p -J -S -; }

last_line() { screen | sed '/^$/d' | tail -n 1; }

await() {
	local end=$((SECONDS + BOUND))
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || return 1
		sleep 0.05 # sleep-ok: polls
	done
}

on_screen() { screen | grep -qE -- "$1"; }
off_screen() { ! on_screen "$1"; }
ends_in() { last_line | grep -qxE -- "$1"; }

# see REGEX - waits until a line of the screen matches.    gone REGEX - until none does.
see() { await on_screen "$1" || { echo "never seen: $1" && return 1; }; }
gone() { await off_screen "$1" || { echo "stayed: $1" && return 1; }; }
# shown REGEX - waits until a line of the screen, or above it, matches.
in_all() { everything | grep -qE -- "$1"; }
shown() { await in_all "$1" || { echo "never shown: $1" && return 1; }; }
# now REGEX - waits until the last line of the screen is it, whole.
now() { await ends_in "$1" || { echo "the last line never was: $1" && return 1; }; }
# never REGEX - it was not on the screen, nor above it.
never() { ! everything | grep -E -- "$1" || { echo "was there: $1" && return 1; }; }

# resize COLUMNS LINES - and waits until the terminal knows: tmux tells it some time after.
resize() {
	tm resize-window -x "$1" -y "$2"
	await has_size "$2 $1"
}
has_size() { [ "$(stty -F "$(tm display -p '#{pane_tty}')" size)" = "$1" ]; }

# --- ctrsh in it

# prompt [ARG...] - starts ctrsh, without trace lines, and waits for its prompt on an empty screen: what is typed from
# then on goes to no program, nor to a terminal whose modes are still a program's.
prompt() {
	enter "\$ctrsh $*"
	now 'host>'
	enter 'set trace off' '!clear'
	await nothing_but 'host>' || { echo "the screen never was: host>" && return 1; }
}

nothing_but() { [ "$(screen | sed '/^$/d')" = "$1" ]; }

# build - from host> to a box in the root file system, with all that a terminal needs.
build() {
	enter "unshare uts pid mnt; hostname box; chroot $ROOTFS; mount proc; mount tmpfs /tmp; setenv HOME /tmp"
	now 'box\[uts pid mnt\]>'
}

# stand_inside - then bash as PID 1.
stand_inside() {
	build
	enter 'setenv PS1 "in# "; exec /bin/bash --norc'
	now 'in#'
}

# ours - the processes of this test.
ours() { marked "$mark"; }

# runs COMMAND - waits until one of them is it, in the foreground. A key that makes a signal goes to what is there when
# it is pressed, and empties the line of keys that wait to be read (termios(3), NOFLSH).
one_is() {
	ours | xargs ps -o stat=,args= -p |
		awk -v wanted="$1" '$1 ~ /[+]/ { sub(/^[^ ]+ +/, ""); if ($0 == wanted) found = 1 } END { exit !found }'
}
runs() { await one_is "$1" || { echo "never ran: $1" && return 1; }; }

# one_sleeps - whether there is one. In a session of its own it is in the foreground of no terminal.
one_sleeps() { ours | xargs ps -o args= -p | grep -qx 'sleep 1000'; }

# alone - waits until nothing but the person's shell is left in the terminal.
only_shell() { [ "$(ours | grep -cv "^$(tm display -p '#{pane_pid}')$")" -le 1 ]; }
alone() { await only_shell || { echo "left over:" && ours | xargs ps -fp && return 1; }; }
