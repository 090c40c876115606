/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines Uid, Gid, Groups and CapEff of /proc/PID/status. The rule for files is
 * that of path_resolution(7): the first class that fits decides.
 */
#include "ops/box/boxid.h"

#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/facts/subject.h"

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
	auto_free char *uid = process_status(pid, "Uid"), *gid = process_status(pid, "Gid");
	auto_free char *groups = process_status(pid, "Groups");
	auto_free char *caps = process_status(pid, "CapEff");

	*id = (struct boxid){.uid = geteuid(), .gid = getegid(), .caps = ~0ULL};
	if (uid && gid) { /* real, effective, saved, for files */
		sscanf(uid, "%*u %u", &id->uid);
		sscanf(gid, "%*u %u", &id->gid);
	}
	if (groups)
		read_groups(groups, id);
	if (caps)
		id->caps = strtoull(caps, NULL, 16);
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
