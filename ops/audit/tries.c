/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is tried with files and devices: calls that show whether a way is open,
 * and change nothing.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ops/audit/look.h"
#include "ops/audit/probe.h"

static bool is_host(const struct host *h, const struct stat *st)
{
	return st->st_dev == h->dev && st->st_ino == h->ino;
}

/* As far up as .. leads. */
static int climb(struct stat *top)
{
	struct stat before;

	if (stat(".", top) < 0)
		return -1;
	do {
		before = *top;
		if (chdir("..") < 0 || stat(".", top) < 0)
			return -1;
	} while (before.st_ino != top->st_ino || before.st_dev != top->st_dev);
	return 0;
}

static int enter_some_directory(void)
{
	DIR *d = opendir("/");
	struct dirent *e;
	int r = -1;

	while (d && r < 0 && (e = readdir(d)))
		if (e->d_type == DT_DIR && e->d_name[0] != '.')
			r = chdir("/") < 0 ? -1 : chroot(e->d_name);
	if (d)
		closedir(d);
	return r;
}

/* The way out of a chroot: a root below, and a directory above it (chroot(2)). */
static void try_root(const struct host *h, struct finding *f)
{
	int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat root, top;

	if (fd < 0 || fstat(fd, &root) < 0 || is_host(h, &root))
		return;
	if (enter_some_directory() < 0 || fchdir(fd) < 0 || climb(&top) < 0)
		return;
	if (is_host(h, &top))
		found(f, WAY_OPEN, 0, "chroot, fchdir, .. lead to the host's root directory");
	else if (top.st_ino != root.st_ino || top.st_dev != root.st_dev)
		found(f, WAY_PARTLY, 0, "chroot, fchdir, .. lead out of it");
	else
		found(f, WAY_CLOSED, 0, "chroot, fchdir and .. end at its root");
}

static void try_working(const struct host *h, struct finding *f)
{
	struct stat root, top;

	if (stat("/", &root) < 0 || is_host(h, &root) || climb(&top) < 0)
		return;
	if (is_host(h, &top))
		found(f, WAY_OPEN, 0, ".. leads to the host's root directory");
	else if (top.st_ino != root.st_ino || top.st_dev != root.st_dev)
		found(f, WAY_OPEN, 0, ".. leads out of its root");
	else
		found(f, WAY_CLOSED, 0, ".. ends at its root");
}

bool try_open(const char *path, int flags)
{
	int fd = open(path, flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool open_some_disk(char *path, size_t size)
{
	DIR *d = opendir("/dev");
	struct dirent *e;
	bool r = false;

	while (d && !r && (e = readdir(d))) {
		snprintf(path, size, "/dev/%s", e->d_name);
		r = e->d_type == DT_BLK && try_open(path, O_RDONLY);
	}
	if (d)
		closedir(d);
	return r;
}

/* ENXIO, ENOMEDIUM: it was allowed, but there is nothing behind it. */
static bool make_and_open(const struct host *h, const char *dir, int *errnum)
{
	char path[64];
	bool r;

	snprintf(path, sizeof(path), "%s/.ctrsh-audit", dir);
	if (mknod(path, S_IFBLK | 0600, makedev(h->major, h->minor)) < 0) {
		if (!*errnum || errno == EPERM) /* what tells more than that it is not there */
			*errnum = errno;
		return false;
	}
	r = try_open(path, O_RDONLY) || errno == ENXIO || errno == ENOMEDIUM;
	*errnum = errno;
	unlink(path);
	return r;
}

static void try_disk(const struct host *h, struct finding *f)
{
	static const char *const places[] = {"/dev/shm", "/tmp", "/dev", "/run", "/", NULL};
	char path[300];
	struct stat root;
	int errnum = 0;

	if (open_some_disk(path, sizeof(path))) {
		found(f, WAY_OPEN, 0, "%s can be opened", path);
		return;
	}
	if (stat("/", &root) < 0 || is_host(h, &root))
		return; /* nothing is made in the host's directories */
	for (const char *const *p = places; *p; p++)
		if (make_and_open(h, *p, &errnum)) {
			found(f, WAY_OPEN, 0, "mknod(b %u:%u), the host's disk, and it opens",
			      h->major, h->minor);
			return;
		}
	found(f, WAY_CLOSED, 0, "no device of a disk to be made and opened: %s", strerror(errnum));
}

static void try_memory(const struct host *h, struct finding *f)
{
	static const char *const paths[] = {"/dev/mem", "/dev/kmem", "/dev/port", "/proc/kcore",
					    NULL};
	struct stat st;

	(void)h;
	for (const char *const *p = paths; *p; p++)
		if (stat(*p, &st) == 0 && (S_ISREG(st.st_mode) || minor(st.st_rdev) != 3) &&
		    try_open(*p, O_RDONLY) && (S_ISCHR(st.st_mode) || st.st_size)) {
			found(f, WAY_OPEN, 0, "%s can be opened", *p);
			return;
		}
	found(f, WAY_CLOSED, 0, "none of them can be opened");
}

static void try_write(const char *path, struct finding *f)
{
	if (try_open(path, O_WRONLY))
		found(f, WAY_OPEN, 0, "%s can be opened for writing", path);
	else
		found(f, WAY_CLOSED, 0, "%s: %s", path, strerror(errno));
}

static void try_settings(const struct host *h, struct finding *f)
{
	(void)h;
	try_write("/proc/sys/kernel/core_pattern", f);
}

static void try_sysrq(const struct host *h, struct finding *f)
{
	(void)h;
	try_write("/proc/sysrq-trigger", f);
}

const struct try tries[] = {
	{"root", try_root},
	{"working", try_working},
	{"disk", try_disk},
	{"memory", try_memory},
	{"handles", try_handles},
	{"ptrace", try_ptrace},
	{"settings", try_settings},
	{"sysrq", try_sysrq},
	{"signals", try_signals},
	{"seccomp", try_seccomp},
	{"calls", try_calls},
	{"user-namespaces", try_unshare},
	{"user-namespaces", try_clone},
	{"user-namespaces", try_clone3},
	{"environment", try_environment},
	{"log", try_log},
	{NULL, NULL},
};
