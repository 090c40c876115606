/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Control groups (cgroups(7)): version, controllers, and whether this user
 * could make a group.
 */
#include <stdio.h>
#include <unistd.h>

#include "ops/cgroup/grouppath.h"
#include "ops/doctor/finding.h"
#include "ops/files/cgroupwords.h"

static void look_cgroup(const struct machine *m, struct finding *f)
{
	const struct control *c = &m->control;
	char there[256] = "", lacks[64] = "";

	for (int i = 0; i < CONTROLLERS; i++)
		if (c->list[i].there)
			finding_add(there, sizeof(there), ", ", "%s (v%d, %s)", c->list[i].name,
				    c->list[i].v2 ? 2 : 1, c->list[i].mount);
		else
			finding_add(lacks, sizeof(lacks), " ", "%s", c->list[i].name);
	finding_set(f,
		    !there[0]  ? FOUND_MISSING
		    : lacks[0] ? FOUND_LIMITED
			       : FOUND_OK,
		    "%s: %s",
		    c->v1 && c->v2 ? "v1 and v2 (hybrid)"
		    : c->v1        ? "v1"
		    : c->v2        ? "v2"
				   : "not mounted",
		    there[0] ? there : "no controller");
	if (f->state == FOUND_OK)
		return;
	finding_means(f, "no limits for %s", lacks);
	if (!c->v1 && !c->v2) /* sysfs has the directory (cgroups(7)) */
		finding_fix(f, "%ssudo " CGROUP2_MOUNT,
			    access("/sys/fs/cgroup", F_OK) == 0
				    ? ""
				    : "sudo mount -t sysfs sysfs /sys && ");
	else if (!c->v1 && m->uid == 0)
		finding_hint(
			f,
			"Whoever made this group did not hand them down to it (cgroup.controllers)");
	if (!there[0])
		snprintf(f->brief, sizeof(f->brief), "no control groups here, so no limits");
}

const struct check check_cgroup = {"cgroup", "cgroup", look_cgroup, false};

static void fix_delegation(const struct machine *m, bool v1, struct finding *f)
{
	if (v1 && m->uid != 0) {
		finding_fix(f, "sudo ctrsh");
		finding_hint(f, GROUPPATH_V1_ROOTS);
	} else if (v1) {
		return;
	} else if (access("/run/systemd/system", F_OK) == 0) {
		finding_fix(f, "systemd-run %s--scope -p Delegate=yes ctrsh",
			    m->uid ? "--user " : "");
	} else if (m->uid != 0) {
		finding_fix(f, "sudo ctrsh");
		finding_hint(f,
			     "Or root makes a group that is yours: mkdir, and chown of it and "
			     "its cgroup.procs and cgroup.subtree_control");
	}
}

static void look_delegation(const struct machine *m, struct finding *f)
{
	char may[64] = "", denied[64] = "";
	const char *parent = "";
	bool read_only = false, v1 = false, all = true;

	for (int i = 0; i < CONTROLLERS; i++) {
		const struct controller *c = &m->control.list[i];

		if (!c->there)
			continue;
		finding_add(c->may ? may : denied, sizeof(may), " ", "%s", c->name);
		read_only |= c->read_only;
		v1 |= !c->v2;
		if (!parent[0] || (!c->may && all))
			parent = c->parent;
		all &= c->may;
	}
	if (!may[0] && !denied[0]) {
		finding_set(f, FOUND_MISSING, "there is nothing to make a group in");
		finding_means(f, "no cgroup op works");
		return;
	}
	finding_set(f,
		    !denied[0] ? FOUND_OK
		    : may[0]   ? FOUND_LIMITED
			       : FOUND_MISSING,
		    denied[0] ? "user %u can make no group below %s (%s)%s"
			      : "user %u can make groups, as below %s%.0s%s",
		    (unsigned)m->uid, parent, denied,
		    m->control.delegated ? ", which was delegated"
		    : read_only          ? ": mounted read-only"
					 : "");
	if (f->state == FOUND_OK)
		return;
	finding_means(f, "cgroup %s is refused", denied);
	fix_delegation(m, v1, f);
	snprintf(f->brief, sizeof(f->brief), "%s",
		 read_only ? "control groups are mounted read-only here"
		 : v1      ? "as this user cgroup needs sudo"
			   : "as this user cgroup needs a delegated group");
}

const struct check check_delegation = {"delegation", "own groups", look_delegation, false};

static void look_swap(const struct machine *m, struct finding *f)
{
	const struct controller *memory = control_find(&m->control, "memory");

	finding_set(f, m->control.swap ? FOUND_OK : FOUND_MISSING, "%s",
		    m->control.swap  ? "counted"
		    : !memory->there ? "no memory controller"
				     : "not counted: neither memory.memsw.limit_in_bytes nor "
				       "memory.swap.max");
	if (m->control.swap)
		return;
	finding_means(f, "cgroup memory SIZE swap=SIZE is refused");
	if (memory->there)
		finding_hint(f, "Boot the kernel with swapaccount=1");
}

const struct check check_swap = {"swap", "swap limits", look_swap, false};
