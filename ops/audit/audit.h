/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far a process is from a wall: each way in which it could see or harm the
 * host, and whether that is open to it now. Found by looking at the process
 * from outside; and in a box of ours, where trying does no harm, by a child of
 * the box that is what a program there would be (probe.h). What was tried
 * counts.
 */
#ifndef CTRSH_OPS_AUDIT_AUDIT_H
#define CTRSH_OPS_AUDIT_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "ops/audit/groupnames.h"
#include "ops/box/session.h"
#include "ops/facts/items.h"
#include "ops/facts/subject.h"
#include "ops/files/mountinfo.h"

enum state { WAY_UNKNOWN, WAY_CLOSED, WAY_PARTLY, WAY_OPEN };

/* Lines of ctrsh; as bits, a set of which each alone closes a way. In the order
 * in which a container is built: privilege goes last. */
enum closer {
	STEP_UNSHARE = 1 << 0,
	STEP_PIVOT = 1 << 1,
	STEP_PROC = 1 << 2,
	STEP_PRIVATE = 1 << 3,
	STEP_CD = 1 << 4,
	STEP_MASK = 1 << 5,
	STEP_SYS = 1 << 6,
	STEP_CGROUP = 1 << 7,
	STEP_READ_ONLY = 1 << 8,
	STEP_UNSETENV = 1 << 9,
	STEP_PIDS = 1 << 10,
	STEP_MEMORY = 1 << 11,
	STEP_CPU = 1 << 12,
	STEP_NOFILE = 1 << 13,
	STEP_CAPS = 1 << 14,
	STEP_MKNOD = 1 << 15,
	STEP_NEWPRIVS = 1 << 16,
	STEP_SECCOMP = 1 << 17,
	STEP_USER = 1 << 18,
	STEP_LATER = 1 << 19, /* beside others: not yet, another step has to come first */
	STEP_FRESH = 1 << 20, /* beside others: only in a fresh box, in place of what was done */
};

#define SHOWS_SIZE       300
#define AUDIT_UNREADABLE "not readable: needs CAP_SYS_PTRACE, or to be its user"

struct finding {
	enum state state;
	bool tried;             /* from inside; else looked at from outside */
	unsigned steps;         /* each of them closes it; 0: no single one */
	unsigned ns;            /* of STEP_UNSHARE: which namespace */
	char shows[SHOWS_SIZE]; /* what was found; may be empty */
};

/* A process that is audited. */
struct audit {
	const struct subject *who;
	bool box;        /* ours, and no program yet: what it has is a program's to be */
	bool told;       /* which mounts it has; none may be below a root that chroot(2) made */
	unsigned shared; /* namespaces (CLONE_NEW*) that are ours, too */
	unsigned gains;  /* those that unshare would close ways with now */
	unsigned uid;    /* effective, as we number users */
	uint64_t caps;   /* what a program there can hold */
	uint64_t holds;  /* effective now: the box takes its next steps with these */
	bool new_privs;  /* programs can gain privileges */
	int root;        /* O_PATH, its root directory; -1 */
	bool rootfs;     /* ./rootfs is there for a pivot_root (root file systems are filled by
			    mkrootfs) */
	unsigned limits; /* STEP_PIDS, ..._MEMORY, ..._CPU: a group for it can be made */
	struct mount_entry *mounts, *ours;
	int n_mounts, n_ours;
	struct groupnames names; /* control groups that it sees */
	struct items tried;      /* by the name of the way: "STATE what it shows" */
};

struct way {
	const char *name; /* in JSON */
	const char *title;
	enum state docker; /* what Docker leaves a container by default */
	void (*look)(const struct audit *a, struct finding *f);
};

/* Those that matter most first; ends with a NULL name. */
extern const struct way ways[];

/* Reads what all ways need. *tried belongs to it from now on. 0, or -1 and *err. */
int audit_begin(struct audit *a, const struct subject *who, bool box, struct items *tried,
		struct err *err);
void audit_end(struct audit *a);

/* One way: looks, and takes what was tried for it. */
void audit_way(const struct audit *a, const struct way *w, struct finding *f);

/* What Docker leaves of it on a machine like this one. */
enum state audit_docker(const struct way *w);

/* Is there what the step is done with? */
bool audit_is_possible(const struct audit *a, unsigned step);

/* Can the step not be taken any more, for the box gave away what it needs? */
bool audit_is_late(const struct audit *a, unsigned steps);

/* For findings: sets what it shows; and the rest. */
void found(struct finding *f, enum state state, unsigned steps, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* open, partly, closed; unknown. */
const char *audit_word(enum state state);

/* The line that carries out one step here, in buf; for one finding, or (NULL) so
 * that it closes as many as it can. */
const char *audit_step(const struct audit *a, enum closer step, const struct finding *f, char *buf,
		       unsigned size);

/* Of the steps, the one to take next, and how many of the n findings it closes
 * that are not: the one that closes most; but what needs the box's privileges
 * comes before what takes them, and no step that needs a fresh box is named. 0: none
 * would. */
enum closer audit_next(const struct audit *a, const struct finding *list, int n, int *closes);

/* What is closed only in a fresh box: lines, where each has to stand, and how many it closes;
 * empty: nothing is. */
const char *audit_fresh(const struct audit *a, const struct finding *list, int n, char *buf,
			unsigned size);

/* Is a word in a list with commas between? */
bool audit_has(const char *list, const char *word);

/* What is at path below the root of the process, as an O_PATH descriptor; links lead
 * where they would inside. -1 and errno. */
int audit_at(const struct audit *a, const char *path);

/* Is it to be seen? A mount that a later one covers is in the list as well. */
bool audit_sees(const struct audit *a, const struct mount_entry *e);

/* By the program's capabilities: those that count on the host, which capabilities in
 * a user namespace of its own do not. */
bool audit_can(const struct audit *a, int cap);

/* STEP_PIVOT if its root directory can be replaced, with STEP_LATER if the mount
 * namespace has to be its own first; 0: it is not the host's any more. */
unsigned audit_pivot(const struct audit *a);

#endif
