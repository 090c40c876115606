/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of programs, their environment, umask, and parameters of the kernel.
 */
#include <stdlib.h>
#include <string.h>

#include "ops/explain/value.h"
#include "ops/limits/sysctlkey.h"
#include "ops/text/quote.h"

static void put_unset(const struct explaining *x, FILE *f)
{
	if (explain_holds(x, "option"))
		fputs("-i", f);
	else
		fprintf(f, "-u %s", x->argv[1]);
}

/* Octal, as the trace has it. */
static void put_mask(const struct explaining *x, FILE *f)
{
	fprintf(f, "%03lo", strtoul(x->argv[1], NULL, 8));
}

static void put_key(const struct explaining *x, FILE *f)
{
	char path[SYSCTL_KEY_MAX];

	fputs(sysctl_path(x->argv[1], path, sizeof(path)) ? path : x->argv[1], f);
}

/* Only these belong to namespaces of a container (docker run, --sysctl). */
static void put_docker_sysctl(const struct explaining *x, FILE *f)
{
	static const char *const ours[] = {"net.", "kernel.msg", "kernel.shm", "kernel.sem",
					   "fs.mqueue."};
	char key[SYSCTL_KEY_MAX];

	snprintf(key, sizeof(key), "%s", x->argv[1]);
	for (char *p = key; *p; p++)
		if (*p == '/')
			*p = '.';
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (!strncmp(key, ours[i], strlen(ours[i]))) {
			fprintf(f, "--sysctl %s=%s", key, x->argv[2]);
			return;
		}
	if (!strcmp(key, "kernel.hostname") || !strcmp(key, "kernel.domainname"))
		fprintf(f, "--%s %s", key + strlen("kernel."), x->argv[2]);
	else
		fputs("docker run can't: --sysctl takes net.*, kernel.msg*, shm*, sem and fs.mqueue.*",
		      f);
}

/* As it must be written in a line. */
static void put_command(const struct explaining *x, FILE *f)
{
	char word[4096];

	for (int i = 1; i < x->argc; i++)
		fprintf(f, "%s%s", i > 1 ? " " : "",
			quote_word(word, sizeof(word), x->argv[i]) ? word : "...");
}

static void put_exec(const struct explaining *x, FILE *f)
{
	fputs("execvp(", f);
	explain_quote(f, x->argv[1]);
	fputs(", (char *[]){", f);
	for (int i = 1; i < x->argc; i++) {
		explain_quote(f, x->argv[i]);
		fputs(", ", f);
	}
	fputs("NULL});", f);
}

const struct explain_value explain_values_process[] = {
	{"unset", put_unset},
	{"mask", put_mask},
	{"key", put_key},
	{"dockersysctl", put_docker_sysctl},
	{"command", put_command},
	{"execc", put_exec},
	{NULL, NULL},
};
