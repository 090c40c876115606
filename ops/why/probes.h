/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was looked at after a failure: names, values, and where each was read.
 * A diagnosis notes what it probes; what matters for every failure is noted
 * after it, so that the person can judge a cause that is not known.
 */
#ifndef CTRSH_OPS_WHY_PROBES_H
#define CTRSH_OPS_WHY_PROBES_H

#define PROBES_MAX 40

struct probe {
	char name[48], value[192], where[160];
};

struct probes {
	int n;
	int probed; /* the first ones, which the diagnosis asked for */
	struct probe list[PROBES_MAX];
};

struct call;

/* In the shell; elsewhere, and when there is no room, it does nothing. The same
 * fact is noted once: the first stands. where: a file, or the call that told it. */
void probes_note(struct call *c, const char *where, const char *name, const char *value, ...)
	__attribute__((format(printf, 4, 5)));

/* The same for a file below the box's /proc/PID. */
void probes_note_proc(struct call *c, const char *file, const char *name, const char *value, ...)
	__attribute__((format(printf, 4, 5)));

/* A small file, and a link, below the box's /proc/PID, as they are. */
void probes_note_link(struct call *c, const char *file, const char *name);
void probes_note_file(struct call *c, const char *file, const char *name);

/* Of every failure: who the box is, what it may, where it is, its limits. */
void probes_general(struct call *c);

#endif
