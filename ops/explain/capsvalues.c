/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values and conditions of the sets of capabilities, for setpriv(1), capsh(1), docker run, and in
 * C.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "ops/explain/value.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"

static unsigned sets(const struct explaining *x, uint64_t *gone)
{
	return caps_named(x->op->name, x->argc, x->argv, gone);
}

static bool has_bounding(const struct explaining *x)
{
	uint64_t gone;

	return sets(x, &gone) & SET_BOUNDING;
}

static bool has_sets(const struct explaining *x)
{
	uint64_t gone;

	return sets(x, &gone) & (SET_PERMITTED | SET_EFFECTIVE | SET_INHERITABLE);
}

static bool has_ambient(const struct explaining *x)
{
	uint64_t gone;

	return (sets(x, &gone) & SET_AMBIENT) && (explain_caps(x, "CapAmb") & gone);
}

static bool is_inherited(const struct explaining *x)
{
	return x->session && (explain_caps(x, "CapInh") & explain_caps(x, "CapAmb"));
}

/* Of "caps ambient NAME...": is one of them not in that set yet? */
static bool adds(const struct explaining *x, const char *key)
{
	struct caps_words w;
	struct err err;

	if (!x->session || !strcasecmp(x->argv[1], "all"))
		return true;
	return caps_parse(x->argc, x->argv, "none", &w, &err) == 0 &&
	       (w.caps & ~explain_caps(x, key));
}

static bool adds_inheritable(const struct explaining *x)
{
	return adds(x, "CapInh");
}

static bool adds_ambient(const struct explaining *x)
{
	return adds(x, "CapAmb");
}

/* Each capability of the set, "cap_kill" without so much of its beginning. */
static void put_caps(FILE *f, uint64_t set, const char *before, const char *sep, size_t skip,
		     bool upper)
{
	bool any = false;
	char name[64];

	for (int cap = 0; cap < 64; cap++) {
		if (!(set & CAP_BIT(cap)))
			continue;
		fprintf(f, "%s%s", any ? sep : "", before);
		capname_upper(name, sizeof(name), cap);
		for (const char *p = name + skip; *p; p++)
			fputc(upper ? *p : tolower((unsigned char)*p), f);
		any = true;
	}
}

static struct caps_words caps_words(const struct explaining *x, const char *every)
{
	struct caps_words w = {0};
	struct err err;

	if (caps_parse(x->argc, x->argv, every, &w, &err) < 0)
		w.caps = 0;
	return w;
}

/* Of setpriv(1) and capsh(1), what these sets lose. The permitted and the
 * effective one follow from the others when a program is executed; of the inheritable
 * and the ambient one there is something to say where the box has something in them. */
static void put_caps_tools(const struct explaining *x, FILE *f)
{
	static const struct {
		unsigned set;
		const char *option, *key;
	} options[] = {{SET_BOUNDING, "--bounding-set ", NULL},
		       {SET_INHERITABLE, "--inh-caps ", "CapInh"},
		       {SET_AMBIENT, "--ambient-caps ", "CapAmb"}};
	bool drops = !strcmp(x->op->name, "caps drop"), any = false;
	uint64_t gone, all = capname_all(), less;
	unsigned sets = caps_named(x->op->name, x->argc, x->argv, &gone);

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		less = gone & all;
		if (options[i].key)
			less &= x->session ? explain_caps(x, options[i].key) : 0;
		if (!(sets & options[i].set) || !less)
			continue;
		fprintf(f, "%s%s", any ? " " : "setpriv(1): setpriv ", options[i].option);
		if (less == all || (!drops && !options[i].key)) {
			fputs(less == all ? "-all" : "-all,", f);
			put_caps(f, all & ~less, "+", ",", 4, false);
		} else {
			put_caps(f, less, "-", ",", 4, false);
		}
		any = true;
	}
	fputs(any ? " COMMAND"
		  : "setpriv(1) sets what programs get, by --bounding-set, --inh-caps and "
		    "--ambient-caps",
	      f);
	if (drops && (sets & SET_BOUNDING) && (gone & all) != all) {
		fputs("; capsh(1): capsh --drop=", f);
		put_caps(f, gone & all, "", ",", 0, false);
		fputs(" -- -c COMMAND", f);
	}
}

/* --cap-drop takes it out of all sets. */
static void put_caps_docker(const struct explaining *x, FILE *f)
{
	bool keep = !strcmp(x->op->name, "caps keep");
	struct caps_words w = caps_words(x, keep ? "none" : "all");

	if (!(w.sets & SET_BOUNDING)) {
		fputs("docker run can't: --cap-drop takes it out of all sets", f);
		return;
	}
	if (keep || w.every)
		fputs(w.caps ? "--cap-drop ALL " : "--cap-drop ALL", f);
	put_caps(f, w.caps, keep ? "--cap-add " : "--cap-drop ", " ", 4, true);
}

