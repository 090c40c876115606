/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * System calls that ordinary programs do without, and in which ways out of
 * containers were found again and again. Each is made with arguments that the
 * kernel cannot take: where it says so, and not EPERM, EACCES or ENOSYS, the call
 * reaches it.
 */
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/audit/probe.h"

static long call_keyctl(void)
{
	return syscall(SYS_keyctl, 9999, 0, 0, 0, 0);
}

static long call_bpf(void)
{
	return syscall(SYS_bpf, 9999, NULL, 0);
}

/* For faults in user mode alone everybody may have it (userfaultfd(2)). */
static long call_userfaultfd(void)
{
	return syscall(SYS_userfaultfd, 1 /* UFFD_USER_MODE_ONLY */);
}

static long call_io_uring(void)
{
	return syscall(SYS_io_uring_setup, 1, NULL);
}

/* Of this process itself, without the kernel's part, and of a kind that there is
 * not (ENOENT): the first event that is really made has the kernel change its own
 * code. */
static long call_perf(void)
{
	struct perf_event_attr a = {.type = 0x7fffffff,
				    .size = sizeof(a),
				    .disabled = 1,
				    .exclude_kernel = 1,
				    .exclude_hv = 1};

	return syscall(SYS_perf_event_open, &a, 0, -1, -1, 0);
}

static const struct {
	const char *name;
	long (*call)(void);
} calls[] = {
	{"keyctl", call_keyctl},           {"bpf", call_bpf},
	{"userfaultfd", call_userfaultfd}, {"io_uring_setup", call_io_uring},
	{"perf_event_open", call_perf},
};

void try_calls(const struct host *h, struct finding *f)
{
	char list[SHOWS_SIZE - 40] = "";
	size_t n = 0;

	(void)h;
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		long r = calls[i].call();

		if (r < 0 && (errno == EPERM || errno == EACCES || errno == ENOSYS))
			continue;
		n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s", n ? ", " : "",
				      calls[i].name);
		if (r > 0)
			close((int)r);
	}
	if (n)
		found(f, WAY_OPEN, 0, "reach the kernel: %s", list);
	else
		found(f, WAY_CLOSED, 0, "keyctl, bpf, userfaultfd, io_uring, perf: all refused");
}
