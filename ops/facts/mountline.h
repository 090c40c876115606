/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line of /proc/PID/mountinfo (proc_pid_mountinfo(5)).
 */
#ifndef CTRSH_OPS_FACTS_MOUNTLINE_H
#define CTRSH_OPS_FACTS_MOUNTLINE_H

#include <stdbool.h>

struct mount_line {
	int id, parent;
	char *device;   /* major:minor */
	char *root;     /* what of the file system is mounted, and */
	char *point;    /* where; its blanks and the like are no longer \040 */
	char *options;  /* of this mount */
	char *optional; /* "shared:7 master:2", or "" */
	char *type, *source;
	char *super; /* options of the file system; a blank in one still is \040 */
};

/* Takes the line apart, which becomes *m's words. false: it is none. */
bool mountline_parse(char *line, struct mount_line *m);

/* In place: \040 and the like become the characters they stand for. */
void mountline_decode(char *s);

#endif
