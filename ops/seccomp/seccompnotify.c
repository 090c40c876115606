/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * seccomp notify: the shell is told of system calls and answers (notify.h). The
 * rules wait in the box, as all do; what is answered, the shell notes.
 */
#include <errno.h>
#include <seccomp.h>
#include <string.h>

#include "ops/box/box.h"
#include "ops/seccomp/rules.h"
#include "ops/sys/callname.h"

static const char *const errno_first[] = {"errno=EPERM", "errno=EACCES", "errno=ENOSYS", NULL};

static const char *const *words(void)
{
	return callname_words(errno_first);
}

static bool has_errno(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strncmp(argv[i], "errno=", 6))
			return true;
	return false;
}

static int check(int argc, char **argv, struct err *err)
{
	return rules_check(argc, argv, RULES_ERRNO, has_errno(argc, argv), err);
}

/* Adds an answer for a call. -1: there is another already, or too many. */
static int note(struct call *c, struct notify *n, const char *name, int errnum)
{
	int number = seccomp_syscall_resolve_name(name);
	char text[32];

	for (int i = 0; i < n->n; i++) {
		if (n->list[i].number != number)
			continue;
		if (n->list[i].errnum == errnum)
			return 0;
		err_order(c->err, "%s: %s %s already", c->argv[0], name,
			  n->list[i].errnum ? "gets an errno" : "goes on");
		err_why(c->err, "a call has one answer; it would get %s",
			errnum ? errno_text(text, sizeof(text), errnum) : "none");
		err_fix(c->err, "reset, and name it once");
		return -1;
	}
	if (n->n == NOTIFY_MAX)
		return err_usage(c->err, "%s: no more than %d calls", c->argv[0], NOTIFY_MAX);
	n->list[n->n].number = number;
	n->list[n->n++].errnum = errnum;
	return 0;
}

static int host(struct call *c)
{
	struct notify after = c->session->notify;
	int e = (int)(rules_said(c) & 0xffff);

	for (int i = 1; i < c->argc; i++)
		if (seccomp_syscall_resolve_name(c->argv[i]) != __NR_SCMP_ERROR &&
		    note(c, &after, c->argv[i], e) < 0)
			return -1;
	if (box_ask(c) < 0)
		return -1;
	c->session->notify = after;
	return 0;
}

static int box(struct call *c)
{
	return rules_may_filter(c) < 0 ? -1 : rules_add(c, SCMP_ACT_NOTIFY);
}

const struct op op_seccomp_notify = {
	.name = "seccomp notify",
	.usage = "seccomp notify NAME [ARG=N...]... [errno=EPERM]",
	.summary = "show system calls of programs, and let them go on or fail",
	.detail =
		"Each time a program that follows makes such a call it stops, and ctrsh shows it: the\n"
		"program with its PID inside, the call and its arguments. Then it goes on, or with\n"
		"errno= fails. What is shown a program can change before the kernel looks: to keep\n"
		"it from something, use seccomp deny. When run comes back, what is left in the\n"
		"background gets ENOSYS for these calls, as any does should ctrsh be killed. After a\n"
		"name arg0=N to arg5=N say for which arguments, as for seccomp deny. The filter is\n"
		"loaded right before each program; it takes CAP_SYS_ADMIN, or no_new_privs.\n"
		"See seccomp_unotify(2), syscalls(2).",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, NULL, words}},
	.check = check,
	.host = host,
	.box = box,
};
