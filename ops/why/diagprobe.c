/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The notes of a diagnosis: what /proc/PID/ns, mountinfo and stat(2) said.
 */
#include "ops/why/diagprobe.h"
#include "ops/namespaces/idmap.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/box/box.h"
#include "ops/limits/limits.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstree.h"
#include "ops/why/probes.h"

unsigned diagnose_own(struct call *c, unsigned mask)
{
	pid_t box = c->session->box.pid;
	unsigned own = ns_differ(box, getpid(), mask);

	for (const struct ns *ns = namespaces; ns->name; ns++) {
		char file[32], name[48];

		if (!(mask & ns->flag))
			continue;
		snprintf(file, sizeof(file), "ns/%s", ns->name);
		snprintf(name, sizeof(name), "%s namespace", ns->title);
		if (own & ns->flag)
			probes_note_proc(c, file, name, "%lu, the host's is %lu",
					 (unsigned long)ns_id(box, ns),
					 (unsigned long)ns_id(getpid(), ns));
		else
			probes_note_proc(c, file, name, "%lu, the host's",
					 (unsigned long)ns_id(box, ns));
	}
	return own;
}

/* The first user namespace has this number (PROC_USER_INIT_INO in linux/proc_ns.h). */
#define FIRST_USER 0xeffffffdU

bool diagnose_in_user_namespace(struct call *c)
{
	ino_t id = ns_id(c->session->box.pid, ns_find("user"));

	diagnose_own(c, CLONE_NEWUSER);
	return id && id != FIRST_USER;
}

bool diagnose_lacks_map(struct call *c, const char *name)
{
	probes_note_file(c, name, name);
	return idmap_is_empty(c->session->box.pid, name);
}

bool diagnose_owns(struct call *c, const char *ns)
{
	pid_t box = c->session->box.pid;
	ino_t owner = nstree_owned_by(box, ns), user = ns_id(box, ns_find("user"));
	char name[48];

	snprintf(name, sizeof(name), "owner of the %.10s namespace", ns);
	if (owner)
		probes_note(c, "ioctl(NS_GET_USERNS)", name, "%lu, the box's is %lu",
			    (unsigned long)owner, (unsigned long)user);
	else
		probes_note(c, "ioctl(NS_GET_USERNS)", name, "a user namespace further out");
	return owner && owner == user;
}

static void note_mount(struct call *c, const char *name, const struct mount_entry *e)
{
	probes_note_proc(c, "mountinfo", name, "%.30s at %.60s, %.60s%s%.30s", e->type, e->point,
			 e->options, e->optional[0] ? ", " : "", e->optional);
}

int diagnose_mount_at(struct call *c, const char *path, struct mount_entry *e)
{
	char name[48];
	int r = mountinfo_at(c->session, path, e);

	snprintf(name, sizeof(name), "mount of %.38s", path);
	if (r == 0)
		note_mount(c, name, e);
	else
		probes_note_proc(c, "mountinfo", name, "not in it");
	return r;
}

int diagnose_mount_below(struct call *c, const struct mount_entry *on, const char *path,
			 struct mount_entry *e)
{
	char name[48];
	int r = mountinfo_below(c->session, on, path, e);

	snprintf(name, sizeof(name), "mount below %.34s", path);
	if (r == 0)
		note_mount(c, name, e);
	else
		probes_note_proc(c, "mountinfo", name, "none");
	return r;
}

static const char *kind_of(mode_t mode)
{
	return S_ISDIR(mode)    ? "directory"
	       : S_ISREG(mode)  ? "file"
	       : S_ISLNK(mode)  ? "symbolic link"
	       : S_ISCHR(mode)  ? "character device"
	       : S_ISBLK(mode)  ? "block device"
	       : S_ISFIFO(mode) ? "FIFO"
				: "socket";
}

int diagnose_stat(struct call *c, const char *path, struct stat *st)
{
	int r = box_stat(c->session, path, st), errnum = errno;
	char name[48];

	snprintf(name, sizeof(name), "%.47s", path);
	if (r == 0)
		probes_note_proc(c, "root", name, "%s, mode %04o, owner %u:%u",
				 kind_of(st->st_mode), st->st_mode & 07777, st->st_uid, st->st_gid);
	else
		probes_note_proc(c, "root", name, "%s", strerror(errnum));
	errno = errnum;
	return r;
}

bool diagnose_is_mount_point(struct call *c, const char *path)
{
	bool is = box_is_mount_point(c->session, path);
	char name[48];

	snprintf(name, sizeof(name), "%.30s, a mount point", path);
	probes_note_proc(c, "mountinfo", name, "%s", is ? "yes" : "no");
	return is;
}

bool diagnose_other_root(struct call *c)
{
	struct stat here, there;
	char root[64];

	box_proc(c->session, root, sizeof(root), "root/.");
	probes_note_link(c, "root", "root directory");
	return stat("/proc/self/root/.", &here) == 0 && stat(root, &there) == 0 &&
	       (here.st_ino != there.st_ino || here.st_dev != there.st_dev);
}

int diagnose_limit(struct call *c, int resource, struct rlimit *value)
{
	int r = limit_of(c->session->box.pid, resource, value);
	char name[48], soft[24], hard[24];

	for (const struct limit *l = limits; r == 0 && l->name; l++) {
		if (l->resource != resource)
			continue;
		snprintf(name, sizeof(name), "RLIMIT_%s", l->constant);
		probes_note_proc(c, "limits", name, "%s, at most %s",
				 limit_show(soft, sizeof(soft), value->rlim_cur),
				 limit_show(hard, sizeof(hard), value->rlim_max));
	}
	return r;
}
