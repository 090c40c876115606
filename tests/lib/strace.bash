# SPDX-License-Identifier: GPL-3.0-or-later
#
# Running ctrsh under strace: to compare its trace with the calls that were
# really made, and to make calls fail. LeakSanitizer does not work there.
# shellcheck shell=bash disable=SC2154

needs_strace() {
	needs strace
	strace -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	export ASAN_OPTIONS="${ASAN_OPTIONS-}:detect_leaks=0:log_path=stderr" # for a log it would make directories
}

# strace_setup - for files whose tests all trace.
strace_setup() {
	common_setup
	needs_root
	needs_strace
}

# inject WHAT ARGUMENT... - ctrsh, with strace's inject=WHAT for all its processes.
inject() {
	local what=$1
	shift
	run --separate-stderr timeout -s KILL 360 strace -f -qq -o /dev/null -e "inject=$what" "$CTRSH" "$@"
}

# killed_at CALL N COMMAND... - COMMAND becomes ctrsh, whose shell alone gets SIGKILL as it begins the Nth call of that
# name, which is then not made. false: it came to its end before.
killed_at() {
	local what=inject=$1:signal=KILL:when=$2
	shift 2
	run --separate-stderr timeout -s KILL 360 strace -qq -o /dev/null -e "$what" "$@"
	[ "$status" -eq 137 ]
}

# The calls of the kernel that a trace shows, by strace's names.
TRACED=prctl,unshare,mount,umount2,chroot,chdir,fchdir,sethostname,setns,mkdir,mkdirat,clone,clone3,fork,vfork,execve,wait4,openat,pidfd_open,openat2,open_tree,move_mount,mount_setattr,fsopen,fsconfig,fsmount,fspick

# sorted_flags - A|B of a line in the order of their names, wherever it has them.
sorted_flags() {
	awk '{
		out = ""
		while (match($0, /[A-Z][A-Z0-9_]*([|][A-Z0-9_]+)+/)) {
			n = split(substr($0, RSTART, RLENGTH), f, "|")
			for (i = 2; i <= n; i++)
				for (j = i; j > 1 && f[j] < f[j - 1]; j--) { t = f[j]; f[j] = f[j - 1]; f[j - 1] = t }
			s = f[1]
			for (i = 2; i <= n; i++) s = s "|" f[i]
			out = out substr($0, 1, RSTART - 1) s
			$0 = substr($0, RSTART + RLENGTH)
		}
		print out $0
	}'
}

# our_calls - the lines of a trace on stdin that claim a system call: "  box   call(…) = …". Names of descriptors and
# the number of the caller's variables are left out, and what is no call of ours: libcgroup's functions.
our_calls() {
	sed -nE 's/^ *(box|host)  +//p' | grep -vE '^cgroup_[a-z_]+\(' |
		sed -E 's/([0-9]+)<[^<>]*>/\1/; s/, 0?x?[0-9a-f]* ?\/\* ([0-9]+) variables \*\/\)/, \1 vars)/' | sorted_flags | sort
}

# strace_calls FILE... - the same calls as strace -ff wrote them down; without those processes that only go and look, and
# without the read-only mount from which the box maps its own program again.
strace_calls() {
	grep -LZ "^prctl(PR_SET_NAME, \"ctrsh-look\")" "$@" | xargs -0 cat | sed -E '
		\:^open_tree\(AT_FDCWD, "/proc/self/exe", .* = [0-9]:{N;d}
		s/^clone\(child_stack=NULL, flags=CLONE_CHILD_CLEARTID\|CLONE_CHILD_SETTID\|SIGCHLD, .*\) +=/fork() =/
		s/^clone\(child_stack=NULL, flags=([^,)]*)\) +=/clone(\1) =/
		s/^wait4\(([0-9]+), \[\{WIFEXITED\(s\) && WEXITSTATUS\(s\) == ([0-9]+)\}\], 0, NULL\) +=/waitpid(\1, {exited with \2}) =/
		s/^wait4\(([0-9]+), \[\{WIFSIGNALED\(s\) && WTERMSIG\(s\) == (SIG[A-Z0-9]+)\}\], 0, NULL\) +=/waitpid(\1, {killed by \2}) =/
		s/^openat\(AT_FDCWD, /open(/
		s/O_RDONLY\|(.*O_PATH)/\1/
		s/, 0x[0-9a-f]+ \/\* ([0-9]+) vars? \*\/\) +=/, \1 vars) =/
		s/^(personality\(.*\) += \S+) \(PER_.*/\1/
		s: /\* MS_\?\?\? \*/::
		s/MOUNT_ATTR_NOATIME\|MOUNT_ATTR_STRICTATIME\|0x40/MOUNT_ATTR__ATIME/
		s/\) += /) = /' | sorted_flags | sort
}

# true_trace ARGUMENT... - runs ctrsh -x under strace. Each call that it shows must have been made, with these arguments
# and this result; and each call that makes a container must have been shown.
true_trace() {
	local only
	rm -f log.*
	run --separate-stderr timeout -s KILL 360 strace -ff -qq -s 4096 -o log -e trace="$TRACED" "$CTRSH" -x "$@"
	echo "$stderr" | our_calls >ours
	strace_calls log.* >theirs
	only=$(comm -23 ours theirs)
	[ -z "$only" ] || { echo "shown, but not made:" && echo "$only" && cat theirs && return 1; }
	only=$(comm -13 ours theirs | grep -E '^(unshare|mount|umount2|move_mount|mount_setattr|chroot|sethostname|setns)\(' || true)
	[ -z "$only" ] || { echo "made, but not shown:" && echo "$only" && return 1; }
}

# shown TEXT... - the trace has these calls.
shown() {
	local text
	for text; do grep -qF -- "$text" ours || { echo "not in the trace: $text" && cat ours && return 1; }; done
}
