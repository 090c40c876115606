#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# scripts/mkrootfs and scripts/setup, run as a person would run them: on real packages and archives, with stand-ins
# only for what would change this machine (apt-get) or must fail or hang on demand. All is done in temporary
# directories. They lie outside those of bats, which only its own user can enter: some tests run as another one.
# vm: no; it tests scripts/ and needs Debian's packages from the network
# net: host; packages are downloaded

# Each test is a subshell, and what stands in single quotes is for another shell.
# shellcheck disable=SC2016,SC2030,SC2031

bats_require_minimum_version 1.5.0

setup() {
	ulimit -f 1048576 # 1 GB a file: a test gone wrong must not fill the disk
	work=$(mktemp -d)
	chmod 755 "$work"
	mkdir "$work/tree" "$work/stub"
	cp -r "$BATS_TEST_DIRNAME/../../scripts" "$work/tree/scripts"
	mkrootfs=$work/tree/scripts/mkrootfs
	setup=$work/tree/scripts/setup
	cd "$work" || return
}

teardown() {
	cd /
	rm -rf --one-file-system "$work"
}

# --- Helpers

# fails STATUS TEXT COMMAND... - COMMAND exits with STATUS, prints nothing, and says TEXT on stderr.
fails() {
	local status_wanted=$1 text=$2
	shift 2
	run --separate-stderr "$@"
	if [ "$status" -ne "$status_wanted" ] || [ -n "$output" ] || [[ $stderr != *"$text"* ]]; then
		echo "exit $status (wanted $status_wanted) of: $*"
		echo "stdout: $output"
		echo "stderr: $stderr (wanted: $text)"
		return 1
	fi
}

# makes TEXT COMMAND... - COMMAND exits with 0, says nothing on stderr, and ends with a line that has TEXT.
makes() {
	local text=$1
	shift
	run --separate-stderr "$@"
	if [ "$status" -ne 0 ] || [ -n "$stderr" ] || [[ ${lines[-1]} != *"$text"* ]]; then
		echo "exit $status (wanted 0) of: $*"
		echo "stdout: $output (wanted: $text)"
		echo "stderr: $stderr (wanted none)"
		return 1
	fi
}

needs_root() { [ "$(id -u)" = 0 ] || skip "needs root"; }

has() { command -v "$1" >/dev/null || skip "$1 is not installed"; }

# as_nobody COMMAND... - as a user whom nothing here belongs to, but for $work/mine.
as_nobody() {
	mkdir -p "$work/mine"
	chown 65534:65534 "$work/mine"
	setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
}

# stub NAME - a stand-in for a command, its lines on stdin; used with PATH=$work/stub:$PATH.
stub() {
	{ echo '#!/bin/sh' && cat; } >"$work/stub/$1"
	chmod +x "$work/stub/$1"
}

# no_litter - nothing that mkrootfs works in is left.
no_litter() {
	local left
	left=$(find "$work" -name '.mkrootfs.*')
	[ -z "$left" ] || { echo "left: $left" && return 1; }
}

# old_root DIR - a directory with an old root file system in it.
old_root() {
	mkdir -p "$1/bin"
	echo old >"$1/bin/old"
}

# unharmed DIR - it is as old_root made it, and nothing else is there.
unharmed() {
	[ "$(cd "$1" && find . -type f -exec cat {} + && find . | sort | paste -sd ' ')" = $'old\n. ./bin ./bin/old' ] ||
		{ echo "not as it was:" && find "$1" && return 1; }
	no_litter
}

# small_image - a root file system in $work/image, small enough to pack it often.
small_image() {
	mkdir -p image/bin image/dev image/etc
	echo '#!/bin/true' >image/bin/prog
	chmod 4755 image/bin/prog
	ln -s prog image/bin/alias
}

# pack FILE ARGUMENTS... - a tar file with names and links just as given.
pack() {
	local file=$1
	shift
	tar --absolute-names --create --file="$file" "$@"
}

# wait_for COMMAND... - waits until COMMAND succeeds, a minute at most.
wait_for() {
	local end=$((SECONDS + 60))
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || { echo "never came true: $*" && return 1; }
		sleep 0.02 # sleep-ok: polls
	done
}

