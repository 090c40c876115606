/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program in memory, independent of the file that it was executed from.
 */
#ifndef CTRSH_OPS_BOX_SELFMAP_H
#define CTRSH_OPS_BOX_SELFMAP_H

/* Afterwards nothing of the file that was executed is mapped (libraries are).
 * file: the same, opened by a way that may stay mapped, or -1: all is copied. Only
 * for a process with a single thread. 0 or -1; after -1 a part may be as before,
 * and all goes on in any case. */
int selfmap_detach(int file);

#endif
