/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box's control group, through libcgroup: it knows where the hierarchies
 * are, writes values and moves processes. The directory is made here: on v2
 * cgroup_create_cgroup(3) would write to cgroup.subtree_control of every
 * ancestor, which a delegated group does not permit. It is removed here too:
 * cgroup_delete_cgroup(3) moves processes out, where they would live on.
 */
#include "group.h"

#include <errno.h>
#include <libcgroup.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auto.h"
#include "diagnose.h"
#include "grouppath.h"
#include "sys.h"

/* libcgroup's own messages would go to stdout. */
static void silent(void *data, int level, const char *fmt, va_list ap)
{
	(void)data;
	(void)level;
	(void)fmt;
	(void)ap;
}

/* libcgroup's codes, as the errno it met (ECGOTHER) or stands for. */
static int errno_of(int code)
{
	switch (code) {
	case 0:
		return 0;
	case ECGOTHER:
		return cgroup_get_last_errno() ? cgroup_get_last_errno() : EIO;
	case ECGROUPNOTOWNER:
		return EPERM;
	case ECGROUPNOTEXIST:
	case ECGROUPVALUENOTEXIST:
		return ENOENT;
	case ECGROUPNOTALLOWED:
		return EACCES;
	default:
		return EIO;
	}
}

/* 0, or libcgroup's code. Reads /proc/cgroups and /proc/mounts, once. */
static int start_library(void)
{
	static bool started;
	int code = 0;

	if (!started) {
		cgroup_set_logger(silent, CGROUP_LOG_ERROR, NULL);
		code = cgroup_init();
		started = code == 0;
	}
	return code;
}

void group_prepare(void)
{
	start_library();
}

static int ensure_library(struct call *c)
{
	int code = start_library();

	if (code == 0)
		return 0;
	sys_report(c, -1, errno_of(code), "cgroup_init()");
	err_why(c->err, "libcgroup: %s", cgroup_strerror(code));
	err_fix(c->err, "mount the control groups: !mount -t cgroup2 none /sys/fs/cgroup");
	return -1;
}

static int call_library(struct call *c, const struct group *g, const char *controller,
			const char *file, const char *value)
{
	struct cgroup *cg = cgroup_new_cgroup(g->name);
	struct cgroup_controller *cc = cg ? cgroup_add_controller(cg, controller) : NULL;
	int pid = c->session->box.pid, code, r;

	if (!cc) {
		cgroup_free(&cg);
		return sys_report(c, -1, ENOMEM, "cgroup_new_cgroup(\"%s\")", g->name);
	}
	if (value) {
		cgroup_add_value_string(cc, file, value);
		code = cgroup_modify_cgroup(cg);
		r = sys_report(c, code ? -1 : 0, errno_of(code),
			       "cgroup_modify_cgroup(\"%s\", %s = \"%s\")", g->name, file, value);
	} else {
		code = cgroup_attach_task_pid(cg, pid);
		r = sys_report(c, code ? -1 : 0, errno_of(code),
			       "cgroup_attach_task_pid(\"%s\", %d)", g->name, pid);
	}
	cgroup_free(&cg);
	return r;
}

/* PIDs are not unique: a ctrsh in another PID namespace may have ours. */
static int make_directory(struct call *c, const struct place *p)
{
	struct group *g = &c->session->group;
	int r, tries = 100;

	do {
		snprintf(g->name, sizeof(g->name), "%s%sctrsh-%d-%u", p->parent,
			 p->parent[1] ? "/" : "", (int)c->session->shell,
			 ++c->session->groups_made);
		snprintf(g->dir, sizeof(g->dir), "%.390s%.600s", p->mount, g->name);
		r = sys_mkdir(c, g->dir, 0755);
	} while (r < 0 && c->err->errnum == EEXIST && --tries);
	if (r < 0)
		g->dir[0] = '\0';
	return r;
}

static int create(struct call *c, const char *controller)
{
	struct place p = {0};
	int errnum;

	if (ensure_library(c) < 0 || group_place(c, controller, &p) < 0)
		return -1;
	if (make_directory(c, &p) == 0)
		return 0;
	errnum = c->err->errnum;
	if (errnum == EACCES || errnum == EPERM || errnum == EROFS) {
		err_why(c->err, "user %u may make no group there", (unsigned)geteuid());
		err_fix(c->err,
			"run ctrsh with sudo, or in a delegated group: systemd-run --user --scope -p Delegate=yes ctrsh");
	}
	return -1;
}

/* A warden that follows one that was killed knows the directory only. */
static int take_over(struct call *c, const char *controller)
{
	struct group *g = &c->session->group;
	char *mount = NULL;

	if (g->name[0])
		return 0;
	if (ensure_library(c) < 0)
		return -1;
	if (cgroup_get_subsys_mount_point(controller, &mount) != 0 ||
	    strncmp(g->dir, mount, strlen(mount)) != 0)
		return err_kernel(c->err, 0, "the control group %.200s is not where it was",
				  g->dir);
	snprintf(g->name, sizeof(g->name), "%.590s", g->dir + strlen(mount));
	free(mount);
	return 0;
}

int group_set(struct call *c, const char *controller, const char *file, const char *value)
{
	struct session *s = c->session;
	bool fresh = !s->group.dir[0];
	char left[256];

	if ((fresh ? create(c, controller) : take_over(c, controller)) < 0)
		return -1;
	if (call_library(c, &s->group, controller, file, value) == 0 &&
	    (!fresh || call_library(c, &s->group, controller, NULL, NULL) == 0))
		return 0;
	/* A group that holds no box is of no use, and must not stay. */
	if (fresh)
		group_remove(s, left);
	return -1;
}

static long read_value(const struct group *g, const char *file)
{
	char path[1300];
	auto_fclose FILE *f = NULL;
	long n = LONG_MAX;

	snprintf(path, sizeof(path), "%s/%s", g->dir, file);
	f = fopen(path, "re");
	if (!f)
		return -1;
	return fscanf(f, "%ld", &n) == 1 ? n : LONG_MAX; /* "max" */
}

int group_numbers(const struct group *g, long *now, long *max)
{
	if (!g->dir[0])
		return -1;
	*now = read_value(g, "pids.current");
	*max = read_value(g, "pids.max");
	return *now < 0 || *max < 0 ? -1 : 0;
}

bool group_remove(struct session *s, char *left)
{
	bool gone = !s->group.dir[0] || group_remove_dir(s->group.dir);

	snprintf(left, 256, "%.255s", gone ? "" : s->group.dir);
	s->group.dir[0] = '\0';
	return gone;
}