# --- Command line

@test "mkrootfs --help shows the usage" {
	makes "this text" "$mkrootfs" --help
	[[ $output == "usage: mkrootfs"* ]]
}

@test "mkrootfs: an unknown kind is bad usage, and the kinds are named" {
	fails 2 "no such kind: fedora; there are tiny, debian and tar" "$mkrootfs" fedora
}

@test "mkrootfs: other bad usage" {
	fails 2 "no such option: -x" "$mkrootfs" -x
	fails 2 "-o wants a directory" "$mkrootfs" -o
	fails 2 "an argument is empty" "$mkrootfs" ""
	fails 2 "tar wants a file" "$mkrootfs" tar
	fails 2 "tiny wants no argument, not big" "$mkrootfs" tiny big
	fails 2 "one argument too many: c" "$mkrootfs" debian b c
}

# --- The target

@test "mkrootfs: the target is a file, or lies in a directory that does not exist" {
	touch file
	fails 1 "file is not a directory" "$mkrootfs" -o file
	fails 1 "no such directory: none" "$mkrootfs" -o none/box
	ln -s none dangling
	fails 1 "dangling is not a directory" "$mkrootfs" -f -o dangling
	[ -f file ]
	no_litter
}

@test "mkrootfs: without -o the tree's rootfs/ is filled, and its README.md and .gitignore stay" {
	mkdir tree/rootfs
	echo readme >tree/rootfs/README.md
	echo ignore >tree/rootfs/.gitignore
	makes "root file system in ./tree/rootfs (" "$mkrootfs"
	[ "$(cat tree/rootfs/README.md tree/rootfs/.gitignore)" = $'readme\nignore' ]
	[ -x tree/rootfs/bin/bash ]
	fails 1 "./tree/rootfs already holds something (bin dev etc home): -f replaces it" "$mkrootfs"
	makes "root file system in ./tree/rootfs (" "$mkrootfs" -f
	[ "$(cat tree/rootfs/README.md tree/rootfs/.gitignore)" = $'readme\nignore' ]
	no_litter
}

@test "mkrootfs: a directory that holds something is refused, and replaced with -f" {
	old_root box
	fails 1 "./box already holds something (bin): -f replaces it" "$mkrootfs" -o box
	unharmed box
	makes "tiny root file system in ./box (" "$mkrootfs" -f -o box
	[ ! -e box/bin/old ]
	[ -x box/bin/bash ]
	no_litter
}

@test "mkrootfs: an empty directory is filled, by a name with blanks and through a link too" {
	mkdir "an empty one"
	ln -s "an empty one" link
	makes "in ./an empty one (" "$mkrootfs" -o link
	[ -L link ]
	[ -x "an empty one/bin/bash" ]
	no_litter
}

@test "mkrootfs: with a mount at or below the target nothing is replaced" {
	needs_root
	old_root "the box"
	mkdir "the box/mnt" "the box/empty"
	in_new_mounts() { # MOUNTPOINT TARGET
		unshare --mount --propagation private sh -c 'mount -t tmpfs none "$1" && touch "$1/precious" &&
			{ "$2" -f -o "$3"; status=$?; ls "$1"/precious >/dev/null || exit 99; exit $status; }' - "$1" "$mkrootfs" "$2"
	}
	fails 1 "/mnt is mounted, and nothing is replaced" in_new_mounts "the box/mnt" "the box"
	fails 1 "/empty is mounted, and nothing is replaced" in_new_mounts "the box/empty" "the box/empty"
	rmdir "the box/mnt" "the box/empty"
	unharmed "the box"
}

@test "mkrootfs: a mount beside the target, whose name only begins the same, does not matter" {
	needs_root
	old_root box
	mkdir box2
	makes "in ./box (" unshare --mount --propagation private \
		sh -c "mount -t tmpfs none box2 && '$mkrootfs' -f -o box"
}

@test "mkrootfs: the directory one stands in, the tree itself and / are refused, -f or not" {
	old_root box
	cd box
	fails 1 "you are inside $work/box" "$mkrootfs" -f -o .
	cd bin
	fails 1 "you are inside $work/box" "$mkrootfs" -f -o ..
	cd "$work"
	fails 1 "/ holds ctrsh itself" "$mkrootfs" -f -o /
	fails 1 "holds ctrsh itself" "$mkrootfs" -f -o tree
	unharmed box
	[ -x "$mkrootfs" ]
}

