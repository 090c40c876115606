#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The Tab key at the prompt: what a line is completed to, and what is listed when more than one thing fits. Inside a
# box the names are those of its own root, and a link in there must not lead to the host's.

# What stands in single quotes is for another shell.
# shellcheck disable=SC2016
load lib
setup() { terminal_setup; }
teardown() { terminal_teardown; }

# tab TEXT RESULT [LIST] - TEXT and Tab: the line becomes RESULT (a regular expression). If that adds nothing, Tab once
# more: the words of LIST are offered, no others. The # shows that Tab has been seen to, and where the line ends.
tab() {
	local found
	key C-e C-u C-l
	keys "$1"
	key Tab
	[ "$1" != "$2" ] || key Tab
	keys '#'
	await shows "$2#" || { echo "\"$1\" did not become \"$2\": $(last_line)" && return 1; }
	found=$(screen | sed '/^$/d' | sed '1d;$d' | xargs -n 1 | sort | paste -sd ' ')
	[ "$found" = "${3-}" ] || { echo "for \"$1\" these were offered: $found" && return 1; }
	key C-u
	now '.*>'
}

shows() { [[ $(last_line) =~ ">"\ $1$ ]]; }

# a_root - a root file system in r, with a program and directories that the host has not, and links to the host's.
a_root() {
	mkdir -p r/proc r/sub/deep r/only r/usr secret
	cp -a "$ROOTFS/usr/bin" r/usr/bin
	ln -s usr/bin r/bin
	printf '#!/bin/sh\n' >r/bin/onlyinside
	chmod +x r/bin/onlyinside
	touch r/sub/file1 r/sub/file2 secret/canary "$T/secret"
	ln -s "$PWD/secret" r/leak
	ln -s ../../../../../../../../.."$PWD/secret" r/climb
}

@test "Tab: ops, from an empty line, from a prefix, after a semicolon" {
	prompt
	names=$("$CTRSH" -c help | sed -n 's/^  \([a-z_]\+\).*/\1/p' | LC_ALL=C sort -u)
	tab '' '' "$(enter '' && paste -sd ' ' <<<"$names")"
	tab 'hostn' 'hostname '
	tab 'u' 'u' "$(grep ^u <<<"$names" | paste -sd ' ')"
	tab 'unk' 'unkeep '
	tab 'cd /; unsh' 'cd /; unshare '
	tab 'nonsense' 'nonsense'
	tab 'nonsense ' 'nonsense '
}

@test "Tab: namespaces, but those already given" {
	prompt
	tab 'unshare ' 'unshare ' 'cgroup ipc mnt net pid time user uts'
	tab 'unshare uts u' 'unshare uts user '
	tab 'unshare user pid ' 'unshare user pid ' 'boottime= cgroup ipc mnt monotonic= net time uts'
	tab 'unshare mnt; unshare m' 'unshare mnt; unshare mnt '
	tab 'unshare time mo' 'unshare time monotonic='
	tab 'join 1 ne' 'join 1 net '
	tab 'keep ' 'keep ' 'cgroup ipc mnt net pid time user uts'
	tab 'map ' 'map ' 'auto gid root self setgroups uid'
	tab 'map setgroups d' 'map setgroups deny '
}

@test "Tab: an option, and its values" {
	prompt
	tab 'unshare mnt --p' 'unshare mnt --propagation '
	tab 'unshare mnt --propagation ' 'unshare mnt --propagation ' 'private shared slave unchanged'
	tab 'unshare mnt --propagation sl' 'unshare mnt --propagation slave '
	tab 'unshare --propagation=u' 'unshare --propagation=unchanged '
	tab 'unshare --propagation slave m' 'unshare --propagation slave mnt '
	tab 'unshare mnt --propagation slave u' 'unshare mnt --propagation slave u' 'user uts'
}

@test "Tab: kinds of mounts and of limits, what set takes, options" {
	prompt
	tab 'mount ' 'mount ' 'bind cgroup2 dev devpts idmap mqueue overlay proc rbind sysfs tmpfs'
	tab 'mount bind /a /b no' 'mount bind /a /b no' 'noatime nodev nodiratime noexec nosuid nosymfollow'
	tab 'mount overlay /d u' 'mount overlay /d upper='
	tab 'propagation sl' 'propagation slave '
	tab 'mount pr' 'mount proc '
	tab 'cgroup pi' 'cgroup pids '
	tab 'cgroup devices al' 'cgroup devices allow '
	tab 'ioprio i' 'ioprio idle '
	tab 'personality linux addr-n' 'personality linux addr-no-randomize '
	tab 'set ' 'set ' 'trace verbose'
	tab 'set trace o' 'set trace o' 'off on'
	tab 'set trace of' 'set trace off '
	tab 'save --f' 'save --force '
}

