/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mounts that the box has in common with the host by propagation: what is
 * mounted below one appears below the other (mount_namespaces(7)).
 */
#ifndef CTRSH_OPS_FILES_PEERS_H
#define CTRSH_OPS_FILES_PEERS_H

#include <stdbool.h>

#include "ops/box/session.h"

/* Is a mount of the box in the same peer group as one of the host? Then where
 * the box sees it is in point (size bytes). */
bool peers_with_host(const struct session *s, char *point, unsigned size);

#endif
