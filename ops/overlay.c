/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mount overlay: directories seen through each other; what is written goes to
 * the upper one (Documentation/filesystems/overlayfs.rst). Without upper= that
 * is thrown away: it lies in a tmpfs that is mounted at DIR and that the
 * overlay then covers, as the kernel asks for an upper layer that is mounted
 * somewhere in the caller's namespace.
 */
#include "overlay.h"

#include <limits.h>
#include <linux/mount.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "auto.h"
#include "box.h"
#include "libmount.h"
#include "mountdiag.h"
#include "mountfs.h"
#include "ns.h"
#include "sys.h"
#include "syscontext.h"
#include "sysmount.h"
#include "target.h"

#define DETACH       2           /* MNT_DETACH of <sys/mount.h>, umount2(2) */
#define INITIAL_USER 4026531837U /* PROC_USER_INIT_INO, the first user namespace */

int overlay_words(char **argv, struct overlay_words *w, const char **twice)
{
	*w = (struct overlay_words){.dir = argv[1]};
	for (int i = 2; argv[i]; i++) {
		const char **slot = &w->options;
		size_t n = 0;

		if (!strncmp(argv[i], "lower=", 6)) {
			slot = &w->lower;
			n = 6;
		} else if (!strncmp(argv[i], "upper=", 6)) {
			slot = &w->upper;
			n = 6;
		} else if (!strncmp(argv[i], "work=", 5)) {
			slot = &w->work;
			n = 5;
		}
		*twice = argv[i];
		if (*slot)
			return -1;
		*slot = argv[i] + n;
	}
	return 0;
}

bool overlay_next_lower(const char **rest, char *buf, unsigned size)
{
	unsigned n = 0;

	if (!**rest)
		return false;
	for (; **rest && **rest != ':'; ++*rest) {
		if (**rest == '\\' && (*rest)[1])
			++*rest;
		if (n + 1 < size)
			buf[n++] = **rest;
	}
	buf[n] = '\0';
	*rest += **rest == ':';
	return true;
}

static int check(int argc, char **argv, struct err *err)
{
	struct mount_words m;
	struct overlay_words w;
	const char *twice;

	(void)argc;
	if (overlay_words(argv, &w, &twice) < 0)
		return err_usage(err, "mount overlay: one too many: %.200s", twice);
	if (!w.lower || !*w.lower)
		return err_usage(err, "mount overlay: which directories? lower=DIR[:DIR...]");
	if (!w.upper != !w.work) {
		err_usage(err, "mount overlay: %s= is missing", w.upper ? "work" : "upper");
		err_why(err,
			"what is written is prepared in an empty directory on the same file "
			"system as the upper one; without both it is thrown away");
		return -1;
	}
	return mount_words(argv[0], w.options, &m, err);
}

/* In a user namespace an overlay may not set trusted.* attributes; user.* will do. */
static const char *more_data(struct call *c, const char *data)
{
	ino_t user = ns_id(c->session->box.pid, ns_find("user"));

	return user && user != INITIAL_USER && !strstr(data, "userxattr") ? "userxattr" : "";
}

static int host(struct call *c)
{
	struct overlay_words w;
	struct mount_words m;
	struct call sub = *c;
	const char *more;
	char flags[32], data[2 * MOUNT_DATA];

	overlay_words(c->argv, &w, &more);
	if (mount_words(c->op->name, w.options, &m, c->err) < 0)
		return -1;
	more = more_data(c, m.data);
	snprintf(flags, sizeof(flags), "%lu", m.set);
	snprintf(data, sizeof(data), "%s%s%s", m.data, *m.data && *more ? "," : "", more);
	sub.argv = (char *[]){c->argv[0],
			      (char *)w.dir,
			      (char *)w.lower,
			      (char *)(w.upper ? w.upper : ""),
			      (char *)(w.work ? w.work : ""),
			      flags,
			      data,
			      NULL};
	sub.argc = 7;
	return box_ask(&sub);
}

