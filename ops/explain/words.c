/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An op's arguments in the words of other tools: setpriv(1), mount(8), docker
 * run and so on, read by the functions that the op itself reads them with.
 */
#include "ops/explain/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ops/explain/mountvalues.h"
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

/* In one line mount(8) would drop the flags that the mount has, and of rbind leave those below
 * as they are. */
static void put_bind(const struct explaining *x, FILE *f)
{
	const char *how = x->op->name + strlen("mount "), *dir = x->argv[2];

	fprintf(f, "mount --%s %s %s", how, x->argv[1], dir);
	if (x->argc > 3 && *how == 'r')
		fprintf(f, "; findmnt -Rrno TARGET %s | xargs -n 1 mount -o remount,bind,%s", dir,
			x->argv[3]);
	else if (x->argc > 3)
		fprintf(f, "; mount -o remount,bind,%s %s", x->argv[3], dir);
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

/* chroot(8) goes there always, and so does what it starts. */
static void put_keep_cwd(const struct explaining *x, FILE *f)
{
	fputs(explain_holds(x, "option") ? " (which goes to / there: no tool stays outside)" : "",
	      f);
}

static void put_chdir(const struct explaining *x, FILE *f)
{
	fputs(explain_holds(x, "option") ? "" : " chdir(\"/\");", f);
}

/* The value of --mount is a line of comma-separated values: what has a comma is quoted. */
static void put_volume(const struct explaining *x, FILE *f)
{
	const char *o = x->argc > 4 ? x->argv[4] : NULL;
	bool quoted = o && strchr(o, ',');

	fprintf(f,
		"--mount %stype=volume,dst=%s,volume-driver=local,volume-opt=type=%s,"
		"volume-opt=device=%s",
		quoted ? "'" : "", x->argv[3], x->argv[1], x->argv[2]);
	if (o)
		fprintf(f, quoted ? ",\"volume-opt=o=%s\"'" : ",volume-opt=o=%s", o);
}

static void put_recursive(const struct explaining *x, FILE *f)
{
	fputs(explain_holds(x, "option") ? "r" : "", f);
}

static void put_propagation_dir_c(const struct explaining *x, FILE *f)
{
	int at = op_first(x->argc, x->argv) + 1;

	explain_quote(f, at < x->argc ? x->argv[at] : "/");
}

static void put_propagation_flags(const struct explaining *x, FILE *f)
{
	fputs(explain_holds(x, "option") ? "MS_REC|MS_" : "MS_", f);
	for (const char *p = x->argv[op_first(x->argc, x->argv)]; *p; p++)
		fputc(toupper((unsigned char)*p), f);
}

static void put_pivot_tools(const struct explaining *x, FILE *f)
{
	const char *new = x->argv[1];

	if (x->argc > 2)
		fprintf(f, "pivot_root %s %s; cd /", new, x->argv[2]);
	else if (explain_holds(x, "mounted"))
		fprintf(f, "cd %s; pivot_root . .; umount -l .", new);
	else
		fprintf(f, "mount --rbind %s %s; cd %s; pivot_root . .; umount -l .", new, new,
			new);
}

static void put_pivot_c(const struct explaining *x, FILE *f)
{
	const char *new = x->argv[1];

	if (x->argc < 3 && !explain_holds(x, "mounted")) {
		fputs("mount(", f);
		explain_quote(f, new);
		fputs(", ", f);
		explain_quote(f, new);
		fputs(", NULL, MS_BIND|MS_REC, NULL); ", f);
	}
	if (x->argc < 3) {
		fputs("chdir(", f);
		explain_quote(f, new);
		fputs("); syscall(SYS_pivot_root, \".\", \".\"); umount2(\".\", MNT_DETACH);", f);
	} else {
		fputs("syscall(SYS_pivot_root, ", f);
		explain_quote(f, new);
		fputs(", ", f);
		explain_quote(f, x->argv[2]);
		fputs(");", f);
	}
	fputs(" chdir(\"/\");", f);
}

static void put_propagation_c(const struct explaining *x, FILE *f)
{
	const char *how = op_value(x->argc, x->argv, "--propagation");

	if (!explain_holds(x, "mnt !unchanged"))
		return;
	fputs(" mount(NULL, \"/\", NULL, MS_REC|MS_", f);
	for (how = how ? how : "private"; *how; how++)
		fputc(toupper((unsigned char)*how), f);
	fputs(", NULL);", f);
}

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

static bool is_number(const char *word)
{
	return *word && word[strspn(word, "0123456789")] == '\0';
}

/* What a name stands for is known in the box alone. */
static void put_id(const struct explaining *x, FILE *f)
{
	if (is_number(x->argv[1]))
		fprintf(f, "%lu", strtoul(x->argv[1], NULL, 10));
	else
		fputs("...", f);
}

static void put_groups(const struct explaining *x, FILE *f)
{
	const char *sep = "";
	bool numbers = x->argc <= 33; /* as many as a trace shows */

	for (int i = 1; i < x->argc; i++)
		numbers &= is_number(x->argv[i]);
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
		else if (!strchr(x->argv[i], '='))
			fprintf(f, "%s%s", sep, x->argv[i]);
		sep = " ";
	}
	fprintf(f, "%s%s", words[k].after,
		words[k].after[strlen(words[k].after) - 1] == '=' ? errnum : "");
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
	{"label", explain_put_label},
	{"labeln", explain_put_label_length},
	{"labelfile", explain_put_label_file},
	{"labelthing", explain_put_label_thing},
	{"labeltools", explain_put_label_tools},
	{"labeldocker", explain_put_label_docker},
	{"bind", put_bind},
	{"readonly", put_readonly},
	{"ro", put_ro},
	{"keepcwd", put_keep_cwd},
	{"chdirc", put_chdir},
	{"volume", put_volume},
	{"recursive", put_recursive},
	{"propdirc", put_propagation_dir_c},
	{"propflags", put_propagation_flags},
	{"pivottools", put_pivot_tools},
	{"pivotc", put_pivot_c},
	{"propagationc", put_propagation_c},
	{"unset", put_unset},
	{"mask", put_mask},
	{"id", put_id},
	{"groups", put_groups},
	{"systemd", put_systemd},
	{"mknod", put_mknod},
	{"mkdir", put_mkdir},
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
