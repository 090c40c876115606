/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A caps line in the words of setpriv(1), capsh(1) and docker run.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "ops/explain/words.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"

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
void explain_put_caps_tools(const struct explaining *x, FILE *f)
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
void explain_put_caps_docker(const struct explaining *x, FILE *f)
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
void explain_put_ambient_tools(const struct explaining *x, FILE *f)
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
