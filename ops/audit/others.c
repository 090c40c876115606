/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Other processes, and what namespaces hold: a namespace that is shared is a
 * way to all that is in it.
 */
#include <linux/capability.h>
#include <string.h>
#include <unistd.h>

#include "ops/audit/look.h"
#include "ops/auto.h"
#include "ops/namespaces/ns.h"

static void look_namespace(const struct audit *a, unsigned flag, const char *shows,
			   struct finding *f)
{
	if (a->shared & flag)
		found(f, WAY_OPEN, STEP_UNSHARE, "shared: %s", shows);
	else
		found(f, WAY_CLOSED, 0, "its own");
	f->ns = flag;
}

void look_processes(const struct audit *a, struct finding *f)
{
	look_namespace(a, CLONE_NEWPID, "host's processes have numbers in it", f);
}

/* "self" leads to whoever looks, by the number he has in the PID namespace of that
 * procfs, and nowhere if he has none (proc_self(5)): one in which we are shows
 * the host's processes. */
static bool shows_us(const struct audit *a, const char *point)
{
	auto_close int fd = audit_at(a, point);
	char to[16];

	return fd >= 0 && readlinkat(fd, "self", to, sizeof(to)) > 0;
}

void look_proc(const struct audit *a, struct finding *f)
{
	if (a->root < 0) {
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
		return;
	}
	for (int i = 0; i < a->n_mounts; i++) {
		const struct mount_entry *e = &a->mounts[i];

		if (strcmp(e->type, "proc") != 0 || strcmp(e->root, "/") != 0 ||
		    !shows_us(a, e->point))
			continue;
		found(f, WAY_OPEN,
		      audit_pivot(a) | (a->shared & (CLONE_NEWPID | CLONE_NEWNS) ? STEP_LATER : 0) |
			      (strcmp(e->point, "/proc") ? 0 : STEP_PROC),
		      "%s is of the host's PID namespace", e->point);
		return;
	}
	found(f, WAY_CLOSED, 0, "no procfs of the host's PID namespace");
}

void look_signals(const struct audit *a, struct finding *f)
{
	f->ns = CLONE_NEWPID;
	if (!(a->shared & CLONE_NEWPID))
		found(f, WAY_CLOSED, 0, "host's processes have no number inside");
	else if (audit_can(a, CAP_KILL))
		found(f, WAY_OPEN, STEP_UNSHARE, "CAP_KILL, in the host's PID namespace");
	else
		found(f, WAY_PARTLY, STEP_UNSHARE, "all processes of user %u", a->uid);
}

void look_ptrace(const struct audit *a, struct finding *f)
{
	f->ns = CLONE_NEWPID;
	if (!(a->shared & CLONE_NEWPID))
		found(f, WAY_CLOSED, 0, "host's processes have no number inside");
	else if (audit_can(a, CAP_SYS_PTRACE))
		found(f, WAY_OPEN, STEP_UNSHARE, "CAP_SYS_PTRACE, in the host's PID namespace");
	else if (a->shared & CLONE_NEWUSER)
		found(f, WAY_PARTLY, STEP_UNSHARE, "processes of user %u", a->uid);
	else
		found(f, WAY_CLOSED, 0, "its capabilities end at its user namespace");
}

void look_network(const struct audit *a, struct finding *f)
{
	look_namespace(a, CLONE_NEWNET, "devices, addresses, what listens on 127.0.0.1", f);
}

void look_ipc(const struct audit *a, struct finding *f)
{
	look_namespace(a, CLONE_NEWIPC, "shared memory, semaphores, queues", f);
}

void look_uts(const struct audit *a, struct finding *f)
{
	look_namespace(a, CLONE_NEWUTS, "the hostname", f);
	if (f->state == WAY_OPEN && !audit_can(a, CAP_SYS_ADMIN))
		f->state = WAY_PARTLY;
}

/* Is the clock's offset the same on both sides? "boottime  86400  0", seconds and
 * nanoseconds (time_namespaces(7)). */
static bool same_clock(const char *ours, const char *its, const char *clock)
{
	const char *a = ours ? strstr(ours, clock) : NULL, *b = its ? strstr(its, clock) : NULL;
	size_t n = a ? strcspn(a, "\n") : 0;

	return !a || !b || (strcspn(b, "\n") == n && !strncmp(a, b, n));
}

/* A namespace of its own, whose clocks run as the host's do, hides nothing. */
void look_time(const struct audit *a, struct finding *f)
{
	auto_subject struct subject self = {.proc = -1};
	struct err ignored = {0};
	auto_free char *ours = NULL, *its = subject_read(a->who, "timens_offsets", NULL);
	bool up, monotonic;

	look_namespace(a, CLONE_NEWTIME, "sees how long the host has been up", f);
	if (a->shared & CLONE_NEWTIME)
		return;
	if (subject_open(&self, getpid(), &ignored) == 0)
		ours = subject_read(&self, "timens_offsets", NULL);
	up = same_clock(ours, its, "boottime");
	monotonic = same_clock(ours, its, "monotonic");
	if (!ours || !its)
		found(f, WAY_UNKNOWN, 0, "/proc/PID/timens_offsets is not readable");
	else if (up)
		found(f, WAY_OPEN, 0,
		      "its own, but with the host's uptime: unshare time boottime=+1d changes it");
	else if (monotonic)
		found(f, WAY_PARTLY, 0, "its own, but CLOCK_MONOTONIC runs as the host's does");
}

/* Of a box, what a program gets is looked at inside. */
void look_environment(const struct audit *a, struct finding *f)
{
	size_t len = 0;
	auto_free char *text = subject_read(a->who, "environ", &len);
	char names[SHOWS_SIZE / 2];
	unsigned secrets;

	if (!text) {
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
		return;
	}
	secrets = secrets_names(text, len, names, sizeof(names));
	if (secrets)
		found(f, WAY_OPEN, 0, "%s", names);
	else
		found(f, WAY_CLOSED, 0, "nothing that looks like a key or the way to one");
	f->steps = a->box ? STEP_UNSETENV : 0;
}
