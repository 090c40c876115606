/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of the kernel's own checks decides what an argument must be: flags
 * that do not exist, no descriptor, no address, each looked at before
 * privilege is.
 */
#include "ops/doctor/calls.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "ops/doctor/trial.h"

#define NO_FLAGS 0x40000000L /* in none of their masks */

const struct known_call known_calls[] = {
	{"unshare", "", SYS_unshare, {0}, 0, "namespaces"},
	{"setns", "", SYS_setns, {-1, 0}, EBADF, "join, attach"},
	{"mount", "", SYS_mount, {0, 0, 0, 0, 0}, EFAULT, "all mounts"},
	{"umount2", "", SYS_umount2, {0, NO_FLAGS}, EINVAL, "umount, pivot_root"},
	{"openat2", "5.6", SYS_openat2, {-1, 0, 0, 0}, EINVAL, "paths in a foreign root"},
	{"pidfd_open", "5.3", SYS_pidfd_open, {-1, 0}, EINVAL, "killing the right process"},
	{"close_range", "5.9", SYS_close_range, {1, 0, 0}, EINVAL, "no descriptor leaks"},
	{"open_tree", "5.2", SYS_open_tree, {-1, 0, NO_FLAGS}, EINVAL, "mount bind"},
	{"mount_setattr",
	 "5.12",
	 SYS_mount_setattr,
	 {-1, 0, 0, 0, 0},
	 EINVAL,
	 "flags of bind mounts, remount --recursive"},
	{"seccomp", "3.17", SYS_seccomp, {SECCOMP_SET_MODE_FILTER, NO_FLAGS, 0}, EINVAL, "seccomp"},
	{NULL, NULL, 0, {0}, 0, NULL},
};

struct answers {
	int next; /* the one that is being tried */
	int errnum[CALLS_MAX];
};

static void try_all(void *result)
{
	struct answers *a = result;

	for (; known_calls[a->next].name; a->next++) {
		const struct known_call *k = &known_calls[a->next];

		a->errnum[a->next] = syscall(k->number, k->args[0], k->args[1], k->args[2],
					     k->args[3], k->args[4]) < 0
					     ? errno
					     : 0;
	}
}

bool calls_older(const char *release, const char *than)
{
	int a[2] = {0}, b[2] = {0};

	return sscanf(release, "%d.%d", &a[0], &a[1]) == 2 &&
	       sscanf(than, "%d.%d", &b[0], &b[1]) == 2 &&
	       (a[0] < b[0] || (a[0] == b[0] && a[1] < b[1]));
}

void calls_look(enum call_verdict verdicts[CALLS_MAX])
{
	struct answers a = {0};
	struct utsname u = {0};

	uname(&u);
	/* A call that kills its caller has no errno; the next child goes on behind it. */
	while (!trial_run(try_all, &a, sizeof(a)) && known_calls[a.next].name)
		a.errnum[a.next++] = -1;
	for (int i = 0; known_calls[i].name; i++) {
		const struct known_call *k = &known_calls[i];

		if (a.errnum[i] == k->errnum)
			verdicts[i] = CALL_WORKS;
		else if (a.errnum[i] == ENOSYS && calls_older(u.release, k->since))
			verdicts[i] = CALL_MISSING;
		else
			verdicts[i] = CALL_FILTERED;
	}
}
