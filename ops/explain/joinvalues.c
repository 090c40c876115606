/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of join, for nsenter(1) and setns(2): what a process or a file stands for.
 */
#include <fcntl.h>
#include <linux/nsfs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "ops/auto.h"
#include "ops/explain/value.h"
#include "ops/namespaces/ns.h"

static bool is_process(const struct explaining *x)
{
	return explain_is_number(x->argv[1]);
}

static const char *long_name(const struct ns *ns)
{
	return strcmp(ns->name, "mnt") ? ns->name : "mount";
}

/* What a file stands for (ioctl_nsfs(2)); 0: not to be known. */
static unsigned type_of(const char *file)
{
	auto_close int fd = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	int type = fd < 0 ? -1 : ioctl(fd, NS_GET_NSTYPE);

	return type > 0 ? (unsigned)type : 0;
}

/* Those that join would enter. */
static unsigned joined(const struct explaining *x)
{
	struct session s = explain_session(x);
	unsigned flags = 0;

	for (int i = 2; i < x->argc; i++)
		flags |= ns_find(x->argv[i]) ? ns_find(x->argv[i])->flag : 0;
	if (flags)
		return flags;
	if (!explain_is_number(x->argv[1]))
		return type_of(x->argv[1]);
	return x->session ? ns_differ(s.box.pid, atoi(x->argv[1]), NS_ALL) : NS_ALL;
}

static void put_type(FILE *f, const char *file)
{
	unsigned type = type_of(file);
	const struct ns *ns = namespaces;

	while (ns->name && !(type & ns->flag))
		ns++;
	fprintf(f, " --%s=%s", ns->name ? long_name(ns) : "NAMESPACE", file);
}

static void put_nsenter(const struct explaining *x, FILE *f)
{
	bool process = is_process(x);

	fprintf(f, process ? "nsenter --target %s" : "nsenter", x->argv[1]);
	for (int i = 2; i < x->argc; i++) {
		const struct ns *ns = ns_find(x->argv[i]);

		if (ns)
			fprintf(f, process ? " --%s" : " --%s=%s", long_name(ns), x->argv[1]);
	}
	if (x->argc < 3 && process)
		fputs(" --all", f);
	if (x->argc < 3 && !process)
		put_type(f, x->argv[1]);
	fputs(" COMMAND", f);
}

static void put_setns(const struct explaining *x, FILE *f)
{
	unsigned flags = joined(x);
	const char *separator = "";

	if (explain_is_number(x->argv[1]))
		fprintf(f, "int fd = pidfd_open(%s, 0); setns(fd, ", x->argv[1]);
	else
		fprintf(f, "int fd = open(\"%s\", O_RDONLY|O_CLOEXEC); setns(fd, ", x->argv[1]);
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		if (!(flags & ns->flag))
			continue;
		fprintf(f, "%s%s", separator, ns->flagname);
		separator = "|";
	}
	fprintf(f, "%s);", *separator ? "" : "0");
}

const struct explain_value explain_values_join[] = {
	{"nsenter", put_nsenter},
	{"setns", put_setns},
	{NULL, NULL},
};

const struct explain_condition explain_conditions_join[] = {
	{"process", is_process},
	{NULL, NULL},
};
