/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An op's arguments in the words of other tools: setpriv(1), mount(8), docker
 * run and so on, read by the functions that the op itself reads them with.
 */
#include "ops/explain/words.h"

#include <string.h>

#include "ops/files/libmount.h"
#include "ops/text/quote.h"

static bool is_affinity(const struct explaining *x)
{
	return !strcmp(x->argv[1], "affinity");
}

static void put_sched_tools(const struct explaining *x, FILE *f)
{
	if (is_affinity(x))
		fprintf(f, "taskset(1): taskset -c %s COMMAND", x->argv[2]);
	else
		fprintf(f, "chrt(1): chrt --%s %s COMMAND", x->argv[1],
			x->argc > 2 ? x->argv[2] : "0");
}

static void put_sched_docker(const struct explaining *x, FILE *f)
{
	if (is_affinity(x))
		fprintf(f, "--cpuset-cpus %s", x->argv[2]);
	else
		fputs("docker run can't; --cpu-rt-runtime and --cap-add SYS_NICE let programs do it",
		      f);
}

/* --bind, or -o bind,ro: with options it is one list. */
static void put_bind(const struct explaining *x, FILE *f)
{
	const char *how = x->op->name + strlen("mount ");

	if (x->argc > 3)
		fprintf(f, "-o %s,%s", how, x->argv[3]);
	else
		fprintf(f, "--%s", how);
}

static bool is_read_only(const struct explaining *x)
{
	struct mount_attributes a;
	struct mount_words w;
	struct err err;

	return x->argc > 3 && mount_words(x->op->name, x->argv[3], &w, &err) == 0 &&
	       mount_attributes(&w, &a) == 0 && (a.set & 1); /* MOUNT_ATTR_RDONLY */
}

static void put_readonly(const struct explaining *x, FILE *f)
{
	fputs(is_read_only(x) ? ",readonly" : "", f);
}

static void put_ro(const struct explaining *x, FILE *f)
{
	fputs(is_read_only(x) ? ":ro" : "", f);
}

static void put_remount_bind(const struct explaining *x, FILE *f)
{
	fputs(explain_holds(x, "data") ? "" : "bind,", f);
}

static void put_mknod(const struct explaining *x, FILE *f)
{
	int n = *x->argv[2] == 'p' ? 3 : 5; /* words before the mode */

	if (x->argc > n)
		fprintf(f, "-m %s ", x->argv[n]);
	for (int i = 1; i < n && i < x->argc; i++)
		fprintf(f, "%s%s", i > 1 ? " " : "", x->argv[i]);
}

static void put_mkdir(const struct explaining *x, FILE *f)
{
	int at = op_first(x->argc, x->argv);

	fprintf(f, "%s", at > 1 ? "-p " : "");
	if (x->argc > at + 1)
		fprintf(f, "-m %s ", x->argv[at + 1]);
	fprintf(f, "%s", x->argv[at]);
}

static void put_mode(const struct explaining *x, FILE *f)
{
	int at = op_first(x->argc, x->argv) + 1;
	const char *mode = at < x->argc ? x->argv[at] : "777";

	fprintf(f, "0%s", mode + strspn(mode, "0"));
}

static void put_lazy(const struct explaining *x, FILE *f)
{
	fputs(explain_holds(x, "option") ? "--lazy " : "", f);
}

static void put_umount_flags(const struct explaining *x, FILE *f)
{
	fputs(explain_holds(x, "option") ? "MNT_DETACH" : "0", f);
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

	fprintf(f, "--reuid %.*s --regid %.*s ", user, text, user < n ? n - user - 1 : 3,
		user < n ? text + user + 1 : "...");
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

/* As it must be written in a line. */
static void put_command(const struct explaining *x, FILE *f)
{
	char word[4096];

	for (int i = 1; i < x->argc; i++)
		fprintf(f, "%s%s", i > 1 ? " " : "",
			quote_word(word, sizeof(word), x->argv[i]) ? word : "...");
}

static const struct {
	const char *name;
	void (*put)(const struct explaining *x, FILE *f);
} values[] = {
	{"capstools", explain_put_caps_tools},
	{"capsdocker", explain_put_caps_docker},
	{"ambienttools", explain_put_ambient_tools},
	{"schedtools", put_sched_tools},
	{"scheddocker", put_sched_docker},
	{"ioprio", explain_put_ioprio},
	{"ionice", explain_put_ionice},
	{"personality", explain_put_personality},
	{"setarch", explain_put_setarch},
	{"keyring", explain_put_keyring},
	{"keyringname", explain_put_keyring_name},
	{"bind", put_bind},
	{"readonly", put_readonly},
	{"ro", put_ro},
	{"remountbind", put_remount_bind},
	{"mknod", put_mknod},
	{"mkdir", put_mkdir},
	{"mode", put_mode},
	{"lazy", put_lazy},
	{"umountflags", put_umount_flags},
	{"setprivgroups", put_setpriv_groups},
	{"dockergroups", put_docker_groups},
	{"usertools", put_user_tools},
	{"userdocker", put_user_docker},
	{"command", put_command},
};

bool explain_word(const struct explaining *x, const char *name, FILE *f)
{
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (!strcmp(values[i].name, name)) {
			values[i].put(x, f);
			return true;
		}
	return false;
}
