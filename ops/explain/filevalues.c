/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of mkdir and mknod.
 */
#include <string.h>

#include "ops/explain/value.h"

static void put_mkdir(const struct explaining *x, FILE *f)
{
	int at = op_first(x->argc, x->argv);

	fprintf(f, "%s", at > 1 ? "-p " : "");
	if (x->argc > at + 1)
		fprintf(f, "-m %s ", x->argv[at + 1]);
	fprintf(f, "%s", x->argv[at]);
}

/* With a mode the mask takes no bit off it; those above the last get the usual one. */
static void put_mkdir_c(const struct explaining *x, FILE *f)
{
	int at = op_first(x->argc, x->argv);
	const char *dir = x->argv[at], *mode = at + 1 < x->argc ? x->argv[at + 1] : NULL;
	char part[4096];

	for (const char *p = dir + strspn(dir, "/"); at > 1 && (p = strchr(p, '/')) != NULL; p++) {
		if (!p[strspn(p, "/")])
			break;
		snprintf(part, sizeof(part), "%.*s", (int)(p - dir), dir);
		fputs("mkdir(", f);
		explain_quote(f, part);
		fputs(", 0777); ", f);
		p += strspn(p, "/") - 1;
	}
	if (mode)
		fputs("mode_t m = umask(0); ", f);
	fputs("mkdir(", f);
	explain_quote(f, dir);
	fprintf(f, ", 0%s);%s", mode ? mode + strspn(mode, "0") : "777", mode ? " umask(m);" : "");
}

static void put_mknod(const struct explaining *x, FILE *f)
{
	int n = *x->argv[2] == 'p' ? 3 : 5; /* words before the mode */

	if (x->argc > n)
		fprintf(f, "-m %s ", x->argv[n]);
	for (int i = 1; i < n && i < x->argc; i++)
		fprintf(f, "%s%s", i > 1 ? " " : "", x->argv[i]);
}

static void put_mknod_c(const struct explaining *x, FILE *f)
{
	bool pipe = *x->argv[2] == 'p';
	int n = pipe ? 3 : 5;

	if (x->argc > n)
		fputs("mode_t m = umask(0); ", f);
	fputs("mknod(", f);
	explain_quote(f, x->argv[1]);
	fprintf(f, ", S_IF%s|0%s, ",
		pipe                 ? "IFO"
		: *x->argv[2] == 'c' ? "CHR"
				     : "BLK",
		x->argc > n ? x->argv[n] + strspn(x->argv[n], "0") : "666");
	if (pipe)
		fputs("0);", f);
	else
		fprintf(f, "makedev(%s, %s));", x->argv[3], x->argv[4]);
	if (x->argc > n)
		fputs(" umask(m);", f);
}

const struct explain_value explain_values_files[] = {
	{"mkdir", put_mkdir}, {"mkdirc", put_mkdir_c},
	{"mknod", put_mknod}, {"mknodc", put_mknod_c},
	{NULL, NULL},
};
