/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an IPC namespace holds (ipc_namespaces(7)): System V objects, which
 * /proc/sysvipc lists to a process in it (proc_sysvipc(5)), and POSIX message
 * queues, the files of an mqueue file system that such a process mounts
 * (mq_overview(7)); here detached, so that it is in no tree of mounts.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"
#include "ops/facts/inside.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/syscontext.h"

static pid_t reader; /* who asks: its child may have a mount namespace of its own */

static const struct kind {
	const char *name, *unit;
	const char *format; /* key, ID, permissions, size, user */
} kinds[] = {
	{"shm", "bytes", "%ld %ld %o %lu %*u %*u %*u %u"},
	{"sem", "semaphores", "%ld %ld %o %lu %u"},
	{"msg", NULL, "%ld %ld %o %lu %*u %*u %*u %u"}, /* the bytes in it come and go */
};

static void add_object(const struct kind *k, const char *line, struct items *t)
{
	unsigned long size;
	unsigned mode, user;
	char name[64], holds[48] = "";
	long key, id;

	/* The formats are the table's own. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (sscanf(line, k->format, &key, &id, &mode, &size, &user) != 5)
		return; /* the heading */
#pragma GCC diagnostic pop
	snprintf(name, sizeof(name), "%s %ld", k->name, id);
	if (k->unit)
		snprintf(holds, sizeof(holds), "%lu %s, ", size, k->unit);
	items_add(t, name, "key 0x%08x, %smode %03o, user %u", (unsigned)key, holds, mode & 0777,
		  user);
}

static void read_kind(const struct kind *k, struct items *t)
{
	auto_fclose FILE *f = NULL;
	auto_free char *line = NULL;
	size_t size = 0;
	char path[32];

	snprintf(path, sizeof(path), "/proc/sysvipc/%s", k->name);
	f = fopen(path, "re");
	if (!f) {
		t->errnum = errno;
		return;
	}
	while (getline(&line, &size, f) > 0)
		add_object(k, line, t);
}

/* The queues' file system; -1 and errno. */
static int open_queues(void)
{
	struct trace silent = {.on = false};
	struct err err = {0};
	struct call c = {.err = &err, .trace = &silent};
	auto_close int context = -1;
	int fd = -1;

	/* After a user namespace was entered, mounting needs a mount namespace of it. */
	if (getpid() != reader)
		unshare(CLONE_NEWNS);
	context = sys_fsopen(&c, "mqueue");
	if (context >= 0 && sys_fsconfig_create(&c, context) == 0)
		fd = sys_fsmount(&c, context, 0);
	errno = err.errnum;
	return fd;
}

static void read_queues(struct items *t)
{
	auto_close int tree = open_queues();
	int fd = tree < 0 ? -1 : openat(tree, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;
	struct stat st;
	char name[300];

	if (!d && errno != ENODEV) /* a kernel without queues */
		items_add(t, "mqueue", "not readable: %s",
			  errno == EPERM ? "needs CAP_SYS_ADMIN" : strerror(errno));
	if (!d) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((e = readdir(d))) {
		if (e->d_name[0] == '.' || fstatat(fd, e->d_name, &st, 0) < 0)
			continue;
		snprintf(name, sizeof(name), "mqueue /%s", e->d_name);
		items_add(t, name, "mode %03o, user %u", st.st_mode & 0777, st.st_uid);
	}
	closedir(d);
}

static void read_objects(struct items *t)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		read_kind(&kinds[i], t);
	read_queues(t);
}

static void read_fact(const struct subject *who, struct items *t)
{
	reader = getpid();
	inside_read(who, CLONE_NEWIPC, read_objects, t);
}

const struct fact fact_ipc = {
	.name = "ipc",
	.summary = "System V objects and POSIX message queues (ipc_namespaces(7))",
	.keys = "object",
	.ns = CLONE_NEWIPC,
	.read = read_fact,
};
