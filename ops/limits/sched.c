/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sched: how the box and its programs are scheduled (sched(7)): policy and
 * real-time priority (sched_setscheduler(2)), and the CPUs they may run on
 * (sched_setaffinity(2)). Both are inherited by fork and execve.
 */
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/cgroup/groupfile.h"
#include "ops/facts/membership.h"
#include "ops/limits/cpulist.h"
#include "ops/limits/limits.h"
#include "ops/sys/sysattr.h"
#include "ops/text/number.h"
#include "ops/why/diagnose.h"

static const struct policy {
	const char *name, *constant;
	int policy;
	bool realtime; /* takes a priority from 1 to 99 */
} policies[] = {
	{"other", "SCHED_OTHER", SCHED_OTHER, false}, {"batch", "SCHED_BATCH", SCHED_BATCH, false},
	{"idle", "SCHED_IDLE", SCHED_IDLE, false},    {"fifo", "SCHED_FIFO", SCHED_FIFO, true},
	{"rr", "SCHED_RR", SCHED_RR, true},
};
static const char *const words[] = {"other", "batch", "idle", "fifo", "rr", "affinity", NULL};

static const struct policy *find(const char *name)
{
	for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++)
		if (!strcmp(policies[i].name, name))
			return &policies[i];
	return NULL;
}

static int check(int argc, char **argv, struct err *err)
{
	const struct policy *p = find(argv[1]);
	cpu_set_t set;
	long n;

	if (!strcmp(argv[1], "affinity")) {
		if (argc == 3 && cpulist_parse(argv[2], &set))
			return 0;
		return err_usage(err, "sched affinity: takes CPUs, as 0-1 or 0,2,5");
	}
	if (!p) {
		err_usage(err, "sched: no such policy: %.100s", argv[1]);
		err_why(err, "sched knows other, batch, idle, fifo PRIO, rr PRIO, affinity CPUS");
		return -1;
	}
	if (!p->realtime && argc == 3)
		return err_usage(err, "sched %s: takes no priority; nice is its like", p->name);
	if (p->realtime && (argc < 3 || !number_parse(argv[2], strlen(argv[2]), 1, 99, &n)))
		return err_usage(err, "sched %s: takes a priority from 1 to 99", p->name);
	return 0;
}

static int box(struct call *c)
{
	const struct policy *p = find(c->argv[1]);
	long priority = 0;
	cpu_set_t set;

	if (!p) {
		cpulist_parse(c->argv[2], &set);
		return sys_sched_setaffinity(c, (unsigned long *)&set, sizeof(set));
	}
	if (p->realtime)
		number_parse(c->argv[2], strlen(c->argv[2]), 1, 99, &priority);
	return sys_sched_setscheduler(c, p->policy, p->constant, (int)priority);
}

/* cpu.rt_runtime_us of the box's group, on version 1; -1: there is none. */
static long realtime_share(struct call *c)
{
	auto_free char *text = process_read(c->session->box.pid, "cgroup");
	struct membership m;
	struct group_dir d;
	char *rest = text;

	while (membership_next(&rest, &m))
		if (groupfile_word_in(m.controllers, "cpu", ",") && membership_dir(&m, &d))
			return groupfile_number(d.dir, "cpu.rt_runtime_us");
	return -1;
}

static void diagnose_affinity(struct call *c)
{
	char cpus[128];

	if (c->err->errnum == EINVAL && diagnose_status(c, "Cpus_allowed_list", cpus, sizeof(cpus)))
		err_why(c->err, "none of these CPUs is there for the box; it may use %s", cpus);
}

static void diagnose(struct call *c)
{
	const struct policy *p = find(c->argv[1]);
	struct rlimit limit;

	if (!p) {
		diagnose_affinity(c);
		return;
	}
	if (c->err->errnum != EPERM || limit_of(c->session->box.pid, RLIMIT_RTPRIO, &limit) < 0)
		return;
	diagnose_capability(c, "CAP_SYS_NICE", 23);
	if (p->realtime && realtime_share(c) == 0) {
		err_why(c->err,
			"the box's control group has no real-time share: its "
			"cpu.rt_runtime_us is 0 (sched(7))");
		err_fix(c->err, "write to that file, or start ctrsh in the root group");
	} else if (p->realtime && c->err->why[0]) {
		err_why(c->err,
			"a real-time policy takes CAP_SYS_NICE in the first user namespace, or "
			"RLIMIT_RTPRIO, which is %lu",
			(unsigned long)limit.rlim_cur);
		if (geteuid() != 0)
			err_fix(c->err,
				"run ctrsh with sudo, or where ulimit -r is not 0 (rtprio in "
				"limits.conf(5)); a user namespace does not help");
		else if (diagnose_we_hold(23))
			err_fix(c->err,
				"reset, and sched before unshare user, or before the "
				"capability is given up");
		else
			err_fix(c->err,
				"run ctrsh where root holds CAP_SYS_NICE (a container takes "
				"it away)");
	}
}

const struct op op_sched = {
	.name = "sched",
	.usage = "sched other|batch|idle | fifo|rr PRIO | affinity CPUS",
	.summary = "choose how the box and its programs are scheduled",
	.detail =
		"  sched other         the usual policy, with nice values\n"
		"  sched batch         the same, taken for a process that computes\n"
		"  sched idle          only what nobody else wants\n"
		"  sched fifo PRIO     real-time, 1 (low) to 99: runs before all of these until it\n"
		"                      waits; rr PRIO the same, taking turns\n"
		"  sched affinity 0-1  only on these CPUs\n"
		"Real-time takes CAP_SYS_NICE in the first user namespace, or RLIMIT_RTPRIO.\n"
		"See sched_setscheduler(2), sched_setaffinity(2), sched(7).",
	.argmin = 1,
	.argmax = 2,
	.args = {{ARG_WORD, words}, {ARG_WORD, NULL}},
	.check = check,
	.box = box,
	.diagnose = diagnose,
};
