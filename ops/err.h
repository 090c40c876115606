/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors are values. A function that can fail returns 0 or -1 and takes a
 * struct err from its caller's stack; the struct is untouched on success and
 * owns nothing, so it can be copied and sent over a socket as it is.
 */
#ifndef CTRSH_OPS_ERR_H
#define CTRSH_OPS_ERR_H

enum err_kind {
	ERR_NONE,
	ERR_USAGE,   /* the person's words are wrong: unknown, too many, malformed */
	ERR_ORDER,   /* right words, wrong moment: another step comes first */
	ERR_STATE,   /* right words and moment: what is on the machine stands in the way */
	ERR_KERNEL,  /* the kernel, or a library that speaks to it, refused */
	ERR_EXEC,    /* a program could not be executed (126) or found (127) */
	ERR_PROGRAM, /* a program ran, and ended with something other than 0 */
	ERR_BOX,     /* the box is gone */
};

/* What struct err.fix holds. */
enum remedy {
	REMEDY_WORDS,   /* a sentence for the person, or nothing */
	REMEDY_FIRST,   /* lines of ctrsh: after them what failed works */
	REMEDY_INSTEAD, /* lines of ctrsh that do what was meant to be done */
};

#define ERR_TEXT 512
#define ERR_SAID 160

struct err {
	enum err_kind kind;
	int errnum;          /* errno of the failed call; 0 where it would mislead */
	int status;          /* exit status this error asks for */
	char what[ERR_TEXT]; /* the failed call with its arguments, or a sentence */
	char why[ERR_TEXT];  /* the cause, found by looking; may be empty */
	char fix[ERR_TEXT];  /* what to do about it; may be empty */
	enum remedy remedy;  /* how fix is meant */
	char said[ERR_SAID]; /* the kernel's own words about it, where it has some; may be empty */
};

/* Each fills *e and returns -1, so that a caller can return it at once. */
int err_usage(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int err_order(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int err_state(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int err_kernel(struct err *e, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
int err_exec(struct err *e, int errnum, int status, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* A program's end as waitpid(2) reports it: status N, or 128+N for a signal. */
int err_program(struct err *e, const char *program, int wait_status);

/* The cause, and the remedy in words; the last word stands. */
void err_why(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A sentence more about the cause, behind what is said already. */
void err_add(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

void err_fix(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The remedy as lines that can be carried out, with "; " between them, in full
 * names; a line for the host (!) only as the last. Here %s is a word, and put
 * so that it is read back as one whatever is in it; beside it %d %u %ld %lld
 * %llu are known. What does not fit, or cannot be put safely, leaves no fix. */
void err_first(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void err_instead(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The same, of nothing but names that are ctrsh's own: %s is put as it is. */
void err_first_names(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void err_instead_names(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A remedy that came from a box: the lines of ops that have no host half stay lines, all
 * others become words. */
void err_distrust(struct err *e);

/* The shell's way to say how a program ended: its status, or 128+N. */
int exit_status(int wait_status);

#endif
