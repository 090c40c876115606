/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /proc/PID/uid_map and gid_map: a line for each range, IN OUT COUNT. IDs of a
 * process: /proc/PID/status (proc_pid_status(5)), the second of four.
 */
#include "ops/namespaces/idmap.h"

#include <stdio.h>

#include "ops/auto.h"

int idmap_read(pid_t pid, const char *file, struct idmap *m)
{
	auto_fclose FILE *f = NULL;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	f = fopen(path, "re");
	m->n = 0;
	if (!f)
		return -1;
	while (m->n < IDMAP_ROWS &&
	       fscanf(f, "%u %u %u", &m->row[m->n].in, &m->row[m->n].out, &m->row[m->n].count) == 3)
		m->n++;
	return 0;
}

bool idmap_has_in(const struct idmap *m, unsigned id)
{
	for (int i = 0; i < m->n; i++)
		if (id >= m->row[i].in && id - m->row[i].in < m->row[i].count)
			return true;
	return false;
}

bool idmap_has_out(const struct idmap *m, unsigned id)
{
	for (int i = 0; i < m->n; i++)
		if (m->row[i].out != (unsigned)-1 && id >= m->row[i].out &&
		    id - m->row[i].out < m->row[i].count)
			return true;
	return false;
}

const char *idmap_text(const struct idmap *m, char *buf, unsigned size)
{
	unsigned n = 0;

	snprintf(buf, size, "empty");
	for (int i = 0; i < m->n && n + 40 < size; i++)
		n += (unsigned)snprintf(buf + n, size - n, "%s%u %u %u", i ? ", " : "",
					m->row[i].in, m->row[i].out, m->row[i].count);
	return buf;
}

bool idmap_ids(pid_t pid, uid_t *uid, gid_t *gid)
{
	auto_fclose FILE *f = NULL;
	char path[64], line[256];
	int found = 0;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		found += sscanf(line, "Uid: %*u %u", uid) == 1 ||
			 sscanf(line, "Gid: %*u %u", gid) == 1;
	return found == 2;
}
