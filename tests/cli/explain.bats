#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# explain: what it says an op would do is what the trace then shows, for every
# op; it changes nothing; and it looks at the state.

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common
# shellcheck source=tests/lib/boxstate.bash
source "$TOP/tests/lib/boxstate.bash"
# shellcheck source=tests/lib/cgroup.bash
source "$TOP/tests/lib/cgroup.bash"

# Of calls that only look something up explain names those that matter; some ops make many of one kind, and explain tells
# of one.
lookups='^(box|host) +(open|openat|openat2|fchdir|umask|fsconfig|fsmount|mkdirat|sendmsg\(netlink, RTM_GET[A-Z]*|pidfd_open|waitpid)\b'
repeats='^(mount dev|mask default|seccomp|run|exec)\b'

# regex CALL - what a trace line of that call looks like: ... is anything, and mount(2) may get a path as a descriptor.
regex() {
	sed -e 's/[][(){}|*+?^$\\]/\\&/g' -e 's/\.\.\./\x01/g' -e 's/\./\\./g' -e 's/\x01/.*/g' \
		-e 's:"\([^"]*\)":("\1"|"/proc/self/fd/[0-9]+"):g' -e 's/^\([a-z]*\)  *\(.*\)$/^\1 +\2/' <<<"$1"
}

# in_order FILE REGEX... - lines of FILE match these, in this order.
in_order() {
	local line wanted
	exec 7<"$1"
	shift
	for wanted; do
		while IFS= read -r line <&7; do
			if [[ $line =~ $wanted ]]; then continue 2; fi
		done
		echo "explained, and not in the trace: $wanted" && return 1
	done
	exec 7<&-
}

# is_explained TRACE-LINE REGEX...
is_explained() {
	local line=$1 wanted
	shift
	for wanted; do if [[ $line =~ $wanted ]]; then return; fi; done
	echo "in the trace, and not explained: $line" && return 1
}

