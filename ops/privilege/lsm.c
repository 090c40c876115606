/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where securityfs is mounted its file `lsm` names the modules; from Linux 6.8
 * on lsm_list_modules(2) tells their numbers (linux/lsm.h) without it. Else there
 * are AppArmor's parameter `enabled`, and SELinux's file system, which it has only
 * if it was chosen at boot (init_sel_fs() in security/selinux/selinuxfs.c).
 */
#include "ops/privilege/lsm.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"

#define LIST_MODULES 461 /* the same on every architecture; Debian 12's headers lack its name */
#define FIRST        100 /* LSM_ID_CAPABILITY; those below are reserved */
#define MAX          64

const struct lsm lsms[] = {
	{"apparmor", "AppArmor", "attr/apparmor/exec", "exec ", "profile",
	 "/sys/module/apparmor/parameters/enabled", "Y"},
	{"selinux", "SELinux", "attr/exec", "", "context", "/proc/filesystems", "selinuxfs"},
	{0},
};

const struct lsm *lsm_find(const char *name)
{
	const struct lsm *l = lsms;

	while (l->name && strcmp(l->name, name) != 0)
		l++;
	return l->name ? l : NULL;
}

static bool from_file(char *buf, unsigned size)
{
	auto_fclose FILE *f = fopen("/sys/kernel/security/lsm", "re");
	char line[256], *rest = line, *word;
	unsigned n = 0;

	if (!f || !fgets(line, sizeof(line), f))
		return false;
	line[strcspn(line, "\n")] = '\0';
	while ((word = strsep(&rest, ",")) != NULL && n < size)
		n += (unsigned)snprintf(buf + n, size - n, "%s%s", n ? ", " : "", word);
	return true;
}

bool lsm_list(char *buf, unsigned size)
{
	static const char *const names[] = {
		"capability", "selinux",  "smack", "tomoyo",   "apparmor", "yama", "loadpin",
		"safesetid",  "lockdown", "bpf",   "landlock", "ima",      "evm",  "ipe"};
	const unsigned known = sizeof(names) / sizeof(names[0]);
	uint32_t bytes = MAX * sizeof(uint64_t);
	uint64_t ids[MAX];
	unsigned n = 0;
	long found;

	if (from_file(buf, size))
		return true;
	found = syscall(LIST_MODULES, ids, &bytes, 0);
	for (long i = 0; i < found && n < size; i++)
		if (ids[i] >= FIRST && ids[i] - FIRST < known)
			n += (unsigned)snprintf(buf + n, size - n, "%s%s", n ? ", " : "",
						names[ids[i] - FIRST]);
	if (found == 0)
		snprintf(buf, size, "none");
	return found >= 0;
}

bool lsm_at_work(const struct lsm *l)
{
	auto_fclose FILE *f = NULL;
	char line[256];

	if (lsm_list(line, sizeof(line)))
		return strstr(line, l->name) != NULL;
	f = fopen(l->sign, "re");
	while (f && fgets(line, sizeof(line), f))
		if (strstr(line, l->said))
			return true;
	return false;
}
