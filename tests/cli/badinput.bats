#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Bad input: status 2, the place and the mistake on stderr, and nothing done.
# Each script begins with a line that would leave a file.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

# refused PLACE-AND-MESSAGE LINE... - a script whose first line makes a file `done`, followed by these, is refused.
refused() {
	local text=$1
	shift
	{ echo 'run touch done' && printf '%s\n' "$@"; } >t.ctr
	refused_file "$text"
}

refused_file() {
	ct t.ctr
	assert_result 2 '' "$1"
	refute test -e done
	ct -n t.ctr
	assert_result 2 '' "$1"
}

@test "bad input: an unknown op" {
	refused 't.ctr:3:1: unknown op: bogus' 'run true' 'bogus x'
	assert_stderr $'  bogus x\n  ^' '  do: help lists the ops'
}

@test "bad input: a unique prefix is enough at a prompt only" {
	refused 't.ctr:2:1: unknown op: hostn' 'hostn x'
	assert_stderr hostname
}

@test "bad input: an op in another case is not that op" {
	refused 't.ctr:2:1: unknown op: RUN' 'RUN true'
}

@test "bad input: too few and too many arguments, for every op and command" {
	refused 't.ctr:2:1: unshare: too few arguments' 'unshare'
	assert_stderr '  usage: unshare NAMESPACE...'
	for op in hostname chroot cd mount umount cgroup 'cgroup pids' setenv unsetenv run exec save include; do
		refused "t.ctr:2:1: $op: too few arguments" "$op"
	done
	for op in hostname chroot cd mount umount 'cgroup pids' setenv unsetenv save set include reset quit history help; do
		refused "$op: too many arguments" "$op 1 2 3 4 5 6 7 8 9"
	done
	refused 'unshare: too many arguments' 'unshare 1 2 3 4 5 6 7 8 9 10 11'
}

@test "bad input: an unclosed quote, and where it begins" {
	refused 't.ctr:2:9: unclosed quote' "run a b 'c"
	assert_stderr $'  run a b \'c\n          ^'
	refused 't.ctr:2:5: unclosed quote' 'run "a' 'run b"'
	refused 't.ctr:3:2: unclosed quote' 'run a \' " 'b"
}

@test "bad input: an undefined variable, and where it is" {
	refused 't.ctr:2:10: undefined variable: NO_SUCH_VARIABLE' 'run true $NO_SUCH_VARIABLE'
	assert_stderr $'\n           ^' 'do: set NO_SUCH_VARIABLE VALUE'
	refused 't.ctr:2:12: undefined variable: NO_SUCH_VARIABLE' 'run true "a${NO_SUCH_VARIABLE}"'
}

@test "bad input: set takes a name" {
	refused "t.ctr:2:5: set: not a name: \"1x\"" 'set 1x y'
	refused 't.ctr:2' 'set x'
	refused 't.ctr:2' 'set trace maybe'
}

@test "bad input: a missing file, a directory, one that may not be read" {
	ct nowhere.ctr
	assert_result 2 '' 'nowhere.ctr: No such file or directory'
	mkdir dir.ctr
	ct dir.ctr
	assert_result 2 '' 'dir.ctr: is a directory'
	refused 't.ctr:2:9: nowhere.ctr: No such file' 'include nowhere.ctr'
	refused 't.ctr:2:9: dir.ctr: is a directory' 'include dir.ctr'
}

@test "bad input: as a plain user, a file that may not be read" {
	needs_root
	echo 'run true' >secret.ctr && chmod 600 secret.ctr
	run --separate-stderr as_user "$CTRSH" secret.ctr
	assert_result 2 '' 'secret.ctr: Permission denied'
}

@test "bad input: a file that includes itself, directly, through another, through a link" {
	refused 't.ctr:2:9: t.ctr: includes itself' 'include t.ctr'
	echo 'include t.ctr' >u.ctr
	refused 'u.ctr:1:9: t.ctr: includes itself' 'include u.ctr'
	ln -s t.ctr link.ctr
	refused 't.ctr:2:9: link.ctr: includes itself' 'include link.ctr'
}

@test "bad input: includes nested 16 deep work, 17 do not" {
	for i in {2..17}; do echo "include $((i + 1)).ctr" >"$i.ctr"; done
	echo 'run echo deepest' >16.ctr
	echo 'include 2.ctr' >t.ctr
	ct t.ctr
	assert_result 0 deepest ''
	echo 'include 17.ctr' >16.ctr
	echo 'run echo deepest' >17.ctr
	refused '16.ctr:1:9: 17.ctr: includes are nested more than 16 deep' 'include 2.ctr'
}