# holds LINE EXPLAINED TRACE - the files say the same of the line.
holds() {
	local wanted=() call line
	while IFS= read -r call; do wanted+=("$(regex "$call")"); done < <(grep -E '^(  calls   |          )(box|host)  ' "$2" | cut -c 11-)
	# The name of a call is never left open.
	refute grep -qE '^(  calls   |          )(box|host)  +[a-z_]*\.\.\.' "$2"
	[ ${#wanted[@]} -gt 0 ] || { echo "no calls explained: $1" && return 1; }
	grep -qE '^ {18}[a-z/A-Z]' "$2" || { echo "no words: $1" && return 1; }
	for label in tools C docker man; do
		grep -qE "^  $label +[^ ]" "$2" || { echo "no $label: $1" && return 1; }
	done
	[[ ! $1 =~ ^(setenv|unsetenv|seccomp (default|allow|deny|log|kill|trap|notify|show)|caps show|cgroup show|cgroup kill) ]] || return 0
	grep -E '^  (box|host)  ' "$3" | grep -vE 'namespace: |the box: ' | cut -c 3- >trace.only
	in_order trace.only "${wanted[@]}" || { echo "of: $1" && cat trace.only && return 1; }
	[[ ! $1 =~ $repeats ]] || return 0
	while IFS= read -r line; do
		[[ $line =~ $lookups ]] || is_explained "$line" "${wanted[@]}" || { echo "of: $1" && return 1; }
	done <trace.only
}

# true_of LINE... - explains each before it is done, and holds that against the trace.
true_of() {
	local i=0 line
	for line; do
		i=$((i + 1))
		printf 'explain %s\n!echo @trace %d\n%s\n' "$line" "$i" "$line"
		[[ $line == exec* ]] || echo '!echo @end'
	done >t.ctr
	run sh -c 'timeout -s KILL 360 "$CTRSH" -x t.ctr >all 2>&1'
	[ "$status" -eq 0 ] || { cat all && return 1; }
	rm -f explained.* traced.*
	awk '/^@trace/ { n = $2; next } /^@end/ { n = 0; m++; next } n { print > ("traced." n); next } { print > ("explained." m + 1) }' all
	for ((i = 1; i <= $#; i++)); do
		[ -e "traced.$i" ] || : >"traced.$i"
		refute grep -q '^  now ' "explained.$i"
		holds "${!i}" "explained.$i" "traced.$i" || return
		echo "${!i}" >>done
	done
}

@test "explain: namespaces, maps, the name" {
	needs_root
	true_of 'unshare uts ipc pid' 'hostname box' 'unshare pid' 'unshare user uts mnt' 'map setgroups deny' 'map uid 0 0 1' 'map gid 0 0 1'
	true_of 'unshare user' 'map root'
	true_of 'unshare user' 'map self'
	true_of 'unshare user' 'map uid 0 100000 65536' 'map gid 0 100000 65536'
	true_of 'unshare user' 'map gid 0 100000 65536' 'map uid 0 100000 65536'
	true_of 'unshare user' 'map uid 5 100000 10' 'map gid 0 0 10'
	true_of 'unshare user' 'map uid 5 100000 10 0 0 1' 'map gid 7 5 3 0 100000 2'
	true_of 'unshare user' 'map setgroups deny' 'map gid 0 100000 1'
	true_of 'unshare mnt time --propagation slave monotonic=+1d' 'unshare mnt --propagation unchanged'
	true_of 'unshare uts' "keep uts $WORK/kept" "join $WORK/kept" "unkeep $WORK/kept" "join $$ uts"
}

@test "explain: mounts, files, the root" {
	needs_root
	mkdir at
	true_of 'unshare mnt pid ipc cgroup net' 'propagation slave' "mount tmpfs $WORK/at size=16m,noexec" "cd $WORK/at" 'mkdir x' 'mkdir z 700' \
		'mknod file p' 'mknod null c 1 3' 'symlink a link' 'mount bind null file' 'mount bind null file ro' 'umount file' 'mount rbind /dev x' \
		'remount x ro' 'mount devpts x/pts' 'mask x/null' 'mask z' 'mount dev z' 'mount overlay x lower=/usr/share' \
		'mount ramfs none z' 'mount mqueue /mnt' 'mount cgroup2 /mnt' 'mount proc' 'mount sysfs' 'mask default' 'umount --lazy /mnt' \
		"pivot_root $ROOTFS" 'mount proc' 'chroot --keep-cwd /bin' 'exec /busybox true'
	true_of 'unshare mnt' "chroot $ROOTFS" 'run true'
	true_of 'unshare mnt' "mount rbind $ROOTFS $WORK/at" "pivot_root $WORK/at"
}

@test "explain: what the arguments, and what is there, decide" {
	needs_root
	mkdir dir at
	touch file
	true_of 'unshare mnt' "mount tmpfs $WORK/at" "remount $WORK/at size=3M" "remount $WORK/at ro,size=4M" "remount --recursive $WORK/at rw" \
		"mask $WORK/file $WORK/dir" "mask --if-exists $WORK/none $WORK/dir" "mount overlay $WORK/at lower=$WORK/dir" \
		"umount $WORK/at" "umount --lazy $WORK/at" 'caps ambient none' 'caps ambient net_raw' 'caps ambient net_raw' 'caps ambient none'
	mkdir lower upper work
	true_of 'unshare mnt' "mount tmpfs $WORK/at" "mkdir $WORK/at/u" "mkdir $WORK/at/w" \
		"mount overlay $WORK/dir lower=$WORK/lower upper=$WORK/at/u work=$WORK/at/w"
}

# words_of LABEL LINE TEXT... - explained, that label has exactly this.
words_of() {
	local label=$1 line=$2
	shift 2
	ct -c "explain $line"
	assert_status 0
	for text; do
		[ "$(sed -nE "s/^  $label +//p" <<<"$output")" = "$text" ] || { echo "$line: $output" && return 1; }
	done
}

@test "explain: other tools' words are made of the line's own" {
	needs_root
	words_of tools 'caps drop bounding kill' 'setpriv(1): setpriv --bounding-set -kill COMMAND; capsh(1): capsh --drop=cap_kill -- -c COMMAND'
	words_of docker 'caps drop bounding kill' '--cap-drop KILL'
	words_of docker 'caps drop all' '--cap-drop ALL'
	words_of tools 'caps keep bounding none' 'setpriv(1): setpriv --bounding-set -all COMMAND'
	words_of docker 'caps keep none' '--cap-drop ALL'
	words_of tools 'caps keep bounding chown cap_kill' 'setpriv(1): setpriv --bounding-set -all,+chown,+kill COMMAND'
	words_of docker 'caps keep chown kill' '--cap-drop ALL --cap-add CHOWN --cap-add KILL'
	words_of tools 'caps ambient chown kill' 'setpriv(1): setpriv --inh-caps +chown,+kill --ambient-caps +chown,+kill COMMAND'
	words_of tools 'sched affinity 0' 'taskset(1): taskset -c 0 COMMAND'
	words_of docker 'sched affinity 0' '--cpuset-cpus 0'
	words_of tools 'sched fifo 4' 'chrt(1): chrt --fifo 4 COMMAND'
	words_of tools 'mount bind /etc /mnt ro,nosuid' 'mount(8): mount --bind /etc /mnt; mount -o remount,bind,ro,nosuid /mnt'
	words_of docker 'mount bind /etc /mnt ro,nosuid' '--mount type=bind,src=/etc,dst=/mnt,readonly (-v /etc:/mnt:ro); recursive, unless bind-recursive=disabled is there, too'
	words_of docker 'mount bind /etc /mnt nosuid' '--mount type=bind,src=/etc,dst=/mnt (-v /etc:/mnt); recursive, unless bind-recursive=disabled is there, too'
	words_of tools 'remount /proc size=3M' 'mount(8): mount -o remount,size=3M /proc'
	words_of tools 'remount /proc ro' 'mount(8): mount -o remount,bind,ro /proc'
	words_of tools 'mknod x c 1 3 600' 'mknod(1): mknod -m 600 x c 1 3'
	words_of tools 'mkdir --parents x/y 700' 'mkdir(1): mkdir -p -m 700 x/y'
	words_of C 'mkdir x 700' 'mode_t m = umask(0); mkdir("x", 0700); umask(m);'
	words_of C 'mkdir x' 'mkdir("x", 0777);'
	words_of tools 'umount --lazy /proc' 'umount(8): umount --lazy /proc'
	words_of C 'umount --lazy /proc' 'umount2("/proc", MNT_DETACH);'
	words_of C 'umount /proc' 'umount2("/proc", 0);'
	words_of tools 'groups 5 6' 'setpriv(1): setpriv --groups 5,6 COMMAND'
	words_of docker 'groups 5 6' '--group-add 5 --group-add 6'
	words_of tools 'user 1000:1001,5,6' 'setpriv(1): setpriv --reuid 1000 --regid 1001 --groups 5,6 COMMAND'
	words_of docker 'user 1000:1001,5,6' '--user 1000:1001 --group-add 5 --group-add 6'
	words_of tools 'ioprio rt' 'ionice(1): ionice -c realtime -n 4 COMMAND'
	words_of tools 'mempolicy bind 0-1' 'numactl(8): numactl --membind=0-1 COMMAND'
	words_of tools 'personality linux32 3gb' 'setarch(8): setarch linux32 --3gb COMMAND'
	words_of docker 'exec sh -c "echo hi"' "docker run IMAGE sh -c 'echo hi'"
	words_of tools 'exec sh -c "echo hi"' "sh(1): exec sh -c 'echo hi'"
}

@test "explain: limits, processes" {
	needs_controller memory
	needs_controller cpu
	needs_controller cpuset
	true_of 'cgroup pids 100' 'cgroup memory 100M' 'cgroup cpu 50%' 'cgroup cpuset 0' 'cgroup weight cpu 50' 'cgroup devices deny all' 'cgroup devices allow c 1:3' 'cgroup pids.max 50' \
		'cgroup pids 60' 'cgroup show' 'cgroup freeze' 'cgroup thaw' 'umask 027' 'nice 4' 'sched batch' 'sched affinity 0' 'sched idle' 'ioprio be 2' 'ioprio idle' 'mempolicy interleave 0' 'mempolicy local' 'personality linux32 3gb' \
		'oom_score_adj 100' 'rlimit nofile 300:' 'rlimit nofile :400' 'rlimit nofile 100' 'rlimit nofile 50:60' 'rlimit core 0' 'setenv A b' 'unsetenv A' 'unsetenv --all' 'cgroup kill'
}

@test "explain: privileges, users" {
	needs_root
	true_of keyring 'keyring x' no_new_privs 'seccomp default' 'seccomp allow getpid' 'seccomp deny chmod' 'seccomp log chown' 'seccomp kill reboot' 'seccomp trap acct' 'seccomp load' 'seccomp notify mkdir' \
		'seccomp show' 'caps securebits none' 'caps ambient net_admin' 'caps drop kill' 'caps default' 'caps keep chown setuid setgid' 'caps show' \
		'groups 5 6' 'setgid 7' 'setuid 8'
	true_of 'user 1000:1000'
}

@test "explain: a mount whose owners are mapped" {
	needs_root
	[ "$(printf '%s\n' 6.3 "$(uname -r)" | sort -V | head -n 1)" = 6.3 ] || skip "tmpfs takes it since Linux 6.3"
	mkdir disk at
	mount -t tmpfs disk disk
	true_of 'unshare user mnt' 'map root' 'mount idmap disk at' 'umount at' 'mount idmap disk at nosuid'
	umount disk
}

@test "explain: the network" {
	needs_root
	lines=('unshare uts net' 'sysctl net.ipv4.ip_forward 1' 'net up lo' 'net down lo' 'net veth eth0 10.113.0.1/24 10.113.0.2/24'
		'net addr lo 10.115.0.1/24' 'net route 10.114.0.0/16 via 10.113.0.1' 'net route 10.116.0.0/16 dev eth0' 'net veth eth1' 'net mac eth1 02:00:00:00:00:01' 'net bridge brexplain' 'net show')
	true_of "${lines[@]}"
}

@test "explain: each op of the table has its entry, and is held against the trace above" {
	needs_root
	missing=()
	while read -r name; do
		grep -qE "[\"' ]$name([\"' ;]|\$)" <(sed -n '/true_of\|lines=/,/^}/p' "$BATS_TEST_FILENAME") || missing+=("$name")
		grep -qF ".op = \"$name\"" "$TOP"/ops/explain/*.c || missing+=("no entry: $name")
	done < <(sed -nE 's/^\t*\{?\.name = "([a-z0-9_ ]+)",.*$/\1/p' $(op_files))
	[ ${#missing[@]} -eq 0 ] || { printf '%s\n' "${missing[@]}" && return 1; }
	# What needs a range of IDs, or a disk, that perhaps is not there.
	for line in 'map auto' 'cgroup io 8:0 rbps=1M'; do
		ct -c "explain $line"
		assert_status 0
		assert_output_has "$line" '  calls   host' '  tools   ' '  C       ' '  docker  ' '  man     '
	done
	ct -c 'explain cgroup io 8:0 rbps=1M,wiops=3'
	if grep -q '^blkio' /proc/cgroups && grep -q ' cgroup .*blkio' /proc/self/mounts; then
		assert_output_has 'blkio.throttle.read_bps_device = ' 'blkio.throttle.write_iops_device = '
		refute grep -q 'write_bps_device\|io\.max = ' <(grep 'host  ' <<<"$output")
	else
		assert_output_has 'io.max = '
	fi
}

@test "explain: changes nothing, and is not in the journal" {
	needs_pids
	printf 'source %q\nbox_state "$2" >"$1" 2>&1\n' "$TOP/tests/lib/boxstate.bash" >probe
	script 'unshare uts pid mnt net' '!bash probe before $PPID' 'explain unshare user ipc' 'explain hostname x' 'explain cgroup pids 5' \
		"explain chroot $ROOTFS" 'explain mount tmpfs /tmp' 'explain mkdir new' 'explain net veth eth0' 'explain exec true' \
		'explain run touch ran' "explain keep uts $WORK/kept" 'explain caps default' 'explain user 5' '!bash probe after $PPID' 'save saved'
	assert_status 0
	grep -q '^Uid:' before
	diff before after
	[ "$(cat saved)" = $'#!/usr/bin/env ctrsh\nunshare uts pid mnt net' ]
	for file in new ran kept; do refute test -e "$file"; done
}

@test "explain: a link is followed within the box's root" {
	needs_root
	mkdir -p r/only-here
	ln -s /only-here r/link
	ct -c "unshare mnt; chroot r; explain mask /link"
	assert_status 0
	assert_output_has 'an empty directory over it'
	[[ $output != *'mount of /dev/null'* ]] || explain 'no file'
}

@test "explain: what would be refused, with the reason and the remedy of the refusal" {
	needs_root
	for line in 'hostname x' 'mount proc' 'net up lo' 'map root'; do
		ct -c "$line"
		assert_status 2
		said=$(sed -n 's/^  \(why\|fix\): //p' <<<"$stderr")
		ct -c "explain $line"
		assert_result 0 "$output" ''
		[ "$(sed -nE 's/^ +(why|fix): //p' <<<"$output")" = "$said" ] || explain "$said"
	done
	ct -c "chroot $ROOTFS; explain unshare user; reset; cgroup freeze; explain run true; cgroup thaw; explain run true"
	assert_output_has 'now     unshare: refused: there is no new user namespace after chroot' 'now     run: refused: the box is frozen'
	[ "$(grep -c '^  now' <<<"$output")" = 2 ]
}

# foreseen BEFORE LINE [HOW...] - after BEFORE, explain LINE gives the reason and the remedy that LINE itself gives; ctrsh
# is started by HOW.
foreseen() {
	local before=$1 line=$2 said
	shift 2
	run --separate-stderr "$@" timeout -s KILL 360 "$CTRSH" -c "$before; $line"
	[ "$status" -ne 0 ] || { echo "not refused: $line" && return 1; }
	said=$(sed -nE 's/^  (why|fix): //p' <<<"$stderr" | sed -E 's|/proc/[0-9]+/|/proc/PID/|g')
	said=${said%"; $line"} # which stands behind a remedy that comes first
	grep -q . <<<"$said" || { echo "no reason: $line: $stderr" && return 1; }
	run --separate-stderr "$@" timeout -s KILL 360 "$CTRSH" -c "$before; explain $line"
	assert_result 0 "$output" ''
	grep -q '^  now     ' <<<"$output" || { echo "$line: $output" && return 1; }
	[ "$(sed -nE 's/^ +(why|fix): //p' <<<"$output" | sed -E 's|/proc/[0-9]+/|/proc/PID/|g')" = "$said" ] || { echo "$line: $said; $output" && return 1; }
}

@test "explain: what the kernel would refuse, as far as looking tells" {
	needs_root
	mkdir dir
	touch file
	foreseen 'unshare mnt' 'chroot /nope'
	foreseen 'unshare mnt' "chroot $WORK/file"
	foreseen 'unshare mnt' "cd $WORK/none"
	foreseen 'unshare mnt' "mount bind /nope $WORK/dir"
	foreseen 'unshare mnt' "mount bind $WORK/dir $WORK/none"
	foreseen 'unshare mnt' "mount tmpfs $WORK/none"
	foreseen 'unshare mnt' "mount tmpfs $WORK/file"
	foreseen "unshare mnt ipc; chroot $ROOTFS" 'mount mqueue'
	foreseen 'unshare mnt' "mount overlay $WORK/none lower=$WORK/dir"
	foreseen 'unshare mnt' "umount $WORK/dir"
	foreseen 'unshare mnt' "umount $WORK/none"
	foreseen 'unshare mnt' "remount $WORK/dir ro"
	foreseen 'unshare mnt' "mask $WORK/file $WORK/none"
	foreseen 'unshare mnt' "pivot_root $WORK/none"
	foreseen "unshare mnt; chroot $ROOTFS" 'pivot_root /bin'
	foreseen 'unshare mnt; propagation --recursive shared' "pivot_root $WORK/dir"
	foreseen 'unshare net' 'net up eth7'
	foreseen 'unshare net' 'net addr eth7 10.1.1.1/24'
	foreseen 'unshare user; map root' 'groups 5'
	foreseen 'unshare user; map root' 'user 0:0,5'
	foreseen 'unshare net' 'net veth lo'
	foreseen 'umask 22' 'join 4194000'
	foreseen 'umask 22' 'join /nope'
	foreseen 'umask 22' "mkdir $WORK/dir"
	foreseen 'unshare user' "mknod $WORK/new c 1 3"
	foreseen 'unshare mnt' "mount dev $WORK/none"
	foreseen 'unshare mnt' "propagation slave $WORK/dir"
	foreseen 'unshare user; map root' 'setuid 5'
	foreseen 'unshare user; map root' 'setgid 5'
	foreseen 'user 1000:1000' 'setuid 5'
	foreseen 'user 1000:1000; unshare user' 'groups 5'
	foreseen 'caps drop setpcap' 'caps default'
	foreseen 'caps drop kill' 'caps ambient kill'
	foreseen 'caps keep chown' 'seccomp default'
	foreseen 'unshare user; map root; rlimit core 5' 'rlimit core 9'
	ct -c "unshare mnt user; map root; explain mask --if-exists $WORK/none; explain mount bind $WORK/dir $WORK/dir; explain pivot_root $ROOTFS"
	assert_status 0
	refute grep -q '^  now' <<<"$output"
}

@test "explain: a bridge that is none, on the host" {
	needs_root
	foreseen 'unshare net' 'net bridge lo'
}

@test "explain: what a plain user would be refused" {
	foreseen 'unshare user; map root' 'groups 5' as_user
	foreseen 'unshare user net; map root' 'net veth eth0' as_user
	foreseen 'unshare user net; map root' 'net bridge br0' as_user
	for line in 'setuid 5' 'setgid 5' 'caps drop kill' 'caps ambient kill' 'sched fifo 3' 'keep uts /tmp/kept' 'symlink x /etc/passwd' 'chroot /'; do
		foreseen 'umask 22' "$line" as_user
	done
	foreseen 'nice 19' 'nice 18' as_user
	mkdir -m 1777 open
	foreseen 'unshare user uts' "keep uts $WORK/open/kept" as_user
}

@test "explain: the state counts: a group that is there, PID 1, who it is, a directory" {
	needs_pids
	ct -c 'explain cgroup pids 5; cgroup pids 5; explain cgroup pids 6'
	[ "$(grep -c 'host  mkdir' <<<"$output")" = 1 ]
	ct -c 'explain unshare pid; unshare pid; explain unshare pid'
	[ "$(grep -c 'box   clone(CLONE_PARENT|SIGCHLD)' <<<"$output")" = 1 ]
	[ "$(grep -c 'box   fork()' <<<"$output")" = 1 ]
	run --separate-stderr as_user timeout -s KILL 360 "$CTRSH" -c 'explain chroot /; unshare user; explain chroot /'
	assert_status 0
	[ "$(grep -c '^  now     the box does not hold CAP_SYS_CHROOT' <<<"$output")" = 1 ]
	assert_output_has 'why: the box does not hold CAP_SYS_CHROOT' 'fix: unshare user'
	ct -c 'unshare mnt; explain mask /proc; explain mask /etc/passwd'
	[ "$(grep -c 'box   mount("tmpfs", "/proc"' <<<"$output")" = 1 ]
	[ "$(grep -c 'box   open_tree' <<<"$output")" = 1 ]
}

@test "explain: words that are wrong, and the shell's own" {
	ct -c 'explain hostname'
	assert_result 2 '' 'hostname: too few arguments'
	ct -c 'explain mount'
	assert_result 2 '' 'mount'
	ct -c 'explain nonsense'
	assert_result 2 '' 'unknown op: nonsense'
	ct -c 'explain save x'
	assert_result 2 '' 'explain: save is no op'
	ct -c 'explain'
	assert_result 2 '' 'explain: too few arguments'
	ct -c 'explain -hostname "a b"'
	assert_status 0
	[ "${lines[0]}" = "hostname 'a b'" ]
}

@test "explain: no colour and no broken lines in a pipe; -n explains a file, with -q it is silent" {
	needs_root
	ct -c 'explain unshare user uts pid mnt'
	refute grep -q $'\033' <<<"$output"
	[ "$(wc -L <<<"$output")" -gt 100 ]
	ct -n "$TOP/scripts/first.ctr"
	assert_status 0
	assert_stderr ''
	assert_output_has 'first.ctr:9: unshare uts pid mnt' 'host  cgroup_attach_task_pid("...", ...)' 'man     execve(2)'
	[ "$(grep -c '^  calls ' <<<"$output")" = 6 ]
	ct -n -q "$TOP/scripts/first.ctr"
	assert_result 0 '' ''
}

@test "explain: what stands beside C is C, or a comment" {
	needs cc
	mkdir at
	lines=('unshare uts pid mnt' 'unshare time boottime=+1d' 'map root' 'map self' 'map setgroups deny' 'join 1' 'join 1 net' "join $WORK/kept" 'hostname x' 'cgroup pids 5'
		'cgroup memory 50M swap=10M' 'cgroup cpu 50%' 'cgroup cpuset 0' 'cgroup weight cpu 50' 'cgroup show' 'cgroup freeze' 'cgroup thaw' 'cgroup kill'
		'mount proc' "mount tmpfs $WORK/at" 'mount bind /a /b ro' 'mount idmap /a /b' 'mount overlay /a lower=/b' 'mount dev' 'mask default' 'remount /a ro' 'umount /a' "pivot_root $ROOTFS" "chroot $ROOTFS"
		'cd /' 'mkdir /x' 'mknod /x p' 'propagation slave' 'sysctl net.ipv4.ip_forward 1' 'net up lo' 'net veth eth0' 'net bridge br0 10.1.1.1/24' 'net move eth0' 'net move --host eth0 eth1' 'net macvlan m0 eth0' 'net ipvlan i0 eth0 l3' 'net route default via 10.0.0.1' 'net show'
		'caps default' 'caps drop kill' 'caps ambient kill' 'no_new_privs' 'seccomp default' 'seccomp load' 'rlimit nofile 5' 'nice 5' 'sched batch' 'ioprio be' 'mempolicy bind 0,2' 'mempolicy local' 'personality linux32 3gb' 'keyring' 'label apparmor x' 'label selinux a:b:c' 'symlink a b' 'oom_score_adj 5' 'umask 022'
		'user 5' 'groups 5' 'setgid 5' 'setuid 5' 'setenv A b' 'unsetenv A' 'unsetenv --all' 'run true' 'exec true' "keep uts $WORK/kept" "unkeep $WORK/kept" 'cgroup pids.max 5')
	for line in "${lines[@]}"; do
		ct -c "explain $line"
		assert_status 0
		{
			printf '#define _GNU_SOURCE\n'
			printf '#include <%s.h>\n' errno fcntl sched signal stdio stdlib string unistd grp pwd linux/capability linux/ioprio linux/keyctl linux/mempolicy linux/securebits \
				sys/mount sys/personality sys/pidfd sys/prctl sys/resource sys/stat sys/syscall sys/sysmacros sys/wait
			printf 'void f(void) {\n%s\n}\n' "$(sed -n 's/^  C  *//p' <<<"$output")"
		} >it.c
		cc -O2 -Wall -Werror -Wno-unused-result -c -o it.o it.c 2>errors || { cat it.c errors && return 1; }
	done
}

@test "explain: the other tools' words fit the arguments" {
	needs_root
	while IFS='|' read -r line text; do
		ct -c "explain $line"
		assert_output_has "$text"
	done <<-'END'
		cgroup memory 50M swap=10M|--memory 50m --memory-swap 60m
		unshare time boottime=+1d|unshare --time --boottime 86400
		join 1 net|nsenter --target 1 --net
		join 1 net|setns(fd, CLONE_NEWNET);
		net bridge br0 10.1.1.1/24|RTM_NEWADDR
		net bridge br0 10.1.1.1/24|ip link add br0 type bridge; ip link set br0 up; ip addr add 10.1.1.1/24 dev br0
		net veth eth0 10.0.0.1/24 10.0.0.2/24|ip addr add 10.0.0.1/24 dev HOST-END; ip link set HOST-END up; in the box: ip addr add 10.0.0.2/24 dev eth0; ip link set eth0 up
		unshare cgroup|cgroup: --cgroupns private, the default on hosts with cgroup v2, with v1 it is host
	END
	needs_controller memory
	file=$([ -e /sys/fs/cgroup/memory/memory.limit_in_bytes ] && echo memory.limit_in_bytes || echo memory.max)
	ct -c 'explain cgroup memory 50M swap=10M'
	assert_output_has "cgset -r $file=52428800 -r " "/box/$file\", O_WRONLY), \"%s\", \"52428800\");" "$([ "$file" = memory.max ] && echo memory.swap.max || echo memory.memsw.limit_in_bytes)"
}

# same BEFORE LINE - after BEFORE, the C and the line of other tools that explain gives for LINE leave a program what LINE
# itself does.
same() {
	local before=${1:+$1; } line=$2 what tools
	ctrsh -c "${before}explain $line" >explained
	{
		printf '#define _GNU_SOURCE\n'
		printf '#include <%s.h>\n' fcntl sched stdio stdlib string unistd grp pwd linux/capability linux/securebits sys/mount sys/prctl sys/resource sys/stat sys/syscall sys/sysmacros
		printf 'int main(void) {\n%s\nexecl("./probe", "./probe", NULL); return 127; }\n' "$(sed -n 's/^  C  *//p' explained)"
	} >it.c
	cc -O2 -Wall -Werror -Wno-unused-result -o it it.c || { cat it.c && return 1; }
	tools=$(sed -nE 's/^  tools  *[^:]*: //p' explained | sed 's/; capsh(1).*//')
	[[ $tools == *COMMAND* ]] && tools=${tools//COMMAND/./probe} || tools="$tools; ./probe"
	echo "$tools" >it.sh
	for what in "$line; run ./probe" 'run ./it' 'run sh it.sh'; do
		run --separate-stderr outer timeout -s KILL 60 "$CTRSH" -c "$before$what"
		assert_status 0 || { echo "of: $line: $what: $tools" && return 1; }
		if [ "$what" = "$line; run ./probe" ]; then
			echo "$output" >wanted
			continue
		fi
		diff wanted - <<<"$output" || { echo "of: $line: $what: $tools" && return 1; }
	done
}

@test "explain: the C compiles without a warning and does it, and so does the line of other tools" {
	needs_root
	for tool in cc setpriv capsh chrt taskset choom prlimit findmnt; do needs "$tool"; done
	cat >probe <<-'END'
		#!/bin/sh
		grep -E '^(Uid|Gid|Groups|Cap|NoNewPrivs|Umask)' /proc/self/status
		sed 's/  */ /g' /proc/self/limits && cat /proc/self/oom_score_adj
		sed -E 's/^[0-9]+ [0-9]+ [0-9]+:[0-9]+ //; s/(shared|master):[0-9]+/\1/g' /proc/self/mountinfo
		chrt -p $$ | sed 's/pid [0-9]*//' && taskset -p $$ | sed 's/pid [0-9]*//' && nice && uname -n && env | grep ^NAME
		cd at 2>/dev/null && stat -c '%n %A %t %T' * */* 2>/dev/null
		exit 0
	END
	chmod 755 probe
	mkdir -p at dir lower
	touch file
	while IFS='|' read -r before line; do
		same "$before" "$line" || return
	done <<-END
		|rlimit core 5:
		|rlimit as 8G:9G
		|nice 19
		|sched batch
		|sched affinity 0
		|oom_score_adj 77
		|umask 27
		|setenv NAME value
		|no_new_privs
		|caps drop kill net_raw
		|caps keep chown kill
		|caps default
		caps ambient kill chown|caps drop kill
		|caps ambient all
		caps ambient kill|caps ambient none
		|caps securebits noroot noroot_locked
		|groups 5 6
		groups 7|setgid 5
		|setuid 8
		|user 1000:1001,5
		unshare uts|hostname other
		unshare mnt|mount tmpfs $WORK/at size=1m,noatime
		unshare mnt|mount devpts $WORK/at
		unshare mnt|mount sysfs $WORK/at rw
		unshare mnt|mount bind $WORK/dir $WORK/at ro,nosuid
		unshare mnt; mount tmpfs $WORK/dir; mkdir $WORK/dir/x; mount tmpfs $WORK/dir/x|mount rbind $WORK/dir $WORK/at ro
		unshare mnt; mount tmpfs $WORK/at|remount $WORK/at ro,size=2m
		unshare mnt; mount tmpfs $WORK/at; mkdir $WORK/at/x; mount tmpfs $WORK/at/x|remount --recursive $WORK/at nosymfollow
		unshare mnt; mount tmpfs $WORK/at; mkdir $WORK/at/x; mount tmpfs $WORK/at/x|propagation --recursive shared $WORK/at
		unshare mnt; mount tmpfs $WORK/at|umount --lazy $WORK/at
		unshare mnt; mount tmpfs $WORK/at|mkdir --parents $WORK/at/a/b 700
		unshare mnt; mount tmpfs $WORK/at dev|mknod $WORK/at/node b 7 3 640
		unshare mnt; mount tmpfs $WORK/at|mount dev $WORK/at
		unshare mnt|mask $WORK/file $WORK/dir
	END
}

@test "explain: docker run has the options that stand there" {
	needs docker
	docker run --help >options 2>&1
	grep -q -- '--cap-drop' options || skip "docker run --help lists no options"
	while IFS= read -r option; do
		[[ $option =~ ^--(print|rootfs)$ ]] || grep -qE -- "(^|[ ,])$option( |\$)" options || { echo "not an option: $option" && return 1; }
	done < <(sed -nE '/\.docker = /,/\}/p' "$TOP"/ops/explain/*.c | grep -v 'podman\|\.c = \|tools = ' | grep -oE -- '--[a-z][a-z-]+' | sort -u)
}
