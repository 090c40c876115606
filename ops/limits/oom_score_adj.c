/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * oom_score_adj: how soon the box is killed when memory runs out. The file is
 * /proc/PID/oom_score_adj (proc(5)); the box may have no /proc, so the shell
 * writes it, from the host.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysattr.h"
#include "ops/text/number.h"

static int check(int argc, char **argv, struct err *err)
{
	long n;

	(void)argc;
	if (number_parse(argv[1], strlen(argv[1]), -1000, 1000, &n))
		return 0;
	return err_usage(
		err, "oom_score_adj: not a number from -1000 (never) to 1000 (first): \"%.100s\"",
		argv[1]);
}

static int host(struct call *c)
{
	auto_close int fd = -1;
	char path[64], q[80];

	box_proc(c->session, path, sizeof(path), "oom_score_adj");
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (sys_report(c, fd, fd < 0 ? errno : 0, "open(%s, O_WRONLY|O_CLOEXEC)",
		       trace_quote(q, sizeof(q), path)) < 0)
		return -1;
	return sys_write_once(c, fd, path, c->argv[1]);
}

static long value_now(struct call *c)
{
	auto_fclose FILE *f = NULL;
	char path[64];
	long now = 0;

	box_proc(c->session, path, sizeof(path), "oom_score_adj");
	f = fopen(path, "re");
	return f && fscanf(f, "%ld", &now) == 1 ? now : 0;
}

/* EACCES of open: the file is the box's user's. EACCES of write: below the
 * least value that somebody with CAP_SYS_RESOURCE set (proc(5)). */
static void diagnose(struct call *c)
{
	struct stat st;
	char path[64];

	box_proc(c->session, path, sizeof(path), "oom_score_adj");
	if (c->err->errnum != EACCES)
		return;
	if (access(path, W_OK) < 0 && stat(path, &st) == 0) {
		err_why(c->err, "the box is user %u's now, and ctrsh is user %u", st.st_uid,
			geteuid());
		err_fix(c->err, "oom_score_adj before the box becomes another user");
		return;
	}
	err_why(c->err,
		"it is %ld, and to lower it takes CAP_SYS_RESOURCE in the first user namespace",
		value_now(c));
	err_fix(c->err,
		geteuid() ? "run ctrsh with sudo"
			  : "run ctrsh where root holds CAP_SYS_RESOURCE (a container takes it "
			    "away)");
}

const struct op op_oom_score_adj = {
	.name = "oom_score_adj",
	.usage = "oom_score_adj N",
	.summary = "say how soon the box is killed when memory runs out",
	.detail =
		"N from -1000 (never) to 1000 (first) is added to the score by which the kernel\n"
		"chooses. The box's programs inherit it. It is written from the host, so it works\n"
		"without a /proc in the box. To lower it takes CAP_SYS_RESOURCE in the first user\n"
		"namespace. See proc(5).",
	.argmin = 1,
	.argmax = 1,
	.check = check,
	.host = host,
	.diagnose = diagnose,
};
