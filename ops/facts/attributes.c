/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a process hands on to those it starts: umask, nice value, scheduling
 * policy, I/O priority, memory policy, badness, personality (proc_pid_status(5),
 * proc_pid_stat(5), sched(7), ioprio_get(2), proc_pid_personality(5)).
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/ioprio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"

/* Fields of /proc/PID/stat. */
#define NICE   19
#define POLICY 41

static const char *policy(int number)
{
	static const char *const names[] = {"other",     "fifo", "rr",       "batch",
					    "unknown 4", "idle", "deadline", "ext"};

	return number >= 0 && number < 8 ? names[number] : "unknown";
}

/* One that was never set is not told: the nice value says it (ioprio_set(2)). */
static void add_ioprio(const struct subject *who, struct items *t)
{
	static const char *const classes[] = {"none", "rt", "be", "idle"};
	long prio = syscall(SYS_ioprio_get, IOPRIO_WHO_PROCESS, who->pid);
	unsigned class = prio < 0 ? IOPRIO_CLASS_NONE : IOPRIO_PRIO_CLASS((unsigned)prio);

	if (class == IOPRIO_CLASS_IDLE)
		items_add(t, "ioprio", "idle");
	else if (class != IOPRIO_CLASS_NONE && class < sizeof(classes) / sizeof(*classes))
		items_add(t, "ioprio", "%s %lu", classes[class],
			  IOPRIO_PRIO_DATA((unsigned long)prio));
}

/* Another user's only a privileged caller is told. */
static void add_personality(const struct subject *who, struct items *t)
{
	auto_free char *persona = subject_read(who, "personality", NULL);

	if (persona)
		items_add(t, "personality", "%.*s", (int)strcspn(persona, "\n"), persona);
}

/* The policy of the first mapping is that of the process, while it asked for none of its own
 * (proc_pid_numa_maps(5)). "default" is none. */
static void add_mempolicy(const struct subject *who, struct items *t)
{
	auto_close int fd = openat(who->proc, "numa_maps", O_RDONLY | O_CLOEXEC);
	char line[200], policy[64], more[64] = "";
	ssize_t n = fd < 0 ? -1 : read(fd, line, sizeof(line) - 1);

	line[n > 0 ? n : 0] = '\0';
	if (sscanf(line, "%*s %63s %63s", policy, more) < 1 || !strcmp(policy, "default"))
		return;
	if (!strcmp(policy, "weighted")) /* the one of two words */
		items_add(t, "mempolicy", "%s %s", policy, more);
	else
		items_add(t, "mempolicy", "%s", policy);
}

static void read_fact(const struct subject *who, struct items *t)
{
	auto_free char *stat = subject_read(who, "stat", NULL);
	auto_free char *badness = subject_read(who, "oom_score_adj", NULL);
	auto_free char *mask = subject_status(who, "Umask");
	const char *nice = process_stat_field(stat, NICE),
		   *sched = process_stat_field(stat, POLICY);

	if (!stat) {
		t->errnum = errno;
		return;
	}
	if (mask)
		items_add(t, "umask", "%s", mask);
	if (nice)
		items_add(t, "nice", "%d", atoi(nice));
	if (sched)
		items_add(t, "sched", "%s", policy(atoi(sched)));
	if (badness)
		items_add(t, "oom_score_adj", "%.*s", (int)strcspn(badness, "\n"), badness);
	add_ioprio(who, t);
	add_mempolicy(who, t);
	add_personality(who, t);
}

const struct fact fact_attributes = {
	.name = "attributes",
	.summary =
		"umask, nice value, scheduling policy, I/O priority, memory policy, oom_score_adj, personality",
	.keys = "attribute",
	.steady = true,
	.read = read_fact,
};
