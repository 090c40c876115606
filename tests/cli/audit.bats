#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# audit: each way to the host is open where it is open, and closed by the step that it names. Where it matters the test
# goes through the way itself.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
load ../lib/cgroup

setup() {
	common_setup
	needs_root
	needs jq
	unset SSH_AUTH_SOCK DBUS_SESSION_BUS_ADDRESS XAUTHORITY
	own="unshare uts pid mnt ipc net cgroup; pivot_root $ROOTFS"
	group=''
}

teardown() {
	[ -z "$group" ] || [ ! -d "$group/ctrsh-test-$$" ] || poll 10 rmdir "$group/ctrsh-test-$$"
	common_teardown
}

# field NAME KEY - of a way in the last audit.
field() { jq -r --arg n "$1" --arg k "$2" '.audit[] | select(.name == $n) | .[$k]' <<<"$output"; }

summary() { jq -r ".summary[0].$1" <<<"$output"; }

# audit LINES - of a box that these made.
audit() {
	ct -c "${1:+$1; }audit --json"
	[ "$status" = 0 ] || explain "an audit"
}

# way NAME STATE LINES - what it is in a box that the lines made.
way() {
	audit "$3"
	[ "$(field "$1" here)" = "$2" ] ||
		explain "$1 $2 after: $3, not $(field "$1" here): $(field "$1" shows)"
}

@test "audit root: the host's, chroot that is left again, pivot_root that is not" {
	way root open ''
	way root open "unshare mnt; chroot $ROOTFS"
	[ "$(field root tried)" = true ]
	[[ $(field root shows) == *"lead to the host's root directory"* ]]
	way root closed "unshare mnt; pivot_root $ROOTFS"
	[ "$(field root tried)" = true ]
	way root closed "unshare mnt; pivot_root $ROOTFS; caps drop sys_chroot"
	[ "$(field root tried)" = false ]
	way root partly "unshare mnt; chroot $ROOTFS; caps drop sys_chroot"
}

@test "audit root: the old root kept below the new one is in the mounts" {
	mkdir -p new/old
	way mounts open 'unshare mnt; mount bind new new; pivot_root new new/old'
	way mounts closed 'unshare mnt; mount bind new new; pivot_root new new/old; umount --lazy /old'
}

@test "audit root: tried with the rights of a program, which are not the box's own" {
	needs_userns
	user -c "unshare user mnt; chroot $ROOTFS; audit --json"
	assert_status 0
	[ "$(field root here)" = partly ]
	[ "$(field root tried)" = false ]
	user -c "unshare user mnt; map root; chroot $ROOTFS; audit --json"
	[ "$(field root here)" = open ]
	[ "$(field root tried)" = true ]
}

@test "audit working: chroot --keep-cwd, and the host's file read through it" {
	echo secret >host-file
	ct -c "unshare mnt; chroot --keep-cwd $ROOTFS; run sh -c 'read x <host-file; echo \$x'"
	assert_result 0 secret ''
	way working open "unshare mnt; chroot --keep-cwd $ROOTFS"
	[ "$(field working tried)" = true ]
	[ "$(field working step)" = 'cd /' ]
	way working closed "unshare mnt; chroot --keep-cwd $ROOTFS; cd /"
}

@test "audit mounts: a directory of the host, and none" {
	mkdir data
	way mounts open "unshare mnt; mount bind data $ROOTFS/mnt; pivot_root $ROOTFS"
	[[ $(field mounts shows) == "1 of the host's: /mnt" ]]
	way mounts closed "unshare mnt; pivot_root $ROOTFS; mount tmpfs /mnt"
}

@test "audit mounts: what an engine made on the host for the container alone is not the host's" {
	needs_pids
	group=/sys/fs/cgroup/pids
	[ -d $group ] || group=/sys/fs/cgroup
	number=$(printf '%064x' $$) other=$(printf '%064x' 1)
	mkdir "$group/outer-ctrsh-$number"
	mkdir -p "$number/shm" "$other/shm"
	cat >t.sh <<-END
		at() {
			mount -t tmpfs shm "\$1" || exit
			unshare -m --propagation private chroot "$ROOTFS" true || exit
			(echo \$BASHPID >"$group/outer-ctrsh-$number/cgroup.procs" &&
				exec unshare -m --propagation private bash -c 'mount --bind "\$1" "$ROOTFS/mnt" && cd "$ROOTFS" && exec chroot . sleep 1000' - "\$1") &
			until grep -qx sleep /proc/\$!/comm; do :; done
			"$CTRSH" -c "attach \$!; audit --json"
			kill -KILL \$!
			wait \$!
		}
		at $number/shm >made
		at $other/shm >hosts
	END
	run --separate-stderr outer bash t.sh
	poll 10 rmdir "$group/outer-ctrsh-$number"
	output=$(<made)
	[ "$(field mounts here)" = closed ] || explain "closed: $(field mounts shows)"
	output=$(<hosts)
	[ "$(field mounts shows)" = "1 of the host's: /mnt" ] || explain "open: $(field mounts shows)"
}

