/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the options of cgroup2 are, each mount of it says (proc_pid_mountinfo(5)).
 */
#include "ops/files/cgroupwords.h"

#include <stdio.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/facts/mountline.h"

const char *const cgroup2_words[] = {"nsdelegate",
				     "favordynmods",
				     "memory_localevents",
				     "memory_recursiveprot",
				     "memory_hugetlb_accounting",
				     "pids_localevents",
				     NULL};

static void take_known(char *super, char *buf, unsigned size)
{
	unsigned n = 0;

	for (char *word; (word = strsep(&super, ",")) != NULL;)
		for (int i = 0; cgroup2_words[i]; i++)
			if (!strcmp(cgroup2_words[i], word) && n < size)
				n += (unsigned)snprintf(buf + n, size - n, "%s%s", n ? "," : "",
							word);
}

void cgroup2_in_force(char *buf, unsigned size)
{
	auto_fclose FILE *f = fopen("/proc/self/mountinfo", "re");
	auto_free char *line = NULL;
	struct mount_line m;
	size_t room = 0;

	buf[0] = '\0';
	while (f && getline(&line, &room, f) > 0)
		if (mountline_parse(line, &m) && !strcmp(m.type, "cgroup2")) {
			take_known(m.super, buf, size);
			return;
		}
}
