/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The contract of an op. An op is one entry in the table and one file. It has
 * up to two halves: the box half makes system calls inside, on the box itself;
 * the host half does what can only be done from outside, and decides when the
 * box is asked. An op without a host half is simply asked of the box.
 */
#ifndef CTRSH_OPS_OP_H
#define CTRSH_OPS_OP_H

#include <stdbool.h>

#include "ops/err.h"
#include "ops/sys/trace.h"

struct session;

/* What a position among the arguments holds: its words, for completion and
 * for the check that they are right; and the kind of file name, if it is one. */
enum arg_kind {
	ARG_WORD,
	ARG_DIR,
	ARG_FILE,
	ARG_PROGRAM,
	ARG_HOST_FILE,
	ARG_OP,
	ARG_DEVICE,      /* a network device in the box */
	ARG_BRIDGE,      /* a network bridge on the host */
	ARG_HOST_DEVICE, /* a network device on the host */
};

struct arg {
	enum arg_kind kind;
	const char *const *words; /* NULL-terminated, or NULL: anything */
	/* Words that must be asked for (of a library): the same, until the next call. */
	const char *const *(*find)(void);
};

#define OP_ARGS_MAX 5

/* An option with a value. It is written --name VALUE or --name=VALUE; what an
 * op gets is one word, --name=VALUE. */
struct op_option {
	const char *name;          /* with its -- */
	const char *const *values; /* NULL-terminated, or NULL: anything */
};

/* One op being carried out. argv[0] is the op's name, argv[argc] is NULL. */
struct call {
	const struct op *op;
	int argc;
	char **argv;
	struct err *err;
	struct trace *trace;
	struct session *session; /* host half: the session; box half: NULL */
	int *fds;                /* box half: nfds descriptors that came with the request */
	int nfds;
	bool terminal; /* box half: the descriptors are a new terminal's */
	bool insist;   /* host half: --host was given */
	int status;    /* result of a program that ran, as waitpid(2) gives it */
};

enum op_flags {
	OP_ENDS = 1,        /* the box is used up by it: nothing can follow in a file */
	OP_VERBATIM = 2,    /* arguments belong to a program: no option is ours */
	OP_PROPAGATION = 4, /* makes mounts private: no harm while they are shared with the host */
	OP_OWN = 8,         /* makes no sense on the host's namespaces: --host does not insist */
	OP_LOOKS = 16,      /* changes nothing: it is not done again when a box is built again */
	OP_INSIDE = 32,     /* the host half changes nothing of the host's: it is the box's alone */
};

/* Options may be written anywhere among the arguments; in argv they stand first. */

/* In a mask of namespaces that an op changes: what belongs to none, and so to the
 * host, whatever the box has of its own. No flag of clone(2) has this bit. */
#define CHANGES_MACHINE 1U

/* A name of two words, as "cgroup pids", makes the op one of a family; one whose
 * name is the first word alone takes what fits none of them. argv[0] is the
 * whole name, so that arguments begin at argv[1] in any case. */
struct op {
	const char *name, *usage, *summary;
	const char *detail; /* what the kernel does, and its man page */
	int argmin, argmax; /* number of arguments, options apart; argmax -1: no limit */
	unsigned flags;     /* OP_* */
	unsigned changes;   /* namespaces it changes: refused while shared with the host */
	/* The same, where it depends on the arguments; .changes is then all there can be. May be
	 * NULL. */
	unsigned (*changes_by)(int argc, char **argv);
	/* Namespaces that it shows something of: the box's user namespace must own them, too, where
	 * its capabilities come from there. */
	unsigned shows;
	const char *const *options;     /* words with -- that are on or off; --host apart */
	const struct op_option *valued; /* options with a value; ends with a NULL name */
	struct arg args[OP_ARGS_MAX];   /* of the arguments after the options; the last repeats */

	/* Are the arguments well-formed? Looks at nothing but them. May be NULL. */
	int (*check)(int argc, char **argv, struct err *err);
	/* Namespaces that the box has of its own afterwards (CLONE_NEW*). May be NULL. */
	unsigned (*gains)(int argc, char **argv);

	/* What the shell can do ahead of time for the host half, beside the box's work.
	 * May be NULL. */
	void (*prepare)(void);
	/* Asks for the box half itself (box_ask), and takes back what it made should
	 * that fail. What it makes on the host is in session.made before, and
	 * warden_needed was asked for. */
	int (*host)(struct call *c);
	int (*box)(struct call *c);

	/* What it makes outlives the box, so it may be there already when the op is carried out
	 * again for another one, and the op fails (c->err). 0: that is so, and it now is as the
	 * op would have it. In the shell; NULL: it leaves nothing behind. */
	int (*again)(struct call *c);

	/* Adds why and fix to c->err, from the actual state. May be NULL. */
	void (*diagnose)(struct call *c);
};

/* The value of an option (with its --), NULL: it was not given. And where the
 * arguments begin, for an op whose arguments never begin with --. */
const char *op_value(int argc, char **argv, const char *option);
int op_first(int argc, char **argv);

#endif
