/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kernel's own language (BPF, seccomp(2)): compiled by libseccomp, which
 * gives it through a descriptor only. In front of a profile stand a few
 * instructions for which libseccomp has no words: calls with numbers above all
 * that it knows get ENOSYS, so that the C library of tomorrow falls back to
 * calls of today. And before all of that, where calls are denied for some
 * arguments, a filter of its own, so that what allows such a call as a whole
 * does not overrule it.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/seccomp/filter.h"
#include "ops/sys/callname.h"

#define OTHER_NUMBERS 0xf0000 /* ARM's private calls and all of x32 lie above */
#define PRELUDE       6       /* instructions for one architecture */
#define PAUSE         5       /* for the native one only */
#define ROOM          (PRELUDE * 4 + PAUSE)

static unsigned first_unknown(uint32_t arch)
{
	char *name = NULL;
	int n = 1024;

	while (!name && n > 0)
		name = seccomp_syscall_resolve_num_arch(arch, --n);
	free(name);
	return (unsigned)n + 1;
}

static unsigned prelude(struct sock_filter *code, uint32_t arch)
{
	const struct sock_filter block[PRELUDE] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, arch, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_NUMBERS, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, first_unknown(arch), 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
	};

	for (int i = 0; i < PRELUDE; i++)
		code[i] = block[i];
	return PRELUDE;
}

/* Where the one that has loaded the filter waits until its listener is in the right hands. */
static unsigned pause_point(struct sock_filter *code)
{
	const struct sock_filter block[PAUSE] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, seccomp_arch_native(), 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, FILTER_PAUSE, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
	};

	for (int i = 0; i < PAUSE; i++)
		code[i] = block[i];
	return PAUSE;
}

/* A filter of libseccomp, behind n instructions that there are already. Through a pipe, which has
 * room for the largest that the kernel takes (pipe(7)): of files the box may have a limit, as
 * RLIMIT_FSIZE. */
static int append(scmp_filter_ctx ctx, struct sock_filter **code, unsigned *n)
{
	const size_t room = BPF_MAXINSNS + ROOM;
	auto_close int in = -1, out = -1;
	struct sock_filter *more;
	ssize_t got;
	int p[2], r;

	if (pipe2(p, O_CLOEXEC | O_NONBLOCK) < 0)
		return -errno;
	in = p[0];
	out = p[1];
	if (fcntl(out, F_SETPIPE_SZ, (int)(BPF_MAXINSNS * sizeof(**code))) < 0)
		return -errno;
	r = seccomp_export_bpf(ctx, out);
	if (r < 0)
		return r;
	more = realloc(*code, sizeof(**code) * (*n + room));
	if (!more)
		return -ENOMEM;
	*code = more;
	got = read(in, more + *n, sizeof(**code) * room);
	if (got < 0)
		return -errno;
	*n += (unsigned)((size_t)got / sizeof(**code));
	return *n > BPF_MAXINSNS - ROOM ? -E2BIG : 0;
}

/* Where the first filter would allow, it goes on behind its end. */
static void go_on(struct sock_filter *code, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (code[i].code == (BPF_RET | BPF_K) && code[i].k == SECCOMP_RET_ALLOW)
			code[i] = (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, n - i - 1);
}

int filter_compile(scmp_filter_ctx first, scmp_filter_ctx ctx, bool profile, bool pauses,
		   struct sock_fprog *prog)
{
	struct sock_filter *code = NULL;
	unsigned n = 0;
	int r = first ? append(first, &code, &n) : 0;

	go_on(code, n);
	if (!code)
		code = malloc(sizeof(*code) * ROOM);
	if (!code)
		r = -ENOMEM;
	if (pauses && r == 0)
		n += pause_point(code + n);
	if (profile && r == 0) {
		n += prelude(code + n, seccomp_arch_native());
		for (const uint32_t *arch = callname_others; *arch; arch++)
			if (*arch != SCMP_ARCH_X32) /* shares its number with x86-64 */
				n += prelude(code + n, *arch);
	}
	r = r ? r : append(ctx, &code, &n);
	if (r < 0) {
		free(code);
		return r;
	}
	free(prog->filter);
	prog->filter = code;
	prog->len = (unsigned short)n;
	return 0;
}
