/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ID maps of a process's user namespace (user_namespaces(7)), and its IDs,
 * both read from /proc/PID as whoever reads sees them: the outer numbers of a
 * map are those of the reader's user namespace.
 */
#ifndef CTRSH_OPS_NAMESPACES_IDMAP_H
#define CTRSH_OPS_NAMESPACES_IDMAP_H

#include <stdbool.h>
#include <sys/types.h>

#define IDMAP_ROWS 340 /* since Linux 4.15; before it was 5 */

struct idmap {
	int n;
	struct {
		unsigned in, out, count;
	} row[IDMAP_ROWS];
};

/* file: uid_map or gid_map. 0; -1: it cannot be read. */
int idmap_read(pid_t pid, const char *file, struct idmap *m);

/* The same from its text. */
void idmap_parse(const char *text, struct idmap *m);

/* It can be read, and no map was written yet. */
bool idmap_is_empty(pid_t pid, const char *file);

/* Does /proc/PID/setgroups say this: "allow" or "deny"? */
bool idmap_setgroups(pid_t pid, const char *word);

bool idmap_has_in(const struct idmap *m, unsigned id);
bool idmap_has_out(const struct idmap *m, unsigned id);

/* "0 1000 1, 1 100000 65536", cut when it does not fit; "empty" for none. */
const char *idmap_text(const struct idmap *m, char *buf, unsigned size);

/* The effective user and group ID of a process. false: no such process. */
bool idmap_ids(pid_t pid, uid_t *uid, gid_t *gid);

#endif
