/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines Uid, Gid, Groups and CapEff of /proc/PID/status. The rule for files is
 * that of path_resolution(7): the first class that fits decides.
 */
#include "ops/box/boxid.h"

#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"

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

	*id = (struct boxid){.uid = geteuid(), .gid = getegid(), .caps = ~0ULL};
	snprintf(line, sizeof(line), "/proc/%d/status", (int)pid);
	f = fopen(line, "re");
	while (f && fgets(line, sizeof(line), f)) {
		/* real, effective, saved, for files */
		sscanf(line, "Uid: %*u %u", &id->uid);
		sscanf(line, "Gid: %*u %u", &id->gid);
		sscanf(line, "CapEff: %llx", &id->caps);
		if (!strncmp(line, "Groups:", 7))
			read_groups(line + 7, id);
	}
}

/* bits: as of S_IRWXO; caps: the capabilities that make up for their lack, here
 * of root alone. */
static bool may(const struct boxid *id, const struct stat *st, mode_t bits, unsigned long long caps)
{
	bool member = id->gid == st->st_gid;

	if (id->uid == 0 && (id->caps & caps))
		return true;
	if (id->uid == st->st_uid)
		return (st->st_mode >> 6 & bits) == bits;
	for (int i = 0; i < id->n_groups; i++)
		member |= id->groups[i] == st->st_gid;
	return (st->st_mode >> (member ? 3 : 0) & bits) == bits;
}

bool boxid_may_search(const struct boxid *id, const struct stat *dir)
{
	return may(id, dir, S_IXOTH, 1ULL << CAP_DAC_OVERRIDE | 1ULL << CAP_DAC_READ_SEARCH);
}

bool boxid_may_write(const struct boxid *id, const struct stat *dir)
{
	return may(id, dir, S_IWOTH | S_IXOTH, 1ULL << CAP_DAC_OVERRIDE);
}
