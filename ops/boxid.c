/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines Uid, Gid and Groups of /proc/PID/status. The rule for files is
 * that of path_resolution(7): the first class that fits decides.
 */
#include "boxid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auto.h"

static void read_groups(const char *p, struct boxid *id)
{
	char *end;

	while (id->n_groups < BOXID_GROUPS) {
		unsigned long gid = strtoul(p, &end, 10);

		if (end == p)
			return;
		id->groups[id->n_groups++] = (gid_t)gid;
		p = end;
	}
}

void boxid_read(pid_t pid, struct boxid *id)
{
	auto_fclose FILE *f = NULL;
	char line[1024];

	*id = (struct boxid){.uid = geteuid(), .gid = getegid()};
	snprintf(line, sizeof(line), "/proc/%d/status", (int)pid);
	f = fopen(line, "re");
	while (f && fgets(line, sizeof(line), f)) {
		/* real, effective, saved, for files */
		sscanf(line, "Uid: %*u %u", &id->uid);
		sscanf(line, "Gid: %*u %u", &id->gid);
		if (!strncmp(line, "Groups:", 7))
			read_groups(line + 7, id);
	}
}

bool boxid_may_search(const struct boxid *id, const struct stat *dir)
{
	bool member = id->gid == dir->st_gid;

	if (id->uid == 0)
		return true;
	if (id->uid == dir->st_uid)
		return dir->st_mode & S_IXUSR;
	for (int i = 0; i < id->n_groups; i++)
		member |= id->groups[i] == dir->st_gid;
	return dir->st_mode & (member ? S_IXGRP : S_IXOTH);
}
