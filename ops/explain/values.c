/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands for $NAME in the texts, and the conditions of steps. $1 is the
 * first argument after the options, $q1 the same as a string in C, $n1 its
 * length.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/explain/cvalues.h"
#include "ops/explain/groupvalues.h"
#include "ops/explain/mountvalues.h"
#include "ops/explain/toolvalues.h"
#include "ops/explain/words.h"
#include "ops/namespaces/clocks.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/trace.h"

static const char *argument(const struct explaining *x, int i)
{
	int at = op_first(x->argc, x->argv) + i - 1;

	if (x->op->flags & OP_VERBATIM)
		at = i;
	return at < x->argc ? x->argv[at] : NULL;
}

void explain_quote(FILE *f, const char *text)
{
	char q[512];

	fprintf(f, "%s", trace_quote(q, sizeof(q), text));
}

static unsigned gains(const struct explaining *x)
{
	return x->op->gains ? x->op->gains(x->argc, x->argv) : 0;
}

static void put_flags(const struct explaining *x, FILE *f)
{
	const char *sep = "";

	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (gains(x) & ns->flag) {
			fprintf(f, "%s%s", sep, ns->flagname);
			sep = "|";
		}
}

static void put_isolates(const struct explaining *x, FILE *f)
{
	const char *sep = "";

	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (gains(x) & ns->flag) {
			fprintf(f, "%s%s (%s)", sep, ns->name, ns->isolates);
			sep = ", ";
		}
}

/* unshare(1) calls two of them otherwise. */
static void put_options(const struct explaining *x, FILE *f)
{
	const char *sep = "";

	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (gains(x) & ns->flag) {
			fprintf(f, "%s--%s%s", sep, strcmp(ns->name, "mnt") ? ns->name : "mount",
				strcmp(ns->name, "pid") ? "" : " --fork");
			sep = " ";
		}
	if (op_value(x->argc, x->argv, "--propagation"))
		fprintf(f, " --propagation %s", op_value(x->argc, x->argv, "--propagation"));
}

static void put_clocks(const struct explaining *x, FILE *f)
{
	char text[128] = "";

	clocks_text(x->argc, x->argv, text, sizeof(text));
	explain_quote(f, text);
}

static void put_how(const struct explaining *x, FILE *f)
{
	const char *how = op_value(x->argc, x->argv, "--propagation");

	for (how = how ? how : "private"; *how; how++)
		fputc(toupper((unsigned char)*how), f);
}

static void put_prop(const struct explaining *x, FILE *f)
{
	const char *how = op_value(x->argc, x->argv, "--propagation");

	fprintf(f, "%s", how ? how : "private");
}

static void put_upper1(const struct explaining *x, FILE *f)
{
	for (const char *p = argument(x, 1); p && *p; p++)
		fputc(toupper((unsigned char)*p), f);
}

static void put_box(const struct explaining *x, FILE *f)
{
	if (x->session && x->session->box.pid)
		fprintf(f, "%d", (int)x->session->box.pid);
	else
		fprintf(f, "%s", "...");
}

static void ids(const struct explaining *x, uid_t *uid, gid_t *gid)
{
	*uid = geteuid();
	*gid = getegid();
	if (x->session && x->session->box.pid)
		idmap_ids(x->session->box.pid, uid, gid);
}

static void put_uid(const struct explaining *x, FILE *f)
{
	uid_t uid;
	gid_t gid;

	ids(x, &uid, &gid);
	fprintf(f, "%u", uid);
}

static void put_gid(const struct explaining *x, FILE *f)
{
	uid_t uid;
	gid_t gid;

	ids(x, &uid, &gid);
	fprintf(f, "%u", gid);
}

static void put_rest(const struct explaining *x, FILE *f)
{
	for (int i = 1; argument(x, i); i++)
		fprintf(f, "%s%s", i > 1 ? " " : "", argument(x, i));
}

static void put_map(const struct explaining *x, FILE *f)
{
	fputc('"', f);
	for (int i = 1; argument(x, i); i++)
		fprintf(f, "%s%s", argument(x, i), i % 3 ? " " : "\\n");
	fputc('"', f);
}

static void put_list(const struct explaining *x, FILE *f)
{
	for (int i = 1; argument(x, i); i++)
		fprintf(f, "%s\"%s\"", i > 1 ? ", " : "", argument(x, i));
}

static const struct value {
	const char *name;
	void (*put)(const struct explaining *x, FILE *f);
} values[] = {
	{"flags", put_flags},
	{"isolates", put_isolates},
	{"options", put_options},
	{"clocks", put_clocks},
	{"how", put_how},
	{"prop", put_prop},
	{"upper1", put_upper1},
	{"box", put_box},
	{"uid", put_uid},
	{"gid", put_gid},
	{"rest", put_rest},
	{"map", put_map},
	{"list", put_list},
	{"type", explain_put_type},
	{"src", explain_put_src},
	{"dir", explain_put_dir},
	{"o", explain_put_options_word},
	{"mountflags", explain_put_mount_flags},
	{"data", explain_put_data},
	{"dockeroptions", explain_put_docker_options},
	{"overlaytools", explain_put_overlay_options},
	{"devdir", explain_put_dev_dir},
	{"devtools", explain_put_dev_tools},
	{"masktools", explain_put_mask_tools},
	{"remounttools", explain_put_remount_tools},
	{"propdir", explain_put_propagation_dir},
	{"clockoptions", explain_put_clock_options},
	{"nsenter", explain_put_nsenter},
	{"setns", explain_put_setns},
	{"key", explain_put_key},
	{"vethaddresses", explain_put_veth_addresses},
	{"vlanmode", explain_put_vlan_mode},
	{"vlantools", explain_put_vlan_tools},
	{"bridgetools", explain_put_bridge_tools},
	{"dockernamespaces", explain_put_docker_namespaces},
	{"prlimit", explain_put_prlimit},
	{"dockerulimit", explain_put_docker_ulimit},
	{"rlimit", explain_put_rlimit},
	{"dockersysctl", explain_put_docker_sysctl},
	{"dockerip", explain_put_docker_ip},
	{"secbits", explain_put_secbits},
	{NULL, NULL},
};

bool explain_value(const struct explaining *x, const char *name, FILE *f)
{
	const char *digit = name + (*name == 'q' || *name == 'n');

	if (isdigit((unsigned char)*digit) && !digit[1]) {
		const char *arg = argument(x, *digit - '0');

		if (*name == 'q')
			explain_quote(f, arg);
		else if (*name == 'n')
			fprintf(f, "%zu", arg ? strlen(arg) : 0);
		else
			fprintf(f, "%s", arg ? arg : "");
		return true;
	}
	for (const struct value *v = values; v->name; v++)
		if (!strcmp(v->name, name)) {
			v->put(x, f);
			return true;
		}
	return explain_c_value(x, name, f) || explain_group_value(x, name, f) ||
	       explain_word(x, name, f);
}
