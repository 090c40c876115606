/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kernel shows a parent only below the caller's own namespace: there the
 * walk upwards ends.
 */
#include "ops/namespaces/nstree.h"

#include <fcntl.h>
#include <linux/nsfs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/facts/subject.h"

int nstree_open(pid_t pid, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", (int)pid, name);
	return open(path, O_RDONLY | O_CLOEXEC);
}

int nstree_parent(int fd)
{
	return ioctl(fd, NS_GET_PARENT);
}

ino_t nstree_owned_by(pid_t pid, const char *name)
{
	auto_close int fd = nstree_open(pid, name);
	auto_close int owner = fd < 0 ? -1 : ioctl(fd, NS_GET_USERNS);
	struct stat st;

	return owner >= 0 && fstat(owner, &st) == 0 ? st.st_ino : 0;
}

static int up(int fd)
{
	int parent = nstree_parent(fd);

	close(fd);
	return parent;
}

int nstree_depth(pid_t pid, const char *name)
{
	int fd = nstree_open(pid, name), depth = 0;

	if (fd < 0)
		return 0;
	while ((fd = up(fd)) >= 0)
		depth++;
	return depth;
}

pid_t nstree_pid_inside(pid_t pid)
{
	auto_free char *pids = process_status(pid, "NSpid");
	const char *last = pids ? strrchr(pids, '\t') : NULL;

	return pids ? atoi(last ? last : pids) : 0;
}

bool nstree_contains(pid_t a, pid_t b, const char *name)
{
	auto_close int of = nstree_open(a, name);
	int fd = nstree_open(b, name);
	struct stat want, here;

	if (of < 0 || fstat(of, &want) < 0) {
		close(fd);
		return false;
	}
	for (; fd >= 0; fd = up(fd))
		if (fstat(fd, &here) == 0 && here.st_ino == want.st_ino) {
			close(fd);
			return true;
		}
	return false;
}