@test "audit mounts: a directory of the host, at a name with blanks" {
	mkdir data
	way mounts open "unshare mnt; mount tmpfs $ROOTFS/mnt; mkdir '$ROOTFS/mnt/a  b'; mount bind data '$ROOTFS/mnt/a  b'; pivot_root $ROOTFS"
	[[ $(field mounts shows) == "1 of the host's: /mnt/a  b" ]]
}

@test "audit disk: a block device in /dev, and none" {
	[ -b /dev/loop0 ] || skip "no /dev/loop0"
	head -c1 /dev/loop0 >/dev/null 2>&1 || skip "this machine opens no block device"
	way disk open "unshare mnt; mount bind /dev $ROOTFS/dev; pivot_root $ROOTFS"
	[[ $(field disk shows) == '/dev/'*' can be opened' ]]
	way disk closed "unshare mnt; mount dev $ROOTFS/dev; pivot_root $ROOTFS; caps drop mknod"
}

@test "audit disk: the host's is made and opened; without CAP_MKNOD not" {
	mkdir new
	disk=$(sed -nE 's/^[^ ]+ [^ ]+ ([1-9][0-9]*):([0-9]+) .*/\1 \2/p' /proc/self/mountinfo | head -n1)
	[ -n "$disk" ] || skip "no file system here lies on a block device"
	# shellcheck disable=SC2086 # two numbers
	mknod probe b $disk || skip "no block device can be made here"
	head -c1 probe >/dev/null 2>&1 || { rm probe && skip "this machine opens no device of its disk"; }
	rm probe
	way disk open 'unshare mnt; mount bind new new; pivot_root new'
	[[ $(field disk shows) == "mknod(b ${disk/ /:})"* ]]
	[ "$(field disk tried)" = true ]
	[ -z "$(ls -A new)" ]
	way disk closed 'unshare mnt; mount bind new new; pivot_root new; caps drop mknod'
	way disk closed 'unshare mnt; mount bind new new nodev; pivot_root new'
}

@test "audit: each capability that matters" {
	while read -r name caps; do
		way "$name" open ''
		way "$name" closed "caps drop $caps"
	done <<-'END'
		sys-admin sys_admin
		modules sys_module
		raw-io sys_rawio
		handles dac_read_search
		bpf bpf perfmon
		boot sys_boot
		clock sys_time
		net-admin net_admin
	END
}

@test "audit: capabilities of its own user namespace open nothing" {
	audit 'unshare user; map root'
	for name in sys-admin modules raw-io handles bpf boot clock net-admin memory; do
		[ "$(field "$name" here)" = closed ] || explain "$name closed"
	done
	[[ $(field sys-admin shows) == 'CAP_SYS_ADMIN in its own user namespace only' ]]
}

@test "audit memory: /proc/kcore, and mask default" {
	way memory closed "$own"
	[ -r /proc/kcore ] || skip "no /proc/kcore here"
	head -c1 /proc/kcore >/dev/null 2>&1 || skip "this machine lets nobody open /proc/kcore"
	way memory open "$own; mount proc"
	way memory closed "$own; mount proc; mask default"
	way memory closed "$own; mount proc; caps drop sys_rawio"
}

@test "audit ptrace, signals, processes: a PID namespace closes them" {
	for name in ptrace signals processes; do way "$name" open ''; done
	[ "$(field ptrace tried)" = true ]
	[[ $(field signals shows) == 'ctrsh itself (PID '* ]]
	for name in ptrace signals processes; do way "$name" closed 'unshare pid'; done
}

@test "audit proc: the host's /proc inside a PID namespace, then its own" {
	ct -c 'unshare pid mnt; run cat /proc/'$$/comm
	assert_result 0 "$(cat /proc/$$/comm)" ''
	mkdir -p rootfs/bin
	way proc open 'unshare pid mnt'
	[ "$(field proc step)" = 'pivot_root ./rootfs' ]
	way proc closed 'unshare pid mnt; mount proc'
	way proc closed "$own; mount proc"
}