@test "Tab: the family net, and the devices that the box has" {
	prompt
	tab 'net ' 'net ' 'addr bridge down ipvlan mac macvlan move route show up veth'
	tab 'net br' 'net bridge '
	tab 'net route d' 'net route default '
	tab 'net route default v' 'net route default via '
	tab 'net route default via 10.0.0.1 d' 'net route default via 10.0.0.1 dev '
	enter 'unshare net; net veth only-inside'
	tab 'net up o' 'net up only-inside '
	tab 'net addr ' 'net addr ' 'lo only-inside'
	enter '' '!ip link add bridge-there type bridge; ip link add no-bridge type veth peer name b'
	tab 'net bridge b' 'net bridge bridge-there '
	tab 'net move bri' 'net move bridge-there '
	tab 'net macvlan m bri' 'net macvlan m bridge-there '
}

@test "Tab: the argument of help is an op" {
	prompt
	tab 'help ho' 'help hostname '
	tab 'help res' 'help reset '
	tab 'help mount z' 'help mount z'
}

@test "Tab: nothing after the last argument, nor where a name is free" {
	prompt
	mkdir directory
	tab 'hostname ' 'hostname '
	tab 'hostname d' 'hostname d'
	tab 'hostname --host d' 'hostname --host d'
	tab 'quit ' 'quit '
	tab 'include x ' 'include x '
	tab 'cgroup pids 20 ' 'cgroup pids 20 '
}

@test "Tab: directories of the host for chroot, while the box shares its root" {
	prompt
	mkdir -p there/box there/bus
	touch there/bug
	tab 'chroot the' 'chroot there/'
	tab 'chroot there/bo' 'chroot there/box/'
	tab 'chroot there/b' 'chroot there/b' 'box/ bus/'
	tab "chroot $PWD/there/bo" "chroot $PWD/there/box/"
	tab 'chroot "there/bo' 'chroot "there/box/'
	mkdir -p 'there/a b/c'
	tab "chroot 'there/a b/" "chroot 'there/a b/c/"
	tab "mkdir 'there/a b/d' 7" "mkdir 'there/a b/d' 7"
	tab "mount bind 'there/a b' there/bo" "mount bind 'there/a b' there/box/"
}

@test "Tab: files of the host for save, include and !" {
	prompt
	mkdir -p there
	touch there/first.ctr there/second.ctr
	tab 'include there/fi' 'include there/first.ctr '
	tab 'save there/se' 'save there/second.ctr '
	tab '!cat there/fi' '!cat there/first.ctr '
	tab '! cat there/' '! cat there/' 'first.ctr second.ctr'
	tab 'unshare uts; !cat there/fi' 'unshare uts; !cat there/first.ctr '
	tab '-!cat there/fi; cat there/se' '-!cat there/fi; cat there/second.ctr '
	enter "unshare mnt; chroot $ROOTFS"
	tab 'include there/fi' 'include there/first.ctr '
}

@test "Tab: programs within the box's own root, and none of the host's" {
	a_root
	prompt
	enter "unshare mnt; chroot r"
	tab 'run onlyi' 'run onlyinside '
	tab 'exec onlyi' 'exec onlyinside '
	tab 'run /bin/onlyi' 'run /bin/onlyinside ?'
	tab 'run tmu' 'run tmu' # the host has it, for this test runs in it
	[ ! -e r/bin/tmux ]
}

@test "Tab: files and directories in the box's own root, from its working directory" {
	a_root
	prompt
	enter 'unshare mnt; chroot r'
	tab 'cd s' 'cd sub/'
	tab 'run cat sub/' 'run cat sub/' 'deep/ file1 file2'
	tab 'mount bind /o' 'mount bind /only/'
	tab 'mount tmpfs /o' 'mount tmpfs /only/'
	enter '' 'cd sub'
	tab 'cd d' 'cd deep/'
	tab 'run cat f' 'run cat file'
	tab 'run cat file' 'run cat file' 'file1 file2'
}

@test "Tab: a link in the box does not lead to the host's files" {
	a_root
	prompt
	enter 'unshare mnt; chroot r'
	for link in leak climb; do
		[ -e "r/$link/canary" ] # the host's, seen from outside
		tab "run cat /$link/" "run cat /$link/"
		tab "cd $link/" "cd $link/"
	done
	never canary
}

@test "Tab: nothing after the one directory that chroot takes" {
	prompt
	mkdir directory
	tab 'chroot /tmp ' 'chroot /tmp '
}

@test "Tab: a name with a blank is completed so that it stays one word" {
	prompt
	touch 'two words.ctr'
	echo '!echo included $((6*7))' >'two words.ctr'
	keys 'include tw'
	key Tab Enter
	see '^included 42$'
}

@test "Tab: capabilities and system calls, as the libraries name them" {
	prompt
	tab 'caps drop net_' 'caps drop net_' 'net_admin net_bind_service net_broadcast net_raw'
	tab 'caps drop chown CAP' 'caps drop chown CAP'
	tab 'caps keep perm' 'caps keep permitted '
	tab 'caps ambient sys_p' 'caps ambient sys_p' 'sys_pacct sys_ptrace'
	tab 'seccomp deny mkd' 'seccomp deny mkdir'
	tab 'seccomp deny mkdir errno=EA' 'seccomp deny mkdir errno=EACCES '
	tab 'seccomp log pivot' 'seccomp log pivot_root '
	tab 'seccomp default ' 'seccomp default '
	tab 'no_n' 'no_new_privs '
}