@test "mkrootfs: what another user owns is not replaced, and no half is left" {
	needs_root
	as_nobody true
	old_root mine/box
	fails 1 "box is, or holds, another user's: only root can replace it" as_nobody "$mkrootfs" -f -o mine/box
	unharmed mine/box
	fails 1 "$work is not writable for you" as_nobody "$mkrootfs" -o box
}

@test "mkrootfs: a target that was filled while the new root was made is not replaced" {
	small_image
	tar -C image -cf image.tar .
	stub tar <<-END
		mkdir -p '$work/box/bin' && echo old >'$work/box/bin/old'
		exec $(command -v tar) "\$@"
	END
	PATH=$work/stub:$PATH fails 1 "./box already holds something (bin)" "$mkrootfs" -o box tar image.tar
	unharmed box
}

@test "mkrootfs: when the second rename fails the old root is back in its place" {
	old_root box
	stub mv <<-END
		[ ! -e '$work/moved' ] || { rm '$work/moved' && exit 1; }
		touch '$work/moved'
		exec $(command -v mv) "\$@"
	END
	PATH=$work/stub:$PATH fails 1 "cannot move the new root file system to ./box" "$mkrootfs" -f -o box
	rm moved
	unharmed box
}

@test "mkrootfs: a run that is interrupted leaves the old root as it was and nothing else" {
	old_root box
	small_image
	tar -C image -cf image.tar .
	stub tar <<-'END'
		[ "$1" != --help ] || exit 0
		while [ "$1" != --directory ]; do shift; done
		mkdir "$2/half"
		exec sleep 1000 # sleep-ok: it is killed meanwhile
	END
	half() { compgen -G "$work/.mkrootfs.*/half" >/dev/null; }
	for signal in INT:130 TERM:143 HUP:129; do
		set -m # the run gets its own process group, as from a terminal
		PATH=$work/stub:$PATH "$mkrootfs" -f -o box tar image.tar >out 2>&1 3>&- &
		set +m
		wait_for half
		kill -"${signal%:*}" -- -"$!"
		status=0
		wait "$!" || status=$?
		[ "$status" -eq "${signal#*:}" ] || { echo "$signal: exit $status" && return 1; }
		unharmed box
	done
}

@test "mkrootfs: a full disk leaves the old root as it was and nothing else" {
	needs_root
	mkdir disk
	fails 1 "./box is as it was" unshare --mount --propagation private sh -c "mount -t tmpfs -o size=2m none disk &&
		cd disk && mkdir -p box/bin && echo old >box/bin/old && { '$mkrootfs' -f -o box; status=\$?; cp -r . ../copy; exit \$status; }"
	[[ $stderr == *"No space left on device"* ]]
	[ "$(ls -A copy)" = box ]
	unharmed copy/box
}

# --- tiny

@test "mkrootfs tiny: ps, hostname and ls run in it" {
	needs_root
	makes "mkrootfs: tiny root file system in ./box (" "$mkrootfs" -o box tiny
	run -0 --separate-stderr chroot box /bin/bash -c 'ps; hostname; ls /'
	[ -z "$stderr" ]
	[[ ${lines[0]} == "PID "*COMMAND ]]
	[ "${lines[1]}" = "$(hostname)" ]
	[ "${lines[*]:2}" = "bin dev etc home lib lib64 mnt proc root run sbin sys tmp usr var" ] ||
		[ "${lines[*]:2}" = "bin dev etc home lib mnt proc root run sbin sys tmp usr var" ]
}

@test "mkrootfs tiny: bash is the host's, sh is busybox, every link is relative and leads somewhere" {
	makes "mkrootfs: tiny root file system" "$mkrootfs" -o box
	cmp box/bin/bash "$(command -v bash)"
	[ "$(readlink box/bin/sh)" = busybox ]
	[ "$(readlink box/bin)" = usr/bin ]
	[ -z "$(find box -type l -lname '/*')" ]
	[ -z "$(find box/usr box/bin box/lib -xtype l)" ]
	[ "$(stat -c %a box/tmp)" = 1777 ]
	grep -qx 'PRETTY_NAME="ctrsh tiny root file system"' box/etc/os-release
}

