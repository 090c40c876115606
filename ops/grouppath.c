/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a group can be made. On cgroup v1: below the caller's own. On v2 a
 * group has a controller only if its parent distributes it
 * (cgroup.subtree_control), and a group that holds processes cannot begin to
 * (cgroups(7), "no internal processes"); pids would even turn it threaded
 * without a word. So there it is the nearest ancestor that distributes the
 * controller already; the root of the hierarchy, which alone may do both, can
 * be told to.
 */
#include "grouppath.h"

#include <errno.h>
#include <fcntl.h>
#include <libcgroup.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auto.h"
#include "sys.h"

/* Is word one of the words in list, separated by the characters in sep? */
static bool has_word(const char *list, const char *word, const char *sep)
{
	size_t n = strlen(word);

	for (const char *p = list + strspn(list, sep); *p; p += strspn(p, sep)) {
		size_t len = strcspn(p, sep);

		if (len == n && !strncmp(p, word, n))
			return true;
		p += len;
	}
	return false;
}

static bool read_line(const char *dir, const char *file, char *buf, int size)
{
	char path[1200];
	auto_fclose FILE *f = NULL;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	f = fopen(path, "re");
	buf[0] = '\0';
	if (!f)
		return false;
	if (fgets(buf, size, f))
		buf[strcspn(buf, "\n")] = '\0';
	return true;
}

/* Our own group in the controller's hierarchy, from /proc/self/cgroup: lines
 * "ID:CONTROLLERS:PATH", on v2 "0::PATH". (libcgroup 2.0.2 cannot read the
 * latter.) */
static void own_group(const char *controller, struct place *p)
{
	auto_fclose FILE *f = fopen("/proc/self/cgroup", "re");
	char line[1024], full[1100];

	strcpy(p->parent, "/");
	while (f && fgets(line, sizeof(line), f)) {
		char *list = strchr(line, ':'), *path = list ? strchr(list + 1, ':') : NULL;

		if (!path)
			continue;
		*path++ = '\0';
		path[strcspn(path, "\n")] = '\0';
		if (p->v2 ? list[1] == '\0' : has_word(list + 1, controller, ","))
			snprintf(p->parent, sizeof(p->parent), "%s", path);
	}
	/* In a container the mount may show only a part of the hierarchy. */
	snprintf(full, sizeof(full), "%s%s", p->mount, p->parent);
	if (access(full, F_OK) < 0)
		strcpy(p->parent, "/");
}

static int no_controller(struct call *c, const char *controller)
{
	char have[256], available[256];

	err_kernel(c->err, 0, "this machine offers no control group controller %s", controller);
	if (read_line("/sys/fs/cgroup", "cgroup.controllers", have, sizeof(have)))
		snprintf(available, sizeof(available), "%.240s", have);
	else
		strcpy(available, "those of cgroup v1, mounted below /sys/fs/cgroup");
	err_why(c->err,
		access("/sys/fs/cgroup", F_OK) < 0 ? "/sys/fs/cgroup does not exist"
						   : "available: %s",
		available);
	return -1;
}

static int distribute_from_root(struct call *c, const char *controller, struct place *p)
{
	char path[1100], value[64];
	auto_close int fd = -1;
	int errnum = 0;

	snprintf(path, sizeof(path), "%s/cgroup.subtree_control", p->mount);
	snprintf(value, sizeof(value), "+%s", controller);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		errnum = errno;
	return sys_report(c, errnum ? -1 : (long)strlen(value), errnum, "write(<%s>, \"%s\")", path,
			  value);
}

static int refuse(struct call *c, const char *controller, const struct place *p)
{
	err_kernel(c->err, 0, "no control group for the box can be made below %s%s", p->mount,
		   p->parent);
	err_why(c->err,
		"no group on the way to the root distributes %s, and one that holds "
		"processes cannot begin to (cgroups(7), no internal processes)",
		controller);
	err_fix(c->err,
		"run ctrsh in a group of its own: systemd-run --scope -p Delegate=yes ctrsh");
	return -1;
}

static int nearest_distributing(struct call *c, const char *controller, struct place *p)
{
	struct place own = *p;
	char dir[1100], list[256], type[64];

	for (;;) {
		snprintf(dir, sizeof(dir), "%s%s", p->mount, p->parent);
		read_line(dir, "cgroup.subtree_control", list, sizeof(list));
		if (has_word(list, controller, " "))
			return 0;
		if (!strcmp(p->parent, "/"))
			break;
		*strrchr(p->parent, '/') = '\0';
		if (!*p->parent)
			strcpy(p->parent, "/");
	}
	/* Only the hierarchy's own root has no cgroup.type. */
	if (!read_line(p->mount, "cgroup.type", type, sizeof(type)))
		return distribute_from_root(c, controller, p);
	return refuse(c, controller, &own);
}

int group_place(struct call *c, const char *controller, struct place *p)
{
	char *mount = NULL, list[256];

	if (cgroup_get_subsys_mount_point(controller, &mount) != 0)
		return no_controller(c, controller);
	snprintf(p->mount, sizeof(p->mount), "%s", mount);
	free(mount);
	p->v2 = read_line(p->mount, "cgroup.controllers", list, sizeof(list));
	own_group(controller, p);
	return p->v2 ? nearest_distributing(c, controller, p) : 0;
}
