/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libseccomp gives a call that exists only elsewhere a number of its own below
 * -1, and -1 to what it does not know (seccomp_syscall_resolve_name(3)).
 */
#include "ops/sys/callname.h"

#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "ops/auto.h"
#include "ops/text/nearest.h"

#define CALLS_MAX 1024 /* more than there are, and below the numbers of x32 */
#define NAME_SIZE 32
#define ERRNO_MAX 4095 /* of the kernel, and of SECCOMP_RET_ERRNO (seccomp(2)) */

const uint32_t callname_others[] = {
#if defined(__x86_64__)
	SCMP_ARCH_X86, SCMP_ARCH_X32,
#elif defined(__aarch64__)
	SCMP_ARCH_ARM,
#endif
	0};

const char *callname_of(char *buf, unsigned size, int number)
{
	auto_free char *name = seccomp_syscall_resolve_num_arch(seccomp_arch_native(), number);

	snprintf(buf, size, "%s", name ? name : "");
	return buf;
}

const char *const *callname_words(const char *const *first)
{
	static char names[CALLS_MAX][NAME_SIZE];
	static const char *words[CALLS_MAX + 16];
	int n = 0;

	for (; first && *first && n < 15; first++)
		words[n++] = *first;
	for (int i = 0; i < CALLS_MAX; i++)
		if (*callname_of(names[i], NAME_SIZE, i))
			words[n++] = names[i];
	words[n] = NULL;
	return words;
}

static bool others_have(const char *name)
{
	for (const uint32_t *arch = callname_others; *arch; arch++)
		if (seccomp_syscall_resolve_name_arch(*arch, name) >= 0)
			return true;
	return false;
}

static int unknown(const char *name, const char *op, struct err *err)
{
	const char *near = nearest_of(callname_words(NULL), name);
	const struct scmp_version *v = seccomp_version();

	err_usage(err, "%s: no such system call: \"%.100s\"", op, name);
	err_why(err, "libseccomp %u.%u.%u knows none of that name", v->major, v->minor, v->micro);
	if (near)
		err_fix(err, "did you mean %s?", near);
	return -1;
}

int callname_number(const char *name, int *number, const char *op, struct err *err)
{
	const char *today = callname_today(name);
	struct utsname u = {0};

	*number = seccomp_syscall_resolve_name(name);
	if (*number == __NR_SCMP_ERROR)
		return unknown(name, op, err);
	if (*number >= 0 || (!today && others_have(name)))
		return 0;
	uname(&u);
	err_usage(err, "%s: no system call of %s: \"%.100s\"", op, u.machine, name);
	if (!today) {
		err_why(err, "only other machines have it");
		return -1;
	}
	err_why(err, "only 32-bit programs have it, and for them it goes with %s", today);
	err_fix(err, "%s", today);
	return -1;
}

int errno_number(const char *name, const char *op, struct err *err)
{
	const char *names[134 + 1];
	const char *near;
	char *end;
	long value = strtol(name, &end, 10);
	int n = 0;

	if (*name >= '0' && *name <= '9' && !*end && value > 0 && value <= ERRNO_MAX)
		return (int)value;
	for (int e = 1; e <= 134; e++) { /* up to EHWPOISON, errno(3) */
		const char *word = strerrorname_np(e);

		if (word && !strcmp(word, name))
			return e;
		if (word)
			names[n++] = word;
	}
	names[n] = NULL;
	near = nearest_of(names, name);
	err_usage(err, "%s: no such errno: \"%.100s\"", op, name);
	if (near)
		err_fix(err, "did you mean errno=%s?", near);
	else
		err_fix(err, "a name of errno(3), as in errno=EACCES, or a number from 1 to %d",
			ERRNO_MAX);
	return 0;
}

const char *errno_text(char *buf, unsigned size, int errnum)
{
	const char *name = strerrorname_np(errnum);

	if (name)
		snprintf(buf, size, "%s", name);
	else
		snprintf(buf, size, "errno %d", errnum);
	return buf;
}