@test "mkrootfs tiny: nothing in it would stop the machine" {
	makes "mkrootfs: tiny root file system" "$mkrootfs" -o box
	for name in halt init linuxrc poweroff reboot; do
		[ ! -e "box/bin/$name" ] && [ ! -L "box/bin/$name" ] || { echo "$name is there" && return 1; }
	done
}

@test "mkrootfs tiny: as root it has the device nodes, for all to use" {
	needs_root
	makes "mkrootfs: tiny root file system" "$mkrootfs" -o box
	[ "$(cd box/dev && stat -c '%n %a %t:%T' full null random tty urandom zero | paste -sd ,)" = \
		"full 666 1:7,null 666 1:3,random 666 1:8,tty 666 5:0,urandom 666 1:9,zero 666 1:5" ]
}

@test "mkrootfs tiny: as a plain user it is made without device nodes, and without a word about them" {
	needs_root
	makes "tiny root file system in ./mine/box (" as_nobody "$mkrootfs" -o mine/box
	[ "$(ls mine/box/dev)" = fd ]
	[ "$(stat -c %u mine/box/bin/bash)" = 65534 ]
	makes "tiny root file system in ./mine/box (" as_nobody "$mkrootfs" -f -o mine/box
	run -0 --separate-stderr chroot mine/box /bin/sh -c 'hostname'
	no_litter
}

@test "mkrootfs tiny: the prompt is short, and quiet for a user that it does not know" {
	needs_root
	makes "tiny root file system" "$mkrootfs" -o box
	run -0 --separate-stderr env HOME=/root chroot box /bin/bash -ic 'echo "${PS1@P}"'
	[ "$output" = "root@$(hostname):/# " ]
	for options in -ic -lic; do
		run -0 --separate-stderr script -qec \
			"env HOME=/root chroot --userspec=1234:1234 box /bin/bash $options 'echo \"\${PS1@P}\"'" /dev/null </dev/null
		[ "${output%$'\r'}" = "1234@$(hostname):/\$ " ]
	done
}

@test "mkrootfs tiny: without a static busybox it says which package to install" {
	for name in busybox busybox-static busybox.static; do
		cp "$(command -v ls)" "stub/$name" # linked with libraries
	done
	PATH=$work/stub:$PATH fails 1 "needs a static busybox: install the package busybox-static" "$mkrootfs" -o box
	[ ! -e box ]
	no_litter
}

# --- debian

@test "mkrootfs debian: a real one, in which ps, hostname and ls run" {
	needs_root
	has mmdebstrap
	# shellcheck source=/dev/null
	suite=$(. /etc/os-release && [ "$ID" = debian ] && echo "$VERSION_CODENAME" || echo stable)
	mmdebstrap --quiet --simulate --variant=apt "$suite" - </dev/null >/dev/null 2>&1 ||
		skip "the mirror of Debian is out of reach"
	run --separate-stderr "$mkrootfs" -o box debian
	[ "$status" -eq 0 ] || { echo "$stderr" && return 1; }
	[[ $stderr == "mkrootfs: debian "*" is downloaded and installed: this takes a while" ]]
	[[ $output == "mkrootfs: debian root file system in ./box ("* ]]
	run -0 --separate-stderr unshare --mount --propagation private --pid --fork \
		sh -c "mount -t proc proc box/proc && chroot box /bin/bash -c 'ps; hostname; ls /'"
	[ -z "$stderr" ]
	[[ ${lines[0]} == *PID*CMD ]]
	[[ $output == *$'\n'"$(hostname)"$'\n'*$'\nusr\nvar' ]]
	no_litter
}

