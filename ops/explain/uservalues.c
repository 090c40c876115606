/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of who one is: setuid, setgid, groups, user.
 */
#include <stdlib.h>
#include <string.h>

#include "ops/explain/value.h"

/* What a name stands for is known in the box alone. */
static void put_id(const struct explaining *x, FILE *f)
{
	if (explain_is_number(x->argv[1]))
		fprintf(f, "%lu", strtoul(x->argv[1], NULL, 10));
	else
		fputs("...", f);
}

static void put_groups(const struct explaining *x, FILE *f)
{
	const char *sep = "";
	bool numbers = x->argc <= 33; /* as many as a trace shows */

	for (int i = 1; i < x->argc; i++)
		numbers &= explain_is_number(x->argv[i]);
	if (explain_holds(x, "none")) {
		fputs("0, []", f);
		return;
	}
	fprintf(f, "%d, [", x->argc - 1);
	for (int i = 1; i < x->argc && numbers; i++) {
		fprintf(f, "%s%lu", sep, strtoul(x->argv[i], NULL, 10));
		sep = ", ";
	}
	fputs(numbers ? "]" : "...]", f);
}

static void put_setpriv_groups(const struct explaining *x, FILE *f)
{
	if (explain_holds(x, "none")) {
		fputs("--clear-groups", f);
		return;
	}
	for (int i = 1; i < x->argc; i++)
		fprintf(f, "%s%s", i > 1 ? "," : "--groups ", x->argv[i]);
}

static void put_docker_groups(const struct explaining *x, FILE *f)
{
	if (explain_holds(x, "none"))
		fputs("always, but for the groups of the user in the image's /etc/group", f);
	for (int i = 1; i < x->argc && !explain_holds(x, "none"); i++)
		fprintf(f, "%s--group-add %s", i > 1 ? " " : "", x->argv[i]);
}

/* USER[:GROUP][,GROUP...] */
static void put_user_tools(const struct explaining *x, FILE *f)
{
	const char *text = x->argv[1], *groups = strchr(text, ',');
	int n = (int)strcspn(text, ","), user = (int)strcspn(text, ":,");

	fprintf(f, "--reuid %.*s ", user, text);
	if (user < n)
		fprintf(f, "--regid %.*s ", n - user - 1, text + user + 1);
	else
		fprintf(f, "--regid $(id -g %.*s) ", user, text);
	if (groups)
		fprintf(f, "--groups %s", groups + 1);
	else
		fputs(user < n ? "--clear-groups" : "--init-groups", f);
}

static void put_user_docker(const struct explaining *x, FILE *f)
{
	const char *text = x->argv[1];
	size_t n = strcspn(text, ",");

	fprintf(f, "--user %.*s", (int)n, text);
	for (text += n; *text; text += n) {
		n = strcspn(++text, ",");
		fprintf(f, " --group-add %.*s", (int)n, text);
	}
}

static bool is_id(const char *word, size_t n)
{
	return strspn(word, "0123456789") >= n;
}

static void put_gid(FILE *f, const char *word, size_t n)
{
	fprintf(f, is_id(word, n) ? "%.*s" : "getgrnam(\"%.*s\")->gr_gid", (int)n, word);
}

static void put_uid(FILE *f, const char *word, size_t n)
{
	fprintf(f, is_id(word, n) ? "%.*s" : "getpwnam(\"%.*s\")->pw_uid", (int)n, word);
}

/* list: with commas between them; "": none. */
static void put_gids(FILE *f, const char *list)
{
	int n = *list != '\0';

	for (const char *p = list; *p; p++)
		n += *p == ',';
	fprintf(f, "setgroups(%d, ", n);
	fputs(n ? "(gid_t[]){" : "NULL", f);
	for (const char *p = list; *p; p += strcspn(p, ","), p += *p == ',') {
		fputs(p > list ? ", " : "", f);
		put_gid(f, p, strcspn(p, ","));
	}
	fputs(n ? "});" : ");", f);
}

static void put_groups_c(const struct explaining *x, FILE *f)
{
	char list[4096] = "";
	size_t n = 0;

	for (int i = 1; i < x->argc && n < sizeof(list) && !explain_holds(x, "none"); i++)
		n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s", i > 1 ? "," : "",
				      x->argv[i]);
	put_gids(f, list);
}

static void put_id_c(const struct explaining *x, FILE *f)
{
	fprintf(f, "%s(", x->op->name);
	(strcmp(x->op->name, "setuid") != 0 ? put_gid : put_uid)(f, x->argv[1], strlen(x->argv[1]));
	fputs(");", f);
}

/* A user alone has the groups of his entry; else those that are named, and no others. */
static void put_user_c(const struct explaining *x, FILE *f)
{
	const char *text = x->argv[1], *group = strchr(text, ':'), *groups = strchr(text, ',');
	size_t uid = strcspn(text, ":,");

	if (!group) {
		fprintf(f, "struct passwd *p = getpw%s%.*s%s); ",
			is_id(text, uid) ? "uid(" : "nam(\"", (int)uid, text,
			is_id(text, uid) ? "" : "\"");
		if (groups)
			put_gids(f, groups + 1);
		else
			fputs("initgroups(p->pw_name, p->pw_gid);", f);
		fputs(" setresgid(p->pw_gid, p->pw_gid, p->pw_gid); setresuid(p->pw_uid, "
		      "p->pw_uid, p->pw_uid);",
		      f);
		return;
	}
	put_gids(f, groups ? groups + 1 : "");
	fputs(" gid_t g = ", f);
	put_gid(f, group + 1, strcspn(group + 1, ","));
	fputs("; uid_t u = ", f);
	put_uid(f, text, uid);
	fputs("; setresgid(g, g, g); setresuid(u, u, u);", f);
}

const struct explain_value explain_values_user[] = {
	{"id", put_id},
	{"groups", put_groups},
	{"setprivgroups", put_setpriv_groups},
	{"dockergroups", put_docker_groups},
	{"usertools", put_user_tools},
	{"userdocker", put_user_docker},
	{"groupsc", put_groups_c},
	{"idc", put_id_c},
	{"userc", put_user_c},
	{NULL, NULL},
};
