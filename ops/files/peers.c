/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A shared mount has the tag shared:N in /proc/PID/mountinfo, and N is the
 * same for all mounts of its peer group (proc_pid_mountinfo(5)).
 */
#include "ops/files/peers.h"

#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/files/mountinfo.h"

/* 0: it is not shared. */
static unsigned group_of(const struct mount_entry *e)
{
	const char *tag = strstr(e->optional, "shared:");

	return tag ? (unsigned)strtoul(tag + 7, NULL, 10) : 0;
}

static bool host_has(unsigned group)
{
	auto_fclose FILE *f = mountinfo_open(NULL);
	struct mount_entry e;

	while (f && mountinfo_next(f, &e))
		if (group_of(&e) == group)
			return true;
	return false;
}

bool peers_with_host(const struct session *s, char *point, unsigned size)
{
	auto_fclose FILE *f = mountinfo_open(s);
	unsigned group, last = 0;
	struct mount_entry e;

	while (f && mountinfo_next(f, &e)) {
		group = group_of(&e);
		if (group && group != last && host_has(group)) {
			snprintf(point, size, "%s", e.point);
			return true;
		}
		last = group;
	}
	return false;
}