@test "mkrootfs debian: the suite is the host's own, or stable, or the one given" {
	needs_root
	stub mmdebstrap <<-'END'
		for argument; do before=${dir-} dir=$argument; case $dir in */.mkrootfs.*) break ;; esac; done
		mkdir "$dir/bin" && echo "$before" >"$dir/suite"
	END
	printf '%s\n' ID=debian VERSION_CODENAME=sarge >debian
	printf '%s\n' ID=fedora VERSION_CODENAME=sarge >fedora
	export PATH=$work/stub:$PATH
	OS_RELEASE=debian run -0 "$mkrootfs" -f -o box debian
	[ "$(cat box/suite)" = sarge ]
	OS_RELEASE=fedora run -0 "$mkrootfs" -f -o box debian
	[ "$(cat box/suite)" = stable ]
	OS_RELEASE=debian run -0 "$mkrootfs" -f -o box debian woody
	[ "$(cat box/suite)" = woody ]
}

@test "mkrootfs debian: a failure of mmdebstrap leaves the old root as it was and nothing else" {
	needs_root
	old_root box
	stub mmdebstrap <<-'END'
		for dir; do case $dir in */.mkrootfs.*) mkdir "$dir/bin" ;; esac; done
		echo "E: the network is down" >&2
		exit 1
	END
	PATH=$work/stub:$PATH fails 1 "mmdebstrap could not make debian woody" "$mkrootfs" -f -o box debian woody
	[[ $stderr == *"E: the network is down"* ]]
	unharmed box
}

@test "mkrootfs debian: as a plain user, or without mmdebstrap, it says what is needed" {
	needs_root
	has mmdebstrap
	as_nobody true
	fails 1 "debian needs root" as_nobody "$mkrootfs" -o mine/box debian
	for name in sh readlink dirname basename id awk sed find sort head paste mktemp chmod rm; do
		ln -s "$(command -v "$name")" "stub/$name"
	done
	fails 1 "needs mmdebstrap: install the package mmdebstrap" env PATH="$work/stub" "$mkrootfs" -o box debian
	no_litter
}

# --- tar

