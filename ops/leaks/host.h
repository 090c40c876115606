/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The host as it is at one moment, in facts that can be compared later. Nothing
 * of it is read unless somebody wants to compare.
 */
#ifndef CTRSH_OPS_LEAKS_HOST_H
#define CTRSH_OPS_LEAKS_HOST_H

#include <stdbool.h>

#include "ops/facts/items.h"

enum host_fact { HOST_NAME, HOST_MOUNTS, HOST_LINKS, HOST_GROUPS, HOST_FACTS };

struct host_state {
	struct items facts[HOST_FACTS];
	struct items sysctls; /* path below /proc/sys, and the value before --host set it */
};

extern const char *const host_fact_names[];

/* Of this side: the namespaces that we are in. */
void host_read(struct host_state *h);
void host_release(struct host_state *h);

/* sysctl --host is about to set this key: what it was, unless it is known. */
void host_watch(struct host_state *h, const char *key);

/* The value of the parameter, without the newline, in buf. false: not to be read. */
bool host_sysctl(const char *path, char *buf, unsigned size);

#endif
