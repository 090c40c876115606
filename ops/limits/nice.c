/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * nice: the share of the processor that the box gets against others
 * (setpriority(2), sched(7)). The number is the value itself, as for
 * renice(1), and no difference, as for nice(1): a script then does the same
 * wherever it is started from.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "ops/box/box.h"
#include "ops/limits/limits.h"
#include "ops/sys/sysattr.h"
#include "ops/text/number.h"

static int check(int argc, char **argv, struct err *err)
{
	long n;

	(void)argc;
	if (number_parse(argv[1], strlen(argv[1]), -20, 19, &n))
		return 0;
	return err_usage(err, "nice: not a number from -20 (most) to 19 (least): \"%.100s\"",
			 argv[1]);
}

static int box(struct call *c)
{
	long n = 0;

	number_parse(c->argv[1], strlen(c->argv[1]), -20, 19, &n);
	return sys_setpriority(c, (int)n);
}

/* EACCES: the value would go down, which RLIMIT_NICE or CAP_SYS_NICE allows. */
static void diagnose(struct call *c)
{
	char allowed[64] = "";
	struct rlimit limit;

	if (c->err->errnum != EACCES || limit_of(c->session->box.pid, RLIMIT_NICE, &limit) < 0)
		return;
	if (limit.rlim_cur > 0)
		snprintf(allowed, sizeof(allowed), ", which allows %ld and more",
			 20 - (long)limit.rlim_cur);
	err_why(c->err,
		"to lower it takes CAP_SYS_NICE in the first user namespace, or RLIMIT_NICE: it is "
		"%lu%s",
		(unsigned long)limit.rlim_cur, allowed);
	if (geteuid() != 0)
		err_fix(c->err, "run ctrsh with sudo");
}

const struct op op_nice = {
	.name = "nice",
	.usage = "nice N",
	.summary = "set the nice value of the box and its programs",
	.detail =
		"N is the value itself, from -20 (gets the most of the processor) to 19 (the least),\n"
		"and not a difference as in nice(1). To go below the present one takes CAP_SYS_NICE\n"
		"in the first user namespace, or RLIMIT_NICE. See setpriority(2), sched(7).",
	.argmin = 1,
	.argmax = 1,
	.check = check,
	.box = box,
	.diagnose = diagnose,
};