/* ,key=value; a comma within is escaped, as overlay reads it. */
static void append(char *buf, unsigned size, const char *key, const char *value)
{
	unsigned n = (unsigned)strlen(buf);

	n += (unsigned)snprintf(buf + n, size - n, "%s%s=", n ? "," : "", key);
	for (; *value && n + 3 < size; value++) {
		if (*value == ',')
			buf[n++] = '\\';
		buf[n++] = *value;
	}
	buf[n] = '\0';
}

static int mount_layers(struct call *c, const char *at, const char *upper, const char *work)
{
	char data[2 * MOUNT_DATA] = "";
	const char *more = c->argv[6];

	append(data, sizeof(data), "lowerdir", c->argv[2]);
	append(data, sizeof(data), "upperdir", upper);
	append(data, sizeof(data), "workdir", work);
	if (strlen(data) + strlen(more) + 1 >= MOUNT_DATA)
		return err_usage(c->err, "mount overlay: the kernel takes %d bytes of paths",
				 MOUNT_DATA - 1);
	if (*more)
		snprintf(data + strlen(data), sizeof(data) - strlen(data), ",%s", more);
	return sys_mount(c, "overlay", at, "overlay", strtoul(c->argv[5], NULL, 10), data);
}

/* A tmpfs at the target, with the directories upper and work. Its descriptor. */
static int throw_away(struct call *c, int target)
{
	auto_close int context = sys_fsopen(c, "tmpfs"), top = -1;

	if (context < 0 || sys_fsconfig_set(c, context, "mode", "0755") < 0 ||
	    sys_fsconfig_create(c, context) < 0)
		return -1;
	top = sys_fsmount(c, context, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
	if (top < 0 || sys_mkdirat(c, top, "upper", 0755) < 0 ||
	    sys_mkdirat(c, top, "work", 0755) < 0 || sys_move_mount(c, top, target) < 0)
		return -1;
	return steal_fd(&top);
}

static int box(struct call *c)
{
	const char *dir = c->argv[1];
	char at[PATH_MAX], upper[PATH_MAX + 8], work[PATH_MAX + 8];
	auto_target t = TARGET_CLOSED;
	auto_close int top = -1;
	struct err first;

	if (target_open(c, dir, &t) < 0)
		return -1;
	if (*c->argv[3])
		return mount_layers(c, t.name, c->argv[3], c->argv[4]);
	top = throw_away(c, t.fd);
	if (top < 0)
		return -1;
	if (t.name == t.self)
		snprintf(at, sizeof(at), "/proc/self/fd/%d", top);
	else
		snprintf(at, sizeof(at), "%s", dir);
	snprintf(upper, sizeof(upper), "%s/upper", at);
	snprintf(work, sizeof(work), "%s/work", at);
	if (mount_layers(c, at, upper, work) == 0)
		return 0;
	first = *c->err;
	sys_umount(c, at, DETACH);
	*c->err = first;
	return -1;
}

static const char *const words[] = {"lower=", "upper=", "work=", NULL};

const struct op op_mount_overlay = {
	.name = "mount overlay",
	.usage = "mount overlay [--host] DIR lower=DIR[:DIR...] [upper=DIR work=DIR] [OPTIONS]",
	.summary = "directories seen through each other, writes kept apart",
	.detail =
		"DIR shows the lower directories, the first on top, and above them the upper one,\n"
		"which takes all that is written; work is an empty directory on the same file system.\n"
		"Without these two, what is written is thrown away: it goes to a tmpfs that is\n"
		"mounted at DIR first, holds upper and work, and is covered by the overlay (so two\n"
		"umounts show DIR as it was). In a name \\: is a colon. In a user namespace the word\n"
		"userxattr is added. OPTIONS is a list as ro,metacopy=on.\n"
		"See mount(8), overlayfs.rst in the kernel's documentation.",
	.argmin = 2,
	.argmax = 5,
	.changes = CLONE_NEWNS,
	.args = {{ARG_DIR, NULL}, {ARG_WORD, words}},
	.check = check,
	.host = host,
	.box = box,
	.diagnose = mount_overlay_diagnose,
};
