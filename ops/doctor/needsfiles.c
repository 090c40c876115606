/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a step needs of the files: the directory that it names, and a /proc that is
 * seen whole.
 */
#include "ops/doctor/needsfiles.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/privilege/capname.h"

/* In a user namespace a new procfs takes one of which all is seen (mount_namespaces(7)). */
bool lacks_sight(const struct machine *m, const struct stand *s, const struct op *op, char *why,
		 unsigned size)
{
	if (strcmp(op->name, "mount proc") != 0 || !s->bare || s->proc ||
	    (m->first_user && !s->user))
		return false;
	snprintf(why, size,
		 "in a user namespace it takes a /proc that is still seen, and pivot_root took "
		 "off the last: before it, mount proc ./rootfs/proc");
	return true;
}

/* The first of the arguments that is a directory of the host, or nothing. */
static const char *directory_of(const struct op *op, int argc, char **argv, char *buf,
				unsigned size)
{
	const char *lower = NULL;

	for (int i = 1; i < argc; i++)
		if (!strncmp(argv[i], "lower=", 6))
			lower = argv[i] + 6;
	if (lower) {
		snprintf(buf, size, "%.*s", (int)strcspn(lower, ":"), lower);
		return buf;
	}
	return op->args[0].kind == ARG_DIR && op_first(argc, argv) < argc
		       ? argv[op_first(argc, argv)]
		       : NULL;
}

/* The place of a mount is looked up without links, while the root is the host's. */
static bool leads_through_link(const char *dir)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS};
	auto_close int fd = (int)syscall(SYS_openat2, AT_FDCWD, dir, &how, sizeof(how));

	return fd < 0 && errno == ELOOP;
}

/* root: one to live in. */
static bool lacks_this(const char *dir, bool root, bool place, char *why, unsigned size)
{
	char bin[600];

	snprintf(bin, sizeof(bin), "%s/bin", dir);
	if (access(dir, F_OK) < 0)
		snprintf(why, size, "there is no %s here", dir);
	else if (place && leads_through_link(dir))
		snprintf(why, size, "a symbolic link leads to %s, and a mount follows none", dir);
	else if (root && access(bin, F_OK) < 0)
		snprintf(why, size, "%s is no root file system: it has no bin", dir);
	else
		return false;
	return true;
}

static bool is_made(const struct stand *s, const char *dir)
{
	for (int i = 0; i < s->n_made; i++) {
		size_t n = strlen(s->made[i]);

		if (!strncmp(s->made[i], dir, n) && (!dir[n] || dir[n] == '/'))
			return true;
	}
	return false;
}

static void note_made(struct stand *s, const struct op *op, int argc, char **argv)
{
	const int first = op_first(argc, argv);

	if (strcmp(op->name, "mkdir") != 0 && strcmp(op->name, "mount tmpfs") != 0)
		return;
	if (first == argc || s->n_made == (int)(sizeof(s->made) / sizeof(s->made[0])) ||
	    strlen(argv[first]) >= sizeof(s->made[0]))
		return;
	if (!is_made(s, argv[first]))
		snprintf(s->made[s->n_made++], sizeof(s->made[0]), "%s", argv[first]);
}

/* A new one, or the host's a second time. */
static bool shows_proc(const struct op *op, int argc, char **argv)
{
	const char *source = op_first(argc, argv) < argc ? argv[op_first(argc, argv)] : "";

	return !strcmp(op->name, "mount proc") ||
	       (!strcmp(op->name, "mount rbind") &&
		(!strcmp(source, "/proc") || !strcmp(source, "/")));
}

bool lacks_directory(const struct stand *s, const struct need *n, const struct op *op, int argc,
		     char **argv, char *why, unsigned size)
{
	bool root = !s->mounted && (n->flags & (NEED_ROOT | NEED_TREE));
	bool place = n->caps == CAP_BIT(CAP_SYS_ADMIN) && !(n->flags & NEED_TREE);
	const char *dir;
	char buf[512];

	if (!(n->flags & NEED_DIR) || s->root)
		return false;
	dir = directory_of(op, argc, argv, buf, sizeof(buf));
	return dir && !is_made(s, dir) && lacks_this(dir, root, place, why, size);
}

void needsfiles_go_on(struct stand *s, const struct need *n, const struct op *op, int argc,
		      char **argv)
{
	s->root |= (n->flags & NEED_ROOT) != 0;
	s->mounted |= !strncmp(op->name, "mount", 5);
	s->bare |= !strcmp(op->name, "pivot_root") && argc - op_first(argc, argv) == 1;
	s->proc |= shows_proc(op, argc, argv);
	note_made(s, op, argc, argv);
}
