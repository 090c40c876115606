/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What /proc/PID/exe of the box leads to. The box is ctrsh, and a program beside
 * it, or one that is a link to /proc/self/exe, would find the program file on
 * the host there, open it, and could write to it once nobody executes it any
 * more (CVE-2019-5736). So before the box gets a root with foreign files in it,
 * the link leads to an empty file in memory.
 */
#ifndef CTRSH_OPS_BOX_SELFEXE_H
#define CTRSH_OPS_BOX_SELFEXE_H

#include <stdbool.h>

/* In the box, as it begins; and where that was not allowed, as in a plain user's,
 * before it gets another root. Once done it is done, for its children too. Needs
 * CAP_SYS_ADMIN or CAP_CHECKPOINT_RESTORE in the box's user namespace, as does
 * the mount of a /proc that could show the link. false: it leads to the program as
 * before. */
bool selfexe_hide(void);

#endif