@test "bad input: a line of a megabyte" {
	refused 't.ctr:3:1: the line has 1000004 bytes; the limit is 65536' 'run true' "run $(printf '%01000000d' 0)"
	[ ${#stderr} -lt 2000 ]
}

@test "bad input: a file without end is not read for ever" {
	ct /dev/zero
	assert_result 2 '' '/dev/zero'
}

@test "bad input: a NUL byte" {
	printf 'run touch done\nrun tr\0ue\n' >t.ctr
	refused_file 't.ctr:2:7: a NUL byte: this is not a text file'
}

@test "bad input: CRLF line ends, and how to be rid of them" {
	printf 'run touch done\r\nrun true\r\n' >t.ctr
	refused_file 't.ctr:1:15: the line ends in CRLF'
	assert_stderr 'do: take the carriage returns out'
	refute grep -q $'\r' <<<"$stderr"
}

@test "bad input: random bytes never crash it, nor reach the terminal raw" {
	for i in {1..30}; do
		{ echo 'run touch done' && head -c 3000 /dev/urandom && echo && echo "'"; } >t.ctr
		ct t.ctr
		assert_status 2
		assert_stderr 't.ctr:'
		refute grep -qP '[\x00-\x08\x0b-\x1f\x7f]' <<<"$stderr"
		refute test -e done
	done
}

@test "bad input: escape codes in a name are shown, not sent" {
	printf 'bogus\033[31m\n' >t.ctr
	refused_file 't.ctr:1:1: unknown op: bogus\033[31m'
	refute grep -q $'\033' <<<"$stderr"
}

@test "bad input: a UTF-8 line gets its caret below the mistake" {
	refused 'unclosed quote' "run true größe 'x"
	assert_stderr $'  run true größe \'x\n                 ^'
}

@test "empty input: an empty file, one of comments, one of blanks do nothing" {
	: >empty.ctr
	ct empty.ctr
	assert_result 0 '' ''
	script '# nothing' '' '   ' ';;'
	assert_result 0 '' ''
	ct -c ''
	assert_result 0 '' ''
	ct </dev/null
	assert_result 0 '' ''
}

@test "bad input: the same in -c and on stdin" {
	ct -c "run touch done; bogus"
	assert_result 2 '' '-c:1:17: unknown op: bogus'
	ct <<<$'run touch done\nbogus'
	assert_result 2 '' 'stdin:2:1: unknown op: bogus'
	refute test -e done
}

@test "a script that is a FIFO is refused, not waited for; a pipe is read" {
	mkfifo x.ctr
	ct x.ctr
	assert_result 2 '' 'x.ctr: is a FIFO'
	assert_stderr 'do: ctrsh <x.ctr'
	echo 'include x.ctr' >y.ctr
	ct y.ctr
	assert_result 2 '' 'x.ctr: is a FIFO'
	ct <(sleep 0.2 && echo '!echo read') # sleep-ok: most likely it is opened before
	assert_result 0 read ''
	mknod b.ctr b 7 77 2>/dev/null || return 0
	ct b.ctr
	assert_status 2
}

@test "habits: a line as other tools have it, and ours for it" {
	while IFS='|' read -r line fix; do
		ct -n -c "$line"
		[ "$status" = 2 ] || { echo "$line: $status" && return 1; }
		[[ $stderr == *": $fix"$'\n'* ]] || { echo "$line: $stderr" && return 1; }
	done <<-'END'
		mount -t proc proc /proc|mount proc proc /proc
		mount -ttmpfs tmpfs -onoexec,size=1m /x|mount tmpfs tmpfs /x noexec,size=1m
		mount -o bind a b|mount bind a b
		mount --bind a b|mount bind a b
		mount --rbind -r a b|mount rbind a b ro
		mount -o remount,ro /|remount / ro
		mount --make-rprivate /|propagation --recursive private /
		mount --make-slave /x|propagation slave /x
		mount -t overlay overlay -o lowerdir=a:b,upperdir=u,workdir=w /m|mount overlay /m lower=a:b upper=u work=w
		mount overlay /m lowerdir=a upperdir=b workdir=c|mount overlay /m lower=a upper=b work=c
		mount overlay /m lower=a,upper=b,work=c,metacopy=on,ro|mount overlay /m lower=a upper=b work=c metacopy=on,ro
		net veth a b|net veth a
		ls -l /x|run ls -l /x in the box, !ls -l /x on the host
		-ps|run ps in the box, !ps on the host
		nsenter -t 1|join PID [NAMESPACE...]; then run or exec
		ulimit -n 5|rlimit NAME SOFT[:HARD]
	END
	ct -n -c 'cgroup foo'
	assert_result 2 '' 'unknown op: cgroup foo'
	assert_stderr 'why: cgroup knows pids, memory'
	ct -n -c 'mount foo'
	assert_result 2 '' 'unknown op: mount foo'
}

@test "habits: a lower directory may have a comma in its name, as before" {
	needs_root
	mkdir a,b m
	: >a,b/file
	ct -c 'unshare mnt; mount overlay m lower=a,b; run ls m'
	assert_result 0 file ''
}

@test "the caret stands below a character of two columns, too, and below one that has a mark of its own" {
	ct -c 'run echo 漢字 | x'
	assert_stderr $'  run echo 漢字 | x\n'"$(printf '%16s' '')^"
	ct -c $'run echo e\u0301 | x'
	assert_stderr "$(printf '\n%13s' '')^"
}
