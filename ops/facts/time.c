/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clocks of a time namespace (time_namespaces(7)): their offsets, and when
 * the machine booted by them, which is btime of /proc/stat as a process inside is
 * told (proc_stat(5)); that is steady, where an uptime is another at each look.
 * /proc/PID/timens_offsets has the offsets of the namespace for children, in
 * which a process that called unshare(2) itself is not.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"
#include "ops/facts/inside.h"
#include "ops/namespaces/ns.h"

static bool is_for_children_only(const struct subject *who)
{
	struct stat own, children;

	return fstatat(who->proc, "ns/time", &own, 0) == 0 &&
	       fstatat(who->proc, "ns/time_for_children", &children, 0) == 0 &&
	       own.st_ino != children.st_ino;
}

/* "monotonic    86400         0": clock, seconds, nanoseconds. */
static void add_offsets(const struct subject *who, struct items *t)
{
	auto_free char *text = subject_read(who, "timens_offsets", NULL);
	int errnum = text ? 0 : errno;
	const char *whose = is_for_children_only(who) ? " of its children" : "";
	char *rest = NULL, clock[16], key[64];
	long long seconds;
	long ns;

	if (errnum && errnum != ENOENT) /* a kernel without them */
		t->errnum = errnum;
	for (char *line = text ? strtok_r(text, "\n", &rest) : NULL; line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (sscanf(line, "%15s %lld %ld", clock, &seconds, &ns) != 3)
			continue;
		snprintf(key, sizeof(key), "%s%s", clock, whose);
		if (ns)
			items_add(t, key, "%+lld s %+ld ns", seconds, ns);
		else
			items_add(t, key, "%+lld s", seconds);
	}
}

static void read_boot(struct items *t)
{
	auto_fclose FILE *f = fopen("/proc/stat", "re");
	auto_free char *line = NULL;
	size_t size = 0;
	long long btime;
	time_t when;
	struct tm tm;
	char text[64];

	if (!f) {
		t->errnum = errno;
		return;
	}
	while (getline(&line, &size, f) > 0) {
		if (sscanf(line, "btime %lld", &btime) != 1)
			continue;
		when = (time_t)btime;
		if (gmtime_r(&when, &tm) && strftime(text, sizeof(text), "%F %T UTC", &tm))
			items_add(t, "booted", "%s", text);
	}
}

static void read_fact(const struct subject *who, struct items *t)
{
	struct stat st;
	bool has = fstatat(who->proc, "ns/time", &st, 0) == 0 || errno != ENOENT;

	add_offsets(who, t);
	if (!t->errnum)
		inside_read(who, has ? CLONE_NEWTIME : 0, read_boot, t);
}

const struct fact fact_time = {
	.name = "time",
	.summary = "offsets of its clocks, and when it booted by them (time_namespaces(7))",
	.keys = "clock",
	.ns = CLONE_NEWTIME,
	.steady = true,
	.read = read_fact,
};
