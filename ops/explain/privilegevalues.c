/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of what keeps a process from more: securebits, filters.
 */
#include <string.h>
#include <strings.h>

#include "ops/explain/value.h"
#include "ops/privilege/capsets.h"

/* capsh(1) takes all of them; setpriv(1) has no word for some. */
static void put_secbits(const struct explaining *x, FILE *f)
{
	unsigned long bits = 0;

	for (int i = 1; i < x->argc; i++)
		for (const struct trace_flag *b = securebits; b->name; b++)
			if (!strcasecmp(b->name, x->argv[i]))
				bits |= b->bit;
	fprintf(f, "0x%lx", bits);
}

static void put_securebits(const struct explaining *x, FILE *f)
{
	bool any = false;

	fputs("prctl(PR_SET_SECUREBITS, ", f);
	for (int i = 1; i < x->argc && !explain_holds(x, "none"); i++) {
		fputs(any ? "|SECBIT_" : "SECBIT_", f);
		explain_put_upper(f, x->argv[i]);
		any = true;
	}
	fputs(any ? ");" : "0);", f);
}

static void put_systemd(const struct explaining *x, FILE *f)
{
	static const struct {
		const char *op, *before, *after;
	} words[] = {
		{"seccomp deny", "-p 'SystemCallFilter=~", "' -p SystemCallErrorNumber="},
		{"seccomp allow", "-p 'SystemCallFilter=", "' -p SystemCallErrorNumber="},
		{"seccomp log", "-p 'SystemCallLog=", "'"},
		{"seccomp kill", "-p 'SystemCallFilter=~", "'"},
	};
	const char *errnum = "EPERM", *sep = "";
	size_t k = 0;

	while (k < sizeof(words) / sizeof(words[0]) && strcmp(words[k].op, x->op->name) != 0)
		k++;
	if (k == sizeof(words) / sizeof(words[0])) {
		fputs("-p SystemCallFilter=...", f);
		return;
	}
	fputs(words[k].before, f);
	for (int i = 1; i < x->argc; i++) {
		if (!strncmp(x->argv[i], "errno=", 6))
			errnum = x->argv[i] + 6;
		else if (!strcmp(x->argv[i], "otherwise=kill"))
			errnum = "kill"; /* systemd.exec(5) */
		else if (!strchr(x->argv[i], '='))
			fprintf(f, "%s%s", sep, x->argv[i]);
		sep = " ";
	}
	fprintf(f, "%s%s", words[k].after,
		words[k].after[strlen(words[k].after) - 1] == '=' ? errnum : "");
}

const struct explain_value explain_values_privilege[] = {
	{"secbits", put_secbits},
	{"securebitsc", put_securebits},
	{"systemd", put_systemd},
	{NULL, NULL},
};
