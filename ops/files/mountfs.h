/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the ops "mount proc", "mount tmpfs", … and the plain "mount" have in
 * common: a file system of some type appears at a directory (mount(2)).
 */
#ifndef CTRSH_OPS_FILES_MOUNTFS_H
#define CTRSH_OPS_FILES_MOUNTFS_H

#include "ops/op.h"

/* The words of an op "mount TYPE", and of "mount TYPE SRC DIR [OPTIONS]". */
struct mount_request {
	const char *type, *src, *dir, *options; /* options: NULL for none */
	unsigned long flags;
	char in_force[200]; /* room for mount_base_data() */
};
void mount_request(const struct op *op, char **argv, struct mount_request *r);

/* What is said to the file system before the person's own words: what the kind wants, in the box
 * as it is, for what is not mapped there the kernel refuses; and of cgroup2 what holds for the
 * machine (cgroupwords.h). */
const char *mount_base_data(struct call *c, struct mount_request *r);

int mount_fs_check(int argc, char **argv, struct err *err);
int mount_fs_host(struct call *c);
int mount_fs_box(struct call *c);

/* The words for options, for completion. */
extern const char *const mount_option_words[];

#endif