@test "mkrootfs tar: each compression is told by the content, whatever the name" {
	small_image
	mkdir misnamed
	tar -C image -cf misnamed/plain.xz .
	has gzip && gzip -c misnamed/plain.xz >misnamed/gzip.zst
	has xz && xz -c misnamed/plain.xz >misnamed/xz.gz
	has zstd && zstd -qc misnamed/plain.xz >misnamed/zstd
	has bzip2 && bzip2 -c misnamed/plain.xz >misnamed/bzip2.tar
	for file in misnamed/*; do
		makes "tar root file system in ./box (1 MB, 2 programs)" "$mkrootfs" -f -o box tar "$file"
		[ "$(cat box/bin/alias)" = '#!/bin/true' ]
		[ "$(stat -c %a box/bin/prog)" = 4755 ]
	done
	no_litter
}

@test "mkrootfs tar: names with and without a leading ./, and a name of the file with a colon" {
	small_image
	tar -C image --force-local -cf host:image.tar bin dev etc
	makes "in ./box (" "$mkrootfs" -o box tar host:image.tar
	[ "$(stat -c %a box)" = 755 ]
	chmod 750 image
	tar -C image -cf image.tar .
	makes "in ./box (" "$mkrootfs" -f -o box tar image.tar
	[ "$(stat -c %a box)" = 750 ]
}

@test "mkrootfs tar: as root the owners are kept as numbers, and extended attributes and device nodes too" {
	needs_root
	small_image
	mknod image/dev/null c 1 3
	chown 4321:8765 image/bin/prog
	tar -C image --format=pax -cf image.tar .
	# Names that mean somebody here, with numbers that mean nobody: the numbers count.
	tar -C image --format=pax --pax-option='SCHILY.xattr.user.note:=hello' --owner=root:4321 --group=root:8765 \
		-rf image.tar ./bin/prog
	makes "in ./box (" "$mkrootfs" -o box tar image.tar
	[ "$(stat -c %u:%g box/bin/prog)" = 4321:8765 ]
	[ -c box/dev/null ]
	noted() { tar --xattrs --xattrs-include='*' -C "$1" -cf - ./bin/prog | grep -aq 'SCHILY.xattr.user.note=hello'; }
	mkdir probe
	tar --xattrs --xattrs-include='*' -C probe -xf image.tar
	noted probe || skip "owners and nodes are right; the file system has no extended attributes to look at"
	noted box
}

@test "mkrootfs tar: as a plain user device nodes are left out, read-only directories are no hindrance" {
	needs_root
	small_image
	mknod image/dev/null c 1 3
	chmod 555 image image/bin
	tar -C image -cf image.tar .
	for _ in new again; do
		makes "in ./mine/box (" as_nobody "$mkrootfs" -f -o mine/box tar image.tar
		[ -z "$(ls -A mine/box/dev)" ]
		[ "$(stat -c %u:%a mine/box/bin)" = 65534:555 ]
	done
	no_litter
}

@test "mkrootfs tar: an archive without /bin or /usr/bin is refused and removed" {
	old_root box
	mkdir saved
	touch saved/manifest.json
	tar -C saved -cf saved.tar .
	fails 1 "saved.tar has no /bin or /usr/bin at its top" "$mkrootfs" -f -o box tar saved.tar
	ln -s /usr/bin saved/bin # of the host
	ln -s /usr saved/usr
	tar -C saved -cf saved.tar .
	fails 1 "saved.tar has no /bin or /usr/bin at its top" "$mkrootfs" -f -o box tar saved.tar
	unharmed box
}

@test "mkrootfs tar: a file that is missing, empty, damaged, cut short or no archive leaves the old root as it was" {
	old_root box
	small_image
	head -c 200000 /dev/urandom >image/bin/noise
	tar -C image -czf image.tgz .
	head -c 100000 image.tgz >short
	: >empty
	head -c 20000 /dev/urandom >noise
	fails 1 "no such file: none" "$mkrootfs" -f -o box tar none
	fails 1 "no such file: image" "$mkrootfs" -f -o box tar image
	for file in short empty noise; do
		fails 1 "mkrootfs: $file could not be unpacked whole" "$mkrootfs" -f -o box tar "$file"
		unharmed box
	done
}

@test "mkrootfs tar: absolute names land inside the target" {
	small_image
	mkdir outside
	pack image.tar -C image --transform "s,^bin/prog,$work/outside/prog," bin
	run -0 --separate-stderr "$mkrootfs" -o box tar image.tar
	[ -z "$(ls -A outside)" ]
	[ -f "box/$work/outside/prog" ]
}

@test "mkrootfs tar: names with .. are refused" {
	small_image
	pack image.tar -C image --transform 's,^bin/prog,../prog,' bin
	fails 1 "image.tar could not be unpacked whole" "$mkrootfs" -o box tar image.tar
	[[ $stderr == *"contains '..'"* ]]
	[ ! -e prog ]
	[ ! -e box ]
	no_litter
}

@test "mkrootfs tar: links do not lead a later name out of the target" {
	small_image
	mkdir outside later later/way
	echo evil >later/way/evil
	for way in "$work/outside" ../outside; do
		rm -f image/way
		ln -s "$way" image/way
		pack image.tar -C image bin way -C ../later way/evil
		fails 1 "image.tar could not be unpacked whole" "$mkrootfs" -o box tar image.tar
		[ -z "$(ls -A outside)" ]
	done
	[ ! -e box ]
	no_litter
}

@test "mkrootfs tar: a hard link to a file outside is refused" {
	small_image
	mkdir outside
	echo secret >outside/file
	ln outside/file image/bin/hard
	pack image.tar "$work/outside/file" -C image bin
	tar -f image.tar --absolute-names --delete "$work/outside/file"
	fails 1 "image.tar could not be unpacked whole" "$mkrootfs" -o box tar image.tar
	[ "$(stat -c %h outside/file)" = 2 ]
	no_litter
}

@test "mkrootfs tar: a link where README.md stays is not written through" {
	small_image
	echo precious >precious
	ln -s "$work/precious" image/README.md
	tar -C image -cf image.tar .
	mkdir box
	echo readme >box/README.md
	makes "in ./box (" "$mkrootfs" -o box tar image.tar
	[ "$(cat precious box/README.md)" = $'precious\nreadme' ]
	[ ! -L box/README.md ]
}

# --- setup

# debian_without PACKAGES - this host as a Debian on which PACKAGES are missing; apt-get only writes down what it is told.
debian_without() {
	echo ID=debian >os-release
	stub dpkg-query <<-END
		shift 3
		for name; do case " $1 " in *" \$name "*) ;; *) echo "installed \$name" ;; esac; done
	END
	stub apt-get <<-END
		echo "\$DEBIAN_FRONTEND: \$*" >>'$work/apt.log'
		case \$* in *update*) [ ! -e '$work/offline' ] || { rm '$work/offline'; exit 100; } ;; esac
	END
	stub id <<<'echo "${FAKE_UID-0}"'
	stub bats <<<'echo Bats 1.7.0' # first in PATH are bats's own programs, where its front end is not
	export OS_RELEASE=$work/os-release PATH=$work/stub:$PATH
}

# bare_machine - fills stub/ with only the commands that setup itself is made of.
bare_machine() {
	for name in sh cat id awk grep sed paste readlink; do
		ln -s "$(command -v "$name")" "stub/$name"
	done
}

@test "setup: bad usage" {
	fails 2 "usage: setup build|demo|check" "$setup"
	fails 2 "usage: setup build|demo|check" "$setup" lunch
	fails 2 "usage: setup build|demo|check" "$setup" demo check
}

@test "setup: when nothing is missing it says nothing, as a plain user too" {
	debian_without ""
	for uid in 0 1000; do
		FAKE_UID=$uid run -0 --separate-stderr "$setup" check
		[ -z "$output$stderr" ]
	done
	[ ! -e apt.log ]
}

@test "setup: what is missing is installed, after one update" {
	debian_without "bats busybox-static"
	run -0 --separate-stderr "$setup" check
	[ "$output" = "setup: installing: busybox-static bats" ]
	[ -z "$stderr" ]
	[ "$(wc -l <apt.log)" -eq 2 ]
	[[ $(head -n 1 apt.log) == "noninteractive: "*update* ]]
	[[ $(tail -n 1 apt.log) == "noninteractive: install -y --no-install-recommends busybox-static bats"* ]]
}

@test "setup: demo does not ask for what only check needs" {
	debian_without "bats busybox-static"
	run -0 --separate-stderr "$setup" demo
	[ "$output" = "setup: installing: busybox-static" ]
}

@test "setup: an update that fails is tried once more" {
	debian_without "make"
	touch offline
	run -0 --separate-stderr "$setup" demo
	[ -z "$stderr" ]
	[ "$(grep -c update apt.log)" -eq 2 ]
	[ "$(grep -c 'install .*make' apt.log)" -eq 1 ]
}

@test "setup: when apt-get cannot install, the packages are named" {
	debian_without "make gcc"
	stub apt-get <<<'case $* in *update*) ;; *) exit 100 ;; esac'
	run --separate-stderr "$setup" demo
	[ "$status" -eq 1 ]
	[ "$stderr" = "setup: apt-get could not install: gcc make" ]
}

@test "setup: a plain user is told the command to run" {
	debian_without "make gcc"
	FAKE_UID=1000 fails 1 "run: sudo apt-get install -y --no-install-recommends gcc make" "$setup" demo
	[ ! -e apt.log ]
}

@test "setup: what make alone lacks is named, also to root, and not installed" {
	debian_without "bats busybox-static libseccomp-dev"
	fails 1 "run: sudo apt-get install -y --no-install-recommends libseccomp-dev" "$setup" build
	[ ! -e apt.log ]
	cp -r "$BATS_TEST_DIRNAME"/../../Makefile tree
	mkdir tree/ops && echo '#include "none.h"' >tree/ops/a.c
	run --separate-stderr make -C tree -k
	[ "$status" -eq 2 ]
	[[ $stderr == *'none.h'*'run: sudo apt-get install'*' libseccomp-dev'* ]]
}

@test "setup: Ubuntu, and a system like Debian, are served like Debian" {
	debian_without "make"
	printf '%s\n' 'PRETTY_NAME="Ubuntu 24.04.2 LTS"' 'NAME="Ubuntu"' 'VERSION_ID="24.04"' \
		'VERSION="24.04.2 LTS (Noble Numbat)"' VERSION_CODENAME=noble ID=ubuntu ID_LIKE=debian \
		UBUNTU_CODENAME=noble >ubuntu
	printf '%s\n' ID=linuxmint 'ID_LIKE="ubuntu debian"' >mint
	printf '%s\n' ID=raspbian ID_LIKE=debian >raspbian
	for OS_RELEASE in ubuntu mint raspbian; do
		rm -f apt.log
		run -0 --separate-stderr "$setup" demo
		[ "$output" = "setup: installing: make" ]
		[ "$(grep -c 'install .*make' apt.log)" -eq 1 ]
	done
}

@test "setup: what only newer releases have is wanted where apt knows it, after the update at the latest" {
	debian_without "bats virtiofsd"
	stub apt-cache <<<"[ \"\$2\" = virtiofsd ] && grep -qs update '$work/apt.log' && echo Package: virtiofsd"
	run -0 --separate-stderr "$setup" check
	[ "$output" = "setup: installing: bats virtiofsd" ]
	stub apt-cache <<<'exit 100'
	rm apt.log
	run -0 --separate-stderr "$setup" check
	[ "$output" = "setup: installing: bats" ]
}

@test "setup: a bats that is too old for the tests is said before they are built" {
	debian_without ""
	stub bats <<<'echo Bats 1.2.1'
	fails 1 'the tests need bats 1.7.0 or newer, and this system has Bats 1.2.1' "$setup" check
	run -0 --separate-stderr "$setup" demo
	[ -z "$output$stderr" ]
}

@test "setup: on another distribution the packages are named as they are called there" {
	bare_machine
	advice=(
		"fedora|  dnf install gcc glibc-devel kernel-headers make readline-devel libcgroup-devel libseccomp-devel libcap-devel libnl3-devel libmount-devel libsmartcols-devel busybox"
		"arch|  pacman -S gcc glibc linux-api-headers make readline libcgroup libseccomp libcap libnl util-linux-libs busybox"
		"opensuse-leap|  zypper install gcc glibc-devel linux-glibc-devel make readline-devel libcgroup-devel libseccomp-devel libcap-devel libnl3-devel libmount-devel libsmartcols-devel busybox-static"
		"alpine|  apk add gcc musl-dev linux-headers make readline-dev libcgroup-dev libseccomp-dev libcap-dev libnl3-dev util-linux-dev busybox-static"
	)
	for pair in "${advice[@]}"; do
		echo "ID=${pair%%|*}" >os-release
		fails 1 "${pair#*|}" env PATH="$work/stub" OS_RELEASE=os-release "$setup" demo
		[[ $stderr == "setup: missing: cc stdio.h linux/version.h make readline/readline.h libcgroup.h"*" busybox bash"* ]]
		[ "$(wc -l <<<"$stderr")" -eq 3 ]
	done
}

@test "setup: on a distribution it does not know it names the packages of all" {
	bare_machine
	echo ID=plan9 >os-release
	fails 1 "  dnf install gcc" env PATH="$work/stub" OS_RELEASE=os-release "$setup" demo
	[[ $stderr == *"  pacman -S gcc"*"  zypper install gcc"*"  apk add gcc"* ]]
	fails 1 "  apk add gcc" env PATH="$work/stub" OS_RELEASE=none "$setup" demo
	[ "$(wc -l <<<"$stderr")" -eq 6 ]
}

@test "setup: on another distribution that has all it says nothing; one header less is found" {
	echo ID=fedora >os-release
	export OS_RELEASE=os-release
	for name in make busybox bash ldd; do
		stub "$name" <<<:
	done
	stub cc <<<'! grep -q "${LESS-none}"'
	PATH=$work/stub:$PATH run -0 --separate-stderr "$setup" demo
	[ -z "$output$stderr" ]
	LESS=libcgroup.h PATH=$work/stub:$PATH fails 1 "  dnf install libcgroup-devel" "$setup" demo
	[[ $stderr == "setup: missing: libcgroup.h"$'\n'* ]]
}

@test "setup: headers and commands are found where they are, not by their packages" {
	echo ID=fedora >os-release
	stub bats <<<'echo Bats 1.10.0'
	PATH=$work/stub:$PATH OS_RELEASE=os-release run -0 --separate-stderr "$setup" check
	[ -z "$output$stderr" ]
}
