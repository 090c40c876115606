/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a group can be made. On cgroup v1: below the caller's own. On v2 the
 * best place is the nearest ancestor that distributes the controller already
 * and that we may write to: nothing has to be changed there. Else one that can
 * begin to, because it is the root or holds no processes; else our own group,
 * whose processes then go to a leaf (grouptree.h). A group that was
 * delegated (systemd's mark) is a boundary: all that is above belongs to the
 * manager.
 */
#include "ops/cgroup/grouppath.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/cgroup/groupfile.h"
#include "ops/cgroup/grouplib.h"
#include "ops/cgroup/grouptree.h"
#include "ops/facts/membership.h"
#include "ops/sys/sys.h"

/* Our own group in the controller's hierarchy. (libcgroup 2.0.2 cannot tell it on v2.) */
static void own_group(const char *controller, struct place *p)
{
	auto_free char *text = process_read(getpid(), "cgroup");
	const char *own = membership_path(text, p->v2 ? NULL : controller);

	/* In a container the mount may show only a part of the hierarchy. */
	snprintf(p->parent, sizeof(p->parent), "%s%s", p->mount, own && own[1] ? own : "");
	if (access(p->parent, F_OK) < 0)
		snprintf(p->parent, sizeof(p->parent), "%s", p->mount);
}

int grouppath_hierarchy(struct call *c, const char *controller, struct place *p)
{
	char list[256];

	if (grouplib_mount(controller, p->mount, sizeof(p->mount))) {
		p->v2 = groupfile_exists(p->mount, "cgroup.controllers");
		return 0;
	}
	err_kernel(c->err, 0, "this machine offers no control group controller %.60s", controller);
	grouplib_controllers(list, sizeof(list));
	err_why(c->err, "available: %s", list);
	return -1;
}

static bool may_write(const char *dir)
{
	return groupfile_writable(dir, ".") && groupfile_writable(dir, "cgroup.procs");
}

static bool fits_as_it_is(const char *dir, const char *controller)
{
	return groupfile_has(dir, "cgroup.subtree_control", controller) &&
	       !grouptree_is_threaded(dir) && may_write(dir);
}

static bool can_begin(const char *dir, const char *controller)
{
	pid_t pid;

	return groupfile_has(dir, "cgroup.controllers", controller) && may_write(dir) &&
	       groupfile_writable(dir, "cgroup.subtree_control") && !grouptree_is_threaded(dir) &&
	       (grouptree_is_root(dir) || groupfile_processes(dir, &pid, 1) == 0);
}

static bool can_with_leaf(const char *dir, const char *controller)
{
	return groupfile_has(dir, "cgroup.controllers", controller) && may_write(dir) &&
	       groupfile_writable(dir, "cgroup.subtree_control") && !grouptree_is_threaded(dir);
}

static bool distributes(const char *dir, const char *controller)
{
	return groupfile_has(dir, "cgroup.subtree_control", controller) &&
	       !grouptree_is_threaded(dir);
}

/* The nearest, from own up to the boundary, that passes the test. */
static bool nearest(struct place *p, const char *own, const char *controller,
		    bool (*test)(const char *, const char *))
{
	snprintf(p->parent, sizeof(p->parent), "%s", own);
	for (;;) {
		if (test(p->parent, controller))
			return true;
		if (!strcmp(p->parent, p->mount) || grouptree_is_delegated(p->parent))
			return false;
		*strrchr(p->parent, '/') = '\0';
	}
}

static int refuse(struct call *c, const char *controller, const char *own)
{
	err_kernel(c->err, 0, "no control group for the box can be made below %s", own);
	if (grouptree_is_threaded(own))
		err_why(c->err,
			"it is threaded: pids or cpu was distributed while it held processes, and "
			"no process can enter a group below (cgroups(7), thread mode)");
	else if (!groupfile_has(own, "cgroup.controllers", controller))
		err_why(c->err, "no group above hands %s down to it (its cgroup.controllers)",
			controller);
	else
		err_why(c->err,
			"no group on the way to the root distributes %s to its groups, and user %u "
			"may not change that",
			controller, (unsigned)geteuid());
	err_fix(c->err,
		"run ctrsh in a delegated group: systemd-run %s--scope -p Delegate=yes ctrsh",
		geteuid() ? "--user " : "");
	return -1;
}

int grouppath_parent(struct call *c, const char *controller, struct place *p)
{
	char own[1024];

	own_group(controller, p);
	if (!p->v2)
		return 0;
	snprintf(own, sizeof(own), "%s", p->parent);
	if (nearest(p, own, controller, fits_as_it_is) || nearest(p, own, controller, can_begin))
		return 0;
	snprintf(p->parent, sizeof(p->parent), "%s", own);
	if (can_with_leaf(own, controller))
		return 0;
	/* Then the kernel is to say why not. */
	return nearest(p, own, controller, distributes) ? 0 : refuse(c, controller, own);
}
