/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libseccomp gives a call that exists only elsewhere a number of its own below
 * -1, and -1 to what it does not know (seccomp_syscall_resolve_name(3)). Which
 * forms of a call 32-bit programs have beside the one of today is history, and
 * stands in syscalls(2).
 */
#include "callname.h"

#include <errno.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "auto.h"
#include "nearest.h"

#define CALLS_MAX 1024 /* more than there are, and below the numbers of x32 */
#define NAME_SIZE 32

const uint32_t callname_others[] = {
#if defined(__x86_64__)
	SCMP_ARCH_X86, SCMP_ARCH_X32,
#elif defined(__aarch64__)
	SCMP_ARCH_ARM,
#endif
	0};

static const struct {
	const char *old, *name;
} twins[] = {
	{"_llseek", "lseek"},
	{"_newselect", "select"},
	{"chown32", "chown"},
	{"clock_adjtime64", "clock_adjtime"},
	{"clock_getres_time64", "clock_getres"},
	{"clock_gettime64", "clock_gettime"},
	{"clock_nanosleep_time64", "clock_nanosleep"},
	{"clock_settime64", "clock_settime"},
	{"fadvise64_64", "fadvise64"},
	{"fchown32", "fchown"},
	{"fcntl64", "fcntl"},
	{"fstat64", "fstat"},
	{"fstatat64", "newfstatat"},
	{"fstatfs64", "fstatfs"},
	{"ftime", "gettimeofday"},
	{"ftruncate64", "ftruncate"},
	{"futex_time64", "futex"},
	{"getegid32", "getegid"},
	{"geteuid32", "geteuid"},
	{"getgid32", "getgid"},
	{"getgroups32", "getgroups"},
	{"getresgid32", "getresgid"},
	{"getresuid32", "getresuid"},
	{"getuid32", "getuid"},
	{"io_pgetevents_time64", "io_pgetevents"},
	{"lchown32", "lchown"},
	{"lstat64", "lstat"},
	{"mmap2", "mmap"},
	{"mq_timedreceive_time64", "mq_timedreceive"},
	{"mq_timedsend_time64", "mq_timedsend"},
	{"nice", "setpriority"},
	{"oldfstat", "fstat"},
	{"oldlstat", "lstat"},
	{"oldolduname", "uname"},
	{"oldstat", "stat"},
	{"olduname", "uname"},
	{"ppoll_time64", "ppoll"},
	{"pselect6_time64", "pselect6"},
	{"readdir", "getdents"},
	{"recvmmsg_time64", "recvmmsg"},
	{"rt_sigtimedwait_time64", "rt_sigtimedwait"},
	{"sched_rr_get_interval_time64", "sched_rr_get_interval"},
	{"semtimedop_time64", "semtimedop"},
	{"sendfile64", "sendfile"},
	{"setfsgid32", "setfsgid"},
	{"setfsuid32", "setfsuid"},
	{"setgid32", "setgid"},
	{"setgroups32", "setgroups"},
	{"setregid32", "setregid"},
	{"setresgid32", "setresgid"},
	{"setresuid32", "setresuid"},
	{"setreuid32", "setreuid"},
	{"setuid32", "setuid"},
	{"sigaction", "rt_sigaction"},
	{"signal", "rt_sigaction"},
	{"sigpending", "rt_sigpending"},
	{"sigprocmask", "rt_sigprocmask"},
	{"sigreturn", "rt_sigreturn"},
	{"sigsuspend", "rt_sigsuspend"},
	{"stat64", "stat"},
	{"statfs64", "statfs"},
	{"stime", "settimeofday"},
	{"timer_gettime64", "timer_gettime"},
	{"timer_settime64", "timer_settime"},
	{"timerfd_gettime64", "timerfd_gettime"},
	{"timerfd_settime64", "timerfd_settime"},
	{"truncate64", "truncate"},
	{"ugetrlimit", "getrlimit"},
	{"umount", "umount2"},
	{"utimensat_time64", "utimensat"},
	{"waitpid", "wait4"},
	{NULL, NULL},
};

const char *callname_twin(const char *name, int i)
{
	for (int t = 0; twins[t].old; t++)
		if (!strcmp(twins[t].name, name) && i-- == 0)
			return twins[t].old;
	return NULL;
}

const char *callname_of(char *buf, unsigned size, int number)
{
	auto_free char *name = seccomp_syscall_resolve_num_arch(seccomp_arch_native(), number);

	snprintf(buf, size, "%s", name ? name : "");
	return buf;
}

const char *const *callname_words(const char *const *first)
{
	static char names[CALLS_MAX][NAME_SIZE];
	static const char *words[CALLS_MAX + 16];
	int n = 0;

	for (; first && *first && n < 15; first++)
		words[n++] = *first;
	for (int i = 0; i < CALLS_MAX; i++)
		if (*callname_of(names[i], NAME_SIZE, i))
			words[n++] = names[i];
	words[n] = NULL;
	return words;
}

static const char *twin_of(const char *old)
{
	for (int t = 0; twins[t].old; t++)
		if (!strcmp(twins[t].old, old))
			return twins[t].name;
	return NULL;
}

static bool others_have(const char *name)
{
	for (const uint32_t *arch = callname_others; *arch; arch++)
		if (seccomp_syscall_resolve_name_arch(*arch, name) >= 0)
			return true;
	return false;
}

static int unknown(const char *name, const char *op, struct err *err)
{
	const char *near = nearest_of(callname_words(NULL), name);
	const struct scmp_version *v = seccomp_version();

	err_usage(err, "%s: no such system call: \"%.100s\"", op, name);
	err_why(err, "libseccomp %u.%u.%u knows none of that name", v->major, v->minor, v->micro);
	if (near)
		err_fix(err, "did you mean %s?", near);
	return -1;
}

int callname_number(const char *name, int *number, const char *op, struct err *err)
{
	const char *today = twin_of(name);
	struct utsname u = {0};

	*number = seccomp_syscall_resolve_name(name);
	if (*number == __NR_SCMP_ERROR)
		return unknown(name, op, err);
	if (*number >= 0 || (!today && others_have(name)))
		return 0;
	uname(&u);
	err_usage(err, "%s: no system call of %s: \"%.100s\"", op, u.machine, name);
	if (!today) {
		err_why(err, "only other machines have it");
		return -1;
	}
	err_why(err, "only 32-bit programs have it, and for them it goes with %s", today);
	err_fix(err, "%s", today);
	return -1;
}

int errno_number(const char *name, const char *op, struct err *err)
{
	const char *names[134 + 1];
	const char *near;
	int n = 0;

	for (int e = 1; e <= 134; e++) { /* up to EHWPOISON, errno(3) */
		const char *word = strerrorname_np(e);

		if (word && !strcmp(word, name))
			return e;
		if (word)
			names[n++] = word;
	}
	names[n] = NULL;
	near = nearest_of(names, name);
	err_usage(err, "%s: no such errno: \"%.100s\"", op, name);
	if (near)
		err_fix(err, "did you mean errno=%s?", near);
	else
		err_fix(err, "a name of errno(3), as in errno=EACCES");
	return 0;
}
