/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Control groups as this user finds them: which controllers there are, in which
 * version, and where he could make a group. Only looked at, as the ops look.
 */
#ifndef CTRSH_OPS_DOCTOR_CONTROL_H
#define CTRSH_OPS_DOCTOR_CONTROL_H

#include <stdbool.h>

struct controller {
	char name[16]; /* as in cgroup NAME: io also where it is v1's blkio */
	bool there, v2;
	bool may;         /* a group can be made */
	bool read_only;   /* it can't, for the hierarchy is mounted so */
	char mount[128];  /* of its hierarchy */
	char parent[512]; /* below which ours would go, or own group */
};

#define CONTROLLERS 5

struct control {
	bool v1, v2;    /* a hierarchy of that version is mounted */
	bool available; /* libcgroup finds something to work with */
	bool delegated; /* our own group of v2 bears systemd's mark */
	char why[256];  /* if it does not */
	char v2_mount[128];
	bool swap; /* memory and swap are counted together, or swap by itself */
	struct controller list[CONTROLLERS];
};

void control_look(struct control *c);

/* The one of that name, NULL: it isn't one that an op knows. */
const struct controller *control_find(const struct control *c, const char *name);

#endif
