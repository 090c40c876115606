/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ioprio: whose reads and writes on a block device go first (ioprio_set(2),
 * ioprio.rst of the kernel). Inherited by fork and execve.
 */
#include "ops/limits/ioprio.h"

#include <errno.h>
#include <linux/ioprio.h>
#include <string.h>

#include "ops/sys/sysattr.h"
#include "ops/text/number.h"
#include "ops/why/diagnose.h"

static const struct ioprio classes[] = {
	{"IOPRIO_CLASS_NONE", "none", IOPRIO_CLASS_NONE, 0, false},
	{"IOPRIO_CLASS_RT", "realtime", IOPRIO_CLASS_RT, 0, true},
	{"IOPRIO_CLASS_BE", "best-effort", IOPRIO_CLASS_BE, 0, true},
	{"IOPRIO_CLASS_IDLE", "idle", IOPRIO_CLASS_IDLE, 0, false},
};
static const char *const words[] = {"none", "rt", "be", "idle", NULL};

int ioprio_parse(int argc, char **argv, struct ioprio *p, struct err *err)
{
	long level = IOPRIO_NORM; /* of a process that never asked for one */
	int at = 0;

	while (words[at] && strcmp(words[at], argv[1]) != 0)
		at++;
	if (!words[at]) {
		err_usage(err, "ioprio: no such class: %.100s", argv[1]);
		err_why(err, "ioprio knows rt, be, idle and none");
		return -1;
	}
	*p = classes[at];
	if (!p->levels && argc > 2)
		return err_usage(err, "ioprio %s: takes no level", words[at]);
	if (argc > 2 && !number_parse(argv[2], strlen(argv[2]), 0, IOPRIO_NR_LEVELS - 1, &level))
		return err_usage(err,
				 "ioprio %s: takes a level from 0 (first) to 7, not \"%.100s\"",
				 words[at], argv[2]);
	p->level = p->levels ? (int)level : 0;
	return 0;
}

static int check(int argc, char **argv, struct err *err)
{
	struct ioprio p;

	return ioprio_parse(argc, argv, &p, err);
}

static int box(struct call *c)
{
	struct ioprio p;

	if (ioprio_parse(c->argc, c->argv, &p, c->err) < 0)
		return -1;
	return sys_ioprio_set(c, p.class, p.constant, p.level);
}

static void diagnose(struct call *c)
{
	if (c->err->errnum != EPERM)
		return;
	diagnose_capability(c, "CAP_SYS_NICE", 23);
	if (c->err->why[0])
		err_why(c->err,
			"the class rt takes CAP_SYS_NICE or CAP_SYS_ADMIN in the first "
			"user namespace: it can keep all others from the disk");
	err_instead(c->err, "ioprio be 0");
}

const struct op op_ioprio = {
	.name = "ioprio",
	.usage = "ioprio rt|be [LEVEL] | idle | none",
	.summary = "say whose reads and writes on disks go first",
	.detail =
		"  ioprio rt [LEVEL]  before all others: takes CAP_SYS_NICE in the first user namespace\n"
		"  ioprio be [LEVEL]  the usual class (best effort)\n"
		"  ioprio idle        only while nobody else wants the disk\n"
		"  ioprio none        what the nice value says\n"
		"LEVEL is 0 (first) to 7, 4 without it. It needs an I/O scheduler that looks at it, as\n"
		"bfq. See ioprio_set(2), ionice(1).",
	.argmin = 1,
	.argmax = 2,
	.args = {{ARG_WORD, words}, {ARG_WORD, NULL}},
	.check = check,
	.box = box,
	.diagnose = diagnose,
};
