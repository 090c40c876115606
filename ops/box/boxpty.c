/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The path is the box's, and what is there may be anything: a link, a FIFO that
 * nobody opens the other side of, a device. So it is looked up without links and
 * opened for nothing (O_PATH), and only what is the ptmx of a devpts is opened
 * for good (pts(4)). The shell does it, not the box: so no descriptor comes
 * from there. The other end is opened through the first (TIOCGPTPEER,
 * ioctl_tty(2)), so that no path is involved.
 */
#include "ops/box/boxpty.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/facts/subject.h"

static int open_in_box(const struct session *s)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC,
			       .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS};
	auto_close int root = -1, fd = -1;
	struct statfs fs;
	struct stat st;
	char path[64];

	box_proc(s, path, sizeof(path), "root");
	root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	fd = root < 0 ? -1 : (int)syscall(SYS_openat2, root, "dev/pts/ptmx", &how, sizeof(how));
	if (fd < 0 || fstatfs(fd, &fs) < 0 || fs.f_type != DEVPTS_SUPER_MAGIC ||
	    fstat(fd, &st) < 0 || !S_ISCHR(st.st_mode) || st.st_rdev != makedev(5, 2))
		return -1;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
}

/* A setuid(2) that the box made: whose file its terminal should be. */
static void give_to_box(const struct session *s, int slave)
{
	auto_free char *ids = process_status(s->box.pid, "Uid");
	unsigned fsuid;

	if (ids && sscanf(ids, "%*u %*u %*u %u", &fsuid) == 1 && fsuid != geteuid() &&
	    fchown(slave, fsuid, (gid_t)-1) < 0)
		return; /* then it is as it would be without us */
}

int boxpty_open(const struct session *s, int *master, int *slave, struct err *err)
{
	*master = open_in_box(s);
	if (*master < 0)
		*master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (*master < 0 || unlockpt(*master) < 0)
		return err_kernel(err, errno, "posix_openpt(O_RDWR|O_NOCTTY)");
	*slave = ioctl(*master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (*slave < 0)
		return err_kernel(err, errno, "ioctl(ptmx, TIOCGPTPEER)");
	give_to_box(s, *slave);
	return 0;
}
