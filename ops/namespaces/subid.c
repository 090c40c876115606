/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /etc/subuid and /etc/subgid: lines of NAME:FIRST:COUNT, where NAME is a
 * login name or the number of a user.
 */
#include "ops/namespaces/subid.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>

#include "ops/auto.h"

const char *subid_name(uid_t user, char *buf, unsigned size)
{
	const struct passwd *pw = getpwuid(user);

	if (pw)
		snprintf(buf, size, "%s", pw->pw_name);
	else
		snprintf(buf, size, "%u", user);
	return buf;
}

int subid_map(const char *file, uid_t user, unsigned own, struct idmap *m)
{
	auto_fclose FILE *f = fopen(file, "re");
	char line[512], who[256], name[256], number[16];
	unsigned first, count, next = 1;

	m->n = 1;
	m->row[0].in = 0;
	m->row[0].out = own;
	m->row[0].count = 1;
	if (!f)
		return -1;
	subid_name(user, name, sizeof(name));
	snprintf(number, sizeof(number), "%u", user);
	while (m->n < IDMAP_ROWS && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%255[^:]:%u:%u", who, &first, &count) != 3 || !count ||
		    (strcmp(who, name) != 0 && strcmp(who, number) != 0) ||
		    count > (unsigned)-1 - next)
			continue;
		m->row[m->n].in = next;
		m->row[m->n].out = first;
		m->row[m->n++].count = count;
		next += count;
	}
	return m->n - 1;
}
