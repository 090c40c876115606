/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is looked at stays an open directory in /proc: should the process end,
 * its PID may be another's soon. One that ended and was not waited for has
 * nothing left to look at (state Z, proc_pid_stat(5)).
 */
#include "repl/view/look.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/dying.h"
#include "repl/report.h"

void look_at(struct shell *sh, struct subject *s)
{
	if (sh->attached.pid)
		subject_close(&sh->attached);
	sh->attached = (struct subject){.proc = -1};
	if (!s)
		return;
	sh->attached = *s;
	s->proc = -1;
}

bool look_notice_end(struct shell *sh)
{
	int pid = (int)sh->attached.pid;

	if (!pid || !dying(&sh->attached))
		return false;
	look_at(sh, NULL);
	report_note(sh, "process %d, which was looked at, has ended; detached", pid);
	return true;
}

/* Whoever asks next is to know that it is about the box again. */
static int ended(struct shell *sh, struct err *err)
{
	err_kernel(err, 0, "process %d, which was looked at, has ended", (int)sh->attached.pid);
	err_why(err, "nothing is attached any more: what follows is about this session's box");
	look_at(sh, NULL);
	return -1;
}

int look_ready(struct shell *sh, struct err *err)
{
	if (sh->attached.pid)
		return dying(&sh->attached) ? ended(sh, err) : 0;
	return box_is_ending(&sh->session) ? box_gone(&sh->session, err)
					   : box_start(&sh->session, err);
}

int look_inside(struct shell *sh, struct subject *s, struct err *err)
{
	if (look_ready(sh, err) < 0)
		return -1;
	if (!sh->attached.pid)
		return subject_open(s, sh->session.box.pid, err);
	*s = (struct subject){sh->attached.pid, fcntl(sh->attached.proc, F_DUPFD_CLOEXEC, 3)};
	return s->proc < 0 ? err_kernel(err, errno, "fcntl(F_DUPFD_CLOEXEC)") : 0;
}

int look_outside(struct subject *s, struct err *err)
{
	return subject_open(s, getpid(), err);
}

int look_refuses(struct shell *sh, const char *op, struct err *err)
{
	if (!sh->attached.pid)
		return 0;
	if (dying(&sh->attached))
		return ended(sh, err);
	err_order(err, "%s: refused: process %d is looked at, and not the box", op,
		  (int)sh->attached.pid);
	err_why(err, "attach changes nothing; ops act on this session's own box");
	err_fix(err, "detach");
	return -1;
}

void look_why(const struct subject *s, int errnum, struct err *err)
{
	auto_free char *line = subject_status(s, "Uid");
	unsigned uid = line ? (unsigned)strtoul(line, NULL, 10) : 0;

	if ((errnum != EACCES && errnum != EPERM) || !line)
		return;
	if (uid != geteuid())
		err_why(err,
			"process %d belongs to user %u and we are user %u: the kernel lets only that "
			"user and CAP_SYS_PTRACE look into it (ptrace(2), access mode checking)",
			(int)s->pid, uid, (unsigned)geteuid());
	else
		err_why(err,
			"process %d is our own user's, and the kernel refuses all the same: it may not "
			"be dumpable, hold capabilities that we do not, or a security module forbids "
			"it (ptrace(2), access mode checking)",
			(int)s->pid);
	if (geteuid())
		err_fix(err, "run ctrsh with sudo, and attach %d", (int)s->pid);
}
