/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * rlimit: the resource limits of getrlimit(2), set on the box at once, whence
 * its programs inherit them. Setting them only as a program starts would spare
 * the box the tight ones; but then neither /proc nor the next step would show
 * what was done, and a refusal would come at the wrong line. The box bears it:
 * the stack it uses the kernel gave it when it was executed (128 KB,
 * setup_arg_pages() in fs/exec.c), and what it cannot have it says.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/limits/limits.h"
#include "ops/sys/sysattr.h"
#include "ops/text/size.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"

enum { NONE, SOFT = 1, HARD = 2 };

/* SOFT, SOFT:HARD, SOFT:, :HARD, as prlimit(1) has it: which of the two are
 * given. NONE: malformed. */
static int parse(const struct limit *l, const char *text, struct rlimit *value)
{
	const char *colon = strchr(text, ':');
	size_t n = strcspn(text, ":");
	int given = NONE;

	if (n || !colon) {
		if (!limit_parse(l, text, n, &value->rlim_cur))
			return NONE;
		given = SOFT;
	}
	if (!colon) {
		value->rlim_max = value->rlim_cur;
		return SOFT | HARD;
	}
	if (colon[1]) {
		if (!limit_parse(l, colon + 1, strlen(colon + 1), &value->rlim_max))
			return NONE;
		given |= HARD;
	}
	return given;
}

static int refuse_name(const char *name, struct err *err)
{
	char list[ERR_TEXT / 2] = "";
	size_t n = 0;

	for (const struct limit *l = limits; l->name; l++)
		n += (size_t)snprintf(list + n, sizeof(list) - n, " %s", l->name);
	err_usage(err, "rlimit: no such limit: %.100s", name);
	err_why(err, "the kernel has%s", list);
	return -1;
}

static int check(int argc, char **argv, struct err *err)
{
	const struct limit *l = limit_find(argv[1]);
	char meant[64];
	struct rlimit value;
	int given;

	(void)argc;
	if (!l)
		return refuse_name(argv[1], err);
	given = parse(l, argv[2], &value);
	if (given == NONE) {
		err_usage(err, "rlimit %s: not a limit: \"%.100s\"", l->name, argv[2]);
		err_why(err, "it takes SOFT[:HARD], each a number%s, or unlimited",
			l->bytes ? " of bytes, or with K, M, G, T" : "");
		if (l->bytes && size_meant(meant, sizeof(meant), argv[2]))
			err_fix(err, "did you mean %s?", meant);
		return -1;
	}
	if (given == (SOFT | HARD) && value.rlim_cur > value.rlim_max)
		return err_usage(err, "rlimit %s: the soft limit is above the hard limit: %.100s",
				 l->name, argv[2]);
	return 0;
}

/* The kernel sets both at once, so the one that was not given is read first. */
static int box(struct call *c)
{
	const struct limit *l = limit_find(c->argv[1]);
	struct rlimit value, old;
	int given = parse(l, c->argv[2], &value);

	if (given != (SOFT | HARD)) {
		if (sys_prlimit(c, l->resource, l->constant, NULL, &old) < 0)
			return -1;
		if (given == SOFT)
			value.rlim_max = old.rlim_max;
		else
			value.rlim_cur = old.rlim_cur;
	}
	return sys_prlimit(c, l->resource, l->constant, &value, NULL);
}

static unsigned long long nr_open(void)
{
	auto_fclose FILE *f = fopen("/proc/sys/fs/nr_open", "re");
	unsigned long long n = 0;

	return f && fscanf(f, "%llu", &n) == 1 ? n : 0;
}

/* What was asked for, with the hard limit that can be had. */
static void offer_hard(struct call *c, const struct limit *l, int given, const struct rlimit *value,
		       rlim_t max)
{
	int soft = (int)strcspn(c->argv[2], ":");
	char text[80], hard[24];

	limit_show(hard, sizeof(hard), max);
	if (!(given & SOFT))
		snprintf(text, sizeof(text), ":%s", hard);
	else if (c->argv[2][soft] && value->rlim_cur <= max)
		snprintf(text, sizeof(text), "%.*s:%s", soft < 40 ? soft : 40, c->argv[2], hard);
	else
		snprintf(text, sizeof(text), "%s", hard);
	err_instead(c->err, "rlimit %s %s", l->name, text);
}

