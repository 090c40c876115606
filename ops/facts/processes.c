/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The processes of a box with both their numbers: the key is the PID that we
 * see, the value begins with the one that the box sees (NSpid in
 * /proc/PID/status, proc_pid_status(5)).
 */
#include <errno.h>
#include <stdio.h>

#include "ops/facts/fact.h"
#include "ops/facts/procs.h"
#include "ops/namespaces/ns.h"

#define KERNEL_THREAD ", a kernel thread"

static void add_process(const struct procs *procs, const struct proc *p, int level, struct items *t)
{
	const char *state = p->state == 'Z' ? " (ended, not waited for)"
			    : p->kernel     ? KERNEL_THREAD
					    : "";
	const char *what = procs_what(procs, p);
	pid_t seen = p->in[level < p->n ? level : p->n - 1];
	char key[16];

	snprintf(key, sizeof(key), "%d", (int)p->pid);
	if (p->n - 1 > level && level)
		items_add(t, key, "%d, in its own PID namespace %d: %s%s", (int)seen,
			  (int)p->in[p->n - 1], what, state);
	else
		items_add(t, key, "%d: %s%s", (int)seen, what, state);
}

static void read_fact(const struct subject *who, struct items *t)
{
	auto_procs struct procs procs;
	const struct proc *top;

	procs_read(&procs);
	top = procs_find(&procs, who->pid);
	if (procs.errnum || procs_mark(&procs, who) < 0) {
		t->errnum = procs.errnum ? procs.errnum : errno;
		return;
	}
	for (size_t i = 0; i < procs.n; i++)
		if (procs.list[i].marked)
			add_process(&procs, &procs.list[i], top ? top->n - 1 : 0, t);
}

const struct fact fact_processes = {
	.name = "processes",
	.summary = "its processes, with the PIDs that it sees; of the host all",
	.keys = "PID outside",
	.cut = true,
	.aside = KERNEL_THREAD,
	.asides = "kernel threads",
	.read = read_fact,
};
