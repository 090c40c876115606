/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the shell holds on the host for one box: the process, its control
 * groups, and the warden that cleans up should the shell be killed.
 */
#ifndef CTRSH_OPS_SESSION_H
#define CTRSH_OPS_SESSION_H

#include <stdbool.h>
#include <sys/types.h>

#include "trace.h"

#define LINKS_NAME 16 /* IFNAMSIZ, with its NUL */

struct box {
	pid_t pid;         /* the box, in our PID namespace; 0: none */
	pid_t child;       /* our child: the box, or the first PID 1 above it that must stay */
	int sock;          /* to the box; -1 once a program has taken its place */
	char hostname[65]; /* as the box last told it */
};

#define GROUPS_MAX 16

/* One of the control groups; in the warden, who makes them, and in the shell. */
struct control_group {
	char dir[1000];
	bool v2, freezer, memory; /* which files it has: freezer and memory as on v1 */
};

/* Network links on the host (links.h). A warden that follows one that was
 * killed learns this from the shell; what there is, it asks the kernel. */
struct links {
	bool used;               /* some were perhaps made for this box */
	char bridge[LINKS_NAME]; /* that host ends become ports of; or "" */
	char last[LINKS_NAME];   /* the host end made last */
};

struct warden {
	pid_t pid; /* 0: not started */
	int sock;
	bool used; /* it made something on the host for this box */
};

struct session {
	struct box box;
	struct control_group
		groups[GROUPS_MAX]; /* one in each hierarchy that is used, oldest first */
	int n_groups;
	long oom_kills; /* in the time of the last exec: processes that the memory limit cost */
	long oom_seen;  /* as many had been after the last run */
	struct links links;
	struct warden warden;
	struct trace trace;
	pid_t *earlier; /* children we had before, by whoever executed us */
	int n_earlier;
	unsigned groups_made;  /* for their names */
	unsigned links_made;   /* likewise */
	bool links_swept;      /* looked for what a killed ctrsh left */
	void (*prepare)(void); /* for the warden, once the box is at work; or NULL */
	pid_t shell;           /* the shell's own PID */
	pid_t shell_group;     /* and its process group */
};

void session_init(struct session *s);

/* Ends the box, removes the control groups. What could not be removed is named
 * in *left (room for 256), else it is empty. */
void session_reset(struct session *s, char *left);

/* session_reset, and the warden goes. */
void session_release(struct session *s, char *left);

#endif
