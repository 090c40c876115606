/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * personality: which machine the kernel pretends to be to the box's programs
 * (personality(2)). Inherited by fork and execve; a set-user-ID program loses
 * the flags that would weaken it (PER_CLEAR_ON_SETID in the kernel).
 */
#include "ops/limits/personality.h"

#include <stdio.h>
#include <string.h>
#include <sys/personality.h>

#include "ops/sys/sysattr.h"

/* The flags by the names that setarch(8) has for them. */
#define FLAGS(X)                                                                                   \
	X("uname-2.6", UNAME26)                                                                    \
	X("addr-no-randomize", ADDR_NO_RANDOMIZE)                                                  \
	X("fdpic-funcptrs", FDPIC_FUNCPTRS)                                                        \
	X("mmap-page-zero", MMAP_PAGE_ZERO)                                                        \
	X("addr-compat-layout", ADDR_COMPAT_LAYOUT)                                                \
	X("read-implies-exec", READ_IMPLIES_EXEC)                                                  \
	X("32bit", ADDR_LIMIT_32BIT)                                                               \
	X("short-inode", SHORT_INODE)                                                              \
	X("whole-seconds", WHOLE_SECONDS)                                                          \
	X("sticky-timeouts", STICKY_TIMEOUTS)                                                      \
	X("3gb", ADDR_LIMIT_3GB)

#define WORD(word, constant)     word,
#define CONSTANT(word, constant) {constant, #constant},
static const char *const domains[] = {"linux", "linux32", NULL};
static const char *const words[] = {FLAGS(WORD) NULL};
static const struct trace_flag constants[] = {FLAGS(CONSTANT){0, NULL}};

static unsigned long flag_of(const char *name)
{
	for (size_t i = 0; words[i]; i++)
		if (!strcmp(words[i], name))
			return constants[i].bit;
	return 0;
}

static int check(int argc, char **argv, struct err *err)
{
	if (strcmp(argv[1], "linux") != 0 && strcmp(argv[1], "linux32") != 0)
		return err_usage(err, "personality: linux or linux32, not \"%.100s\"", argv[1]);
	for (int i = 2; i < argc; i++)
		if (!flag_of(argv[i]))
			return err_usage(err, "personality: no such flag: %.100s", argv[i]);
	return 0;
}

unsigned long personality_parse(int argc, char **argv, char *text, unsigned size)
{
	bool small = !strcmp(argv[1], "linux32");
	unsigned long set = 0;
	char names[ERR_TEXT / 2];

	for (int i = 2; i < argc; i++)
		set |= flag_of(argv[i]);
	snprintf(text, size, "%s%s%s", small ? "PER_LINUX32" : "PER_LINUX", set ? "|" : "",
		 set ? trace_flags(names, sizeof(names), constants, set) : "");
	return (small ? PER_LINUX32 : PER_LINUX) | set;
}

static int box(struct call *c)
{
	char text[ERR_TEXT / 2];
	unsigned long persona = personality_parse(c->argc, c->argv, text, sizeof(text));

	return sys_personality(c, persona, text) < 0 ? -1 : 0;
}

const struct op op_personality = {
	.name = "personality",
	.usage = "personality linux|linux32 [FLAG...]",
	.summary = "say which machine the kernel pretends to be",
	.detail =
		"  linux    as it is; without a FLAG this takes all of them away\n"
		"  linux32  uname(2) names the 32-bit machine: i686 on x86-64\n"
		"FLAG is as for setarch(8): addr-no-randomize loads programs at the same addresses each\n"
		"time (for debuggers), uname-2.6 pretends to be Linux 2.6, read-implies-exec,\n"
		"addr-compat-layout, mmap-page-zero, 32bit, 3gb, short-inode, whole-seconds,\n"
		"sticky-timeouts, fdpic-funcptrs. Takes no privilege.\n"
		"See personality(2), proc_pid_personality(5).",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, domains}, {ARG_WORD, words}},
	.check = check,
	.box = box,
};
