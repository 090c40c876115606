/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every op, in the order in which a container is built. To add one: write its
 * file, name it here.
 */
#include "ops/table.h"

#include <string.h>

#define OPS(X)                                                                                     \
	X(unshare)                                                                                 \
	X(map_root)                                                                                \
	X(map_self)                                                                                \
	X(map_auto)                                                                                \
	X(map_uid)                                                                                 \
	X(map_gid)                                                                                 \
	X(map_setgroups)                                                                           \
	X(join)                                                                                    \
	X(keep)                                                                                    \
	X(unkeep)                                                                                  \
	X(hostname)                                                                                \
	X(cgroup_pids)                                                                             \
	X(cgroup_memory)                                                                           \
	X(cgroup_cpu)                                                                              \
	X(cgroup_cpuset)                                                                           \
	X(cgroup_io)                                                                               \
	X(cgroup_devices)                                                                          \
	X(cgroup_weight)                                                                           \
	X(cgroup)                                                                                  \
	X(cgroup_show)                                                                             \
	X(cgroup_freeze)                                                                           \
	X(cgroup_thaw)                                                                             \
	X(cgroup_kill)                                                                             \
	X(rlimit)                                                                                  \
	X(nice)                                                                                    \
	X(sched)                                                                                   \
	X(ioprio)                                                                                  \
	X(mempolicy)                                                                               \
	X(oom_score_adj)                                                                           \
	X(personality)                                                                             \
	X(sysctl)                                                                                  \
	X(chroot)                                                                                  \
	X(cd)                                                                                      \
	X(mount_proc)                                                                              \
	X(mount_sysfs)                                                                             \
	X(mount_tmpfs)                                                                             \
	X(mount_devpts)                                                                            \
	X(mount_mqueue)                                                                            \
	X(mount_cgroup2)                                                                           \
	X(mount_dev)                                                                               \
	X(mount_bind)                                                                              \
	X(mount_rbind)                                                                             \
	X(mount_idmap)                                                                             \
	X(mount_overlay)                                                                           \
	X(mount)                                                                                   \
	X(remount)                                                                                 \
	X(propagation)                                                                             \
	X(umount)                                                                                  \
	X(mask)                                                                                    \
	X(mask_default)                                                                            \
	X(pivot_root)                                                                              \
	X(mkdir)                                                                                   \
	X(mknod)                                                                                   \
	X(symlink)                                                                                 \
	X(setenv)                                                                                  \
	X(unsetenv)                                                                                \
	X(net_up)                                                                                  \
	X(net_down)                                                                                \
	X(net_veth)                                                                                \
	X(net_bridge)                                                                              \
	X(net_move)                                                                                \
	X(net_macvlan)                                                                             \
	X(net_ipvlan)                                                                              \
	X(net_mac)                                                                                 \
	X(net_addr)                                                                                \
	X(net_route)                                                                               \
	X(net_show)                                                                                \
	X(caps_drop)                                                                               \
	X(caps_keep)                                                                               \
	X(caps_default)                                                                            \
	X(caps_ambient)                                                                            \
	X(caps_securebits)                                                                         \
	X(caps_show)                                                                               \
	X(no_new_privs)                                                                            \
	X(keyring)                                                                                 \
	X(label)                                                                                   \
	X(seccomp_default)                                                                         \
	X(seccomp_deny)                                                                            \
	X(seccomp_allow)                                                                           \
	X(seccomp_log)                                                                             \
	X(seccomp_kill)                                                                            \
	X(seccomp_trap)                                                                            \
	X(seccomp_notify)                                                                          \
	X(seccomp_load)                                                                            \
	X(seccomp_show)                                                                            \
	X(umask)                                                                                   \
	X(groups)                                                                                  \
	X(setgid)                                                                                  \
	X(setuid)                                                                                  \
	X(user)                                                                                    \
	X(run)                                                                                     \
	X(exec)

#define DECLARE(name) extern const struct op op_##name;
#define ENTRY(name)   &op_##name,
OPS(DECLARE)
const struct op *const op_table[] = {OPS(ENTRY) NULL};

#define N_OPS (sizeof(op_table) / sizeof(op_table[0]) - 1)

const struct op *table_find(const char *name)
{
	for (const struct op *const *op = op_table; *op; op++)
		if (!strcmp((*op)->name, name))
			return *op;
	return NULL;
}

const struct op *table_at(unsigned place)
{
	return place < N_OPS ? op_table[place] : NULL;
}

unsigned table_place(const struct op *op)
{
	unsigned i = 0;

	while (op_table[i] && op_table[i] != op)
		i++;
	return i;
}