@test "audit sockets: one in its /run, and none" {
	mkdir -p new/run
	python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("new/run/docker.sock")' || skip "no python3 here"
	way sockets open 'unshare mnt; mount bind new new; pivot_root new'
	[[ $(field sockets shows) == '1, as /run/docker.sock' ]]
	rm new/run/docker.sock
	way sockets closed 'unshare mnt; mount bind new new; pivot_root new'
}

# listens NAME - a Unix socket of that name does; it has the name before.
listens() { awk -v name="$1" '$NF == name && $4 == "00010000" { found = 1 } END { exit !found }' /proc/net/unix; }

@test "audit sockets: one that listens anywhere below its root" {
	needs python3
	mkdir -p new/var/opt/deep
	python3 -c 'import socket, sys, time
s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(); time.sleep(1000)' "$PWD/new/var/opt/deep/s" 3>&- &
	server=$!
	poll 10 listens "$PWD/new/var/opt/deep/s"
	way sockets open 'unshare mnt; mount bind new new; pivot_root new'
	[[ $(field sockets shows) == '1, as /var/opt/deep/s' ]]
	kill "$server"
	ended 143 "$server"
	way sockets closed 'unshare mnt; mount bind new new; pivot_root new'
}

@test "audit settings, sysrq: a procfs, and mask default" {
	way settings open "$own; mount proc"
	[ "$(field settings step)" = 'mask default' ]
	[[ $(field settings shows) == '/proc/sys/kernel/core_pattern can be opened for writing' ]]
	[ ! -e /proc/sysrq-trigger ] || [ "$(field sysrq here)" = open ]
	way settings closed "$own; mount proc; mask default"
	[ "$(field sysrq here)" = closed ]
	way settings closed "$own"
}

@test "audit sysfs: writable, read-only, none" {
	way sysfs open "$own; mount sysfs; remount /sys rw"
	[ "$(field sysfs step)" = 'remount /sys ro' ]
	way sysfs closed "$own; mount sysfs; remount /sys rw; remount /sys ro"
	way sysfs closed "$own; mount sysfs"
	way sysfs closed "$own"
}

@test "audit cgroupfs: shown inside, and not" {
	way cgroupfs open 'unshare mnt'
	way cgroupfs open "$own; mount proc; mount cgroup2 /mnt; remount /mnt rw"
	way cgroupfs closed "$own; mount proc; mount cgroup2 /mnt"
	way cgroupfs closed "$own"
}

@test "audit user: root, another user, a map of its own" {
	way user open ''
	way user closed 'setuid 1000'
	needs_userns
	user -c 'unshare user; map root; audit --json'
	[ "$(field user here)" = closed ]
	way user partly 'unshare user; map root'
}

@test "audit seccomp, calls, user-namespaces: without and with a filter" {
	for name in seccomp calls user-namespaces; do
		way "$name" open ''
		[ "$(field "$name" tried)" = true ]
		[ "$(field "$name" step)" = 'caps default; no_new_privs; seccomp default' ]
		way "$name" closed 'caps default; no_new_privs; seccomp default'
	done
	way calls closed 'seccomp deny keyctl bpf userfaultfd io_uring_setup perf_event_open'
	[ "$(field user-namespaces here)" = open ]
	way calls open 'seccomp deny keyctl bpf userfaultfd io_uring_setup'
	[[ $(field calls shows) == 'reach the kernel: perf_event_open' ]]
}

@test "audit user-namespaces: a filter that forgets clone or clone3 leaves the way open" {
	way user-namespaces open 'seccomp deny unshare'
	[ "$(field user-namespaces shows)" = 'clone(CLONE_NEWUSER) gives all capabilities in it' ]
	way user-namespaces open 'seccomp kill unshare'
	way user-namespaces open 'seccomp deny unshare clone'
	[ "$(field user-namespaces shows)" = 'clone3(CLONE_NEWUSER) gives all capabilities in it' ]
	way user-namespaces closed 'seccomp deny unshare clone clone3'
}

@test "audit: a filter that kills whoever tries closes the way" {
	way user-namespaces closed 'seccomp kill unshare clone3; seccomp deny clone arg0&0x10000000==0x10000000'
	[[ $(field user-namespaces shows) == *'kills who tries' ]]
	[ "$(field calls here)" = open ]
}

@test "audit new-privs, setuid: no_new_privs closes them" {
	[[ ",$(findmnt -no OPTIONS -T .)," != *,nosuid,* ]] || skip "the tests' directory is nosuid"
	mkdir -p new/usr/bin
	cp /bin/true new/usr/bin/gain && chmod 4755 new/usr/bin/gain
	way setuid open 'unshare mnt; mount bind new new; pivot_root new'
	[[ $(field setuid shows) == '1, as /usr/bin/gain' ]]
	[ "$(field new-privs here)" = open ]
	way setuid closed 'unshare mnt; mount bind new new nosuid; pivot_root new'
	way setuid closed 'unshare mnt; mount bind new new; pivot_root new; no_new_privs'
	[ "$(field new-privs here)" = closed ]
}

