/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * umount: takes the topmost mount off a directory (umount2(2)). A descriptor of
 * it would keep it busy, so with the host's root its parent is held, and its
 * last name is not followed.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>

#include "mountdiag.h"
#include "ns.h"
#include "sys.h"
#include "target.h"

#define LAZY "--lazy"

static const char *const options[] = {LAZY, NULL};

/* Without a last name: /, ., .. */
static bool is_nameless(const char *dir)
{
	return !dir[strspn(dir, "/")] || !strcmp(dir, ".") || !strcmp(dir, "..");
}

static int box(struct call *c)
{
	int flags = strcmp(c->argv[1], LAZY) != 0 ? 0 : MNT_DETACH;
	char room[PATH_MAX], name[PATH_MAX + 32];
	const char *dir = c->argv[c->argc - 1], *last;
	auto_target t = TARGET_CLOSED;

	if (is_nameless(dir))
		return sys_umount(c, dir, flags);
	if (!strchr(dir + strspn(dir, "/"), '/')) /* it passes through nothing */
		return sys_umount(c, dir, flags | UMOUNT_NOFOLLOW);
	if (target_parent(c, dir, room, &t, &last) < 0)
		return -1;
	if (t.name != t.self)
		return sys_umount(c, dir, flags);
	snprintf(name, sizeof(name), "%s/%s", t.self, last);
	return sys_umount(c, name, flags | UMOUNT_NOFOLLOW);
}

const struct op op_umount = {
	.name = "umount",
	.usage = "umount [--host] [--lazy] DIR",
	.summary = "take a mount off DIR",
	.detail =
		"Removes the topmost mount at DIR from the box's mount namespace. While it is in use,\n"
		"or something is mounted below it, that is refused; --lazy takes it out of sight at\n"
		"once, with all below it, and lets it go when nobody uses it any more.\n"
		"Refused while the box shares the host's mounts; --host insists. See umount2(2).",
	.argmin = 1,
	.argmax = 1,
	.changes = CLONE_NEWNS,
	.options = options,
	.args = {{ARG_FILE, NULL}},
	.box = box,
	.diagnose = umount_diagnose,
};
