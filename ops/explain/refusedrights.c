/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the kernel would refuse for what the box holds, who it is and which limits it
 * has: seen in /proc/PID (proc(5)), and told in the words of the op's diagnosis.
 */
#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "ops/explain/refused.h"
#include "ops/limits/limits.h"
#include "ops/privilege/accounts.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"

static bool holds(struct call *c, int cap)
{
	char held[64];

	return !diagnose_status(c, "CapEff", held, sizeof(held)) ||
	       (strtoull(held, NULL, 16) & CAP_BIT(cap));
}

/* An ID that is not mapped is nobody's; another than one's own takes a capability. */
static int id(struct call *c, const char *word, const char *map, const char *key, int cap)
{
	unsigned wanted, real, effective, saved;
	char ids[64];

	if (!account_is_id(word, &wanted))
		return 0;
	if (!diagnose_is_mapped(c, map, wanted))
		return explain_diagnosed(c, EINVAL, c->op->name);
	if (holds(c, cap) || !diagnose_status(c, key, ids, sizeof(ids)) ||
	    sscanf(ids, "%u %u %u", &real, &effective, &saved) != 3 || wanted == real ||
	    wanted == saved)
		return 0;
	return explain_diagnosed(c, EPERM, c->op->name);
}

/* Over what is the whole machine's: not in a user namespace. */
static bool holds_on_host(struct call *c, int cap)
{
	return holds(c, cap) && !diagnose_in_user_namespace(c);
}

static int user_id(struct call *c)
{
	return id(c, c->argv[1], "uid_map", "Uid", CAP_SETUID);
}

static int group_id(struct call *c)
{
	return id(c, c->argv[1], "gid_map", "Gid", CAP_SETGID);
}

/* What the op takes from the bounding set, where something is in it, takes CAP_SETPCAP. */
static int bounding(struct call *c)
{
	uint64_t gone;
	char held[64];

	if (holds(c, CAP_SETPCAP) ||
	    !(caps_named(c->op->name, c->argc, c->argv, &gone) & SET_BOUNDING) ||
	    !diagnose_status(c, "CapBnd", held, sizeof(held)) || !(strtoull(held, NULL, 16) & gone))
		return 0;
	return explain_diagnosed(c, EPERM, "prctl(PR_CAPBSET_DROP");
}

static int ambient(struct call *c)
{
	struct caps_words w;
	struct err scratch;
	char held[64];

	if (caps_parse(c->argc, c->argv, "all", &w, &scratch) < 0 || w.every ||
	    !diagnose_status(c, "CapPrm", held, sizeof(held)) ||
	    !(w.caps & ~strtoull(held, NULL, 16)))
		return 0;
	return explain_diagnosed(c, EPERM, "prctl");
}

/* Lower than now is for who has a limit that lets him, or the capability. */
static int nice_value(struct call *c)
{
	struct rlimit limit = {0};
	long wanted = strtol(c->argv[1], NULL, 10);
	int now = getpriority(PRIO_PROCESS, (id_t)c->session->box.pid);

	if (wanted >= now || holds_on_host(c, CAP_SYS_NICE) ||
	    limit_of(c->session->box.pid, RLIMIT_NICE, &limit) < 0 ||
	    20 - wanted <= (long)limit.rlim_cur)
		return 0;
	return explain_diagnosed(c, EACCES, "setpriority");
}

/* fifo and rr. */
static int policy(struct call *c)
{
	struct rlimit limit = {0};

	if ((strcmp(c->argv[1], "fifo") != 0 && strcmp(c->argv[1], "rr") != 0) ||
	    holds_on_host(c, CAP_SYS_NICE) ||
	    limit_of(c->session->box.pid, RLIMIT_RTPRIO, &limit) < 0 ||
	    strtoul(c->argv[2], NULL, 10) <= limit.rlim_cur)
		return 0;
	return explain_diagnosed(c, EPERM, "sched_setscheduler");
}

/* A hard limit goes down for everybody, and up for CAP_SYS_RESOURCE on the host. */
static int resource(struct call *c)
{
	const struct limit *l = limit_find(c->argv[1]);
	const char *text = c->argv[2], *hard = strchr(text, ':');
	rlim_t wanted = 0;
	struct rlimit now;

	hard = hard ? hard + 1 : text;
	if (!*hard || !limit_parse(l, hard, strlen(hard), &wanted) ||
	    limit_of(c->session->box.pid, l->resource, &now) < 0 || wanted <= now.rlim_max ||
	    holds_on_host(c, CAP_SYS_RESOURCE))
		return 0;
	return explain_diagnosed(c, EPERM, "prlimit64");
}

static const struct {
	const char *op;
	int (*refuses)(struct call *c);
} ops[] = {
	{"setuid", user_id},     {"setgid", group_id},       {"caps drop", bounding},
	{"caps keep", bounding}, {"caps default", bounding}, {"caps ambient", ambient},
	{"nice", nice_value},    {"sched", policy},          {"rlimit", resource},
};

int explain_rights_refuse(struct call *c)
{
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (!strcmp(ops[i].op, c->op->name))
			return ops[i].refuses(c);
	return 0;
}
