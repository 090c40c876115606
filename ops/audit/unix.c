/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sockets of the host's servers (unix(7)): those with an abstract name belong to a
 * network namespace, those with a path lead to the host whatever namespaces there
 * are. /proc/net/unix has the path that a server bound, as seen from its own root
 * directory; what the process sees of it has the end of that path.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/audit/look.h"
#include "ops/auto.h"
#include "ops/namespaces/ns.h"

/* A line of it: "Num: RefCount Protocol Flags Type St Inode Path" (proc_net(5)). */
struct line {
	unsigned flags, type, state;
	char name[110];
};

#define LISTENS     0x10000 /* __SO_ACCEPTCON of linux/net.h */
#define DATAGRAM    2
#define UNCONNECTED 1

static bool parse(const char *text, struct line *l)
{
	return sscanf(text, "%*[^:]: %*x %*x %x %x %x %*u %109[^\n]", &l->flags, &l->type,
		      &l->state, l->name) == 4;
}

/* Would it take anything from a stranger? A pair of sockets that are connected with
 * each other has abstract names as well (autobind of unix(7)), as ours to the box. */
static bool can_be_reached(const struct line *l)
{
	return (l->flags & LISTENS) || (l->type == DATAGRAM && l->state == UNCONNECTED);
}

void look_abstract(const struct audit *a, struct finding *f)
{
	auto_free char *list = subject_read(a->who, "net/unix", NULL);
	char *rest = NULL;
	struct line l;
	int n = 0;

	f->ns = CLONE_NEWNET;
	if (!(a->shared & CLONE_NEWNET)) {
		found(f, WAY_CLOSED, 0, "its network namespace is its own");
		return;
	}
	if (!list) {
		found(f, WAY_UNKNOWN, 0, "/proc/net/unix is not readable");
		return;
	}
	for (char *p = strtok_r(list, "\n", &rest); p; p = strtok_r(NULL, "\n", &rest))
		n += parse(p, &l) && l.name[0] == '@' && can_be_reached(&l);
	if (n)
		found(f, WAY_OPEN, STEP_UNSHARE, "%d sockets of the host's, at no path", n);
	else
		found(f, WAY_PARTLY, STEP_UNSHARE, "shared, but there is none at the moment");
}

/* Once each, by device and inode. */
static bool add(struct items *t, int dir, const char *name, const char *path)
{
	struct stat st;
	char key[48];

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH) < 0 ||
	    !S_ISSOCK(st.st_mode))
		return false;
	snprintf(key, sizeof(key), "%lu:%lu", (unsigned long)st.st_dev, (unsigned long)st.st_ino);
	if (!items_find(t, key))
		items_add(t, key, "%s", path);
	return true;
}

static void add_directory(const struct audit *a, const char *path, struct items *t)
{
	auto_close int at = audit_at(a, path);
	int fd = at < 0 ? -1 : openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;
	char full[400];

	if (!d && fd >= 0)
		close(fd);
	while (d && (e = readdir(d))) {
		snprintf(full, sizeof(full), "%s/%s", path[1] ? path : "", e->d_name);
		add(t, fd, e->d_name, full);
	}
	if (d)
		closedir(d);
}

/* The host's path, and what is left of it from each directory on. */
static void add_listening(const struct audit *a, struct items *t)
{
	auto_fclose FILE *file = fopen("/proc/self/net/unix", "re");
	char text[400];
	struct line l;

	while (file && fgets(text, sizeof(text), file)) {
		if (!parse(text, &l) || l.name[0] != '/' || !can_be_reached(&l))
			continue;
		for (const char *p = l.name; p; p = strchr(p + 1, '/')) {
			auto_close int fd = audit_at(a, p);

			if (fd >= 0 && add(t, fd, "", p))
				break;
		}
	}
}

void look_sockets(const struct audit *a, struct finding *f)
{
	static const char *const places[] = {
		"/",           "/run",        "/run/dbus", "/run/systemd", "/run/containerd",
		"/run/podman", "/run/user/0", "/tmp",      "/mnt",         "/srv",
		NULL};
	auto_items struct items t = {0};

	if (a->root < 0) {
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
		return;
	}
	for (const char *const *p = places; *p; p++)
		add_directory(a, *p, &t);
	add_listening(a, &t);
	if (t.n)
		found(f, WAY_OPEN, audit_pivot(a), "%zu, as %s", t.n, t.list[0].value);
	else
		found(f, WAY_CLOSED, 0, "none in /run, /tmp and the like, none that listens here");
}
