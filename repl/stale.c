/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What else can change /proc, or what is seen of it, ends the matter: nothing is said then.
 * Nor of a proc that shows a PID namespace of the box's own: another in that is there to be seen.
 */
#include "repl/stale.h"

#include <sched.h>
#include <string.h>

static bool makes_pid(const struct step *s)
{
	return !strcmp(s->op->name, "unshare") && (s->op->gains(s->argc, s->argv) & CLONE_NEWPID);
}

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(name, *names))
			return true;
	return false;
}

void stale_go(struct stale *t, const struct step *s)
{
	static const char *const ops[] = {"mount proc", "mount bind", "mount rbind", "umount",
					  "join",       "chroot",     "pivot_root",  NULL};
	static const char *const commands[] = {"undo", "redo", "reset", NULL};

	if (s->command && is_one_of(s->command->name, commands))
		*t = (struct stale){0};
	if (!s->op)
		return;
	if (is_one_of(s->op->name, ops))
		t->proc = t->pid = NULL;
	if (!strcmp(s->op->name, "mount proc") && !t->own && !s->tolerate)
		t->proc = s;
	else if (t->proc && makes_pid(s) && !s->tolerate)
		t->pid = s;
	t->own |= makes_pid(s) || !strcmp(s->op->name, "join");
}

int stale_check(const struct stale *t, struct problem *p)
{
	if (!t->pid)
		return 0;
	p->place = (struct place){.file = t->proc->file, .line = t->proc->line};
	err_order(&p->err, "mount proc: comes before unshare pid");
	err_why(&p->err,
		"%s:%d: the box gets another PID namespace there; what is mounted here shows that from before",
		t->pid->file, t->pid->line);
	err_fix(&p->err, "unshare pid before it, or mount proc once more after that");
	return -1;
}
