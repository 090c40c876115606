/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The checks: each says what it found, and where something is limited or
 * missing, what that means and what would change it.
 */
#ifndef CTRSH_OPS_DOCTOR_FINDING_H
#define CTRSH_OPS_DOCTOR_FINDING_H

#include "ops/doctor/machine.h"

enum finding_state { FOUND_OK, FOUND_LIMITED, FOUND_MISSING, FOUND_UNKNOWN };

struct finding {
	enum finding_state state;
	char found[512];
	char means[400];
	char fix[300];   /* a line for sh(1), or of ctrsh; "": none does it */
	char brief[120]; /* for the one line at the start of a session; "": not worth it */
};

struct check {
	const char *name;
	const char *title;
	void (*look)(const struct machine *m, struct finding *f);
	bool without_proc; /* it needs no /proc to be right */
};

extern const struct check *const finding_checks[]; /* NULL at the end */

/* Makes one check; unknown, where it needs a /proc that there is not. */
void finding_look(const struct check *check, const struct machine *m, struct finding *f);

/* Each replaces what was said before. */
void finding_set(struct finding *f, enum finding_state state, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void finding_means(struct finding *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What to do about it, in words: where no line does it. */
void finding_hint(struct finding *f, const char *words);
void finding_fix(struct finding *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Adds words to a list in buf, after a separator where it isn't empty. */
void finding_add(char *buf, unsigned size, const char *separator, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* The words for a state: "ok", "limited", "missing", "unknown". */
const char *finding_state_name(enum finding_state state);

/* Why namespaces can't be made, as far as it can be seen; "" if not. */
void finding_why_namespaces(const struct machine *m, struct finding *f);

#endif
