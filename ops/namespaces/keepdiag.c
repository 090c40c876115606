/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both act on the host's mounts, so it is the host's paths, capabilities and
 * propagation that are looked at.
 */
#include "ops/namespaces/keepdiag.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/files/mountinfo.h"

static const char *file_of(const struct call *c)
{
	return c->argv[c->argc - 1];
}

/* The directory that the file is in, with no link left in it. */
static char *directory_of(const char *file)
{
	const char *slash = strrchr(file, '/');
	char copy[PATH_MAX];

	if (!slash)
		return realpath(".", NULL);
	snprintf(copy, sizeof(copy), "%.*s", slash == file ? 1 : (int)(slash - file), file);
	return realpath(copy, NULL);
}

/* Is what is mounted there shared? The last mount that covers the directory counts. */
static bool is_shared(const char *dir)
{
	auto_fclose FILE *f = mountinfo_open(NULL);
	struct mount_entry e;
	bool shared = false;
	size_t best = 0;

	while (f && mountinfo_next(f, &e)) {
		size_t n = strcmp(e.point, "/") ? strlen(e.point) : 0;

		if (strncmp(dir, e.point, n) != 0 || (dir[n] && dir[n] != '/') || n < best)
			continue;
		best = n;
		shared = strstr(e.optional, "shared:") != NULL;
	}
	return shared;
}

static void invalid(struct call *c)
{
	auto_free char *dir = directory_of(file_of(c));

	if (strcmp(c->argv[1], "mnt") != 0 || !dir)
		return;
	if (!is_shared(dir)) {
		/* mnt_ns_loop() in fs/namespace.c; since Linux 6.18 each CPU numbers them. */
		err_why(c->err,
			"a mount namespace is bound only inside an older one, and the "
			"kernel holds the box's for older than the one ctrsh is in");
		err_fix(c->err,
			"run ctrsh in the first mount namespace, which is the oldest; or make this one, "
			"too, on the processor that ctrsh runs on: taskset -c 0 unshare -m ctrsh");
		return;
	}
	err_why(c->err,
		"%s is mounted shared: the mount would be copied into other mount namespaces, and "
		"one of those cannot lie inside another",
		dir);
	err_first(c->err, "!mount --bind %s %s && mount --make-private %s", dir, dir, dir);
}

static void missing(struct call *c)
{
	auto_free char *dir = directory_of(file_of(c));

	if (!dir)
		err_why(c->err, "the directory of %.300s is not there", file_of(c));
	else if (!strcmp(c->op->name, "unkeep"))
		err_why(c->err, "there is no such file on the host");
}

static void not_permitted(struct call *c)
{
	if (geteuid() == 0) {
		err_why(c->err,
			"ctrsh is root without CAP_SYS_ADMIN over the mounts here, as in a "
			"container");
		return;
	}
	err_why(c->err,
		"it is a mount on the host, and user %u may make none there: the box's "
		"capabilities end at its own user namespace",
		(unsigned)geteuid());
	err_fix(c->err,
		"run ctrsh with sudo; or let a process stay in the namespace, and join it "
		"by its PID");
}

void keep_diagnose(struct call *c)
{
	switch (c->err->errnum) {
	case EPERM:
		not_permitted(c);
		break;
	case EINVAL:
		invalid(c);
		break;
	case ENOENT:
	case ENOTDIR:
		missing(c);
		break;
	case EACCES:
		err_why(c->err, "user %u may not write there", (unsigned)geteuid());
		break;
	case ELOOP:
		err_why(c->err, "%.300s is a symbolic link, and links are not followed here",
			file_of(c));
		break;
	default:
		break;
	}
}