@test "audit setuid: anywhere below its root, and capabilities of a file" {
	[[ ",$(findmnt -no OPTIONS -T .)," != *,nosuid,* ]] || skip "the tests' directory is nosuid"
	mkdir -p new/opt/some/place new/skipped
	cp /bin/true new/opt/some/place/tool && chmod 4755 new/skipped
	cp /bin/true new/skipped/gain
	way setuid closed 'unshare mnt; mount bind new new; pivot_root new'
	[ "$(field setuid shows)" = 'none in 2 files' ]
	chmod 4755 new/opt/some/place/tool
	way setuid open 'unshare mnt; mount bind new new; pivot_root new'
	[ "$(field setuid shows)" = '1, as /opt/some/place/tool' ]
	chmod 755 new/opt/some/place/tool && chmod 4755 new/skipped/gain
	way setuid closed 'unshare mnt; mount bind new new; mount bind new/skipped new/skipped nosuid; pivot_root new'
	chmod 755 new/skipped/gain
	PATH=$PATH:/usr/sbin:/sbin setcap cap_net_raw=ep new/opt/some/place/tool || skip "no setcap here"
	way setuid open 'unshare mnt; mount bind new new; pivot_root new'
	[ "$(field setuid shows)" = '1, as /opt/some/place/tool' ]
}

@test "audit setuid: a set-group-ID program counts, but not the bit without the group's right; one file is one" {
	[[ ",$(findmnt -no OPTIONS -T .)," != *,nosuid,* ]] || skip "the tests' directory is nosuid"
	mkdir -p new/bin
	cp /bin/true new/bin/tool && chmod 2745 new/bin/tool
	way setuid closed 'unshare mnt; mount bind new new; pivot_root new'
	[ "$(field setuid shows)" = 'none in 1 file' ]
	chmod 2755 new/bin/tool
	way setuid open 'unshare mnt; mount bind new new; pivot_root new'
	[ "$(field setuid shows)" = '1, as /bin/tool' ]
}

@test "audit setuid: what can't be read is not closed" {
	needs_userns
	chmod 711 . && mkdir -m 755 -p new && mkdir -m 711 new/hidden
	user -c "unshare user mnt; map root; mount bind $PWD/new $PWD/new; pivot_root $PWD/new; audit --json"
	assert_status 0
	[ "$(field setuid here)" = unknown ]
	[ "$(field setuid shows)" = "none in 0 files, but /hidden can't be read" ]
}

@test "audit propagation: shared, a slave, private; and a mount that passes over" {
	run --separate-stderr outer sh -c 'mkdir m && mount -t tmpfs m m && mount --make-shared m &&
		"$0" -c "unshare --propagation shared mnt; mount --host tmpfs m; audit --json" && cat /proc/self/mountinfo' "$CTRSH"
	[ "$(grep -c " $WORK/m " <<<"$output")" = 2 ]
	output=$(sed -n '/^{/,/^}/p' <<<"$output")
	[ "$(field propagation here)" = open ]
	way propagation partly 'unshare --propagation slave mnt'
	way propagation closed 'unshare mnt'
	[ "$(field propagation shows)" = private ]
	run --separate-stderr outer sh -c 'mount --make-rprivate / && "$0" -c "unshare --propagation shared mnt; audit --json"' "$CTRSH"
	[ "$(field propagation here)" = closed ]
	[ "$(field propagation shows)" = "shared, but with no mount of the host's" ]
	way propagation open ''
}

@test "audit network, ipc, uts, cgroup, time: shared or its own" {
	audit ''
	for name in network ipc uts cgroup time; do
		[ "$(field "$name" here)" = open ] || explain "$name open"
	done
	[ "$(field network step)" = 'unshare net' ]
	audit 'unshare net ipc uts time monotonic=+1d boottime=+1d'
	for name in network ipc uts time abstract net-admin; do
		[ "$(field "$name" here)" = closed ] || explain "$name closed"
	done
}

