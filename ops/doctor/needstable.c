/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each op asks of the machine (capabilities(7) has most of it). A test
 * compares the names with those of the ops.
 */
#include "ops/doctor/needstable.h"

#include <string.h>

#include "ops/doctor/needs.h"
#include "ops/privilege/capname.h"
#include <sys/capability.h>

#define ADMIN CAP_BIT(CAP_SYS_ADMIN)
#define NET   CAP_BIT(CAP_NET_ADMIN)
#define IDS   (CAP_BIT(CAP_SETUID) | CAP_BIT(CAP_SETGID))

static const struct need needs[] = {
	{"unshare", 0, 0, NULL, 0},
	{"map root", 0, 0, NULL, 0},
	{"map self", 0, 0, NULL, 0},
	{"map auto", 0, 0, NULL, NEED_IDS},
	{"map uid", 0, 0, NULL, 0},
	{"map gid", 0, 0, NULL, 0},
	{"map setgroups", 0, 0, NULL, 0},
	{"join", ADMIN, 0, NULL, 0},
	{"keep", 0, ADMIN, NULL, 0},
	{"unkeep", 0, ADMIN, NULL, 0},
	{"hostname", ADMIN, 0, NULL, 0},
	{"cgroup pids", 0, 0, "pids", 0},
	{"cgroup memory", 0, 0, "memory", 0},
	{"cgroup cpu", 0, 0, "cpu", 0},
	{"cgroup cpuset", 0, 0, "cpuset", 0},
	{"cgroup io", 0, 0, "io", 0},
	{"cgroup devices", 0, ADMIN, "", 0},
	{"cgroup weight", 0, 0, "", 0},
	{"cgroup", 0, 0, "", 0},
	{"cgroup show", 0, 0, NULL, 0},
	{"cgroup freeze", 0, 0, NULL, 0},
	{"cgroup thaw", 0, 0, NULL, 0},
	{"cgroup kill", 0, 0, NULL, 0},
	{"rlimit", 0, 0, NULL, 0},
	{"nice", 0, 0, NULL, 0},
	{"sched", 0, 0, NULL, 0},
	{"ioprio", 0, 0, NULL, 0},
	{"mempolicy", 0, 0, NULL, 0},
	{"oom_score_adj", 0, 0, NULL, 0},
	{"personality", 0, 0, NULL, 0},
	{"sysctl", 0, 0, NULL, 0},
	{"chroot", CAP_BIT(CAP_SYS_CHROOT), 0, NULL, NEED_DIR | NEED_ROOT},
	{"cd", 0, 0, NULL, 0},
	{"mount proc", ADMIN, 0, NULL, NEED_DIR},
	{"mount sysfs", ADMIN, 0, NULL, NEED_DIR},
	{"mount tmpfs", ADMIN, 0, NULL, NEED_DIR | NEED_LIBMOUNT},
	{"mount devpts", ADMIN, 0, NULL, NEED_DIR},
	{"mount mqueue", ADMIN, 0, NULL, NEED_DIR},
	{"mount cgroup2", ADMIN, 0, NULL, NEED_DIR},
	{"mount dev", ADMIN, 0, NULL, NEED_DIR},
	{"mount bind", ADMIN, 0, NULL, NEED_DIR | NEED_LIBMOUNT},
	{"mount rbind", ADMIN, 0, NULL, NEED_DIR | NEED_LIBMOUNT},
	{"mount idmap", ADMIN, ADMIN, NULL, NEED_DIR | NEED_LIBMOUNT},
	{"mount overlay", ADMIN, 0, NULL, NEED_DIR | NEED_TREE | NEED_LIBMOUNT},
	{"mount", ADMIN, 0, NULL, NEED_LIBMOUNT},
	{"remount", ADMIN, 0, NULL, NEED_LIBMOUNT},
	{"propagation", ADMIN, 0, NULL, 0},
	{"umount", ADMIN, 0, NULL, 0},
	{"mask", ADMIN, 0, NULL, NEED_PERHAPS},
	{"mask default", ADMIN, 0, NULL, NEED_PERHAPS},
	{"pivot_root", ADMIN, 0, NULL, NEED_DIR | NEED_ROOT},
	{"mkdir", 0, 0, NULL, 0},
	{"mknod", 0, 0, NULL, 0},
	{"symlink", 0, 0, NULL, 0},
	{"setenv", 0, 0, NULL, 0},
	{"unsetenv", 0, 0, NULL, 0},
	{"net up", NET, 0, NULL, 0},
	{"net down", NET, 0, NULL, 0},
	{"net veth", 0, NET, NULL, 0},
	{"net bridge", 0, NET, NULL, 0},
	{"net move", 0, NET, NULL, 0},
	{"net macvlan", 0, NET, NULL, 0},
	{"net ipvlan", 0, NET, NULL, 0},
	{"net mac", NET, 0, NULL, 0},
	{"net addr", NET, 0, NULL, 0},
	{"net route", NET, 0, NULL, 0},
	{"net show", 0, 0, NULL, 0},
	{"caps drop", CAP_BIT(CAP_SETPCAP), 0, NULL, NEED_PERHAPS},
	{"caps keep", CAP_BIT(CAP_SETPCAP), 0, NULL, NEED_PERHAPS},
	{"caps default", CAP_BIT(CAP_SETPCAP), 0, NULL, NEED_PERHAPS},
	{"caps ambient", 0, 0, NULL, 0},
	{"caps securebits", CAP_BIT(CAP_SETPCAP), 0, NULL, 0},
	{"caps show", 0, 0, NULL, 0},
	{"no_new_privs", 0, 0, NULL, 0},
	{"keyring", 0, 0, NULL, 0},
	{"label", 0, 0, NULL, 0},
	{"seccomp default", 0, 0, NULL, NEED_FILTER},
	{"seccomp deny", 0, 0, NULL, NEED_FILTER},
	{"seccomp allow", 0, 0, NULL, NEED_FILTER},
	{"seccomp log", 0, 0, NULL, NEED_FILTER},
	{"seccomp kill", 0, 0, NULL, NEED_FILTER},
	{"seccomp trap", 0, 0, NULL, NEED_FILTER},
	{"seccomp notify", 0, 0, NULL, NEED_FILTER},
	{"seccomp load", 0, 0, NULL, NEED_FILTER},
	{"seccomp show", 0, 0, NULL, 0},
	{"umask", 0, 0, NULL, 0},
	{"groups", CAP_BIT(CAP_SETGID), 0, NULL, 0},
	{"setgid", CAP_BIT(CAP_SETGID), 0, NULL, NEED_PERHAPS},
	{"setuid", CAP_BIT(CAP_SETUID), 0, NULL, NEED_PERHAPS},
	{"user", IDS, 0, NULL, 0},
	{"run", 0, 0, NULL, 0},
	{"exec", 0, 0, NULL, 0},
	{NULL, 0, 0, NULL, 0},
};

const struct need *needs_of(const struct op *op)
{
	const struct need *n = needs;

	while (n->op && strcmp(n->op, op->name) != 0)
		n++;
	return n;
}

uint64_t needs_capabilities(void)
{
	uint64_t all = CAP_BIT(CAP_MKNOD);

	for (const struct need *n = needs; n->op; n++)
		all |= n->caps | n->host;
	return all;
}
