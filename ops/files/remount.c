/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * remount: other options for a mount that is there. ro, nosuid, … are
 * attributes of this mount alone (mount_setattr(2)); words such as size=2m
 * change the file system (fspick(2)), wherever it is mounted: so they are
 * refused for one that the host has mounted as well. `mount -o remount,ro`
 * would do the latter for ro too, and take the host's root along.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/files/libmount.h"
#include "ops/files/mountdiag.h"
#include "ops/files/mountfs.h"
#include "ops/files/mountinfo.h"
#include "ops/files/target.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/sys/syscontext.h"
#include "ops/sys/sysmount.h"

#define RECURSIVE "--recursive"

static const char *const options[] = {RECURSIVE, NULL};

static bool is_recursive(char **argv)
{
	return !strcmp(argv[1], RECURSIVE);
}

static int words(const char *name, const char *text, struct mount_words *w,
		 struct mount_attributes *a, struct err *err)
{
	if (mount_words(name, text, w, err) < 0)
		return -1;
	if (mount_attributes(w, a) == 0)
		return 0;
	err_usage(err, "%s: not of one mount, but of its whole file system: %.200s", name, text);
	return -1;
}

static int check(int argc, char **argv, struct err *err)
{
	struct mount_attributes a;
	struct mount_words w;

	if (words(argv[0], argv[argc - 1], &w, &a, err) < 0)
		return -1;
	if (is_recursive(argv) && *w.data)
		return err_usage(err, "%s: for one file system only: %.200s", argv[0], w.data);
	return 0;
}

/* Would the host's view of it change? */
static int spare_host(struct call *c, const char *data)
{
	struct mount_entry here, there;

	if (mountinfo_at(c->session, c->argv[c->argc - 2], &here) < 0 ||
	    mountinfo_of_device(NULL, here.device, &there) < 0)
		return 0;
	err_order(c->err, "remount: refused: %.100s would change for the host too", data);
	err_why(c->err, "the host has the same file system mounted, at %.200s", there.point);
	err_fix(c->err,
		"mount one of the box's own, or change it there: !mount -o remount,%.100s "
		"%.200s",
		data, there.point);
	return -1;
}

static int host(struct call *c)
{
	char set[32], clear[32], *dir = c->argv[c->argc - 2];
	struct mount_attributes a;
	struct mount_words w;
	struct call sub = *c;

	if (words(c->op->name, c->argv[c->argc - 1], &w, &a, c->err) < 0 ||
	    (*w.data && spare_host(c, w.data) < 0))
		return -1;
	snprintf(set, sizeof(set), "%llu", (unsigned long long)a.set);
	snprintf(clear, sizeof(clear), "%llu", (unsigned long long)a.clear);
	sub.argv = (char *[]){c->argv[0], dir, set, clear, is_recursive(c->argv) ? RECURSIVE : "",
			      w.data,     NULL};
	sub.argc = 6;
	return box_ask(&sub);
}

static int reconfigure(struct call *c, int fd, const char *data)
{
	auto_close int context = sys_fspick(c, fd);

	if (context < 0 || context_set_all(c, context, data) < 0)
		return -1;
	return sys_fsconfig_reconfigure(c, context);
}

static int box(struct call *c)
{
	uint64_t set = strtoull(c->argv[2], NULL, 10), clear = strtoull(c->argv[3], NULL, 10);
	bool recursive = *c->argv[4] != '\0';
	const char *data = c->argv[5];
	auto_target t = TARGET_CLOSED;

	if (target_open(c, c->argv[1], &t) < 0)
		return -1;
	if ((set | clear) && sys_mount_setattr(c, t.fd, recursive, set, clear) < 0)
		return -1;
	return *data ? reconfigure(c, t.fd, data) : 0;
}

const struct op op_remount = {
	.name = "remount",
	.usage = "remount [--host] [--recursive] DIR OPTIONS",
	.summary = "change the options of a mount",
	.detail =
		"ro, rw, nosuid, nodev, noexec, noatime and the like change this mount alone, other\n"
		"mounts of the same file system keep theirs; --recursive: those below it as well.\n"
		"Words for the file system, as size=32m, change it wherever it is mounted; refused\n"
		"where that includes the host. What came locked from a more privileged namespace\n"
		"cannot be loosened. See mount_setattr(2), fspick(2), mount_namespaces(7).",
	.argmin = 2,
	.argmax = 2,
	.changes = CLONE_NEWNS,
	.options = options,
	.args = {{ARG_FILE, NULL}, {ARG_WORD, mount_option_words}},
	.check = check,
	.host = host,
	.box = box,
	.diagnose = mount_change_diagnose,
};
