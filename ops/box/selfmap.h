/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program in memory, independent of the file that it was executed from.
 */
#ifndef CTRSH_OPS_SELFMAP_H
#define CTRSH_OPS_SELFMAP_H

/* Afterwards nothing of the program's file is mapped (libraries are). Only for a
 * process with a single thread. 0 or -1; after -1 a part may be as before, and
 * all goes on in any case. */
int selfmap_detach(void);

#endif
