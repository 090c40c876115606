/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program's status is its own answer, and a signal has no sender. But the kernel counts:
 * what its limit of memory cost (memory.events), forks that it refused (pids.events), processor
 * time (proc_pid_stat(5)). Where nothing is counted a limit is told as what it is, a fact.
 */
#include "ops/box/runwatch.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/cgroup/group.h"
#include "ops/facts/subject.h"
#include "ops/limits/limits.h"
#include "ops/seccomp/filterwhy.h"

/* In ticks: the 16th and 17th field of /proc/PID/stat (proc_pid_stat(5)). */
static unsigned long ticks_of_children(struct call *c)
{
	auto_free char *stat = process_read(c->session->box.pid, "stat");
	const char *at = process_stat_field(stat, 16);
	unsigned long user, system;

	return at && sscanf(at, "%lu %lu", &user, &system) == 2 ? user + system : 0;
}

static bool was_killed_by(const struct call *c, int sig)
{
	return WIFSIGNALED(c->status) && WTERMSIG(c->status) == sig;
}

/* At the hard limit of processor time the kernel sends SIGKILL (setrlimit(2)). It counts
 * whole ticks for that, which can be more than what /proc has: half of it will do. */
static void time_why(struct call *c, unsigned long before)
{
	unsigned long hz = (unsigned long)sysconf(_SC_CLK_TCK);
	unsigned long used = ticks_of_children(c) - before;
	struct rlimit cpu;

	if (!was_killed_by(c, SIGKILL) || c->err->why[0] ||
	    limit_of(c->session->box.pid, RLIMIT_CPU, &cpu) < 0 || cpu.rlim_max == RLIM_INFINITY ||
	    used < cpu.rlim_max * hz / 2)
		return;
	err_why(c->err,
		"the limit works: RLIMIT_CPU is %llu s at most, counted by the clock's ticks, and "
		"it had %lu.%02lu s (setrlimit(2))",
		(unsigned long long)cpu.rlim_max, used / hz, used % hz * 100 / hz);
}

static void forks_why(struct call *c, long before)
{
	long after = group_forks_refused(c->session), now, max;

	if (before < 0 || after <= before || c->err->why[0])
		return;
	err_why(c->err,
		"while it ran the kernel refused %ld fork%s in the box's control group (max in "
		"pids.events)",
		after - before, after - before == 1 ? "" : "s");
	if (group_numbers(c->session, &now, &max) == 0 && max != LONG_MAX)
		err_add(c->err, "at most %ld processes may be in it, the box itself counted", max);
}

/* The limits that, when reached, end a program with SIGSEGV: its stack (setrlimit(2)), and what
 * execve(2) cannot give it any more once the old program is gone. */
static void read_limits(struct call *c, char *list, size_t size)
{
	static const struct {
		int resource;
		const char *name;
	} all[] = {{RLIMIT_STACK, "stack"}, {RLIMIT_AS, "as"}, {RLIMIT_DATA, "data"}};
	char text[24];
	size_t n = 0;

	list[0] = '\0';
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct rlimit its, ours;

		if (limit_of(c->session->box.pid, all[i].resource, &its) < 0 ||
		    getrlimit(all[i].resource, &ours) < 0 || its.rlim_cur >= ours.rlim_cur)
			continue;
		n += (size_t)snprintf(list + n, size - n, "%srlimit %s %s", n ? ", " : "",
				      all[i].name, limit_show(text, sizeof(text), its.rlim_cur));
	}
}

/* The loader of shared libraries tells, and ends with 127, as a shell does for another reason. */
static void memory_why(struct call *c, const char *lowered)
{
	if (c->err->why[0] || !lowered[0])
		return;
	if (was_killed_by(c, SIGSEGV))
		err_why(c->err,
			"a program that needs more memory than such a limit leaves it is sent this "
			"signal (setrlimit(2)), as is one with a fault of its own; the box has %s",
			lowered);
	else if (WIFEXITED(c->status) && WEXITSTATUS(c->status) == 127)
		err_why(c->err,
			"so ends a program whose libraries find no memory (ld.so(8)), and a shell "
			"that does not find a command; the box has %s",
			lowered);
}

void runwatch_begin(struct call *c, struct runwatch *w)
{
	w->ticks = ticks_of_children(c);
	w->oom = group_oom_kills(c->session);
	w->forks = group_forks_refused(c->session);
	read_limits(c, w->lowered, sizeof(w->lowered));
	c->session->filter[0] = '\0';
}

void runwatch_why(struct call *c, const struct runwatch *w)
{
	filterwhy(c->session->filter, c->status, c->err);
	group_oom_why(c->session, w->oom, c->err);
	c->session->oom_seen = group_oom_kills(c->session);
	time_why(c, w->ticks);
	forks_why(c, w->forks);
	memory_why(c, w->lowered);
}

void runwatch_ended(struct call *c, const struct runwatch *w)
{
	struct err err;
	struct call program = *c;

	c->session->ended[0] = '\0';
	if (!c->status)
		return;
	program.err = &err;
	err_program(&err, c->argv[1], c->status);
	filterwhy(c->session->filter, c->status, &err);
	memory_why(&program, w->lowered);
	snprintf(c->session->ended, sizeof(c->session->ended), "%s", err.why);
}
