/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mknod: a device file or a FIFO in the root that the box has (mknod(2)). What a
 * device file leads to is the kernel's device with these numbers: there is no
 * namespace for devices, so the kernel asks for CAP_MKNOD in the first user
 * namespace.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ops/files/mountinfo.h"
#include "ops/files/nodediag.h"
#include "ops/files/target.h"
#include "ops/namespaces/ns.h"
#include "ops/sys/sysnode.h"
#include "ops/text/mode.h"
#include "ops/why/diagnose.h"
#include "ops/why/diagprobe.h"

/* The kernel's dev_t has 12 bits for the major and 20 for the minor number
 * (MINORBITS in linux/kdev_t.h). */
#define MAJOR_MAX 0xfffUL
#define MINOR_MAX 0xfffffUL

static bool number(const char *word, unsigned long max, unsigned *n)
{
	unsigned long value = strtoul(word, NULL, 10);

	*n = (unsigned)value;
	return *word && strspn(word, "0123456789") == strlen(word) && strlen(word) < 8 &&
	       value <= max;
}

struct node {
	mode_t mode; /* with the type */
	unsigned major, minor;
	bool exact; /* the mode was given */
};

static int read_node(int argc, char **argv, struct node *n, struct err *err)
{
	const char *type = argv[2];
	int at = 3;
	mode_t mode;

	*n = (struct node){.mode = 0666};
	if (strlen(type) != 1 || !strchr("cbp", *type))
		return err_usage(err, "mknod: c, b or p, not \"%.100s\"", type);
	if (*type != 'p') {
		if (argc < 5)
			return err_usage(err, "mknod: %s takes MAJOR and MINOR", type);
		if (!number(argv[3], MAJOR_MAX, &n->major) ||
		    !number(argv[4], MINOR_MAX, &n->minor))
			return err_usage(err, "mknod: no device number: %.50s %.50s", argv[3],
					 argv[4]);
		at = 5;
	}
	if (argc > at + 1)
		return err_usage(err, "mknod: too many arguments: %.100s", argv[at + 1]);
	n->exact = argc > at;
	if (n->exact && !mode_parse(argv[at], &mode))
		return err_usage(err, "mknod: not a mode in octal: \"%.100s\"", argv[at]);
	if (n->exact)
		n->mode = mode;
	n->mode |= *type == 'c' ? S_IFCHR : *type == 'b' ? S_IFBLK : S_IFIFO;
	return 0;
}

static int check(int argc, char **argv, struct err *err)
{
	struct node n;

	return read_node(argc, argv, &n, err);
}

/* The kernel makes it all the same (mount(2), MS_NODEV). */
static void warn_of_nodev(struct call *c, const struct node *n, int dirfd)
{
	struct statvfs fs;

	if (!S_ISFIFO(n->mode) && fstatvfs(dirfd, &fs) == 0 && (fs.f_flag & ST_NODEV))
		trace_print(c->trace, "%s: made, but nobody can open it here: the mount is nodev",
			    c->argv[1]);
}

static int box(struct call *c)
{
	auto_target at = TARGET_CLOSED;
	char room[PATH_MAX];
	const char *last;
	struct node n;
	mode_t mask = 0;
	int r;

	if (read_node(c->argc, c->argv, &n, c->err) < 0 ||
	    target_parent(c, c->argv[1], room, &at, &last) < 0)
		return -1;
	if (n.exact)
		mask = sys_umask(c, 0);
	r = sys_mknodat(c, at.fd, last, n.mode, makedev(n.major, n.minor));
	if (n.exact)
		sys_umask(c, mask);
	if (r == 0)
		warn_of_nodev(c, &n, at.fd);
	return r;
}

static void offer_bind(struct call *c, const char *device)
{
	const char *file = c->argv[1];

	if (diagnose_own(c, CLONE_NEWNS))
		err_instead(c->err, "run touch %s; mount bind %s %s", file, device, file);
	else if (geteuid() == 0 || diagnose_own(c, CLONE_NEWUSER))
		err_instead(c->err, "unshare mnt; run touch %s; mount bind %s %s", file, device,
			    file);
	else
		err_instead(c->err, "unshare user mnt; run touch %s; mount bind %s %s", file,
			    device, file);
}

/* The host's own device file serves as well, where the box sees it. */
static void fix_device(struct call *c)
{
	static const char *const names[] = {"null",    "zero", "full", "random",
					    "urandom", "tty",  NULL};
	struct stat st;

	err_fix(c->err, "bind the host's device file onto an empty file, as mount dev does");
	for (const char *const *name = names; *name; name++) {
		char path[32];

		snprintf(path, sizeof(path), "/dev/%s", *name);
		if (box_stat(c->session, path, &st) == 0 && S_ISCHR(st.st_mode) &&
		    major(st.st_rdev) == strtoul(c->argv[3], NULL, 10) &&
		    minor(st.st_rdev) == strtoul(c->argv[4], NULL, 10))
			offer_bind(c, path);
	}
}

static void diagnose(struct call *c)
{
	bool device = *c->argv[2] != 'p';

	if (c->err->errnum == EEXIST)
		err_why(c->err, "there is something of this name");
	else if (c->err->errnum == EPERM && device)
		diagnose_capability(c, "CAP_MKNOD", 27);
	else
		diagnose_creation(c, c->argv[1]);
	if (c->err->errnum == EPERM && device && *c->argv[2] == 'c')
		fix_device(c);
}

static const char *const types[] = {"c", "b", "p", NULL};

/* A file that is there stays. */
static int again(struct call *c)
{
	return c->err->errnum == EEXIST ? 0 : -1;
}

const struct op op_mknod = {
	.name = "mknod",
	.usage = "mknod PATH c|b|p [MAJOR MINOR] [MODE]",
	.summary = "make a device file or a FIFO",
	.detail =
		"  c, b  the character or block device with these numbers: there is no namespace for\n"
		"        devices, it is the one that the host has. Needs CAP_MKNOD in the host's "
		"user\n"
		"        namespace, and is of no use on a file system mounted nodev.\n"
		"  p     a FIFO (fifo(7))\n"
		"In the root that the box has, as mkdir. MODE is octal and taken as it is; without "
		"it\n"
		"666 less the umask. See mknod(2), devices.txt of the kernel.",
	.argmin = 2,
	.argmax = 5,
	.args = {{ARG_FILE, NULL}, {ARG_WORD, types}, {ARG_WORD, NULL}},
	.check = check,
	.box = box,
	.again = again,
	.diagnose = diagnose,
};
