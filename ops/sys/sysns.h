/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * More of the thin layer (sys.h): the calls by which namespaces are joined,
 * kept and given their IDs and clocks.
 */
#ifndef CTRSH_OPS_SYS_SYSNS_H
#define CTRSH_OPS_SYS_SYSNS_H

#include <sys/types.h>

#include "ops/op.h"

/* open(2); a file that it creates may be read by all. O_CLOEXEC is added. */
int sysns_open(struct call *c, const char *path, int flags);

/* One write(2) of the whole text; name is the file's. */
int sysns_write(struct call *c, int fd, const char *name, const char *text);

int sysns_pidfd_open(struct call *c, pid_t pid);
int sysns_unlink(struct call *c, const char *path);

#endif
