/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The box as it is, in the terms of the box on paper (paper.h): so that what is
 * certain there is told here, too. All of it is the kernel's word: namespaces by
 * their numbers, and who owns them, maps from /proc.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "ops/box/box.h"
#include "ops/cgroup/group.h"
#include "ops/explain/explain.h"
#include "ops/files/mountinfo.h"
#include "ops/guard.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstree.h"
#include "ops/why/diagnose.h"

static bool is_written(pid_t pid, const char *file)
{
	struct idmap m;

	return idmap_read(pid, file, &m) == 0 && m.n > 0;
}

static unsigned written(pid_t pid, const char *file, unsigned yes, unsigned no)
{
	return is_written(pid, file) ? yes : no;
}

static void look_at_user(struct paper *p, pid_t pid)
{
	const struct ns *user = ns_find("user");

	p->facts |= PAPER_USER | written(pid, "uid_map", PAPER_UIDS, PAPER_NO_UIDS) |
		    written(pid, "gid_map", PAPER_GIDS, PAPER_NO_GIDS);
	if (idmap_setgroups(pid, "deny"))
		p->facts |= PAPER_DENY;
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (ns == user || nstree_owned_by(pid, ns->name) == ns_id(pid, user))
			p->owned |= ns->flag;
}

static void look_at_rights(struct explaining *x)
{
	struct session s = explain_session(x);
	struct call c = {.op = x->op, .session = &s};
	char value[64];

	x->box.lost = ~explain_caps(x, "CapEff");
	x->box.gone = ~explain_caps(x, "CapPrm");
	x->box.bound = explain_caps(x, "CapBnd");
	if (diagnose_status(&c, "NoNewPrivs", value, sizeof(value)) && *value == '0')
		x->box.facts |= PAPER_PRIVS;
}

/* Its root directory is another than ours, and not that of its mounts: of those
 * mountinfo has one at "/" (proc_pid_mountinfo(5)). */
static bool is_chrooted(const struct session *s)
{
	struct stat here, there;
	char path[64], root[8];
	ssize_t n;

	box_proc(s, path, sizeof(path), "root/.");
	if (stat("/proc/self/root/.", &here) < 0 || stat(path, &there) < 0 ||
	    (here.st_ino == there.st_ino && here.st_dev == there.st_dev))
		return false;
	box_proc(s, path, sizeof(path), "root");
	n = readlink(path, root, sizeof(root));
	return n != 1; /* read from outside it is the path from the root of its mounts */
}

void explain_look(struct explaining *x, const struct session *s)
{
	x->session = s;
	x->box = (struct paper){.own = guard_own(s, NS_ALL)};
	look_at_rights(x);
	if (x->box.own & CLONE_NEWUSER)
		look_at_user(&x->box, s->box.pid);
	if (!s->box.pid)
		return;
	x->box.facts |= is_chrooted(s) ? PAPER_CHROOTED : 0;
	x->box.facts |= group_is_frozen(s) ? PAPER_FROZEN : 0;
	x->init = (x->box.own & CLONE_NEWPID) && nstree_pid_inside(s->box.pid) == 1;
}

bool explain_is_dir(const struct explaining *x, const char *path)
{
	struct stat st;

	if (!x->session)
		return false;
	return (x->session->box.pid ? box_stat(x->session, path, &st) : stat(path, &st)) == 0 &&
	       S_ISDIR(st.st_mode);
}
