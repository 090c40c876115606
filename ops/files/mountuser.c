/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * EBUSY tells that somebody uses a mount, or that a filter says so. So the
 * processes that /proc shows are asked: cwd, root, exe and fd lead to what they
 * hold, and statx(2) tells on which mount that lies (stx_mnt_id, Linux 5.8).
 */
#include "ops/files/mountuser.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/why/probes.h"

static bool lies_on(int proc, const char *link, int id)
{
	struct statx stx;

	return statx(proc, link, 0, STATX_MNT_ID, &stx) == 0 && (stx.stx_mask & STATX_MNT_ID) &&
	       stx.stx_mnt_id == (uint64_t)id;
}

/* The mode of the link of a descriptor is that in which it is open (proc_pid_fd(5)). */
static bool is_writable(int proc, const char *link)
{
	struct stat st;

	return fstatat(proc, link, &st, AT_SYMLINK_NOFOLLOW) == 0 && (st.st_mode & S_IWUSR);
}

/* What it holds, or NULL. */
static const char *held(int proc, int id, bool writing)
{
	static const char *const links[][2] = {{"cwd", "its working directory"},
					       {"root", "its root directory"},
					       {"exe", "its program"}};
	int fd = openat(proc, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	auto_closedir DIR *fds = fd < 0 ? NULL : fdopendir(fd);

	for (size_t i = 0; !writing && i < sizeof(links) / sizeof(links[0]); i++)
		if (lies_on(proc, links[i][0], id))
			return links[i][1];
	for (struct dirent *e; fds && (e = readdir(fds));) {
		char link[300];

		snprintf(link, sizeof(link), "fd/%s", e->d_name);
		if (e->d_name[0] != '.' && lies_on(proc, link, id) &&
		    (!writing || is_writable(proc, link)))
			return "an open file";
	}
	return NULL;
}

bool mount_user(struct call *c, int id, bool writing, char *who, unsigned size)
{
	auto_closedir DIR *all = opendir("/proc");

	for (struct dirent *e; all && (e = readdir(all));) {
		long pid = strtol(e->d_name, NULL, 10);
		auto_close int proc = -1;
		const char *what;

		if (pid <= 0)
			continue;
		proc = openat(dirfd(all), e->d_name, O_PATH | O_DIRECTORY | O_CLOEXEC);
		what = proc < 0 ? NULL : held(proc, id, writing);
		if (!what)
			continue;
		snprintf(who, size, "process %ld has %s there", pid, what);
		probes_note(c, "/proc", "who uses the mount", "%s", who);
		return true;
	}
	probes_note(c, "/proc", "who uses the mount", "no process that is seen from here");
	return false;
}
