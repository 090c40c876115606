/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_OPS_BOX_CLOSEFROM_H
#define CTRSH_OPS_BOX_CLOSEFROM_H

/* Closes every descriptor from this one on; also before Linux 5.9, which has no
 * close_range(2). */
void close_from(int first);

#endif
