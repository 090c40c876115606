/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kernel lets a process change its /proc/PID/exe (PR_SET_MM_MAP(2const))
 * once nothing of the old file is mapped any more, so the program is first made
 * independent of its file (selfmap.h). That takes less time than to execute a
 * copy, works in any root and with any user ID, and the box goes on where it
 * was. The new file is empty, and while it is somebody's it cannot be opened for
 * writing.
 *
 * For the kernel a file on another mount is another file. So where it can be, the
 * program is mapped again from a read-only mount of its file alone, which is in no
 * namespace and so cannot be made writable any more (mount_setattr(2): EINVAL);
 * whoever comes to the file by /proc/PID/map_files meets EROFS. Else, and in the
 * mount namespace of a user namespace (EINVAL), it is copied: 1 ms.
 */
#include "ops/box/selfexe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/prctl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/selfmap.h"
#include "ops/facts/subject.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x10U /* since Linux 6.3, memfd_create(2) */
#endif

/* Open for reading alone: nobody may have it open for writing (ETXTBSY). */
static int empty_file(void)
{
	auto_close int fd = memfd_create("ctrsh", MFD_CLOEXEC | MFD_EXEC);
	char path[64];

	if (fd < 0 && errno == EINVAL)
		fd = memfd_create("ctrsh", MFD_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return fd < 0 ? -1 : open(path, O_RDONLY | O_CLOEXEC);
}

/* -1: there is no such mount to be had. */
static int open_read_only(void)
{
	struct mount_attr attr = {.attr_set = MOUNT_ATTR_RDONLY};
	auto_close int mount = (int)syscall(SYS_open_tree, AT_FDCWD, "/proc/self/exe",
					    OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
	char path[64];

	if (mount < 0 ||
	    syscall(SYS_mount_setattr, mount, "", AT_EMPTY_PATH, &attr, sizeof(attr)) < 0)
		return -1;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", mount);
	return open(path, O_RDONLY | O_CLOEXEC);
}

static int detach(void)
{
	auto_close int file = open_read_only();

	return selfmap_detach(file);
}

/* The call takes all of the layout, or nothing: as it is (proc_pid_stat(5); the numbers are of
 * its fields). */
static int read_layout(struct prctl_mm_map *map)
{
	auto_free char *stat = process_read(getpid(), "stat");
	unsigned long long field[52] = {0};

	for (int i = 26; i < 52; i++) {
		const char *at = process_stat_field(stat, i);

		if (!at)
			return -1;
		field[i] = strtoull(at, NULL, 10);
	}
	*map = (struct prctl_mm_map){.start_code = field[26],
				     .end_code = field[27],
				     .start_stack = field[28],
				     .start_data = field[45],
				     .end_data = field[46],
				     .start_brk = field[47],
				     .brk = (uintptr_t)sbrk(0),
				     .arg_start = field[48],
				     .arg_end = field[49],
				     .env_start = field[50],
				     .env_end = field[51]};
	return 0;
}

static int set_exe(struct prctl_mm_map *map, int fd)
{
	map->brk = (uintptr_t)sbrk(0);
	map->exe_fd = (uint32_t)fd;
	return prctl(PR_SET_MM, PR_SET_MM_MAP, map, sizeof(*map), 0);
}

bool selfexe_hide(void)
{
	static bool hidden;
	auto_close int fd = -1;
	struct prctl_mm_map map;

	if (hidden)
		return true;
	fd = empty_file();
	if (fd < 0 || read_layout(&map) < 0)
		return false;
	/* Busy means: it would be allowed, were the file not mapped. */
	if (set_exe(&map, fd) == 0 || errno != EBUSY)
		return false;
	hidden = detach() == 0 && set_exe(&map, fd) == 0;
	return hidden;
}