@test "audit cgroup: one that was made in the host's top group hides no names; made again below it does" {
	needs_pids
	group=/sys/fs/cgroup/pids other=ctrsh-test-$$
	[ -d $group ] || group=/sys/fs/cgroup
	mkdir "$group/$other"
	# One hierarchy alone, with a group of somebody else's in it.
	cat >t.sh <<-END
		while read -r _ at _; do
			[ "\$at" = "$group" ] || [ "\$at" = /sys/fs/cgroup ] || umount "\$at"
		done < <(grep ' /sys/fs/cgroup/' /proc/mounts)
		echo \$BASHPID >"$group/cgroup.procs" && "$CTRSH" -c "\$1; audit --json"
	END
	seen() {
		run --separate-stderr outer bash t.sh "$1"
		assert_status 0 && [ "$(field cgroup here) $(field cgroup step)" = "$2" ] || explain "$2 after: $1; $(field cgroup shows)"
	}
	seen 'unshare uts' 'open unshare cgroup'
	[[ ' '$(summary next)' ' != *' cgroup '* ]] || explain 'no cgroup namespace yet'
	seen 'unshare cgroup' 'open unshare cgroup'
	[[ $(field cgroup shows) == *"made in the host's top group"* ]] || explain 'where it begins'
	seen 'cgroup pids 20' 'open unshare cgroup'
	[[ ' '$(summary next)' ' == *' cgroup '* ]] || explain 'a cgroup namespace now'
	seen 'unshare uts pid mnt ipc net cgroup time monotonic=+1d boottime=+1d; cgroup pids 20' 'open unshare cgroup'
	seen 'unshare cgroup; cgroup pids 20; unshare cgroup' 'closed null'
	rmdir "$group/$other"
}

@test "audit abstract: a socket of the host's that can be reached" {
	needs python3
	python3 -c 'import socket, time; s = socket.socket(socket.AF_UNIX); s.bind("\0ctrsh-audit"); s.listen(); time.sleep(1000)' 3>&- &
	server=$!
	poll 10 listens @ctrsh-audit
	way abstract open 'unshare mnt'
	way abstract closed 'unshare net'
	kill "$server"
	ended 143 "$server"
}

@test "audit abstract: the pair of sockets between shell and box is nothing of the host's" {
	run --separate-stderr unshare -n "$CTRSH" -c 'audit --json'
	[ "$(field abstract here)" = partly ] || explain "partly: $(field abstract shows)"
}

@test "audit terminal: the host's devpts, and one of its own" {
	way terminal open 'unshare mnt'
	way terminal closed "$own; mount dev"
	[[ $(field terminal shows) == *'run gives a terminal of its own' ]]
}

