/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of rlimit: SOFT, SOFT:HARD, SOFT:, :HARD, as others write them.
 */
#include <string.h>

#include "ops/explain/value.h"
#include "ops/limits/limits.h"

static void put_limit(FILE *f, const struct limit *l, const char *text, size_t n,
		      const char *unlimited)
{
	char value[24];
	rlim_t v;

	if (n && limit_parse(l, text, n, &v))
		fputs(v == RLIM_INFINITY ? unlimited : limit_show(value, sizeof(value), v), f);
}

static void put_limits(const struct explaining *x, FILE *f, const char *unlimited)
{
	const struct limit *l = limit_find(x->argv[1]);
	const char *text = x->argv[2], *hard = strchr(text, ':');
	size_t n = strcspn(text, ":");

	put_limit(f, l, text, n, unlimited);
	fputc(':', f);
	put_limit(f, l, hard ? hard + 1 : text, hard ? strlen(hard + 1) : n, unlimited);
}

static void put_prlimit(const struct explaining *x, FILE *f)
{
	put_limits(x, f, "unlimited");
}

/* --ulimit takes numbers, -1 for unlimited, and has no as. */
static void put_docker_ulimit(const struct explaining *x, FILE *f)
{
	if (!strcmp(x->argv[1], "as")) {
		fputs("docker run can't (it has a --ulimit for each of the others)", f);
		return;
	}
	if (x->argv[2][0] == ':' || x->argv[2][strlen(x->argv[2]) - 1] == ':') {
		fputs("docker run can't: --ulimit sets both", f);
		return;
	}
	fprintf(f, "--ulimit %s=", x->argv[1]);
	put_limits(x, f, "-1");
}

/* As the trace has them; what is not given stays, and is not known before. */
static void put_rlimit(const struct explaining *x, FILE *f)
{
	const struct limit *l = limit_find(x->argv[1]);
	const char *text = x->argv[2], *hard = strchr(text, ':');
	size_t n = strcspn(text, ":");

	fputs("rlim_cur=", f);
	put_limit(f, l, n ? text : "...", n, "RLIM64_INFINITY");
	fputs(n ? ", rlim_max=" : "..., rlim_max=", f);
	if (!hard || hard[1])
		put_limit(f, l, hard ? hard + 1 : text, hard ? strlen(hard + 1) : n,
			  "RLIM64_INFINITY");
	else
		fputs("...", f);
}

/* SOFT, SOFT:HARD, SOFT:, :HARD */
static void put_rlimit_c(const struct explaining *x, FILE *f)
{
	const struct limit *l = limit_find(x->argv[1]);
	const char *text = x->argv[2], *hard = strchr(text, ':');
	size_t n = strcspn(text, ":");

	if (hard && (!n || !hard[1])) {
		fprintf(f, "struct rlimit r; getrlimit(RLIMIT_%s, &r); r.rlim_%s = ", l->constant,
			n ? "cur" : "max");
		put_limit(f, l, n ? text : hard + 1, n ? n : strlen(hard + 1), "RLIM_INFINITY");
		fprintf(f, "; setrlimit(RLIMIT_%s, &r);", l->constant);
		return;
	}
	fprintf(f, "setrlimit(RLIMIT_%s, &(struct rlimit){", l->constant);
	put_limit(f, l, text, n, "RLIM_INFINITY");
	fputs(", ", f);
	put_limit(f, l, hard ? hard + 1 : text, hard ? strlen(hard + 1) : n, "RLIM_INFINITY");
	fputs("});", f);
}

const struct explain_value explain_values_rlimit[] = {
	{"prlimit", put_prlimit},
	{"dockerulimit", put_docker_ulimit},
	{"rlimit", put_rlimit},
	{"rlimitc", put_rlimit_c},
	{NULL, NULL},
};

static bool is_one_sided(const struct explaining *x)
{
	const char *colon = strchr(x->argv[2], ':');

	return colon && (colon == x->argv[2] || !colon[1]);
}

const struct explain_condition explain_conditions_rlimit[] = {
	{"onesided", is_one_sided},
	{NULL, NULL},
};
