/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The entry of an op, its texts filled in, and what stands against it now: the
 * guard is asked, and the box's capabilities, as the op and its diagnosis would.
 */
#include "ops/explain/explain.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/explain/refused.h"
#include "ops/guard.h"
#include "ops/namespaces/ns.h"
#include "ops/privilege/capname.h"
#include "ops/why/diagnose.h"

static const struct explain *const all[] = {
	explain_namespaces, explain_limits, explain_process,   explain_mounts,
	explain_files,      explain_net,    explain_privilege, NULL};

const struct explain *explain_find(const struct op *op)
{
	for (const struct explain *const *part = all; *part; part++)
		for (const struct explain *e = *part; e->op; e++)
			if (!strcmp(e->op, op->name))
				return e;
	return NULL;
}

struct session explain_session(const struct explaining *x)
{
	struct session with = x->session ? *x->session : (struct session){0};

	if (!with.box.pid)
		with.box.pid = getpid();
	return with;
}

uint64_t explain_caps(const struct explaining *x, const char *key)
{
	struct session s = explain_session(x);
	struct call c = {.op = x->op, .session = &s};
	char held[64];

	return x->session && diagnose_status(&c, key, held, sizeof(held)) ? strtoull(held, NULL, 16)
									  : ~UINT64_C(0);
}

/* What the op certainly needs, in the box or of the shell. */
static int lacks(const struct explaining *x, struct call *c)
{
	uint64_t less = paper_needs(x->op, x->argc, x->argv) & x->box.lost;
	char name[64];

	if (!less)
		return 0;
	capname_upper(name, sizeof(name), __builtin_ctzll(less));
	err_kernel(c->err, EPERM, "the box does not hold %s", name);
	diagnose_capability(c, name, __builtin_ctzll(less));
	return -1;
}

/* By the kernel: in a session of its own, which nothing is noted in. */
static int kernel_refuses(const struct explaining *x, struct err *err)
{
	struct session s = explain_session(x);
	struct trace quiet = {0};
	struct err found = {0};
	struct call c = {.op = x->op,
			 .argc = x->argc,
			 .argv = x->argv,
			 .err = &found,
			 .trace = &quiet,
			 .session = &s};

	if (lacks(x, &c) == 0 && explain_foresees(&c) == 0)
		return 0;
	*err = found;
	return -1;
}

/* The op's own diagnosis of the state says more than what is certain by the words. */
int explain_refuses(const struct explaining *x, struct err *err)
{
	if (paper_guard(&x->box, x->op, x->argc, x->argv, x->insist, err) < 0)
		return -1;
	if (x->session && !x->insist && guard_refuses_leak(x->session, x->op, err) < 0)
		return -1;
	if (x->session && !(x->box.facts & PAPER_FROZEN) && kernel_refuses(x, err) < 0)
		return -1;
	return paper_refuses(&x->box, x->op, x->argc, x->argv, err);
}

char *explain_fill(const struct explaining *x, const char *text)
{
	char *filled = NULL, name[32];
	size_t size = 0, n;
	FILE *f = open_memstream(&filled, &size);

	if (!f)
		return NULL;
	for (; *text; text++) {
		if (*text != '$') {
			fputc(*text, f);
			continue;
		}
		for (n = 0; n < sizeof(name) - 1 && isalnum((unsigned char)text[n + 1]); n++)
			name[n] = text[n + 1];
		name[n] = '\0';
		if (!explain_value(x, name, f))
			fprintf(f, "$%s", name);
		text += n;
	}
	fclose(f);
	return filled;
}