@test "audit terminal: of an attached process, a descriptor on a terminal of the host's" {
	needs python3
	python3 -c 'import os, pty, sys
pid, fd = pty.fork()
if not pid: os.execvp(sys.argv[1], sys.argv[1:])
os.waitpid(pid, 0)' unshare -m --propagation private chroot "$ROOTFS" sleep 1000 3>&- & # sleep-ok: a process that stays
	typist=$!
	poll 10 eval 'inside=$(pgrep -P "$typist" -x sleep)'
	ct -c "attach $inside; audit --json"
	kill -KILL "$inside"
	wait "$typist" || true
	[ "$(field terminal here)" = partly ] || explain "partly: $(field terminal shows)"
	[[ $(field terminal shows) =~ ^descriptor\ [0-2]\ is\ /[a-z0-9/]+,\ a\ terminal\ of\ the\ host\'s$ ]] || explain 'which one'
	chroot "$ROOTFS" sleep 1000 </dev/null >/dev/null 2>&1 3>&- & # sleep-ok: a process that stays
	poll 10 grep -qx sleep "/proc/$!/comm"
	ct -c "attach $!; audit --json"
	kill -KILL "$!"
	[ "$(field terminal here)" = closed ] || explain "closed: $(field terminal shows)"
}

@test "audit environment: names of keys, never their values" {
	export SSH_AUTH_SOCK=/tmp/agent.1 API_TOKEN=geheim
	way environment open ''
	[ "$(field environment shows)" = 'SSH_AUTH_SOCK, API_TOKEN' ] || [ "$(field environment shows)" = 'API_TOKEN, SSH_AUTH_SOCK' ]
	[[ $output$stderr != *geheim* ]]
	steps=$(field environment step)
	way environment closed "$steps"
	way environment closed 'unsetenv SSH_AUTH_SOCK; unsetenv API_TOKEN'
}

@test "audit environment: a name is whole or not there" {
	local n long
	long=$(printf '%060d' 0)
	for n in A B C; do export "${n}_${long}_TOKEN=x"; done
	way environment open ''
	for n in $(field environment shows | tr -d ,); do
		[[ $n == [ABC]_${long}_TOKEN ]] || explain "a whole name: $n"
	done
	for n in A B C; do unset "${n}_${long}_TOKEN"; done
	export "X$(printf '%0200d' 0)_TOKEN=x"
	way environment open ''
}

@test "audit environment: less usual names, and a URL with a password" {
	for one in MYPASS=x GITHUB_PAT=x STRIPE_KEY=x MYSQL_PWD=x DATABASE_URL=postgres://user:geheim@host/db; do
		run --separate-stderr env "$one" "$CTRSH" -c 'audit --json'
		[ "$(field environment shows)" = "${one%%=*}" ] || explain "${one%%=*}"
		[[ $output != *geheim* ]]
	done
	run --separate-stderr env KEYBOARD=x OLDPWD=/ URL=http://host:80/a@b:c@d LINK=https://user@host "$CTRSH" -c 'audit --json'
	[ "$(field environment here)" = closed ] || explain "closed: $(field environment shows)"
}

@test "audit pids, memory, cpu: limits of its own" {
	needs_pids
	way pids open ''
	way pids closed 'cgroup pids 20'
	[ "$(field pids shows)" = 'pids.max is 20' ]
	needs_controller memory cpu
	[ "$(field memory-limit here)" = open ]
	way memory-limit closed 'cgroup memory 64M'
	[[ $(field memory-limit shows) == *' is 67108864' ]]
	way cpu closed 'cgroup cpu 50%'
	[ "$(field memory-limit here)" = open ]
}

@test "audit cpu: on a machine with one processor the step is less than that" {
	needs_controller cpu
	echo 0 >one
	run --separate-stderr outer sh -c 'mount --bind one /sys/devices/system/cpu/online && exec "$@"' sh "$CTRSH" -c 'audit --json'
	assert_status 0
	[ "$(field cpu step)" = 'cgroup cpu 50%' ] || explain 'half a processor'
}

@test "audit pids, memory, cpu: more than the machine has is no limit" {
	needs_pids
	way pids open 'cgroup pids 4000000'
	[[ $(field pids shows) == 'pids.max is 4000000, but this machine has only '*' PIDs' ]]
	[ "$(field pids step)" = 'cgroup pids 100' ]
	needs_controller memory cpu
	way memory-limit open 'cgroup memory 16T'
	[[ $(field memory-limit shows) == *', but this machine has only '*' bytes' ]]
	way cpu open "cgroup cpu $(getconf _NPROCESSORS_ONLN)"
	[[ $(field cpu shows) == *', but this machine has only '*' processors' ]]
}

@test "audit open-files, disk-space: a limit, a root that is read-only" {
	way open-files open ''
	way open-files closed 'caps default; rlimit nofile 64'
	[ "$(field open-files shows)" = '64 a process' ]
	way disk-space open "$own"
	way disk-space closed "$own; remount / ro"
}

@test "audit open-files: a limit that CAP_SYS_RESOURCE raises is none" {
	[ $((0x$(sed -n 's/^CapEff:\t//p' /proc/self/status) >> 24 & 1)) = 1 ] || skip "root does not hold CAP_SYS_RESOURCE here"
	ct -c 'rlimit nofile 64; run bash -c "ulimit -n 128 && ulimit -n"'
	assert_output 128
	way open-files open 'rlimit nofile 64'
	[ "$(field open-files shows)" = '64 a process, but CAP_SYS_RESOURCE raises that' ]
	[ "$(field open-files step)" = 'caps default' ]
	way open-files closed 'rlimit nofile 64; caps default'
}

@test "audit log: where it is read, and with seccomp default not" {
	ct -c 'run dmesg'
	[ "$status" = 0 ] || skip "this machine has no log to be read"
	way log open ''
	way log closed "$own; caps default; no_new_privs; seccomp default"
	[[ $(field log shows) == 'syslog(2): Operation not permitted' ]]
}

# walk STEPS COMMAND... - asks, types the line that is next, and so on until nothing is: each line succeeds, and closes
# what it promises.
walk() {
	local steps=$1 before promised
	shift
	seen=0
	run --separate-stderr "$@" -c "$steps; audit --json"
	assert_status 0 || return
	while [ "$(summary next)" != null ]; do
		before=$(($(summary open) + $(summary partly))) promised=$(summary closes)
		[ "$promised" -gt 0 ] || explain 'a promise' || return
		steps="$steps; $(summary next)"
		run --separate-stderr "$@" -c "$steps; audit --json"
		assert_status 0 || return
		[ $((before - $(summary open) - $(summary partly))) -ge "$promised" ] || explain "$promised fewer after $steps" || return
		seen=$((seen + 1))
		[ "$seen" -lt 20 ] || explain "an end: $steps" || return
	done
}

@test "audit: each next step closes what it promises, and they lead to a wall" {
	cp -r "$ROOTFS" rootfs
	walk 'umask 022' timeout -s KILL 360 "$CTRSH"
	[ "$(summary open)" -le 2 ] || explain 'a wall'
	[ "$seen" -ge 5 ]
}

@test "audit: from the first container on, each next step can be taken" {
	cp -r "$ROOTFS" rootfs
	walk 'unshare uts pid mnt; hostname box; cgroup pids 20; chroot ./rootfs; mount proc' timeout -s KILL 360 "$CTRSH"
	[ "$seen" -ge 3 ] || explain 'some steps'
	[ "$(field disk-space step)" = null ]
}

@test "audit: from a plain user's containers on, each next step can be taken" {
	needs_userns
	cp -r "$ROOTFS" rootfs
	for steps in 'umask 022' 'unshare user pid mnt; map root' 'unshare user uts pid mnt; map root; hostname box; chroot ./rootfs; mount proc'; do
		walk "$steps" as_user timeout -s KILL 360 "$CTRSH"
		[ "$seen" -ge 3 ] || explain 'some steps'
	done
}

@test "audit disk-space: only what can be written" {
	needs_userns
	user -c "unshare user pid mnt; map root; audit --json"
	assert_status 0
	shown=$(field disk-space shows)
	[ "$(field disk-space here)" = closed ] || as_user find "${shown%% can be filled*}" -maxdepth 2 -xdev -type d -writable | grep -q . || explain 'what can be filled'
}

@test "audit time: of its own, but the same uptime without an offset" {
	way time open 'unshare time'
	way time partly 'unshare time boottime=+1d'
	way time closed 'unshare time monotonic=+1d boottime=+1d'
}

@test "audit: hardened.ctr is at least as tight as Docker's default, way by way; the first container is not" {
	sed 's/^exec .*/audit --json/' "$TOP/scripts/walls/hardened.ctr" >hardened.ctr
	cp -r "$ROOTFS" rootfs
	ct hardened.ctr x
	assert_status 0
	output=$(sed -n '/^{/,$p' <<<"$output")
	[ "$(jq -r '[.audit[] | select(.here != "closed" and .docker == "closed") | .name] | join(" ")' <<<"$output")" = '' ]
	hardened=$(summary open)
	[ "$hardened" -lt "$(summary docker)" ]
	audit "unshare uts pid mnt; hostname box; chroot $ROOTFS; mount proc"
	[ "$(summary open)" -gt "$(summary docker)" ]
	[ "$(summary open)" -gt $((hardened + 10)) ]
}

@test "audit: no step is named that the box can't take any more" {
	audit 'unshare mnt; caps default'
	[[ $(summary next) != unshare* ]]
	ct -c 'unshare mnt; caps default; audit'
	assert_output_has 'in a fresh box: unshare net'
	ct -c 'unshare mnt; audit'
	[[ $output != *'fresh box: unshare net'* ]]
}

@test "audit: what only a fresh box closes is named, and where in it the line stands" {
	cp -r "$ROOTFS" rootfs
	ct -c 'unshare uts pid mnt; chroot ./rootfs; mount proc; audit'
	assert_output_has "-> in a fresh box: pivot_root $PWD/rootfs" \
		"in a fresh box (reset, and the lines again): pivot_root $PWD/rootfs, in place of chroot (closes 1); unshare user; map root, first of all (closes "
	way root closed "unshare uts pid mnt; pivot_root $PWD/rootfs; mount proc"
	[[ $(summary fresh) == 'unshare user; map root, first of all (closes '* ]] || explain 'no chroot'
	audit 'unshare mnt; caps default'
	[[ $(summary fresh) == *'before the capabilities go (closes '* ]] || explain 'what is late'
	audit 'unshare uts pid mnt ipc net time monotonic=+1d boottime=+1d; cgroup pids 100; caps default'
	[[ $(summary fresh) != *'unshare, '* ]] || explain 'a line without its words'
	needs_userns
	user -c 'unshare user uts pid mnt ipc net cgroup; map root; audit --json'
	[ "$(summary fresh)" = null ] || explain 'nothing'
	[ "$(field pids step)" != null ] || [ "$(field cgroup step)" = null ] || [ "$(field cgroup step)" = 'unshare cgroup' ] || explain 'no step that never comes'
}

@test "audit: pivot_root is offered where there is a ./rootfs, and otherwise said to be missing" {
	ct -c 'unshare mnt; audit'
	[[ $output != *'pivot_root ./rootfs'* ]] || explain 'no line with ./rootfs'
	[[ $output =~ pivot_root\ would\ close\ ([0-9]+),\ but\ there\ is\ no\ ./rootfs ]] || explain 'what is missing'
	missing=${BASH_REMATCH[1]}
	ln -s "$ROOTFS" rootfs # through which pivot_root does not go
	ct -c 'unshare mnt; -pivot_root ./rootfs; audit'
	assert_stderr ELOOP
	[[ $output != *'pivot_root ./rootfs'* ]] || explain 'no line with ./rootfs'
	rm rootfs && cp -r "$ROOTFS" rootfs
	way root open 'unshare mnt'
	[ "$(field root step)" = 'pivot_root ./rootfs' ]
	[ "$(jq '[.audit[] | select(.step == "pivot_root ./rootfs")] | length' <<<"$output")" -le "$missing" ]
	ct -c 'unshare mnt; audit'
	[[ $output != *'would close'* ]] || explain 'no note'
}

@test "audit: numbers add up; the host is as it was" {
	cp /proc/self/mountinfo before
	audit "$own"
	diff before /proc/self/mountinfo
	[ "$(jq '.audit | length' <<<"$output")" = "$(summary ways)" ]
	[ "$(jq '[.audit[] | select(.here == "open")] | length' <<<"$output")" = "$(summary open)" ]
	[ $(($(summary open) + $(summary partly) + $(summary unknown) + $(summary closed))) = "$(summary ways)" ]
	[ "$(jq '[.audit[] | select(.docker == "open")] | length' <<<"$output")" = "$(summary docker)" ]
	[ -z "$(ls "$ROOTFS"/dev/.ctrsh-audit "$ROOTFS"/.ctrsh-audit /dev/.ctrsh-audit 2>/dev/null)" ]
}

@test "audit: an attached process is only looked at, and its descriptors are seen" {
	chroot "$ROOTFS" sleep 1000 7</ 3>&- & # sleep-ok: a process that stays
	leaks=$!
	chroot "$ROOTFS" sleep 1000 7<"$ROOTFS" 3>&- & # sleep-ok: a process that stays
	inner=$!
	for pid in "$leaks" "$inner"; do poll 10 grep -qsx sleep "/proc/$pid/comm"; done # its root is the other by then
	ct -c "attach $leaks; audit --json"
	assert_status 0
	output=$(sed -n '/^{/,$p' <<<"$output")
	[ "$(field descriptors here)" = open ]
	[[ $(field descriptors shows) == 'descriptor 7 is /:'* ]]
	[ "$(field root here)" = open ]
	[ "$(jq '[.audit[] | select(.tried)] | length' <<<"$output")" = 0 ]
	[ "$(summary next)" = null ]
	ct -c "attach $inner; audit --json"
	output=$(sed -n '/^{/,$p' <<<"$output")
	[ "$(field descriptors here)" = closed ]
	end "$leaks"
	end "$inner"
}

@test "audit: of another tool's container" {
	needs bwrap
	bwrap --die-with-parent --unshare-all --ro-bind "$ROOTFS" / --proc /proc --dev /dev /bin/sleep 1000 3>&- & # sleep-ok: a process that stays
	bwrap=$!
	inside() { pid=$(pgrep -x sleep -P "$(pgrep -P "$bwrap" | head -n1)" | head -n1) && [ -n "$pid" ]; }
	poll 10 inside
	ct -c "attach $pid; audit --json"
	assert_status 0
	output=$(sed -n '/^{/,$p' <<<"$output")
	for name in root working descriptors mounts sys-admin modules ptrace signals processes proc network ipc uts; do
		[ "$(field "$name" here)" = closed ] || explain "$name closed"
	done
	[ "$(field pids here)" != closed ]
	end "$bwrap"
}

@test "audit: rootless" {
	needs_userns
	user -c 'audit --json'
	assert_status 0
	assert_stderr ''
	[ "$(field sys-admin here)" = closed ]
	[ "$(field root here)" = open ]
	[ "$(field settings here)" = closed ]
	user -c "unshare user uts pid mnt net ipc; map root; pivot_root $ROOTFS; audit --json"
	assert_status 0
	for name in root working mounts disk sys-admin ptrace signals processes settings network ipc user; do
		[ "$(field "$name" here)" = closed ] || explain "$name closed"
	done
	[ "$(summary unknown)" = 0 ]
}

@test "audit: as text, closed ways with --all, a count and the next step" {
	ct -c 'audit'
	assert_status 0
	assert_output_has "! host's root directory" "Docker's default leaves" 'next: unshare uts pid mnt ipc net ' 'time monotonic=+1d boottime=+1d (closes ' 'shown by audit --all'
	[[ $output != *$'\033'* ]]
	[[ $output != *'working directory'* ]]
	ct -c 'audit --all'
	assert_output_has 'working directory'
	ct -c 'audit x'
	assert_status 2
}
