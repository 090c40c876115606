/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of devices: 1 to 15 bytes, no slash, colon or blank (dev_valid_name()
 * in the kernel's net/core/dev.c); a % would make it a pattern for the kernel
 * to fill in, and "all" and "default" are everyone's in /proc/sys/net.
 */
#include "ops/net/netname.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "ops/auto.h"

#define NAME_LIMIT 15

int netname_check(const char *op, const char *name, struct err *err)
{
	if (!*name || strlen(name) > NAME_LIMIT)
		return err_usage(err, "%s: the name of a device has 1 to %d bytes: \"%.100s\"", op,
				 NAME_LIMIT, name);
	for (const char *p = name; *p; p++)
		if (strchr("/:%", *p) || isspace((unsigned char)*p) || iscntrl((unsigned char)*p))
			return err_usage(err, "%s: no device can be called \"%s\"", op, name);
	if (!strcmp(name, ".") || !strcmp(name, "..") || !strcmp(name, "all") ||
	    !strcmp(name, "default"))
		return err_usage(err, "%s: no device can be called \"%s\"", op, name);
	return 0;
}

void netname_visit(pid_t pid, bool (*each)(const char *name, void *arg), void *arg)
{
	char path[64], line[512], name[32];
	auto_fclose FILE *f = NULL;

	snprintf(path, sizeof(path), "/proc/%d/net/dev", (int)pid);
	f = fopen(path, "re");
	/* Two lines of headings, then "  NAME: numbers" (proc_net_dev in proc(5)). */
	while (f && fgets(line, sizeof(line), f))
		if (strchr(line, ':') && sscanf(line, " %31[^:]", name) == 1 && !each(name, arg))
			return;
}

struct wanted {
	const char *name;
	bool found;
};

static bool compare(const char *name, void *arg)
{
	struct wanted *w = arg;

	w->found = !strcmp(name, w->name);
	return !w->found;
}

bool netname_has(pid_t pid, const char *name)
{
	struct wanted w = {.name = name};

	netname_visit(pid, compare, &w);
	return w.found;
}

struct list {
	char *buf;
	unsigned size, n;
};

static bool append(const char *name, void *arg)
{
	struct list *l = arg;

	l->n += (unsigned)snprintf(l->buf + l->n, l->size - l->n, "%s%s", l->n ? ", " : "", name);
	return l->n < l->size;
}

void netname_list(pid_t pid, char *buf, unsigned size)
{
	struct list l = {buf, size, 0};

	snprintf(buf, size, "none");
	netname_visit(pid, append, &l);
}
