/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of namespaces, and how to tell whether two processes share one:
 * the links in /proc/PID/ns name the same inode (namespaces(7)).
 */
#include "ops/namespaces/ns.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

const struct ns namespaces[] = {
	{"uts", "CLONE_NEWUTS", CLONE_NEWUTS, "UTS", "hostname and NIS domain name",
	 "it would rename the host"},
	{"pid", "CLONE_NEWPID", CLONE_NEWPID, "PID", "process numbers",
	 "it would change the host's process numbers"},
	{"mnt", "CLONE_NEWNS", CLONE_NEWNS, "mount", "the tree of mounts",
	 "it would change the host's mounts"},
	{"ipc", "CLONE_NEWIPC", CLONE_NEWIPC, "IPC", "System V IPC, POSIX message queues",
	 "it would change the host's IPC"},
	{"net", "CLONE_NEWNET", CLONE_NEWNET, "network", "devices, addresses, routes, ports",
	 "it would change the host's network"},
	{"cgroup", "CLONE_NEWCGROUP", CLONE_NEWCGROUP, "cgroup", "the root of the cgroup tree",
	 NULL},
	{"user", "CLONE_NEWUSER", CLONE_NEWUSER, "user", "user and group IDs, capabilities",
	 "it would change the host's user namespace"},
	{"time", "CLONE_NEWTIME", CLONE_NEWTIME, "time", "monotonic and boot-time clocks", NULL},
	{NULL, NULL, 0, NULL, NULL, NULL},
};

const char *const ns_names[] = {"uts", "pid", "mnt", "ipc", "net", "cgroup", "user", "time", NULL};

const struct ns *ns_find(const char *name)
{
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (!strcmp(ns->name, name))
			return ns;
	return NULL;
}

ino_t ns_id(pid_t pid, const struct ns *ns)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", (int)pid, ns->name);
	return stat(path, &st) == 0 ? st.st_ino : 0;
}

unsigned ns_differ(pid_t a, pid_t b, unsigned mask)
{
	unsigned differ = 0;

	for (const struct ns *ns = namespaces; ns->name; ns++) {
		ino_t ia = mask & ns->flag ? ns_id(a, ns) : 0;
		ino_t ib = ia ? ns_id(b, ns) : 0;

		if (ia && ib && ia != ib)
			differ |= ns->flag;
	}
	return differ;
}
