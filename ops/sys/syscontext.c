/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fsopen, fsconfig, fsmount, fspick (Linux 5.2). Reading a context gives the
 * messages of the file system, a letter for the kind before each.
 */
#include "ops/sys/syscontext.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/files/libmount.h"
#include "ops/sys/sys.h"

#define QUOTED 160

static int failed(long r)
{
	return r < 0 ? errno : 0;
}

static void take_message(struct call *c, int context)
{
	char text[ERR_TEXT];
	ssize_t n = read(context, text, sizeof(text) - 1);

	if (n <= 2)
		return;
	text[n] = '\0';
	text[strcspn(text, "\n")] = '\0';
	err_why(c->err, "the kernel says: %s", text + 2);
}

int sys_fsopen(struct call *c, const char *type)
{
	int fd = (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC), errnum = failed(fd);
	char q[QUOTED];

	return sys_report(c, fd, errnum, "fsopen(%s, FSOPEN_CLOEXEC)",
			  trace_quote(q, sizeof(q), type));
}

int sys_fspick(struct call *c, int fd)
{
	int r = (int)syscall(SYS_fspick, fd, "", FSPICK_CLOEXEC | FSPICK_EMPTY_PATH);

	return sys_report(c, r, failed(r), "fspick(%d, \"\", FSPICK_CLOEXEC|FSPICK_EMPTY_PATH)",
			  fd);
}

int sys_fsconfig_set(struct call *c, int context, const char *key, const char *value)
{
	unsigned command = value ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG;
	int r = (int)syscall(SYS_fsconfig, context, command, key, value, 0);
	int errnum = failed(r);
	char k[QUOTED], v[QUOTED];

	r = sys_report(c, r, errnum, "fsconfig(%d, %s, %s, %s, 0)", context,
		       value ? "FSCONFIG_SET_STRING" : "FSCONFIG_SET_FLAG",
		       trace_quote(k, sizeof(k), key), trace_quote(v, sizeof(v), value));
	if (errnum)
		take_message(c, context);
	return r;
}

static int act(struct call *c, int context, unsigned command, const char *name)
{
	int r = (int)syscall(SYS_fsconfig, context, command, NULL, NULL, 0);
	int errnum = failed(r);

	r = sys_report(c, r, errnum, "fsconfig(%d, %s, NULL, NULL, 0)", context, name);
	if (errnum)
		take_message(c, context);
	return r;
}

int sys_fsconfig_create(struct call *c, int context)
{
	return act(c, context, FSCONFIG_CMD_CREATE, "FSCONFIG_CMD_CREATE");
}

int sys_fsconfig_reconfigure(struct call *c, int context)
{
	return act(c, context, FSCONFIG_CMD_RECONFIGURE, "FSCONFIG_CMD_RECONFIGURE");
}

int sys_fsmount(struct call *c, int context, uint64_t attributes)
{
	static const struct trace_flag names[] = {
		{MOUNT_ATTR_RDONLY, "MOUNT_ATTR_RDONLY"},
		{MOUNT_ATTR_NOSUID, "MOUNT_ATTR_NOSUID"},
		{MOUNT_ATTR_NODEV, "MOUNT_ATTR_NODEV"},
		{MOUNT_ATTR_NOEXEC, "MOUNT_ATTR_NOEXEC"},
		{MOUNT_ATTR_STRICTATIME, "MOUNT_ATTR_STRICTATIME"},
		{0, NULL},
	};
	int fd = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, attributes);
	int errnum = failed(fd);
	char a[QUOTED];

	return sys_report(c, fd, errnum, "fsmount(%d, FSMOUNT_CLOEXEC, %s)", context,
			  trace_flags(a, sizeof(a), names, attributes));
}

/* The next of the comma-separated words; a comma in double quotes is none. */
static char *next_word(char **rest)
{
	char *word = *rest, *p = word;
	bool quoted = false;

	if (!word || !*word)
		return NULL;
	for (; *p && (quoted || *p != ','); p++)
		quoted ^= *p == '"';
	*rest = *p ? p + 1 : NULL;
	*p = '\0';
	return word;
}

int context_set_all(struct call *c, int context, const char *data)
{
	char copy[2 * MOUNT_DATA], *rest = copy, *word, *value;

	snprintf(copy, sizeof(copy), "%s", data);
	while ((word = next_word(&rest)) != NULL) {
		value = strchr(word, '=');
		if (value)
			*value++ = '\0';
		if (sys_fsconfig_set(c, context, word, value) < 0)
			return -1;
	}
	return 0;
}

void context_blame(struct call *c, const char *type, const char *data)
{
	auto_close int context = (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC);
	struct trace silent = {0};
	struct err err = {0};
	struct call trial = {.op = c->op, .err = &err, .trace = &silent};

	if (context >= 0 && context_set_all(&trial, context, data) < 0 && err.why[0])
		err_why(c->err, "%s", err.why);
}
