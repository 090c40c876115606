/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mountinfo has a line for each mount. Which of them a path lies on is statx(2)'s
 * to say (stx_mnt_id, Linux 5.8).
 */
#include "ops/files/mountinfo.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/facts/mountline.h"

FILE *mountinfo_open(const struct session *s)
{
	char path[64] = "/proc/self/mountinfo";

	if (s)
		box_proc(s, path, sizeof(path), "mountinfo");
	return fopen(path, "re");
}

static void copy(const struct mount_line *m, struct mount_entry *e)
{
	*e = (struct mount_entry){.id = m->id, .parent = m->parent};
	snprintf(e->device, sizeof(e->device), "%s", m->device);
	snprintf(e->root, sizeof(e->root), "%s", m->root);
	snprintf(e->point, sizeof(e->point), "%s", m->point);
	snprintf(e->options, sizeof(e->options), "%s", m->options);
	snprintf(e->optional, sizeof(e->optional), "%s", m->optional);
	snprintf(e->type, sizeof(e->type), "%s", m->type);
}

bool mountinfo_next(FILE *f, struct mount_entry *e)
{
	auto_free char *line = NULL;
	struct mount_line m;
	size_t size = 0;

	while (f && getline(&line, &size, f) > 0)
		if (mountline_parse(line, &m)) {
			copy(&m, e);
			return true;
		}
	return false;
}

int box_look(const struct session *s, const char *path)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC,
			       .resolve = path[0] == '/' ? RESOLVE_IN_ROOT : 0};
	auto_close int base = -1;
	char proc[64];

	box_proc(s, proc, sizeof(proc), path[0] == '/' ? "root" : "cwd");
	base = open(proc, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return base < 0 ? -1 : (int)syscall(SYS_openat2, base, path, &how, sizeof(how));
}

int box_stat(const struct session *s, const char *path, struct stat *st)
{
	auto_close int fd = box_look(s, path);

	return fd < 0 ? -1 : fstat(fd, st);
}

static int look_x(const struct session *s, const char *path, struct statx *stx)
{
	auto_close int fd = box_look(s, path);

	return fd < 0 ? -1 : statx(fd, "", AT_EMPTY_PATH, STATX_MNT_ID, stx);
}

bool box_is_mount_point(const struct session *s, const char *path)
{
	struct statx stx;

	return look_x(s, path, &stx) == 0 && (stx.stx_attributes & STATX_ATTR_MOUNT_ROOT);
}

int mountinfo_at(const struct session *s, const char *path, struct mount_entry *e)
{
	auto_fclose FILE *f = mountinfo_open(s);
	struct statx stx;

	if (look_x(s, path, &stx) < 0 || !(stx.stx_mask & STATX_MNT_ID))
		return -1;
	while (mountinfo_next(f, e))
		if ((uint64_t)e->id == stx.stx_mnt_id)
			return 0;
	return -1;
}

int mountinfo_of_device(const struct session *s, const char *device, struct mount_entry *e)
{
	auto_fclose FILE *f = mountinfo_open(s);

	while (mountinfo_next(f, e))
		if (!strcmp(e->device, device))
			return 0;
	return -1;
}

static ssize_t read_link(const char *path, char *buf)
{
	ssize_t n = readlink(path, buf, PATH_MAX - 1);

	buf[n < 0 ? 0 : n] = '\0';
	return n;
}

/* The path from the box's root to what is at path, as mountinfo has it. */
static int absolute(const struct session *s, const char *path, char *out)
{
	auto_close int fd = box_look(s, path);
	char proc[64], root[PATH_MAX];
	size_t n;

	box_proc(s, proc, sizeof(proc), "root");
	if (fd < 0 || read_link(proc, root) < 0)
		return -1;
	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	if (read_link(proc, out) < 0)
		return -1;
	n = strlen(root);
	if (n > 1 && !strncmp(out, root, n) && (!out[n] || out[n] == '/'))
		memmove(out, out + n, strlen(out + n) + 1);
	return 0;
}

int mountinfo_below(const struct session *s, const struct mount_entry *on, const char *path,
		    struct mount_entry *e)
{
	auto_fclose FILE *f = mountinfo_open(s);
	char name[PATH_MAX];
	size_t n;

	if (absolute(s, path, name) < 0)
		return -1;
	path = name;
	n = strlen(path);
	while (n && path[n - 1] == '/')
		n--;
	while (mountinfo_next(f, e))
		if (e->parent == on->id && !strncmp(e->point, path, n) && e->point[n] == '/' &&
		    strcmp(e->point, on->point) != 0)
			return 0;
	return -1;
}
