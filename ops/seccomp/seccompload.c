/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * seccomp load: the filter now, and on the box itself, while it holds
 * CAP_SYS_ADMIN: the only way to a program with a filter, without that
 * capability, and without no_new_privs (seccomp(2)). OCI runtimes go it when
 * no_new_privs is not asked for.
 */
#include <errno.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"
#include "ops/seccomp/filter.h"
#include "ops/seccomp/rules.h"
#include "ops/sys/sys.h"

#define OPTION "caps="

/* What the box makes to take an op, to answer, and to start a program. */
static const char *const needed[] = {
	"recvmsg", "sendmsg", "ppoll",        "read",           "write", "close",  "clone",
	"wait4",   "waitid",  "rt_sigaction", "rt_sigprocmask", "prctl", "dup2",   "fcntl",
	"pipe2",   "setsid",  "ioctl",        "close_range",    "mmap",  "munmap", "newfstatat",
	NULL};

/* caps=default, caps=none, or caps=NAME,...; also all that a word of it is. */
static int caps_word(const char *word, uint64_t *caps, const char *op, struct err *err)
{
	char name[32];

	*caps = 0;
	if (strncmp(word, OPTION, strlen(OPTION)) != 0 || !word[strlen(OPTION)]) {
		err_usage(err, "%s: not understood: \"%.100s\"", op, word);
		err_fix(err, "caps=default, caps=none, or caps=NAME,NAME");
		return -1;
	}
	word += strlen(OPTION);
	if (!strcmp(word, "default") || !strcmp(word, "none")) {
		*caps = *word == 'd' ? CAPS_OF_ENGINES : 0;
		return 0;
	}
	for (size_t n; *word; word += n + (word[n] == ',')) {
		int cap;

		n = strcspn(word, ",");
		snprintf(name, sizeof(name), "%.*s", (int)n, word);
		cap = capname_number(name, op, err);
		if (cap < 0)
			return -1;
		*caps |= CAP_BIT(cap);
	}
	return 0;
}

static int check(int argc, char **argv, struct err *err)
{
	uint64_t caps;

	return argc < 2 ? 0 : caps_word(argv[1], &caps, argv[0], err);
}

/* A box that cannot answer would be lost. */
static int box_can_live(struct call *c)
{
	for (const char *const *name = needed; *name; name++) {
		int number = seccomp_syscall_resolve_name(*name);
		const struct rule *rule = rules_find(number);

		if (number < 0 ||
		    (rule ? rule->action == SCMP_ACT_ALLOW || rule->action == SCMP_ACT_LOG
			  : rules.profile || !rules.closed))
			continue;
		err_order(c->err, "seccomp load: the box itself could not go on without %s", *name);
		err_why(c->err, "from here on the filter binds it as well, and its later steps");
		err_fix(c->err,
			"seccomp allow %s, too; or no seccomp load: the filter then comes "
			"right before the program",
			*name);
		return -1;
	}
	return 0;
}

static int box(struct call *c)
{
	char text[ERR_TEXT];
	uint64_t caps;
	int r;

	if (!rules_any()) {
		err_order(c->err, "seccomp load: there are no rules to load");
		err_fix(c->err, "seccomp default, or another seccomp line, first");
		return -1;
	}
	if (c->argc < 2)
		caps = caps_of_program();
	else if (caps_word(c->argv[1], &caps, c->argv[0], c->err) < 0)
		return -1;
	if (rules_notify()) {
		err_order(c->err,
			  "seccomp load: the box itself would stop at what seccomp notify names");
		err_why(c->err,
			"from here on the filter binds it as well, and the shell waits for it");
		err_fix(c->err,
			"leave out seccomp load: the filter then comes right before the program");
		return -1;
	}
	if (rules_may_filter(c) < 0 || box_can_live(c) < 0 || filter_prepare_for(c, caps) < 0)
		return -1;
	r = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, filter_made());
	if (sys_report(c, r, r < 0 ? errno : 0, "%s", filter_text(text, sizeof(text))) < 0)
		return -1;
	filter_forget();
	return 0;
}

const struct op op_seccomp_load = {
	.name = "seccomp load",
	.usage = "seccomp load [caps=default|caps=NAME,...]",
	.summary = "load the filter now: it binds the box, too",
	.detail =
		"What the seccomp lines have asked for is loaded at once, while the box holds\n"
		"CAP_SYS_ADMIN; capabilities can then be taken away, and no_new_privs is not\n"
		"needed. All later steps are subject to it: those that it denies come before.\n"
		"seccomp default allows mount and its like to who will hold the capability: caps=\n"
		"says what programs will hold (default: as after caps default; none); without it,\n"
		"what they would hold now. seccomp lines that follow make another filter.\n"
		"This is the state of a container of Docker's, which sets no no_new_privs:\n"
		"  seccomp default; seccomp load caps=default; caps default; exec ...\n"
		"See seccomp(2).",
	.argmax = 1,
	.args = {{ARG_WORD, (const char *const[]){"caps=default", "caps=none", NULL}}},
	.check = check,
	.box = box,
};
