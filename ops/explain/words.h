/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values and conditions that read the arguments of one op or of a few: the
 * same in the words of other tools.
 */
#ifndef CTRSH_OPS_EXPLAIN_WORDS_H
#define CTRSH_OPS_EXPLAIN_WORDS_H

#include "ops/explain/explain.h"

/* As explain_value. */
bool explain_word(const struct explaining *x, const char *name, FILE *f);

/* Does the condition of that name hold? A name that is unknown does. */
bool explain_also_holds(const struct explaining *x, const char *name, bool *known);

/* Of caps lines. */
void explain_put_caps_tools(const struct explaining *x, FILE *f);
void explain_put_caps_docker(const struct explaining *x, FILE *f);
void explain_put_ambient_tools(const struct explaining *x, FILE *f);

/* Of ioprio, personality, keyring. */
void explain_put_ioprio(const struct explaining *x, FILE *f);
void explain_put_ionice(const struct explaining *x, FILE *f);
void explain_put_personality(const struct explaining *x, FILE *f);
void explain_put_setarch(const struct explaining *x, FILE *f);
void explain_put_keyring(const struct explaining *x, FILE *f);
void explain_put_keyring_name(const struct explaining *x, FILE *f);

/* Of label. */
void explain_put_label(const struct explaining *x, FILE *f);
void explain_put_label_length(const struct explaining *x, FILE *f);
void explain_put_label_file(const struct explaining *x, FILE *f);
void explain_put_label_thing(const struct explaining *x, FILE *f);
void explain_put_label_tools(const struct explaining *x, FILE *f);
void explain_put_label_docker(const struct explaining *x, FILE *f);

/* Would the kernel refuse it, as far as looking tells? 0, or -1 and c->err. c: a call
 * that is not made. */
int explain_foresees(struct call *c);
int explain_rights_refuse(struct call *c);

/* The op's diagnosis of errnum from that call. 0: it knows nothing. */
int explain_diagnosed(struct call *c, int errnum, const char *call);

#endif
