/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How each way is looked at, from outside. All have the shape of way.look.
 */
#ifndef CTRSH_OPS_AUDIT_LOOK_H
#define CTRSH_OPS_AUDIT_LOOK_H

#include "ops/audit/audit.h"

/* files.c */
void look_root(const struct audit *a, struct finding *f);
void look_working(const struct audit *a, struct finding *f);
void look_descriptors(const struct audit *a, struct finding *f);

/* mounts.c */
void look_mounts(const struct audit *a, struct finding *f);
void look_propagation(const struct audit *a, struct finding *f);
void look_disk_space(const struct audit *a, struct finding *f);

/* kernel.c */
void look_disk(const struct audit *a, struct finding *f);
void look_memory(const struct audit *a, struct finding *f);
void look_settings(const struct audit *a, struct finding *f);
void look_sysrq(const struct audit *a, struct finding *f);
void look_sysfs(const struct audit *a, struct finding *f);
void look_cgroupfs(const struct audit *a, struct finding *f);
void look_log(const struct audit *a, struct finding *f);

/* privilege.c */
void look_sys_admin(const struct audit *a, struct finding *f);
void look_modules(const struct audit *a, struct finding *f);
void look_raw_io(const struct audit *a, struct finding *f);
void look_handles(const struct audit *a, struct finding *f);
void look_bpf(const struct audit *a, struct finding *f);
void look_boot(const struct audit *a, struct finding *f);
void look_clock(const struct audit *a, struct finding *f);
void look_net_admin(const struct audit *a, struct finding *f);
void look_user(const struct audit *a, struct finding *f);
void look_new_privs(const struct audit *a, struct finding *f);
void look_seccomp(const struct audit *a, struct finding *f);
void look_calls(const struct audit *a, struct finding *f);
void look_new_userns(const struct audit *a, struct finding *f);

/* others.c */
void look_processes(const struct audit *a, struct finding *f);
void look_proc(const struct audit *a, struct finding *f);
void look_signals(const struct audit *a, struct finding *f);
void look_ptrace(const struct audit *a, struct finding *f);
void look_network(const struct audit *a, struct finding *f);
void look_ipc(const struct audit *a, struct finding *f);
void look_uts(const struct audit *a, struct finding *f);
void look_time(const struct audit *a, struct finding *f);
void look_environment(const struct audit *a, struct finding *f);

/* groupnames.c */
void look_cgroup(const struct audit *a, struct finding *f);

/* terminal.c */
void look_terminal(const struct audit *a, struct finding *f);

/* unix.c */
void look_abstract(const struct audit *a, struct finding *f);
void look_sockets(const struct audit *a, struct finding *f);

/* gains.c */
void look_setuid(const struct audit *a, struct finding *f);

/* secrets.c: the names of variables in env (NAME=VALUE, each with its NUL) that look like
 * keys, as a list. How many there are. */
unsigned secrets_names(const char *env, size_t len, char *buf, size_t size);

/* bounds.c */
void look_pids(const struct audit *a, struct finding *f);
void look_memory_limit(const struct audit *a, struct finding *f);
void look_cpu(const struct audit *a, struct finding *f);
void look_open_files(const struct audit *a, struct finding *f);

/* mounts.c: file systems that each namespace has its own of, or that hold no files of
 * anybody, as other ways tell of them; is the file system of a mount one that we see, too,
 * and not there for it alone? */
bool audit_is_kernels(const char *type);
bool audit_is_hosts(const struct audit *a, const struct mount_entry *e);

#endif
