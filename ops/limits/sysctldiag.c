/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a kernel parameter could not be set. The host's files are looked at from
 * the shell, whose namespaces are the host's; the box's are known by what the
 * box could not do.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/limits/sysctlkey.h"
#include "ops/namespaces/ns.h"
#include "ops/text/nearest.h"
#include "ops/why/diagnose.h"

/* The directories of a path are there, or the first that is not is what was meant otherwise. */
static void suggest(struct call *c, char *path)
{
	char dir[3 * SYSCTL_KEY_MAX], near[SYSCTL_KEY_MAX] = "", rest[SYSCTL_KEY_MAX] = "";
	char *last = path, *end;
	struct dirent *e;
	int best = NEAREST_FAR;
	DIR *d = NULL;

	for (;; last = end + 1) {
		end = strchrnul(last, '/');
		snprintf(dir, sizeof(dir), SYSCTL_ROOT "/%.*s", (int)(end - path), path);
		if (access(dir, F_OK) < 0 || !*end)
			break;
	}
	snprintf(dir, sizeof(dir), SYSCTL_ROOT "/%.*s", (int)(last - path), path);
	if (*end)
		snprintf(rest, sizeof(rest), "%s", end + 1);
	*end = '\0';
	d = opendir(dir);
	while (d && (e = readdir(d)))
		if (e->d_name[0] != '.' && nearest_is(last, e->d_name, &best))
			snprintf(near, sizeof(near), "%.250s", e->d_name);
	if (d)
		closedir(d);
	*last = '\0';
	if (!near[0])
		return;
	snprintf(dir, sizeof(dir), "%s%s%s%s", path, near, rest[0] ? "/" : "", rest);
	err_fix(c->err, "did you mean %s?", sysctl_spelled(c->argv[1], dir));
}

static void diagnose_missing(struct call *c, char *path)
{
	char name[SYSCTL_KEY_MAX + sizeof(SYSCTL_ROOT)];

	snprintf(name, sizeof(name), SYSCTL_ROOT "/%s", path);
	if (access(name, F_OK) < 0) {
		err_why(c->err, "there is no %s: this kernel has no such key", name);
		suggest(c, path);
	} else {
		err_why(c->err,
			"only the host's network namespace has it: the kernel keeps one for the "
			"whole machine");
	}
}

/* Who may write: net, for CAP_NET_ADMIN; user, for CAP_SYS_RESOURCE, both in
 * the user namespace that owns it; else user 0 by the file's mode. */
static void diagnose_permission(struct call *c, const char *path)
{
	char name[SYSCTL_KEY_MAX + sizeof(SYSCTL_ROOT)], uid[64];
	unsigned ns = sysctl_namespace(path);
	struct stat st;

	snprintf(name, sizeof(name), SYSCTL_ROOT "/%s", path);
	if (stat(name, &st) == 0 && !(st.st_mode & 0222)) {
		err_why(c->err, "nobody can write %s (mode %04o)", name, st.st_mode & 07777);
		return;
	}
	if (ns == CLONE_NEWNET)
		diagnose_capability(c, "CAP_NET_ADMIN", 12);
	else if (ns == CLONE_NEWUSER)
		diagnose_capability(c, "CAP_SYS_RESOURCE", 24);
	else if (diagnose_status(c, "Uid", uid, sizeof(uid)) &&
		 ns_differ(c->session->box.pid, getpid(), CLONE_NEWUSER))
		err_why(c->err, "%s belongs to the root of the first user namespace", name);
	if (ns == CLONE_NEWUTS && !strcmp(path, "kernel/hostname"))
		err_instead(c->err, "hostname %s", c->argv[2]);
}

/* What a good value looks like; the host's, which the shell can read. */
static void diagnose_value(struct call *c, const char *path)
{
	char name[SYSCTL_KEY_MAX + sizeof(SYSCTL_ROOT)], now[128] = "";
	auto_fclose FILE *f = NULL;

	snprintf(name, sizeof(name), SYSCTL_ROOT "/%s", path);
	f = fopen(name, "re");
	if (!f || !fgets(now, sizeof(now), f))
		return;
	now[strcspn(now, "\n")] = '\0';
	err_why(c->err,
		"%.100s takes no \"%.100s\": it is of another kind or out of the kernel's range; on "
		"the host it is \"%s\"",
		c->argv[1], c->argv[2], now);
}

void sysctl_diagnose(struct call *c)
{
	char path[SYSCTL_KEY_MAX];

	sysctl_path(c->argv[1], path, sizeof(path));
	switch (c->err->errnum) {
	case ENOENT:
		diagnose_missing(c, path);
		break;
	case EINVAL:
	case ERANGE:
	case EDOM:
	case EOVERFLOW:
		diagnose_value(c, path);
		break;
	case EISDIR:
		err_why(c->err, "%s is a directory of keys", c->argv[1]);
		break;
	case EACCES:
	case EPERM:
		diagnose_permission(c, path);
		break;
	case EMFILE:
		diagnose_descriptors(c);
		break;
	case EROFS:
		err_why(c->err, SYSCTL_ROOT " is mounted read-only here, as in another container");
		break;
	default:
		break;
	}
}
