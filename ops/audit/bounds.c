/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much it can use. A limit binds what is below its control group, so all
 * groups above the process count; one in which we are, too, is a limit that
 * host and box share, and either can use up for the other. One that is more than
 * the machine has is none.
 */
#include <limits.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "ops/audit/look.h"
#include "ops/auto.h"
#include "ops/cgroup/groupfile.h"
#include "ops/cgroup/grouplib.h"
#include "ops/facts/membership.h"

#define NO_LIMIT 1e18 /* v1 says unlimited memory as a number near LONG_MAX */

/* The group of a process in the hierarchy of the controller, as a directory. */
static bool group_of(const struct subject *who, const char *controller, const char *mount,
		     char *dir, size_t size)
{
	bool v2 = groupfile_exists(mount, "cgroup.procs") && !groupfile_exists(mount, "tasks");
	auto_free char *text = subject_read(who, "cgroup", NULL);
	const char *path = membership_path(text, v2 ? NULL : controller);

	if (path)
		snprintf(dir, size, "%s%s", mount, path[1] ? path : "");
	return path != NULL;
}

struct bound {
	const char *controller, *v2, *v1;
	double (*machine)(void); /* what it has without any limit */
	const char *unit;
	unsigned step;
};

/* Of the machine: bytes of memory, processors, processes. 0: not known. */
static double machine_memory(void)
{
	struct sysinfo i;

	return sysinfo(&i) < 0 ? 0 : (double)i.totalram * i.mem_unit;
}

static double machine_cpu(void)
{
	return (double)sysconf(_SC_NPROCESSORS_ONLN);
}

static double machine_pids(void)
{
	long pids = groupfile_number("/proc/sys/kernel", "pid_max");
	long threads = groupfile_number("/proc/sys/kernel", "threads-max");

	return (double)(threads > 0 && threads < pids ? threads : pids);
}

/* The number in its first line; processor time by the period of it, which with v2 is
 * the second number there. -1: none, as "max" or -1. */
static double number_in(const char *dir, const char *file)
{
	char text[64], *rest;
	double n;
	long period;

	if (!groupfile_line(dir, file, text, sizeof(text)) || !strncmp(text, "max", 3))
		return -1;
	n = strtod(text, &rest);
	if (strncmp(file, "cpu.", 4) != 0 || n < 0)
		return n;
	period = *rest ? strtol(rest, NULL, 10) : groupfile_number(dir, "cpu.cfs_period_us");
	return period > 0 ? n / (double)period : -1;
}

/* Do the two share the group in dir? */
static bool is_above(const char *dir, const char *group)
{
	size_t n = strlen(dir);

	return !strncmp(group, dir, n) && (!group[n] || group[n] == '/');
}

/* The first limit upwards from dir that is less than the machine has; the others say
 * why they are none. */
static void look_upwards(const struct audit *a, const struct bound *b, const char *mount, char *dir,
			 const char *ours, struct finding *f)
{
	unsigned step = b->step & a->limits;
	double has = b->machine(), n;
	char text[64];

	found(f, WAY_OPEN, step, "no limit%s",
	      !a->box || step ? "" : ", and no group can be made by this user");
	for (; strlen(dir) >= strlen(mount); *strrchr(dir, '/') = '\0') {
		const char *file = groupfile_exists(dir, b->v2) ? b->v2 : b->v1;
		bool both = is_above(dir, ours);

		n = number_in(dir, file);
		if (n < 0 || n >= NO_LIMIT)
			continue;
		groupfile_line(dir, file, text, sizeof(text));
		if (has > 0 && n >= has) {
			found(f, WAY_OPEN, step, "%s is %s, but this machine has only %.0f %s",
			      file, text, has, b->unit);
			continue;
		}
		found(f, both ? WAY_PARTLY : WAY_CLOSED, both ? step : 0, "%s is %s%s", file, text,
		      both ? ", and we share it" : "");
		return;
	}
}

static void look_bound(const struct audit *a, const struct bound *b, struct finding *f)
{
	auto_subject struct subject self = {.proc = -1};
	char mount[600], dir[4096], ours[4096] = "";
	struct err err = {0};

	grouplib_prepare();
	if (!grouplib_mount(b->controller, mount, sizeof(mount))) {
		found(f, WAY_OPEN, 0, "this machine has no controller %s", b->controller);
		return;
	}
	if (!group_of(a->who, b->controller, mount, dir, sizeof(dir)) ||
	    !groupfile_exists(dir, "cgroup.procs")) {
		found(f, WAY_UNKNOWN, 0, "its group is not below %s", mount);
		return;
	}
	if (subject_open(&self, getpid(), &err) == 0)
		group_of(&self, b->controller, mount, ours, sizeof(ours));
	look_upwards(a, b, mount, dir, ours, f);
}

void look_pids(const struct audit *a, struct finding *f)
{
	look_bound(a,
		   &(struct bound){"pids", "pids.max", "pids.max", machine_pids, "PIDs", STEP_PIDS},
		   f);
}

void look_memory_limit(const struct audit *a, struct finding *f)
{
	look_bound(a,
		   &(struct bound){"memory", "memory.max", "memory.limit_in_bytes", machine_memory,
				   "bytes", STEP_MEMORY},
		   f);
}

void look_cpu(const struct audit *a, struct finding *f)
{
	look_bound(a,
		   &(struct bound){"cpu", "cpu.max", "cpu.cfs_quota_us", machine_cpu, "processors",
				   STEP_CPU},
		   f);
}

/* The hard limit is raised by who holds CAP_SYS_RESOURCE (getrlimit(2)), over the host: then
 * that has to go before a limit is one. "Max open files  SOFT  HARD  files" (proc_pid_limits(5)).
 */
void look_open_files(const struct audit *a, struct finding *f)
{
	auto_free char *text = subject_read(a->who, "limits", NULL);
	const char *line = text ? strstr(text, "Max open files") : NULL;
	char soft[24], hard[24];
	bool raises = audit_can(a, CAP_SYS_RESOURCE);
	struct rlimit own;
	unsigned long n;

	if (!line || sscanf(line + 14, " %23s %23s", soft, hard) != 2 ||
	    getrlimit(RLIMIT_NOFILE, &own) < 0) {
		found(f, WAY_UNKNOWN, 0, "/proc/PID/limits is not readable");
		return;
	}
	n = strcmp(hard, "unlimited") ? strtoul(hard, NULL, 10) : ULONG_MAX;
	if (n >= own.rlim_max)
		found(f, WAY_OPEN,
		      own.rlim_max > 1024 ? STEP_NOFILE | (raises ? STEP_LATER : 0) : 0,
		      "as many as ours: %s a process", hard);
	else if (raises)
		found(f, WAY_OPEN, STEP_CAPS, "%s a process, but CAP_SYS_RESOURCE raises that",
		      hard);
	else
		found(f, WAY_CLOSED, 0, "%s a process", hard);
}