/* all is what the box holds. */
static void put_ambient_tools(const struct explaining *x, FILE *f)
{
	static const char *const options[] = {"--inh-caps ", " --ambient-caps "};
	bool all = !strcasecmp(x->argv[1], "all"), none = !strcasecmp(x->argv[1], "none");
	uint64_t caps = all    ? explain_caps(x, "CapPrm") & capname_all()
			: none ? capname_all()
			       : caps_words(x, "none").caps;

	for (size_t i = 0; i < 2; i++) {
		fputs(options[i], f);
		if (caps == capname_all())
			fputs(none ? "-all" : "+all", f);
		else
			put_caps(f, caps, "+", ",", 4, false);
	}
}

#define CAPGET                                                                                     \
	"struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0}; "                   \
	"struct __user_cap_data_struct d[2]; syscall(SYS_capget, &h, d);"

/* Those that go from the sets, by their numbers. */
static void put_caps_c(const struct explaining *x, FILE *f)
{
	static const struct {
		unsigned set;
		const char *field;
	} fields[] = {{SET_PERMITTED, "permitted"},
		      {SET_PERMITTED | SET_EFFECTIVE, "effective"},
		      {SET_INHERITABLE, "inheritable"}};
	uint64_t gone;
	unsigned sets = caps_named(x->op->name, x->argc, x->argv, &gone);

	gone &= capname_all();
	if (sets & (SET_BOUNDING | SET_AMBIENT))
		fprintf(f,
			"for (int i = 0; i <= CAP_LAST_CAP; i++) { if (0x%llxULL >> i & 1) {%s%s } } ",
			(unsigned long long)gone,
			sets & SET_BOUNDING ? " prctl(PR_CAPBSET_DROP, i);" : "",
			sets & SET_AMBIENT
				? " prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, i, 0, 0);"
				: "");
	if (!(sets & (SET_PERMITTED | SET_EFFECTIVE | SET_INHERITABLE)))
		return;
	fputs(CAPGET, f);
	for (size_t i = 0; i < 3; i++)
		for (int half = 0; half < 2 && (sets & fields[i].set); half++)
			if (gone >> 32 * half & 0xffffffff)
				fprintf(f, " d[%d].%s &= ~0x%llxU;", half, fields[i].field,
					(unsigned long long)(gone >> 32 * half & 0xffffffff));
	fputs(" syscall(SYS_capset, &h, d);", f);
}

static void put_ambient_c(const struct explaining *x, FILE *f)
{
	bool all = !strcasecmp(x->argv[1], "all");
	struct caps_words w = {0};
	struct err err;

	if (explain_holds(x, "none")) {
		fputs("prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); "
		      "prctl(PR_SET_KEEPCAPS, 0);",
		      f);
		if (explain_holds(x, "inherited"))
			fputs(" " CAPGET
			      " d[0].inheritable = d[1].inheritable = 0; "
			      "syscall(SYS_capset, &h, d);",
			      f);
		return;
	}
	if (!all && caps_parse(x->argc, x->argv, "none", &w, &err) < 0)
		return;
	fputs("prctl(PR_SET_KEEPCAPS, 1); " CAPGET, f);
	for (int half = 0; half < 2; half++)
		if (all)
			fprintf(f, " d[%d].inheritable = d[%d].permitted;", half, half);
		else if (w.caps >> 32 * half & 0xffffffff)
			fprintf(f, " d[%d].inheritable |= 0x%llxU;", half,
				(unsigned long long)(w.caps >> 32 * half & 0xffffffff));
	fputs(" syscall(SYS_capset, &h, d); for (int i = 0; i <= CAP_LAST_CAP; i++) { if "
	      "(d[i / 32].inheritable >> i % 32 & 1) prctl(PR_CAP_AMBIENT, "
	      "PR_CAP_AMBIENT_RAISE, i, 0, 0); }",
	      f);
}

const struct explain_value explain_values_caps[] = {
	{"capstools", put_caps_tools},       {"capsdocker", put_caps_docker},
	{"ambienttools", put_ambient_tools}, {"capsc", put_caps_c},
	{"ambientc", put_ambient_c},         {NULL, NULL},
};

const struct explain_condition explain_conditions_caps[] = {
	{"bounding", has_bounding},
	{"sets", has_sets},
	{"ambient", has_ambient},
	{"inherited", is_inherited},
	{"addsinheritable", adds_inheritable},
	{"addsambient", adds_ambient},
	{NULL, NULL},
};
