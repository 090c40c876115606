/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The end of the box, by itself or because the shell wants it. Signals go only to our own child,
 * not yet waited for: nobody else can have its PID.
 */
#include "ops/box/box.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/children.h"
#include "ops/box/dying.h"
#include "ops/cgroup/group.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstree.h"

/* Our child is there, if as a zombie, until we wait for it: so its PID is no other's. */
static bool child_dies(const struct box *box)
{
	auto_subject struct subject who = {.proc = -1};
	struct err ignored;

	return subject_open(&who, box->child, &ignored) == 0 && dying(&who);
}

bool box_has_ended(const struct session *s)
{
	siginfo_t who = {0};

	return s->box.pid &&
	       waitid(P_PID, (id_t)s->box.child, &who, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       who.si_pid == s->box.child;
}

bool box_is_ending(const struct session *s)
{
	return box_has_ended(s) || (s->box.pid && child_dies(&s->box));
}

int box_gone(struct session *s, struct err *err)
{
	long oom = group_oom_kills(s);
	int status = box_end(s);

	err_kernel(err, 0, "the box ended by itself: %s",
		   WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "it exited");
	err->kind = ERR_BOX;
	if (WIFSIGNALED(status))
		err->status = exit_status(status);
	if (oom > s->oom_seen && oom > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		err_why(err,
			"its memory limit is reached: the kernel killed %ld of the processes in its "
			"control group (oom_kill), and perhaps the box itself",
			oom);
	err_fix(err, "build it again: what comes next begins with a fresh box");
	return -1;
}

/* Kills what is left of our children: processes that outlived the box because
 * it had no PID namespace of its own. They are ours because we are their
 * subreaper (PR_SET_CHILD_SUBREAPER(2const)) while the box dies. Those that we
 * had before the box are none of our business. */
static void end_orphans(const struct session *s)
{
	pid_t *now;
	bool more = true;
	int n;

	while (more) {
		more = false;
		n = children_list(&now);
		for (int i = 0; i < n; i++) {
			siginfo_t who;

			if (now[i] == s->warden || children_has(s->earlier, s->n_earlier, now[i]))
				continue;
			/* Our own child, not yet waited for: nobody else has its PID. */
			if (waitid(P_PID, (id_t)now[i], &who, WEXITED | WNOHANG | WNOWAIT) < 0)
				continue;
			kill(now[i], SIGKILL);
			more |= waitpid(now[i], NULL, 0) == now[i];
		}
		free(now);
	}
}

/* In a PID namespace that was joined, what the box leaves would be adopted by
 * the init of that namespace, out of our reach. */
static void end_guests(const struct box *box)
{
	if (box->pid == box->child && ns_differ(box->pid, getpid(), CLONE_NEWPID) &&
	    nstree_pid_inside(box->pid) != 1)
		children_kill_all(box->pid);
}

int box_end(struct session *s)
{
	struct box *box = &s->box;
	int status = 0;

	if (!box->pid)
		return 0;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	if (!box_has_ended(s))
		end_guests(box);
	/* Rules of a security module may forbid signals: then the end of the socket ends it. */
	if (kill(box->child, SIGKILL) < 0 && box->sock >= 0)
		close(steal_fd(&box->sock));
	group_thaw(s);
	while (waitpid(box->child, &status, 0) < 0 && errno == EINTR)
		;
	end_orphans(s);
	prctl(PR_SET_CHILD_SUBREAPER, 0);
	if (box->sock >= 0)
		close(box->sock);
	*box = (struct box){.sock = -1};
	return status;
}
