/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /proc/PID/uid_map and gid_map: a line for each range, IN OUT COUNT. IDs of a
 * process: /proc/PID/status (proc_pid_status(5)), the second of four.
 */
#include "ops/namespaces/idmap.h"

#include <stdio.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/facts/subject.h"

void idmap_parse(const char *text, struct idmap *m)
{
	int n;

	for (m->n = 0; m->n < IDMAP_ROWS; m->n++, text += n)
		if (sscanf(text, "%u %u %u%n", &m->row[m->n].in, &m->row[m->n].out,
			   &m->row[m->n].count, &n) != 3)
			return;
}

int idmap_read(pid_t pid, const char *file, struct idmap *m)
{
	auto_free char *text = process_read(pid, file);

	idmap_parse(text ? text : "", m);
	return text ? 0 : -1;
}

bool idmap_is_empty(pid_t pid, const char *file)
{
	struct idmap m;

	return idmap_read(pid, file, &m) == 0 && !m.n;
}

bool idmap_setgroups(pid_t pid, const char *word)
{
	auto_free char *text = process_read(pid, "setgroups");
	size_t n = strlen(word);

	return text && !strncmp(text, word, n) && text[n] == '\n';
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
	auto_free char *uids = process_status(pid, "Uid"), *gids = process_status(pid, "Gid");

	return uids && gids && sscanf(uids, "%*u %u", uid) == 1 && sscanf(gids, "%*u %u", gid) == 1;
}
