/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much it can use. A limit binds what is below its control group, so all
 * groups above the process count; one in which we are, too, is a limit that
 * host and box share, and either can use up for the other.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "../auto.h"
#include "../groupfile.h"
#include "../grouplib.h"
#include "look.h"

#define NO_LIMIT (1L << 60) /* v1 says unlimited memory as a number near LONG_MAX */

/* The group of a process in the hierarchy of the controller, as a directory.
 * /proc/PID/cgroup: "ID:controllers:/path", 0::/path for v2 (cgroups(7)). */
static bool group_of(const struct subject *who, const char *controller, const char *mount,
		     char *dir, size_t size)
{
	auto_free char *text = subject_read(who, "cgroup", NULL);
	bool v2 = groupfile_exists(mount, "cgroup.procs") && !groupfile_exists(mount, "tasks");
	char *rest = NULL;

	for (char *line = text ? strtok_r(text, "\n", &rest) : NULL; line;
	     line = strtok_r(NULL, "\n", &rest)) {
		char *list = strchr(line, ':'), *path = list ? strchr(list + 1, ':') : NULL;

		if (!path)
			continue;
		*path++ = '\0';
		if (v2 ? list[1] == '\0' : audit_has(list + 1, controller)) {
			snprintf(dir, size, "%s%s", mount, strcmp(path, "/") ? path : "");
			return true;
		}
	}
	return false;
}

/* Is there a number, and not "max" or -1? */
static bool limits(const char *dir, const char *file)
{
	char text[64];
	long n;

	if (!groupfile_line(dir, file, text, sizeof(text)) || !strncmp(text, "max", 3))
		return false;
	n = strtol(text, NULL, 10);
	return n >= 0 && n < NO_LIMIT;
}

struct bound {
	const char *controller, *v2, *v1;
	unsigned step;
};

static void look_bound(const struct audit *a, const struct bound *b, struct finding *f)
{
	auto_subject struct subject self = {.proc = -1};
	char mount[600], dir[4096], ours[4096] = "", text[64];
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
	while (strlen(dir) >= strlen(mount)) {
		const char *file = limits(dir, b->v2) ? b->v2 : b->v1;

		if (limits(dir, file)) {
			bool both = !strncmp(ours, dir, strlen(dir)) &&
				    (!ours[strlen(dir)] || ours[strlen(dir)] == '/');

			groupfile_line(dir, file, text, sizeof(text));
			found(f, both ? WAY_PARTLY : WAY_CLOSED, both ? b->step & a->limits : 0,
			      "%s is %s%s", file, text, both ? ", and we share it" : "");
			return;
		}
		*strrchr(dir, '/') = '\0';
	}
	found(f, WAY_OPEN, b->step & a->limits, "no limit%s",
	      !a->box || (b->step & a->limits) ? "" : ", and no group can be made by this user");
}

void look_pids(const struct audit *a, struct finding *f)
{
	look_bound(a, &(struct bound){"pids", "pids.max", "pids.max", STEP_PIDS}, f);
}

void look_memory_limit(const struct audit *a, struct finding *f)
{
	look_bound(a, &(struct bound){"memory", "memory.max", "memory.limit_in_bytes", STEP_MEMORY},
		   f);
}

void look_cpu(const struct audit *a, struct finding *f)
{
	look_bound(a, &(struct bound){"cpu", "cpu.max", "cpu.cfs_quota_us", STEP_CPU}, f);
}

/* "Max open files  SOFT  HARD  files" (proc_pid_limits(5)). */
void look_open_files(const struct audit *a, struct finding *f)
{
	auto_free char *text = subject_read(a->who, "limits", NULL);
	const char *line = text ? strstr(text, "Max open files") : NULL;
	char soft[24], hard[24];
	struct rlimit own;
	unsigned long n;

	if (!line || sscanf(line + 14, " %23s %23s", soft, hard) != 2 ||
	    getrlimit(RLIMIT_NOFILE, &own) < 0) {
		found(f, WAY_UNKNOWN, 0, "/proc/PID/limits is not readable");
		return;
	}
	n = strcmp(hard, "unlimited") ? strtoul(hard, NULL, 10) : ULONG_MAX;
	if (n < own.rlim_max)
		found(f, WAY_CLOSED, 0, "%s a process", hard);
	else
		found(f, WAY_OPEN, own.rlim_max > 1024 ? STEP_NOFILE : 0,
		      "as many as ours: %s a process", hard);
}
