/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Does one directory lie in another?
 */
#ifndef CTRSH_OPS_FILES_WITHIN_H
#define CTRSH_OPS_FILES_WITHIN_H

#include <stdbool.h>

/* Is the directory of descriptor fd that of dir, or somewhere below it? Both
 * may be O_PATH. The way up ends at the root. */
bool is_within(int dir, int fd);

#endif
