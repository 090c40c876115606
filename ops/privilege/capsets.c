/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order matters: the bounding set first, for it takes CAP_SETPCAP; then the
 * ambient set, which the kernel keeps within permitted and inheritable; the
 * others with one capset(2). Rules: capabilities(7).
 */
#include "ops/privilege/capsets.h"

#include <string.h>

#include "ops/box/serve.h"
#include "ops/privilege/capname.h"

const struct capset capsets[] = {
	{"permitted", "CapPrm", SET_PERMITTED},     {"effective", "CapEff", SET_EFFECTIVE},
	{"inheritable", "CapInh", SET_INHERITABLE}, {"bounding", "CapBnd", SET_BOUNDING},
	{"ambient", "CapAmb", SET_AMBIENT},         {NULL, NULL, 0},
};

static uint64_t wanted_ambient; /* of the box, for its programs */

unsigned capset_named(const char *word)
{
	const struct capset *s = capsets;

	while (s->name && strcmp(s->name, word) != 0)
		s++;
	return s->bit;
}

int caps_parse(int argc, char **argv, const char *every, struct caps_words *w, struct err *err)
{
	bool named = false;
	int cap;

	*w = (struct caps_words){0};
	for (int i = 1; i < argc; i++) {
		unsigned set = capset_named(argv[i]);

		w->sets |= set;
		if (set)
			continue;
		if (!strcasecmp(argv[i], every)) {
			w->every = true;
			continue;
		}
		cap = capname_number(argv[i], argv[0], err);
		if (cap < 0)
			return -1;
		w->caps |= CAP_BIT(cap);
		named = true;
	}
	if (!named && !w->every)
		return err_usage(err, "%s: which capabilities? Their names, or %s", argv[0], every);
	if (named && w->every)
		return err_usage(err, "%s: either %s or names", argv[0], every);
	w->sets = w->sets ? w->sets : ~0U;
	return 0;
}

unsigned caps_named(const char *op, int argc, char **argv, uint64_t *gone)
{
	bool drops = !strcmp(op, "caps drop"), engines = !strcmp(op, "caps default");
	struct caps_words w = {.sets = ~0U, .caps = CAPS_OF_ENGINES};
	struct err err;

	*gone = 0;
	if (!engines && caps_parse(argc, argv, drops ? "all" : "none", &w, &err) < 0)
		return 0;
	*gone = !drops ? ~w.caps : w.every ? ~UINT64_C(0) : w.caps;
	return w.sets;
}

static int each(struct call *c, uint64_t caps, int (*call)(struct call *, int))
{
	for (int cap = 0; cap < 64; cap++)
		if ((caps & CAP_BIT(cap)) && call(c, cap) < 0)
			return -1;
	return 0;
}

int caps_take(struct call *c, unsigned sets, uint64_t gone)
{
	struct caps now, new;

	caps_read(&now);
	new = now;
	if ((sets & SET_BOUNDING) && each(c, now.bounding & gone, sys_capbset_drop) < 0)
		return -1;
	if ((sets & SET_AMBIENT) && each(c, now.ambient & gone, sys_ambient_lower) < 0)
		return -1;
	if (sets & SET_PERMITTED)
		new.permitted &= ~gone;
	if (sets & SET_INHERITABLE)
		new.inheritable &= ~gone;
	if (sets & SET_EFFECTIVE)
		new.effective &= ~gone;
	new.effective &= new.permitted; /* or EPERM, capset(2) */
	if (sets & (SET_AMBIENT | SET_PERMITTED | SET_INHERITABLE))
		wanted_ambient &= ~gone;
	if (memcmp(&new, &now, sizeof(now)) != 0 && sys_capset(c, &new) < 0)
		return -1;
	serve_die_with_parent(); /* credentials changed, PR_SET_PDEATHSIG(2const) */
	return 0;
}

/* Raising takes both, permitted and inheritable (PR_CAP_AMBIENT(2const)). */
static int raise_all(struct call *c, uint64_t caps)
{
	struct caps now, new;

	caps_read(&now);
	new = now;
	new.inheritable |= caps;
	if (new.inheritable != now.inheritable && sys_capset(c, &new) < 0)
		return -1;
	return each(c, caps_ambient_told() ? caps & ~now.ambient : caps, sys_ambient_raise);
}

int caps_make_ambient(struct call *c, uint64_t caps)
{
	if (sys_keepcaps(c, true) < 0 || raise_all(c, caps) < 0)
		return -1;
	wanted_ambient |= caps;
	return 0;
}

int caps_no_ambient(struct call *c)
{
	uint64_t added = wanted_ambient;

	if (sys_ambient_clear(c) < 0 || sys_keepcaps(c, false) < 0)
		return -1;
	return caps_take(c, SET_AMBIENT | SET_INHERITABLE, added);
}

bool caps_ambient_wanted(void)
{
	return wanted_ambient;
}

int caps_raise_again(struct call *c)
{
	struct caps now;

	if (!wanted_ambient)
		return 0;
	caps_read(&now);
	return now.ambient == wanted_ambient ? 0 : raise_all(c, wanted_ambient);
}
