/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The options of cgroup2 as a whole. There is one file system of it, and a mount
 * made in the first cgroup namespace sets its options for the machine: what the
 * mounter leaves out (nsdelegate, memory_recursiveprot) is switched off
 * (cgroup-v2.rst, "Mounting"; elsewhere they are ignored).
 */
#ifndef CTRSH_OPS_FILES_CGROUPWORDS_H
#define CTRSH_OPS_FILES_CGROUPWORDS_H

/* The words of cgroup2, NULL at the end. */
extern const char *const cgroup2_words[];

/* As systemd mounts it. */
#define CGROUP2_MOUNT "mount -t cgroup2 -o nsdelegate,memory_recursiveprot none /sys/fs/cgroup"

/* Those in force, "a,b", in buf; it is empty if there are none or no cgroup2 is mounted here. */
void cgroup2_in_force(char *buf, unsigned size);

#endif
