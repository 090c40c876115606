/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In a user namespace the kernel makes a new proc or sysfs only where a whole
 * one is visible in the mount namespace already (mount_namespaces(7),
 * mount_too_revealing() in fs/namespace.c).
 */
#include "ops/files/mountwhole.h"

#include <stdbool.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/box/session.h"
#include "ops/files/mountinfo.h"

/* On these the kernel makes directories that are always empty: what is mounted
 * there hides nothing (proc_create_mount_point(), sysfs_create_mount_point()). */
static bool hides(const struct mount_entry *e)
{
	static const char *const empty[] = {"/sys/fs/binfmt_misc", "/fs/nfsd",
					    "/fs/cgroup",          "/fs/fuse/connections",
					    "/kernel/debug",       "/kernel/tracing",
					    "/kernel/security",    "/kernel/config",
					    "/fs/pstore",          "/fs/bpf",
					    "/fs/selinux",         "/firmware/efi/efivars"};
	size_t n = strlen(e->point);

	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
		size_t end = strlen(empty[i]);

		if (n >= end && !strcmp(e->point + n - end, empty[i]))
			return false;
	}
	return true;
}

/* What lies on a mount, and hides something of it. s: NULL: of our own mounts. */
static bool find_cover(const struct session *s, const struct mount_entry *on,
		       struct mount_entry *cover)
{
	auto_fclose FILE *f = mountinfo_open(s);

	while (mountinfo_next(f, cover))
		if (cover->parent == on->id && cover->id != on->id && hides(cover))
			return true;
	return false;
}

/* A whole file system of the type, covered in part. any: there is a whole one. */
static bool find_covered(const struct session *s, const char *type, struct mount_entry *e,
			 struct mount_entry *cover, bool *any)
{
	auto_fclose FILE *f = mountinfo_open(s);

	*any = false;
	while (mountinfo_next(f, e)) {
		if (strcmp(e->type, type) != 0 || strcmp(e->root, "/") != 0)
			continue;
		*any = true;
		if (find_cover(s, e, cover))
			return true;
	}
	return false;
}

/* A new proc or sysfs may not show what is covered in those that are there. Behind
 * chroot the box's mountinfo lacks them; ours has those that the box's came from. */
void mount_no_whole(struct call *c, const char *type)
{
	struct mount_entry e, cover;
	bool any, ours;

	if (find_covered(c->session, type, &e, &cover, &any)) {
		err_why(c->err,
			"the %s that the box has, at %.100s, is partly covered (%.100s): in a user "
			"namespace the kernel makes no new one that would show what is below",
			type, e.point, cover.point);
		err_fix(c->err, "mount rbind %.100s, or run ctrsh outside of this container",
			e.point);
		return;
	}
	if (any)
		return;
	if (find_covered(NULL, type, &e, &cover, &ours)) {
		err_why(c->err,
			"the box's root shows no %s, and that of the host, at %.100s, is partly "
			"covered (%.100s): in a user namespace the kernel makes no new one that "
			"would show what is below",
			type, e.point, cover.point);
		err_fix(c->err,
			"reset, and before the root changes: mount rbind %.100s; or run ctrsh "
			"outside of this container",
			e.point);
		return;
	}
	if (!ours)
		return;
	err_why(c->err,
		"the box sees no whole %s any more: in a user namespace the kernel makes "
		"a new one only where one is visible already",
		type);
	err_fix(c->err,
		"reset, and before the root changes: mount %s DIR/%s, with the directory that "
		"becomes the root for DIR",
		type, !strcmp(type, "proc") ? "proc" : "sys");
}