/* A limit that this session lowered comes back with a fresh box alone; of one that it began
 * with there may be something left to be had. */
static void lead_on(struct call *c, const struct limit *l, int given, const struct rlimit *value,
		    const struct rlimit *now)
{
	char hard[24];
	struct rlimit ours;

	limit_show(hard, sizeof(hard), now->rlim_max);
	if (getrlimit(l->resource, &ours) == 0 && ours.rlim_max > now->rlim_max)
		err_fix(c->err,
			"undo the line that lowered it, or reset; rlimit %s %s: (with the colon) lowers "
			"the soft limit alone, which can rise again",
			l->name, hard);
	else if (now->rlim_cur == now->rlim_max)
		err_fix(c->err, "start ctrsh with a higher hard limit (ulimit -H, prlimit(1))");
	else
		offer_hard(c, l, given, value, now->rlim_max);
}

/* What the kernel compares (prlimit(2)): the new hard limit with the old one,
 * then with fs.nr_open (proc(5)); and the two new ones with each other. */
static void diagnose(struct call *c)
{
	const struct limit *l = limit_find(c->argv[1]);
	struct rlimit value = {0}, now;
	int given = parse(l, c->argv[2], &value);
	char soft[24], hard[24];

	if (diagnose_limit(c, l->resource, &now) < 0)
		return;
	limit_show(soft, sizeof(soft), now.rlim_cur);
	limit_show(hard, sizeof(hard), now.rlim_max);
	if (c->err->errnum == EINVAL && given == SOFT && value.rlim_cur > now.rlim_max) {
		err_why(c->err, "the hard limit is %s, and the soft one cannot be above it",
			now.rlim_max == RLIM_INFINITY ? "unlimited" : hard);
		snprintf(hard, sizeof(hard), "%.*s", (int)strcspn(c->argv[2], ":"), c->argv[2]);
		if (diagnose_raises_limits(c))
			err_instead(c->err, "rlimit %s %s", l->name, hard);
		else
			lead_on(c, l, given, &value, &now);
	} else if (c->err->errnum == EINVAL && given == HARD && now.rlim_cur > value.rlim_max) {
		err_why(c->err, "the soft limit is %s, and the hard one cannot be below it",
			now.rlim_cur == RLIM_INFINITY ? "unlimited" : soft);
		err_instead(c->err, "rlimit %s %s", l->name, c->argv[2] + 1);
	} else if (c->err->errnum == EPERM && l->resource == RLIMIT_NOFILE && nr_open() &&
		   value.rlim_max > nr_open()) {
		err_why(c->err, "no process may have more than fs.nr_open: %llu", nr_open());
		offer_hard(c, l, given, &value,
			   now.rlim_max < nr_open() && !diagnose_raises_limits(c) ? now.rlim_max
										  : nr_open());
	} else if (c->err->errnum == EPERM && (given & HARD) && value.rlim_max > now.rlim_max) {
		err_why(c->err,
			"the hard limit is %s, and only CAP_SYS_RESOURCE in the first user "
			"namespace lets a process raise it",
			hard);
		lead_on(c, l, given, &value, &now);
	}
}

const struct op op_rlimit = {
	.name = "rlimit",
	.usage = "rlimit NAME SOFT[:HARD]",
	.summary = "set a resource limit of the box and its programs",
	.detail =
		"NAME is a limit of getrlimit(2) in lower case: nofile, nproc, core, as, cpu ...\n"
		"SOFT alone sets both, SOFT: and :HARD only one of them. Each is a number, with\n"
		"K M G T (of 1024) where it counts bytes, or unlimited; cpu counts seconds, rttime\n"
		"microseconds. It holds for the box from now on, and what it starts inherits it.\n"
		"The box itself needs some descriptors to start a program (nofile 16 is enough).\n"
		"nproc counts all processes of the user, and never stops the host's root. Raising a\n"
		"hard limit needs CAP_SYS_RESOURCE in the first user namespace. See prlimit(2).",
	.argmin = 2,
	.argmax = 2,
	.args = {{ARG_WORD, limit_names}, {ARG_WORD, (const char *const[]){"unlimited", NULL}}},
	.check = check,
	.box = box,
	.diagnose = diagnose,
};
