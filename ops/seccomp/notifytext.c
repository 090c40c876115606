/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call in words, from its six registers. What kinds of arguments a call has
 * nobody can ask for, so those that are of interest stand here; of others the
 * registers are shown as they are.
 */
#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/seccomp/notify.h"
#include "ops/sys/trace.h"

#define ARGV_SHOWN 8

/* s: a string; d: a descriptor of a directory; i: a number; o: one in octal; x: bits; p: an
 * address. */
static const struct {
	const char *name, *kinds;
} calls[] = {
	{"open", "sfo"},
	{"openat", "dsfo"},
	{"openat2", "dspi"},
	{"creat", "so"},
	{"execve", "svp"},
	{"execveat", "dsvpx"},
	{"unlink", "s"},
	{"unlinkat", "dsx"},
	{"mkdir", "so"},
	{"mkdirat", "dso"},
	{"rmdir", "s"},
	{"rename", "ss"},
	{"renameat", "dsds"},
	{"renameat2", "dsdsx"},
	{"link", "ss"},
	{"linkat", "dsdsx"},
	{"symlink", "ss"},
	{"symlinkat", "sds"},
	{"readlink", "spi"},
	{"readlinkat", "dspi"},
	{"chmod", "so"},
	{"fchmod", "io"},
	{"fchmodat", "dso"},
	{"chown", "sii"},
	{"lchown", "sii"},
	{"fchown", "iii"},
	{"fchownat", "dsiix"},
	{"mknod", "sox"},
	{"mknodat", "dsox"},
	{"truncate", "si"},
	{"access", "sx"},
	{"faccessat", "dsx"},
	{"faccessat2", "dsxx"},
	{"stat", "sp"},
	{"lstat", "sp"},
	{"newfstatat", "dspx"},
	{"statx", "dsxxp"},
	{"chdir", "s"},
	{"fchdir", "i"},
	{"chroot", "s"},
	{"pivot_root", "ss"},
	{"mount", "sssxp"},
	{"umount2", "sx"},
	{"unshare", "x"},
	{"setns", "ix"},
	{"sethostname", "si"},
	{"setdomainname", "si"},
	{"socket", "iii"},
	{"connect", "ipi"},
	{"bind", "ipi"},
	{"listen", "ii"},
	{"read", "ipi"},
	{"write", "ipi"},
	{"close", "i"},
	{"dup", "i"},
	{"dup2", "ii"},
	{"clone", "xpppx"},
	{"clone3", "pi"},
	{"fork", ""},
	{"vfork", ""},
	{"getpid", ""},
	{"getppid", ""},
	{"gettid", ""},
	{"getuid", ""},
	{"geteuid", ""},
	{"getgid", ""},
	{"getegid", ""},
	{"sync", ""},
	{"setuid", "i"},
	{"setgid", "i"},
	{"setresuid", "iii"},
	{"setresgid", "iii"},
	{"setgroups", "ip"},
	{"kill", "ii"},
	{"tgkill", "iii"},
	{"ptrace", "iipp"},
	{"reboot", "xxxp"},
	{"uname", "p"},
	{"exit", "i"},
	{"exit_group", "i"},
	{"prctl", "ixxxx"},
	{"umask", "o"},
	{"nanosleep", "pp"},
	{"memfd_create", "sx"},
};

struct text {
	char *buf;
	unsigned size, n;
};

static void add(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void add(struct text *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	t->n += (unsigned)vsnprintf(t->buf + t->n, t->size - t->n, fmt, ap);
	va_end(ap);
	if (t->n >= t->size)
		t->n = t->size - 1;
}

/* As far as it can be read: to its end, or to that of a page behind which nothing is. */
static void add_string(struct text *t, int mem, unsigned long long at)
{
	char string[256], q[300];
	ssize_t n = mem < 0 || !at ? -1 : pread(mem, string, sizeof(string) - 1, (off_t)at);

	if (n <= 0) {
		add(t, at ? "%#llx" : "NULL", at);
		return;
	}
	string[n] = '\0';
	add(t, "%s", trace_quote(q, sizeof(q), string));
}

static void add_strings(struct text *t, int mem, unsigned long long at)
{
	unsigned long one;
	int n = 0;

	add(t, "[");
	for (; n < ARGV_SHOWN && mem >= 0 &&
	       pread(mem, &one, sizeof(one), (off_t)(at + sizeof(one) * (unsigned)n)) ==
		       sizeof(one) &&
	       one;
	     n++) {
		add(t, "%s", n ? ", " : "");
		add_string(t, mem, one);
	}
	add(t, n < ARGV_SHOWN ? "]" : ", ...]");
}

static void add_open_flags(struct text *t, unsigned long flags)
{
	static const struct trace_flag names[] = {{O_WRONLY, "O_WRONLY"},
						  {O_RDWR, "O_RDWR"},
						  {O_CREAT, "O_CREAT"},
						  {O_EXCL, "O_EXCL"},
						  {O_NOCTTY, "O_NOCTTY"},
						  {O_TRUNC, "O_TRUNC"},
						  {O_APPEND, "O_APPEND"},
						  {O_NONBLOCK, "O_NONBLOCK"},
						  {O_DIRECTORY, "O_DIRECTORY"},
						  {O_NOFOLLOW, "O_NOFOLLOW"},
						  {O_CLOEXEC, "O_CLOEXEC"},
						  {O_PATH, "O_PATH"},
						  {0, NULL}};
	char q[200];

	flags &= 0xffffffff;
	add(t, "%s%s",
	    flags & O_ACCMODE ? ""
	    : flags           ? "O_RDONLY|"
			      : "O_RDONLY",
	    flags ? trace_flags(q, sizeof(q), names, flags) : "");
}

static void add_argument(struct text *t, int mem, char kind, unsigned long long value)
{
	if (kind == 's')
		add_string(t, mem, value);
	else if (kind == 'v')
		add_strings(t, mem, value);
	else if (kind == 'f')
		add_open_flags(t, value);
	else if (kind == 'd' && (int)value == AT_FDCWD)
		add(t, "AT_FDCWD");
	else if (kind == 'd' || kind == 'i')
		add(t, "%d", (int)value);
	else if (kind == 'o')
		add(t, "0%llo", value & 07777777);
	else if (kind == 'p' && !value)
		add(t, "NULL");
	else
		add(t, value ? "%#llx" : "%llx", value);
}

void notify_text(char *buf, unsigned size, const struct seccomp_data *data, int mem)
{
	auto_free char *name = seccomp_syscall_resolve_num_arch(data->arch, data->nr);
	struct text t = {buf, size, 0};
	const char *kinds = "xxxxxx";

	for (size_t i = 0; name && i < sizeof(calls) / sizeof(calls[0]); i++)
		if (!strcmp(calls[i].name, name))
			kinds = calls[i].kinds;
	if (name)
		add(&t, "%s(", name);
	else
		add(&t, "call %d(", data->nr);
	for (int i = 0; kinds[i]; i++) {
		if (i && kinds[i - 1] == 'f' && !(data->args[i - 1] & O_CREAT))
			break;
		add(&t, "%s", i ? ", " : "");
		add_argument(&t, mem, kinds[i], data->args[i]);
	}
	add(&t, ")");
}
