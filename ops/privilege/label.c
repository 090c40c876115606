/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * label: which rules of a security module the programs of the box are under: an
 * AppArmor profile, an SELinux context. The kernel takes it for the next
 * execve(2) of the process that writes it, and hands it on by fork(2)
 * (proc_pid_attr(5)); only the process itself may write it, so the box does,
 * below its own /proc/PID of the host, which the shell hands it.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/privilege/lsm.h"
#include "ops/sys/sys.h"
#include "ops/sys/sysattr.h"
#include "ops/why/diagnose.h"

#define LABEL_MAX 1024 /* well below a page, which is all that the kernel takes */
#define PROFILES  "/sys/kernel/security/apparmor/profiles"

static const char *const words[] = {"apparmor", "selinux", NULL};

static int check(int argc, char **argv, struct err *err)
{
	const char *label = argv[2];

	(void)argc;
	if (!lsm_find(argv[1]))
		return err_usage(err, "label: apparmor or selinux, not \"%.100s\"", argv[1]);
	if (!*label || strlen(label) > LABEL_MAX)
		return err_usage(err, "label: the label is %s", *label ? "too long" : "empty");
	for (; *label; label++)
		if (iscntrl((unsigned char)*label))
			return err_usage(err, "label: no label: \"%.100s\"", argv[2]);
	return 0;
}

static int box(struct call *c)
{
	const struct lsm *l = lsm_find(c->argv[1]);
	char text[LABEL_MAX + 8];
	auto_close int fd = -1;

	if (c->nfds < 1)
		return err_kernel(c->err, 0, "no /proc came with the request");
	fd = sys_open_below(c, c->fds[0], "/proc/self", l->file);
	if (fd < 0)
		return -1;
	snprintf(text, sizeof(text), "%s%s", l->before, c->argv[2]);
	return sys_write_once(c, fd, l->file, text);
}

static int host(struct call *c)
{
	auto_close int fd = -1;
	struct statfs fs;
	char path[64];

	box_proc(c->session, path, sizeof(path), "");
	fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (sys_report(c, fd, fd < 0 ? errno : 0, "open(\"%s\", O_PATH|O_DIRECTORY|O_CLOEXEC)",
		       path) < 0)
		return -1;
	if (fstatfs(fd, &fs) < 0 || fs.f_type != PROC_SUPER_MAGIC)
		return err_kernel(c->err, 0, "/proc on the host is not what the kernel puts there");
	return box_ask_with(c, &fd, 1);
}

/* Its files are not there, or nobody is behind them. */
static void why_absent(struct call *c, const struct lsm *l, bool asleep)
{
	char list[200];

	err_why(c->err, "%s is %s", l->title,
		asleep ? "not at work on this machine" : "no part of this kernel");
	if (lsm_list(list, sizeof(list)))
		err_add(c->err, "the security modules at work are: %s", list);
	if (asleep)
		err_fix(c->err, "boot a kernel that has it with %s in lsm=, or leave this step out",
			l->name);
	else
		err_fix(c->err, "leave this step out");
}

/* "name (mode)" lines; root's to read. -1: they cannot be read. */
static int count_profiles(char *list, unsigned size)
{
	auto_fclose FILE *f = fopen(PROFILES, "re");
	char line[512];
	unsigned len = 0;
	int n = 0;

	if (!f)
		return -1;
	for (*list = '\0'; fgets(line, sizeof(line), f); n++) {
		char *end = strrchr(line, '(');

		if (end && end > line)
			end[-1] = '\0';
		if (len < size)
			len += (unsigned)snprintf(list + len, size - len, "%s%s", n ? ", " : "",
						  line);
	}
	return n;
}

static void why_not_loaded(struct call *c)
{
	char list[160], file[300];
	int n = count_profiles(list, sizeof(list));

	snprintf(file, sizeof(file), "/etc/apparmor.d/%.200s", c->argv[2]);
	if (n > 0)
		err_why(c->err, "no profile %.100s is loaded; those loaded are: %s", c->argv[2],
			list);
	else
		err_why(c->err, "no profile %.100s is loaded%s", c->argv[2],
			n == 0 ? ", nor any other" : "");
	if (!strchr(c->argv[2], '/') && access(file, R_OK) == 0)
		err_first(c->err, "!sudo apparmor_parser --replace %s", file);
	else
		err_fix(c->err, "load it on the host: apparmor_parser --replace FILE");
}

static void diagnose(struct call *c)
{
	const struct lsm *l = lsm_find(c->argv[1]);
	bool opening = !strncmp(c->err->what, "openat2(", 8);
	char now[200];

	if (opening ? c->err->errnum == ENOENT : !lsm_at_work(l))
		why_absent(c, l, !opening);
	else if (l == &lsms[0] && c->err->errnum == ENOENT)
		why_not_loaded(c);
	else if (c->err->errnum == EINVAL)
		err_why(c->err, "%s knows no such %s", l->title, l->thing);
	else if ((c->err->errnum == EACCES || c->err->errnum == EPERM) &&
		 diagnose_label(c, now, sizeof(now)))
		err_why(c->err, "ctrsh itself runs as %s, and may not go from there to %.100s", now,
			c->argv[2]);
}

const struct op op_label = {
	.name = "label",
	.usage = "label apparmor PROFILE | selinux CONTEXT",
	.summary = "put the programs of the box under rules of a security module",
	.detail =
		"The kernel has modules that confine programs by rules of the machine's\n"
		"administrator, whatever their capabilities:\n"
		"  label apparmor PROFILE  one that is loaded (apparmor_parser(8)), as\n"
		"                          docker-default; unconfined: none\n"
		"  label selinux CONTEXT   as system_u:system_r:container_t:s0\n"
		"It takes effect with the next program, run or exec, and all that it starts; the box\n"
		"itself goes on as it is. The box needs no /proc, and no capability; a machine has\n"
		"one of the two, or none. See proc_pid_attr(5), apparmor(7), selinux(8).",
	.argmin = 2,
	.argmax = 2,
	.args = {{ARG_WORD, words}, {ARG_WORD, NULL}},
	.check = check,
	.host = host,
	.box = box,
	.diagnose = diagnose,
};
