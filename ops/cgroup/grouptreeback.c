/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How groups above ours are put back as they were (grouptree.h): from the mark
 * that was left in them, so that it does not matter who does it: the last
 * ctrsh that leaves, its warden if it was killed, or the next one.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/cgroup/groupfile.h"
#include "ops/cgroup/grouptree.h"

#define CGROUP2_MAGIC 0x63677270 /* CGROUP2_SUPER_MAGIC, linux/magic.h */
#define ROOM          1100
#define MANY          4096
#define ROUNDS        100
#define PAUSE_NS      10000000L /* 100 of them are 1 s */

int grouptree_lock(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	/* Whoever may read the directory can hold it: not for ever. */
	for (int i = 0; fd >= 0 && i < ROUNDS && flock(fd, LOCK_EX | LOCK_NB) < 0; i++)
		nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
	return fd;
}

/* Is there a group of a box, of this ctrsh or another? "ctrsh-PID-N". */
static bool has_box(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	bool found = false;

	while (d && !found && (e = readdir(d)) != NULL)
		found = !strncmp(e->d_name, "ctrsh-", 6) && e->d_name[6] >= '0' &&
			e->d_name[6] <= '9';
	if (d)
		closedir(d);
	return found;
}

void grouptree_take_back(const char *dir)
{
	char list[512], leaf[ROOM], value[80], *rest = list;
	ssize_t n = getxattr(dir, GROUPTREE_MARK, list, sizeof(list) - 1);
	pid_t pids[MANY];

	if (has_box(dir))
		return;
	list[n > 0 ? n : 0] = '\0';
	snprintf(leaf, sizeof(leaf), "%.1000s/" GROUPTREE_LEAF, dir);
	/* Where no mark can be left: a group that held processes distributed nothing. */
	if (n < 0 && errno == EOPNOTSUPP && access(leaf, F_OK) == 0)
		groupfile_line(dir, "cgroup.subtree_control", list, sizeof(list));
	for (char *word = strtok_r(list, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		snprintf(value, sizeof(value), "-%.64s", word);
		groupfile_put(dir, "cgroup.subtree_control", value);
	}
	if (n > 0)
		removexattr(dir, GROUPTREE_MARK);
	for (int i = 0; i < ROUNDS && rmdir(leaf) < 0 && errno == EBUSY; i++)
		for (int k = groupfile_processes(leaf, pids, MANY); k > 0; k--) {
			snprintf(value, sizeof(value), "%d", (int)pids[k - 1]);
			groupfile_put(dir, "cgroup.procs", value);
		}
}

static bool is_v2(const char *dir)
{
	struct statfs fs;

	return statfs(dir, &fs) == 0 && fs.f_type == CGROUP2_MAGIC;
}

void grouptree_restore(const char *dir)
{
	char path[ROOM];

	snprintf(path, sizeof(path), "%.1000s", dir);
	while (path[0] && is_v2(path)) {
		auto_close int fd = grouptree_lock(path);

		grouptree_take_back(path);
		*strrchr(path, '/') = '\0';
	}
}
