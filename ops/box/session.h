/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the shell holds on the host for one box: the process, what was made
 * for it, and the warden that cleans up should the shell be killed.
 */
#ifndef CTRSH_OPS_BOX_SESSION_H
#define CTRSH_OPS_BOX_SESSION_H

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

#include "ops/cgroup/devices.h"
#include "ops/err.h"
#include "ops/sys/trace.h"
#include "ops/why/probes.h"

#define SESSION_LEFT 256
#define LINKS_NAME   16 /* IFNAMSIZ, with its NUL */

struct box {
	pid_t pid;         /* the box, in our PID namespace; 0: none */
	pid_t child;       /* our child: the box, or the first PID 1 above it that must stay */
	int sock;          /* to the box; -1 once a program has taken its place */
	unsigned owed;     /* requests that it has not answered */
	char hostname[65]; /* as the box last told it */
};

#define GROUPS_MAX 16

struct control_group {
	char dir[1000];
	bool v2, freezer, memory; /* which files it has: freezer and memory as on v1 */
};

#define MOVED_MAX  8
#define MOVED_KEPT 4096

/* A device of the host that is in the box, and what it had there (moved.h). */
struct moved {
	char name[LINKS_NAME]; /* on the host */
	char mark[128];        /* another name for it, by which it is found inside */
	char mac[24];          /* as in struct link */
	unsigned mtu, kept;    /* kept: bytes of what */
	int master;            /* an index; 0: none */
	bool up;
	/* requests of rtnetlink(7) that give it its addresses and routes */
	char what[MOVED_KEPT] __attribute__((aligned(8)));
};

/* Network links on the host (links.h); what there is, the kernel is asked. */
struct links {
	bool used;               /* some were perhaps made for this box */
	char bridge[LINKS_NAME]; /* that host ends become ports of; or "" */
	int n_moved;
	struct moved moved[MOVED_MAX];
};

/* What is to be cleaned up on the host. In memory that the warden shares, so
 * that it knows at once; written before the thing is made, and erased only after
 * it has gone. */
struct made {
	struct control_group
		groups[GROUPS_MAX]; /* one in each hierarchy that is used, oldest first */
	int n_groups;
	bool making; /* one more is perhaps there, and nobody in it: its dir is set */
	struct links links;
	bool guarded;        /* the terminal on descriptor 0 gets this mode back */
	struct termios mode; /* from the warden, once the shell is gone */
};

#define NOTIFY_MAX 64

/* Calls that the shell is told of (seccomp/notify.h). */
struct notify {
	int listener; /* of the program that runs; -1: none */
	int n;
	struct {
		int number, errnum; /* errnum: what it gets; 0: it goes on */
	} list[NOTIFY_MAX];
};

struct session {
	struct box box;
	struct notify notify;
	struct made *made;
	pid_t warden;   /* 0: not started */
	long oom_kills; /* in the time of the last exec: processes that the memory limit cost */
	long oom_seen;  /* as many had been after the last run */
	long long oom_limit;    /* of memory, when run last told of such; 0: it did not yet */
	char filter[512];       /* of the last program: what the box told of it (filterwhy.h) */
	char ended[ERR_TEXT];   /* why the program of the last exec ended so; may be empty */
	struct devices devices; /* that its group allows */
	struct trace trace;
	struct probes probes; /* of the last failure */
	pid_t *earlier;       /* children we had before, by whoever executed us */
	int n_earlier;
	unsigned groups_made; /* for their names */
	unsigned links_made;  /* likewise */
	bool links_swept;     /* looked for what a killed ctrsh left */
	int nets[MOVED_MAX];  /* the network namespaces that made->links.moved are in */
	int n_nets;
	void (*prepare)(void); /* something to do once the box is at work; or NULL */
	pid_t shell;           /* the shell's own PID */
	pid_t shell_group;     /* and its process group */
};

/* 0, or -1 and errno. */
int session_init(struct session *s);

/* Removes what was made on the host; the box has ended. What could not be
 * removed is named in left (size SESSION_LEFT), else it is empty. */
void session_clean(struct session *s, char *left);

/* Ends the box, then the same. */
void session_reset(struct session *s, char *left);

/* session_reset, and the warden goes. */
void session_release(struct session *s, char *left);

#endif
