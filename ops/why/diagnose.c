/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One errno has many causes, so each of these looks before it speaks: at /proc/PID, /proc/sys, and
 * (diagcap.c, diagpath.c, diaglimit.c) further.
 */
#include "ops/why/diagnose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/session.h"
#include "ops/facts/subject.h"
#include "ops/namespaces/idmap.h"
#include "ops/why/probes.h"

bool diagnose_status(struct call *c, const char *key, char *buf, unsigned size)
{
	auto_free char *value = process_status(c->session->box.pid, key);

	if (!value)
		return false;
	snprintf(buf, size, "%s", value);
	probes_note_proc(c, "status", key, "%s", buf);
	return true;
}

bool diagnose_we_hold(int number)
{
	auto_free char *caps = process_status(getpid(), "CapEff");

	return caps && strtoull(caps, NULL, 16) >> number & 1;
}

long diagnose_number(struct call *c, const char *path)
{
	auto_fclose FILE *f = fopen(path, "re");
	const char *slash = strrchr(path, '/');
	long n = -1;

	if (f && fscanf(f, "%ld", &n) != 1)
		n = -1;
	if (f)
		probes_note(c, path, slash ? slash + 1 : path, "%ld", n);
	return n;
}

bool diagnose_is_mapped(struct call *c, const char *map, unsigned id)
{
	struct idmap m;

	probes_note_file(c, map, map);
	return idmap_read(c->session->box.pid, map, &m) == 0 && idmap_has_in(&m, id);
}
