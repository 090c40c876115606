/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mempolicy: from which NUMA nodes memory is taken (set_mempolicy(2), numa(7)).
 * Inherited by fork and execve. Where the box may take memory at all is its
 * control group's: cgroup cpuset.mems.
 */
#include "ops/limits/mempolicy.h"

#include <errno.h>
#include <linux/mempolicy.h>
#include <string.h>

#include "ops/limits/cpulist.h"
#include "ops/sys/sysattr.h"
#include "ops/why/diagnose.h"

#define WEIGHTED_INTERLEAVE 6 /* since Linux 6.9 */

static const char *const words[] = {"default",
				    "local",
				    "bind",
				    "preferred",
				    "interleave",
				    "preferred-many",
				    "weighted-interleave",
				    NULL};
static const struct mempolicy policies[] = {
	{"MPOL_DEFAULT", NULL, MPOL_DEFAULT, false},
	{"MPOL_LOCAL", "--localalloc", MPOL_LOCAL, false},
	{"MPOL_BIND", "--membind", MPOL_BIND, true},
	{"MPOL_PREFERRED", "--preferred", MPOL_PREFERRED, true},
	{"MPOL_INTERLEAVE", "--interleave", MPOL_INTERLEAVE, true},
	{"MPOL_PREFERRED_MANY", "--preferred-many", MPOL_PREFERRED_MANY, true},
	{"MPOL_WEIGHTED_INTERLEAVE", "--weighted-interleave", WEIGHTED_INTERLEAVE, true},
};

int mempolicy_parse(int argc, char **argv, struct mempolicy *p, cpu_set_t *set, struct err *err)
{
	int at = 0;

	while (words[at] && strcmp(words[at], argv[1]) != 0)
		at++;
	if (!words[at]) {
		err_usage(err, "mempolicy: no such policy: %.100s", argv[1]);
		err_why(err,
			"mempolicy knows default, local, bind, preferred, interleave, "
			"preferred-many and weighted-interleave");
		return -1;
	}
	*p = policies[at];
	CPU_ZERO(set);
	if (p->nodes ? argc < 3 || !cpulist_parse(argv[2], set) : argc > 2)
		return err_usage(err, "mempolicy %s: takes %s", words[at],
				 p->nodes ? "nodes, as 0 or 0-1,3" : "no nodes");
	return 0;
}

static int check(int argc, char **argv, struct err *err)
{
	struct mempolicy p;
	cpu_set_t set;

	return mempolicy_parse(argc, argv, &p, &set, err);
}

static int box(struct call *c)
{
	struct mempolicy p;
	cpu_set_t set;

	if (mempolicy_parse(c->argc, c->argv, &p, &set, c->err) < 0)
		return -1;
	return sys_set_mempolicy(c, p.mode, p.constant,
				 p.nodes ? (const unsigned long *)&set : NULL, sizeof(set));
}

/* Mems_allowed_list of proc_pid_status(5): the cpuset's nodes with memory. */
static void diagnose(struct call *c)
{
	struct mempolicy p;
	cpu_set_t asked, allowed;
	char nodes[128];

	if (c->err->errnum == ENOSYS) {
		err_why(c->err, "this kernel was built without NUMA: all memory is one node");
		err_fix(c->err, "leave this step out");
		return;
	}
	if (c->err->errnum != EINVAL ||
	    !diagnose_status(c, "Mems_allowed_list", nodes, sizeof(nodes)) ||
	    !cpulist_parse(nodes, &allowed) ||
	    mempolicy_parse(c->argc, c->argv, &p, &asked, &(struct err){0}) < 0)
		return;
	CPU_AND(&asked, &asked, &allowed);
	if (CPU_COUNT(&asked)) {
		err_why(c->err, "the nodes are there: this kernel does not know the policy");
		err_instead(c->err, "mempolicy interleave %s", nodes);
		return;
	}
	err_why(c->err, "no node of %.60s has memory for the box; it may use %s", c->argv[2],
		nodes);
	err_instead(c->err, "mempolicy %s %s", c->argv[1], nodes);
}

const struct op op_mempolicy = {
	.name = "mempolicy",
	.usage = "mempolicy default | local | bind|preferred|interleave NODES",
	.summary = "say from which NUMA nodes memory is taken",
	.detail =
		"  mempolicy bind 0         from these nodes alone\n"
		"  mempolicy preferred 0    from this one first, then from the nearest\n"
		"  mempolicy interleave 0-1 from one after the other, page by page\n"
		"  mempolicy local          from the node of the processor that asks\n"
		"  mempolicy default        what the system does\n"
		"preferred-many (Linux 5.15) and weighted-interleave (6.9) take nodes, too. Pages that\n"
		"are there already stay. See set_mempolicy(2), numa(7), numactl(8).",
	.argmin = 1,
	.argmax = 2,
	.args = {{ARG_WORD, words}, {ARG_WORD, NULL}},
	.check = check,
	.box = box,
	.diagnose = diagnose,
};
