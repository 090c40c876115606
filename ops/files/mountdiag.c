/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * File systems that were refused. In a user namespace the kernel lets the
 * mounter have what his own namespaces show, and no more of proc and sysfs than
 * he sees already (mount_namespaces(7), user_namespaces(7)).
 */
#include "ops/files/mountdiag.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "ops/auto.h"
#include "ops/box/session.h"
#include "ops/files/mountfs.h"
#include "ops/files/mountinfo.h"
#include "ops/files/mountwhole.h"
#include "ops/namespaces/ns.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"
#include "ops/why/probes.h"

static const struct {
	const char *type;
	unsigned flag;
	const char *ns, *title;
} shown[] = {
	{"proc", CLONE_NEWPID, "pid", "PID"},
	{"sysfs", CLONE_NEWNET, "net", "network"},
	{"mqueue", CLONE_NEWIPC, "ipc", "IPC"},
	{"cgroup2", CLONE_NEWCGROUP, "cgroup", "cgroup"},
};

/* The namespace that it shows is still one from outside. */
static bool is_hosts(struct call *c, const char *type)
{
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		if (strcmp(shown[i].type, type) != 0 || diagnose_owns(c, shown[i].ns))
			continue;
		err_why(c->err,
			"%s shows the %s namespace that its mounter is in, and the box still uses "
			"%s, which its user namespace does not own",
			type, shown[i].title,
			diagnose_own(c, shown[i].flag) ? "one from outside" : "the host's");
		err_first(c->err, "unshare %s", shown[i].ns);
		return true;
	}
	return false;
}

/* "nodev" before it in /proc/filesystems says that it lies on no block device (proc(5)). */
static bool lies_on_device(struct call *c, const char *type)
{
	auto_fclose FILE *f = fopen("/proc/filesystems", "re");
	char line[128], name[64];

	while (f && fgets(line, sizeof(line), f))
		if (line[0] == '\t' && sscanf(line, "%63s", name) == 1 && !strcmp(name, type)) {
			probes_note(c, "/proc/filesystems", type, "without nodev");
			return true;
		}
	return false;
}

static void not_permitted(struct call *c, const char *type)
{
	diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	if (!diagnose_in_user_namespace(c) || strstr(c->err->why, "seccomp") ||
	    strstr(c->err->why, "not hold") || strstr(c->err->why, "not own"))
		return;
	if (is_hosts(c, type))
		return;
	if (lies_on_device(c, type)) {
		err_why(c->err,
			"%.60s lies on a block device, and such a file system is mounted with "
			"CAP_SYS_ADMIN in the first user namespace only (user_namespaces(7))",
			type);
		err_fix(c->err, "run ctrsh with sudo, without unshare user");
		return;
	}
	if (!strcmp(type, "proc") || !strcmp(type, "sysfs"))
		mount_no_whole(c, type);
}

void mount_ids_diagnose(struct call *c, const char *options)
{
	static const char *const files[][2] = {{"uid=", "uid_map"}, {"gid=", "gid_map"}};

	for (int i = 0; i < 2; i++) {
		const char *at = strstr(options, files[i][0]);
		char id[16], ids[64];

		if (!at || (at != options && at[-1] != ','))
			continue;
		snprintf(id, sizeof(id), "%.*s", (int)strspn(at + 4, "0123456789"), at + 4);
		if (diagnose_is_mapped(c, files[i][1], (unsigned)strtoul(id, NULL, 10)))
			continue;
		snprintf(ids, sizeof(ids), "%s%s", files[i][0], id);
		err_why(c->err, "%s: that ID does not exist in the box's user namespace", ids);
		err_fix(c->err, "leave it out, or map the ID first");
	}
}

static bool is_known(struct call *c, const char *type)
{
	auto_fclose FILE *f = fopen("/proc/filesystems", "re");
	char line[128], name[64];
	bool known = false;

	while (!known && f && fgets(line, sizeof(line), f))
		known = (sscanf(line, "nodev %63s", name) == 1 ||
			 sscanf(line, "%63s", name) == 1) &&
			!strcmp(name, type);
	probes_note(c, "/proc/filesystems", type, "%s", known ? "in it" : "not in it");
	return known;
}

/* "alias fs-TYPE MODULE": what the kernel itself asks modprobe(8) for. */
static bool has_module(struct call *c, const char *type)
{
	char path[160], line[512], name[80];
	auto_fclose FILE *f = NULL;
	struct utsname u;
	bool has = false;

	if (uname(&u) < 0)
		return false;
	snprintf(path, sizeof(path), "/lib/modules/%s/modules.alias", u.release);
	snprintf(name, sizeof(name), "alias fs-%.60s ", type);
	f = fopen(path, "re");
	while (!has && f && fgets(line, sizeof(line), f))
		has = !strncmp(line, name, strlen(name));
	probes_note(c, path, "a module for it", "%s", has ? "yes" : f ? "no" : "no such file");
	return has;
}

static void unknown_type(struct call *c, const char *type)
{
	bool has = has_module(c, type);

	err_why(c->err, "this kernel has no file system %.60s now (/proc/filesystems)%s", type,
		has ? ", but a module for it" : ", and no module for one of this name");
	if (has)
		err_first(c->err, "!modprobe fs-%s", type);
	else
		err_fix(c->err, "a type that is listed there: !cat /proc/filesystems");
}

static void find_path(struct call *c, const struct mount_request *r)
{
	char missing[PATH_MAX];

	if (diagnose_path(c, r->dir)) {
		if (c->err->errnum == ENOENT && diagnose_absent(c, r->dir, missing))
			err_first(c->err, "mkdir --parents %s", missing);
	} else if (!strncmp(c->err->what, "mount(", 6)) {
		diagnose_path(c, r->src);
	}
}

void mount_fs_diagnose(struct call *c)
{
	struct mount_request r;
	struct mount_entry e;
	struct stat st;

	mount_request(c->op, c->argv, &r);
	if (c->err->errnum == EPERM) {
		not_permitted(c, r.type);
	} else if (c->err->errnum == EBUSY) {
		if (diagnose_mount_at(c, r.dir, &e) == 0 && !strcmp(e.type, r.type) &&
		    diagnose_is_mount_point(c, r.dir)) {
			err_why(c->err, "the same %s is mounted there already", r.type);
			err_first(c->err, "umount %s", r.dir);
		}
	} else if (c->err->errnum == ENODEV && !is_known(c, r.type)) {
		unknown_type(c, r.type);
	} else if (c->err->errnum == ENOTBLK) {
		err_why(c->err, "%.60s lies on a block device, and %.200s is none", r.type, r.src);
	} else if (c->err->errnum == ENOTDIR && diagnose_stat(c, r.dir, &st) == 0 &&
		   !S_ISDIR(st.st_mode)) {
		err_why(c->err, "%.200s is a file, and a file system needs a directory", r.dir);
	} else if (c->err->errnum == ENOENT || c->err->errnum == ENOTDIR ||
		   c->err->errnum == EACCES) {
		find_path(c, &r);
	}
}
