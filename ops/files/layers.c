/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An overlay is mounted (mount(2)). Its throw-away layer is a tmpfs, attached
 * at DIR by its descriptor and then covered by the overlay: the kernel takes an
 * upper layer only from a mount that is in the caller's namespace. A lower
 * directory that the tmpfs would cover (DIR itself, say) is brought into it, as
 * a bind mount.
 */
#include "ops/files/layers.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/mount.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/files/libmount.h"
#include "ops/files/overlay.h"
#include "ops/files/target.h"
#include "ops/files/within.h"
#include "ops/sys/sys.h"
#include "ops/sys/syscontext.h"
#include "ops/sys/sysmount.h"

#define DETACH 2   /* MNT_DETACH of <sys/mount.h>, umount2(2) */
#define LOWERS 500 /* OVL_MAX_STACK of the kernel */
#define NAME   32
#define DATA   (2 * MOUNT_DATA)

struct layers {
	char at[PATH_MAX]; /* a name for the top of the tmpfs */
	int top;           /* and a descriptor */
	int n;
	int covered[LOWERS]; /* copies of lower directories; -1: it needs none */
};

/* value, with what is special to overlay escaped. */
static void append(char *buf, const char *value, const char *special)
{
	size_t n = strlen(buf);

	for (; *value && n + 3 < DATA; value++) {
		if (strchr(special, *value))
			buf[n++] = '\\';
		buf[n++] = *value;
	}
	buf[n] = '\0';
}

static int mount_layers(struct call *c, const char *at, char *data, const char *upper,
			const char *work)
{
	append(data, ",upperdir=", "");
	append(data, upper, ",");
	append(data, ",workdir=", "");
	append(data, work, ",");
	append(data, *c->argv[6] ? "," : "", "");
	append(data, c->argv[6], "");
	if (strlen(data) >= MOUNT_DATA)
		return err_usage(c->err, "mount overlay: the kernel takes %d bytes of paths",
				 MOUNT_DATA - 1);
	return sys_mount(c, "overlay", at, "overlay", strtoul(c->argv[5], NULL, 10), data);
}

/* Copies of those lower directories that lie at or below the target. */
static int copy_covered(struct call *c, int target, struct layers *l)
{
	const char *rest = c->argv[2];
	char dir[PATH_MAX];

	while (overlay_next_lower(&rest, dir, sizeof(dir))) {
		auto_close int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);

		if (l->n == LOWERS)
			return err_usage(c->err, "mount overlay: more than %d directories", LOWERS);
		l->covered[l->n++] = -1;
		if (fd < 0 || !is_within(target, fd))
			continue;
		l->covered[l->n - 1] = sys_open_tree(c, AT_FDCWD, dir, false);
		if (l->covered[l->n - 1] < 0)
			return -1;
	}
	return 0;
}

static int attach_tmpfs(struct call *c, int target, struct layers *l)
{
	auto_close int context = sys_fsopen(c, "tmpfs");

	if (context < 0 || sys_fsconfig_set(c, context, "mode", "0755") < 0 ||
	    sys_fsconfig_create(c, context) < 0)
		return -1;
	l->top = sys_fsmount(c, context, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
	if (l->top < 0 || sys_mkdirat(c, l->top, "upper", 0755) < 0 ||
	    sys_mkdirat(c, l->top, "work", 0755) < 0)
		return -1;
	return sys_move_mount(c, l->top, target);
}

static int bring_in(struct call *c, const struct layers *l, int i)
{
	auto_target t = TARGET_CLOSED;
	char name[NAME];

	snprintf(name, sizeof(name), "lower%d", i + 1);
	if (sys_mkdirat(c, l->top, name, 0755) < 0 || target_below(c, l->top, name, &t) < 0)
		return -1;
	return sys_move_mount(c, l->covered[i], t.fd);
}

static int mount_over(struct call *c, const struct layers *l)
{
	char data[DATA] = "lowerdir=", upper[PATH_MAX + NAME], work[PATH_MAX + NAME];
	char dir[PATH_MAX + NAME];
	const char *rest = c->argv[2];

	for (int i = 0; overlay_next_lower(&rest, dir, PATH_MAX); i++) {
		if (l->covered[i] >= 0 && bring_in(c, l, i) < 0)
			return -1;
		if (l->covered[i] >= 0)
			snprintf(dir, sizeof(dir), "%s/lower%d", l->at, i + 1);
		append(data, i ? ":" : "", "");
		append(data, dir, "\\:,");
	}
	snprintf(upper, sizeof(upper), "%s/upper", l->at);
	snprintf(work, sizeof(work), "%s/work", l->at);
	return mount_layers(c, l->at, data, upper, work);
}

static int throw_away(struct call *c, const struct target *t, struct layers *l)
{
	struct err first;

	if (copy_covered(c, t->fd, l) < 0 || attach_tmpfs(c, t->fd, l) < 0)
		return -1;
	if (t->name == t->self)
		snprintf(l->at, sizeof(l->at), "/proc/self/fd/%d", l->top);
	else
		snprintf(l->at, sizeof(l->at), "%s", t->name);
	if (mount_over(c, l) == 0)
		return 0;
	first = *c->err;
	sys_umount(c, l->at, DETACH);
	*c->err = first;
	return -1;
}

static void close_layers(struct layers *l)
{
	if (l->top >= 0)
		close(l->top);
	for (int i = 0; i < l->n; i++)
		if (l->covered[i] >= 0)
			close(l->covered[i]);
}

int layers_box(struct call *c)
{
	__attribute__((cleanup(close_layers))) struct layers l = {.top = -1};
	char data[DATA] = "lowerdir=";
	auto_target t = TARGET_CLOSED;

	if (target_open(c, c->argv[1], &t) < 0)
		return -1;
	if (!*c->argv[3])
		return throw_away(c, &t, &l);
	append(data, c->argv[2], ",");
	return mount_layers(c, t.name, data, c->argv[3], c->argv[4]);
}
