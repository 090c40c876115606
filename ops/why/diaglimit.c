/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Limits that were reached: of processes, descriptors. Several can
 * be the one, so the values and what is used of them are read.
 */
#include <linux/capability.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "ops/box/boxid.h"
#include "ops/cgroup/group.h"
#include "ops/limits/limits.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"
#include "ops/why/probes.h"

/* With so many descriptors a box starts programs: its streams, the socket, the
 * program's streams, copies and a pipe (program.c, run.c). */
#define DESCRIPTORS 16

bool diagnose_raises_limits(struct call *c)
{
	char caps[64];

	return !diagnose_in_user_namespace(c) && diagnose_status(c, "CapEff", caps, sizeof(caps)) &&
	       (strtoull(caps, NULL, 16) >> CAP_SYS_RESOURCE & 1);
}

static void fork_limit(struct call *c, const struct rlimit *nproc, uid_t uid)
{
	struct rlimit ours;

	err_why(c->err,
		"RLIMIT_NPROC is %lu, which counts all processes of user %u, or a control "
		"group above has a limit",
		(unsigned long)nproc->rlim_cur, (unsigned)uid);
	if (nproc->rlim_max == RLIM_INFINITY)
		err_first(c->err, "rlimit nproc unlimited");
	else if (nproc->rlim_max > nproc->rlim_cur)
		err_first(c->err, "rlimit nproc %llu", (unsigned long long)nproc->rlim_max);
	else if (getrlimit(RLIMIT_NPROC, &ours) == 0 && ours.rlim_cur <= nproc->rlim_cur)
		err_fix(c->err, "start ctrsh with a higher limit (ulimit -u)");
	else
		err_fix(c->err, "reset: a hard limit does not rise again");
}

void diagnose_fork(struct call *c)
{
	struct rlimit nproc;
	struct boxid id;
	long max, now;

	if (group_numbers(c->session, &now, &max) == 0 && now >= max) {
		probes_note(c, "pids.current", "processes in its control group", "%ld", now);
		probes_note(c, "pids.max", "of at most", "%ld", max);
		err_why(c->err,
			"the limit works: the control group holds %ld of at most %ld processes",
			now, max);
		err_first(c->err, "cgroup pids %ld", max > 1 ? max * 2 : 4);
		return;
	}
	boxid_read(c->session->box.pid, &id);
	if (diagnose_limit(c, RLIMIT_NPROC, &nproc) == 0 && nproc.rlim_cur != RLIM_INFINITY)
		fork_limit(c, &nproc, id.uid);
}

void diagnose_descriptors(struct call *c)
{
	struct rlimit files;

	if (diagnose_limit(c, RLIMIT_NOFILE, &files) < 0 || files.rlim_cur >= DESCRIPTORS)
		return;
	err_why(c->err,
		"the limit works: RLIMIT_NOFILE is %lu, and the box itself holds some descriptors "
		"to start a program",
		(unsigned long)files.rlim_cur);
	if (files.rlim_max >= DESCRIPTORS)
		err_first(c->err, "rlimit nofile %d:", DESCRIPTORS);
	else if (diagnose_raises_limits(c))
		err_first(c->err, "rlimit nofile %d", DESCRIPTORS);
	else
		err_fix(c->err,
			"undo it, or reset: a hard limit does not rise again (rlimit nofile "
			"%llu: lowers only the soft one)",
			(unsigned long long)files.rlim_cur);
}
