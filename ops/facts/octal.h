/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_OPS_FACTS_OCTAL_H
#define CTRSH_OPS_FACTS_OCTAL_H

/* In place: \040 and the like of mountinfo become the characters they stand for
 * (proc_pid_mountinfo(5)). */
void octal_decode(char *s);

#endif
