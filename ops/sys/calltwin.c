/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Older and wider forms of system calls, by other names, that 32-bit programs
 * have beside the form of today (syscalls(2)): a rule for a call binds them,
 * too, or they would be a way around it.
 */
#include <stddef.h>
#include <string.h>

#include "ops/sys/callname.h"

static const struct twin {
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
	{"ppoll_time64", "ppoll"},
	{"pselect6_time64", "pselect6"},
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
	{"sigprocmask", "rt_sigprocmask"},
	{"sigreturn", "rt_sigreturn"},
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
/* from before the C library of today: */
#define ANCIENT "oldstat"
	{"oldstat", "stat"},
	{"ftime", "gettimeofday"},
	{"nice", "setpriority"},
	{"oldfstat", "fstat"},
	{"oldlstat", "lstat"},
	{"oldolduname", "uname"},
	{"olduname", "uname"},
	{"readdir", "getdents"},
	{"sigaction", "rt_sigaction"},
	{"signal", "rt_sigaction"},
	{"sigpending", "rt_sigpending"},
	{"sigsuspend", "rt_sigsuspend"},
	{NULL, NULL},
};

const char *callname_twin(const char *name, bool ancient, int i)
{
	for (const struct twin *t = twins; t->old; t++) {
		if (!ancient && !strcmp(t->old, ANCIENT))
			break;
		if (!strcmp(t->name, name) && i-- == 0)
			return t->old;
	}
	return NULL;
}

const char *callname_today(const char *old)
{
	const struct twin *t = twins;

	while (t->old && strcmp(t->old, old) != 0)
		t++;
	return t->name;
}
