/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the kernel keeps for each namespace: namespaces(7), ipc_namespaces(7),
 * network_namespaces(7), uts_namespaces(7), pid_namespaces(7), and for user.*
 * namespaces(7). All else is the machine's. Tables that are registered for a
 * namespace have files of their own (net since 2.6.26, user since 4.9, ipc
 * and mqueue since 5.19, pid_max since 6.14: fs/proc/proc_sysctl.c, struct
 * ctl_table_set); the others look at the namespaces of the writer.
 */
#include "ops/limits/sysctlkey.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/namespaces/ns.h"
#include "ops/op.h"

static const struct owner {
	const char *path; /* one that ends in / stands for all below it */
	unsigned ns;
	bool own_file;
} owners[] = {
	{"net/", CLONE_NEWNET, true},
	{"kernel/hostname", CLONE_NEWUTS, false},
	{"kernel/domainname", CLONE_NEWUTS, false},
	{"kernel/shmall", CLONE_NEWIPC, true},
	{"kernel/shmmax", CLONE_NEWIPC, true},
	{"kernel/shmmni", CLONE_NEWIPC, true},
	{"kernel/shm_rmid_forced", CLONE_NEWIPC, true},
	{"kernel/shm_next_id", CLONE_NEWIPC, true},
	{"kernel/msgmax", CLONE_NEWIPC, true},
	{"kernel/msgmnb", CLONE_NEWIPC, true},
	{"kernel/msgmni", CLONE_NEWIPC, true},
	{"kernel/msg_next_id", CLONE_NEWIPC, true},
	{"kernel/sem", CLONE_NEWIPC, true},
	{"kernel/sem_next_id", CLONE_NEWIPC, true},
	{"kernel/auto_msgmni", CLONE_NEWIPC, true},
	{"fs/mqueue/", CLONE_NEWIPC, true},
	{"user/", CLONE_NEWUSER, true},
	{"kernel/pid_max", CLONE_NEWPID, true},
	{"kernel/ns_last_pid", CLONE_NEWPID, false},
	{"vm/memfd_noexec", CLONE_NEWPID, false},
};

/* No part of it is empty, "." or "..". */
static bool is_below(const char *path)
{
	for (const char *p = path;; p += strcspn(p, "/") + 1) {
		size_t n = strcspn(p, "/");

		if (n == 0 || (n == 1 && p[0] == '.') || (n == 2 && p[0] == '.' && p[1] == '.'))
			return false;
		if (!p[n])
			return true;
	}
}

bool sysctl_path(const char *key, char *path, size_t size)
{
	bool dots = key[strcspn(key, "./")] == '.';
	size_t i = 0;

	for (; key[i] && i + 1 < size; i++) {
		path[i] = key[i];
		if (dots && key[i] == '.')
			path[i] = '/';
		else if (dots && key[i] == '/')
			path[i] = '.';
	}
	path[i] = '\0';
	return !key[i] && is_below(path);
}

char *sysctl_spelled(const char *key, char *path)
{
	if (key[strcspn(key, "./")] == '.')
		for (char *p = path; *p; p++)
			*p = *p == '/' ? '.' : *p == '.' ? '/' : *p;
	return path;
}

static const struct owner *find(const char *path)
{
	for (size_t i = 0; i < sizeof(owners) / sizeof(owners[0]); i++) {
		size_t n = strlen(owners[i].path);

		if (owners[i].path[n - 1] == '/' ? !strncmp(path, owners[i].path, n)
						 : !strcmp(path, owners[i].path))
			return &owners[i];
	}
	return NULL;
}

unsigned sysctl_namespace(const char *path)
{
	const struct owner *o = find(path);

	return o ? o->ns : CHANGES_MACHINE;
}

bool sysctl_has_own_file(const char *path)
{
	const struct owner *o = find(path);

	return o && o->own_file;
}

bool sysctl_is_absent(const char *path)
{
	char name[SYSCTL_KEY_MAX + sizeof(SYSCTL_ROOT)];

	if (find(path) || access(SYSCTL_ROOT "/kernel", F_OK) < 0)
		return false;
	snprintf(name, sizeof(name), SYSCTL_ROOT "/%s", path);
	return access(name, F_OK) < 0 && (errno == ENOENT || errno == ENOTDIR);
}
