/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is tried: calls that show whether a way is open, and change nothing.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

#include "../filter.h"
#include "look.h"
#include "probe.h"

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
		found(f, WAY_OPEN, 0,
		      "chroot, fchdir, .. lead to the host's root directory: pivot_root instead");
	else if (top.st_ino != root.st_ino || top.st_dev != root.st_dev)
		found(f, WAY_PARTLY, 0, "chroot, fchdir, .. lead out of it: pivot_root instead");
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

static bool opens(const char *path, int flags)
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
		r = e->d_type == DT_BLK && opens(path, O_RDONLY);
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
	r = opens(path, O_RDONLY) || errno == ENXIO || errno == ENOMEDIUM;
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
		    opens(*p, O_RDONLY) && (S_ISCHR(st.st_mode) || st.st_size)) {
			found(f, WAY_OPEN, 0, "%s can be opened", *p);
			return;
		}
	found(f, WAY_CLOSED, 0, "none of them can be opened");
}

static void try_write(const char *path, struct finding *f)
{
	if (opens(path, O_WRONLY))
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

static void try_signals(const struct host *h, struct finding *f)
{
	if (!h->pid)
		return;
	if (kill(h->pid, 0) == 0)
		found(f, WAY_OPEN, 0, "ctrsh itself (PID %d) could be killed", (int)h->pid);
	else
		found(f, WAY_CLOSED, 0, "kill(%d, 0): %s", (int)h->pid, strerror(errno));
}

/* The shell's memory, where this program's own is: the box is its fork. The right
 * to it is that of ptrace(2) (PTRACE_MODE_ATTACH_REALCREDS). */
static void try_ptrace(const struct host *h, struct finding *f)
{
	static char there;
	char here;
	struct iovec local = {&here, 1}, remote = {&there, 1};

	if (!h->pid)
		return;
	if (process_vm_readv(h->pid, &local, 1, &remote, 1, 0) == 1)
		found(f, WAY_OPEN, 0, "the memory of ctrsh itself (PID %d) can be read",
		      (int)h->pid);
	else
		found(f, WAY_CLOSED, 0, "process_vm_readv(%d): %s", (int)h->pid, strerror(errno));
}

static void try_handles(const struct host *h, struct finding *f)
{
	struct {
		struct file_handle handle;
		unsigned char room[MAX_HANDLE_SZ];
	} file = {.handle.handle_bytes = MAX_HANDLE_SZ};
	int id, dir = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (!h->user || dir < 0 || name_to_handle_at(dir, "", &file.handle, &id, AT_EMPTY_PATH) < 0)
		return;
	if (open_by_handle_at(dir, &file.handle, O_PATH | O_CLOEXEC) >= 0)
		found(f, WAY_OPEN, 0, "open_by_handle_at(2) opens any file of its file system");
	else if (errno == EPERM)
		found(f, WAY_CLOSED, 0, "open_by_handle_at(2): %s", strerror(errno));
}

static void try_user_namespaces(const struct host *h, struct finding *f)
{
	(void)h;
	if (unshare(CLONE_NEWUSER) == 0)
		found(f, WAY_OPEN, 0, "unshare(CLONE_NEWUSER) gives all capabilities in it");
	else
		found(f, WAY_CLOSED, 0, "unshare(CLONE_NEWUSER): %s", strerror(errno));
}

static void try_log(const struct host *h, struct finding *f)
{
	char c;

	(void)h;
	if (klogctl(3 /* SYSLOG_ACTION_READ_ALL */, &c, 1) >= 0)
		found(f, WAY_OPEN, 0, "syslog(2) reads it");
	else if (opens("/dev/kmsg", O_RDONLY))
		found(f, WAY_OPEN, 0, "/dev/kmsg can be opened");
	else
		found(f, WAY_CLOSED, 0, "syslog(2): %s", strerror(errno));
}

static void try_seccomp(const struct host *h, struct finding *f)
{
	(void)h;
	if (filter_made()->len)
		found(f, WAY_CLOSED, 0, "each program gets a filter of %u instructions",
		      filter_made()->len);
	else if (prctl(PR_GET_SECCOMP) == 0)
		found(f, WAY_OPEN, 0, "no filter: every system call is allowed");
	else
		found(f, WAY_CLOSED, 0, "it has a filter");
}

static void try_environment(const struct host *h, struct finding *f)
{
	char names[SHOWS_SIZE / 2] = "", one[SHOWS_SIZE / 2];
	size_t used = 0;

	(void)h;
	for (char **e = environ; e && *e; e++)
		if (secrets_names(*e, strlen(*e) + 1, one, sizeof(one)) && used < sizeof(names))
			used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
						 used ? ", " : "", one);
	if (used)
		found(f, WAY_OPEN, 0, "%s", names);
	else
		found(f, WAY_CLOSED, 0, "nothing that looks like a key or the way to one");
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
	{"user-namespaces", try_user_namespaces},
	{"environment", try_environment},
	{"log", try_log},
	{NULL, NULL},
};
