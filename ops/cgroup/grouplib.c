/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libcgroup 2.0 to 3.1: cgroup_init(3) reads the mounts, and skips a v2 mount without
 * controllers; cgroup_modify_cgroup(3) opens a file for reading and writing,
 * and gives one code for whatever prevents that, so the file is looked at to
 * tell which errno it was.
 */
#include "ops/cgroup/grouplib.h"

#include <errno.h>
#include <fcntl.h>
#include <libcgroup.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/files/cgroupwords.h"
#include "ops/files/mountinfo.h"
#include "ops/sys/sys.h"
#include "ops/why/probes.h"

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

/* 0, or libcgroup's code. */
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

void grouplib_prepare(void)
{
	start_library();
}

/* mountinfo lists what is mounted, also what something was mounted over. */
static bool find_covered(struct call *c)
{
	auto_fclose FILE *f = mountinfo_open(NULL);
	struct mount_entry e;
	struct statfs fs;

	while (f && mountinfo_next(f, &e)) {
		if (strncmp(e.type, "cgroup", 6) != 0 ||
		    (statfs(e.point, &fs) == 0 &&
		     (fs.f_type == CGROUP_SUPER_MAGIC || fs.f_type == CGROUP2_SUPER_MAGIC)))
			continue;
		probes_note(c, "/proc/self/mountinfo", e.point, "%s, but %s", e.type,
			    access(e.point, F_OK) < 0 ? "not to be reached" : "covered");
		err_why(c->err,
			"the control groups mounted at %.200s cannot be seen: something else is "
			"mounted over them",
			e.point);
		return true;
	}
	return false;
}

/* The controller's name in v1, by the op's words: "cgroup pids N", "cgroup weight cpu N". */
static void controller_of(const struct call *c, char *controller, unsigned size)
{
	static const char *const names[][2] = {
		{"io", "blkio"}, {"freeze", "freezer"}, {"thaw", "freezer"}};
	const char *word = c->op ? strchr(c->op->name, ' ') : NULL;

	if (!word || !strcmp(word, " weight"))
		word = c->op && c->argc > 1 ? c->argv[1] : "";
	else
		word++;
	snprintf(controller, size, "%.*s", (int)strcspn(word, "."), word);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(controller, names[i][0]))
			snprintf(controller, size, "%s", names[i][1]);
}

/* A hierarchy ID other than 0 is one of v1 (cgroups(7)): v2 does not offer the controller. */
static bool is_of_v1(struct call *c, const char *controller)
{
	auto_fclose FILE *f = fopen("/proc/cgroups", "re");
	char line[160], name[64];
	int id;

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "%63s %d", name, &id) == 2 && !strcmp(name, controller)) {
			probes_note(c, "/proc/cgroups", "hierarchy of the controller", "%d", id);
			return id != 0;
		}
	return false;
}

static void none_mounted(struct call *c)
{
	char controller[64];

	err_why(c->err, "no control group hierarchy is mounted");
	controller_of(c, controller, sizeof(controller));
	if (is_of_v1(c, controller))
		err_fix(c->err,
			"%s belongs to a hierarchy of version 1 here (/proc/cgroups): have that "
			"mounted: mount -t cgroup -o %s none DIR",
			controller, controller);
	else
		err_first(c->err, "!" CGROUP2_MOUNT);
}

int grouplib_start(struct call *c)
{
	int code = start_library();

	if (code == 0)
		return 0;
	sys_report(c, -1, errno_of(code), "cgroup_init()");
	if (access("/proc/mounts", F_OK) < 0) {
		err_why(c->err,
			"there is no /proc/mounts, where what is mounted is to be read: no proc is "
			"mounted at /proc");
		err_first(c->err, "!mount -t proc proc /proc");
		return -1;
	}
	if (code != ECGROUPNOTMOUNTED) {
		if (!find_covered(c))
			err_why(c->err, "libcgroup: %s", cgroup_strerror(code));
		return -1;
	}
	if (access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0) {
		err_why(c->err,
			"/sys/fs/cgroup/cgroup.controllers is empty: whoever made this "
			"control group handed no controller down to it");
	} else {
		none_mounted(c);
	}
	return -1;
}

bool grouplib_mount(const char *controller, char *dir, unsigned size)
{
	char *mount = NULL;

	if (cgroup_get_subsys_mount_point(controller, &mount) != 0)
		return false;
	snprintf(dir, size, "%s", mount);
	free(mount);
	return true;
}

void grouplib_controllers(char *list, unsigned size)
{
	struct cgroup_mount_point info;
	void *handle = NULL;
	unsigned n = 0;

	list[0] = '\0';
	for (int r = cgroup_get_controller_begin(&handle, &info); r == 0 && n < size;
	     r = cgroup_get_controller_next(&handle, &info))
		if (!strchr(info.name, '=')) /* name=systemd is a hierarchy without one */
			n += (unsigned)snprintf(list + n, size - n, "%s%.60s", n ? " " : "",
						info.name);
	cgroup_get_controller_end(&handle);
}

static struct cgroup *group_named(struct call *c, const char *name, const char *controller,
				  struct cgroup_controller **cc)
{
	struct cgroup *cg = cgroup_new_cgroup(name);

	*cc = cg ? cgroup_add_controller(cg, controller) : NULL;
	if (*cc)
		return cg;
	cgroup_free(&cg);
	sys_report(c, -1, ENOMEM, "cgroup_new_cgroup(\"%s\")", name);
	return NULL;
}

/* Why the file could not be opened: one code stands for all. */
static int errno_of_file(const char *name, const char *controller, const char *file)
{
	char mount[512], path[1400];

	if (!grouplib_mount(controller, mount, sizeof(mount)))
		return ENOENT;
	snprintf(path, sizeof(path), "%s%.600s/%.200s", mount, name, file);
	return faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) < 0 ? errno : EIO;
}

int grouplib_write(struct call *c, const char *name, const char *controller, const char *file,
		   const char *value)
{
	struct cgroup_controller *cc;
	struct cgroup *cg = group_named(c, name, controller, &cc);
	int code, errnum;

	if (!cg)
		return -1;
	cgroup_add_value_string(cc, file, value);
	code = cgroup_modify_cgroup(cg);
	errnum = code == ECGROUPVALUENOTEXIST ? errno_of_file(name, controller, file)
					      : errno_of(code);
	cgroup_free(&cg);
	return sys_report(c, code ? -1 : 0, errnum, "cgroup_modify_cgroup(\"%s\", %s = \"%s\")",
			  name, file, value);
}

int grouplib_attach(struct call *c, const char *name, const char *controller, pid_t pid)
{
	struct cgroup_controller *cc;
	struct cgroup *cg = group_named(c, name, controller, &cc);
	int code;

	if (!cg)
		return -1;
	code = cgroup_attach_task_pid(cg, pid);
	cgroup_free(&cg);
	return sys_report(c, code ? -1 : 0, errno_of(code), "cgroup_attach_task_pid(\"%s\", %d)",
			  name, (int)pid);
}
