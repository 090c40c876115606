/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libseccomp compiles the rules into the kernel's own language (BPF, seccomp(2));
 * loading is ours. In front of a profile stand a few instructions for which
 * libseccomp has no words: calls with numbers above all that it knows get
 * ENOSYS, so that the C library of tomorrow falls back to calls of today.
 */
#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auto.h"
#include "callname.h"
#include "profile.h"
#include "rules.h"
#include "syscap.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 8 /* since Linux 6.3, memfd_create(2) */
#endif

#define OTHER_NUMBERS 0xf0000 /* ARM's private calls and all of x32 lie above */
#define PRELUDE       6       /* instructions for one architecture */

static struct {
	struct sock_fprog prog;
	/* what it was made from; rules are only ever added */
	int n;
	bool profile, closed;
	int errnum;
	uint64_t caps;
} made;

const struct sock_fprog *filter_made(void)
{
	return &made.prog;
}

const char *filter_text(char *buf, unsigned size)
{
	buf[0] = '\0';
	if (made.prog.len)
		snprintf(buf, size, "seccomp(SECCOMP_SET_MODE_FILTER, 0, {len=%u, filter=...})",
			 made.prog.len);
	return buf;
}

static uint32_t default_action(void)
{
	if (!rules.profile && !rules.closed)
		return SCMP_ACT_ALLOW;
	return SCMP_ACT_ERRNO((uint32_t)(rules.errnum ? rules.errnum : EPERM));
}

static int add_rule(scmp_filter_ctx ctx, uint32_t action, int number)
{
	char name[32];
	const char *twin;
	int r;

	if (action == default_action()) /* libseccomp refuses what changes nothing */
		return 0;
	r = seccomp_rule_add(ctx, action, number, 0);
	callname_of(name, sizeof(name), number);
	for (int i = 0; r == 0 && (twin = callname_twin(name, true, i)) != NULL; i++)
		r = seccomp_rule_add(ctx, action, seccomp_syscall_resolve_name(twin), 0);
	return r;
}

static bool has_rule(int number)
{
	return rules_find(number) != NULL;
}

static int add_rules(scmp_filter_ctx ctx)
{
	int r = 0;

	for (int i = 0; i < rules.n && r == 0; i++)
		r = add_rule(ctx, rules.list[i].action, rules.list[i].number);
	for (const int *need = rules_needed; *need >= 0 && r == 0; need++)
		if (!has_rule(*need))
			r = add_rule(ctx, SCMP_ACT_ALLOW, *need);
	return r < 0 || !rules.profile ? r : profile_add(ctx, made.caps, has_rule);
}

/* The filter kills what uses yet another architecture. */
static int fill(scmp_filter_ctx ctx)
{
	int r = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);

	for (const uint32_t *arch = callname_others; *arch && r == 0; arch++)
		r = seccomp_arch_add(ctx, *arch);
	return r ? r : add_rules(ctx);
}

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

/* With fewer calls to the kernel it can only be had through a descriptor. */
static int compile(scmp_filter_ctx ctx)
{
	auto_close int fd = memfd_create("filter", MFD_CLOEXEC | MFD_NOEXEC_SEAL);
	struct sock_filter *code;
	unsigned n = 0;
	struct stat st;
	int r;

	if (fd < 0 && errno == EINVAL)
		fd = memfd_create("filter", MFD_CLOEXEC);
	r = fd < 0 ? -errno : seccomp_export_bpf(ctx, fd);
	if (r < 0 || fstat(fd, &st) < 0)
		return r < 0 ? r : -errno;
	code = malloc((size_t)st.st_size + sizeof(*code) * PRELUDE * 4);
	if (!code)
		return -ENOMEM;
	if (rules.profile) {
		n = prelude(code, seccomp_arch_native());
		for (const uint32_t *arch = callname_others; *arch; arch++)
			if (*arch != SCMP_ARCH_X32) /* shares its number with x86-64 */
				n += prelude(code + n, *arch);
	}
	if (pread(fd, code + n, (size_t)st.st_size, 0) != st.st_size) {
		free(code);
		return -EIO;
	}
	free(made.prog.filter);
	made.prog.filter = code;
	made.prog.len = (unsigned short)(n + (size_t)st.st_size / sizeof(*code));
	return 0;
}

int filter_prepare(struct call *c)
{
	uint64_t caps = rules.profile ? caps_of_program() : 0;
	scmp_filter_ctx ctx;
	int r;

	if (!rules_any() ||
	    (made.prog.len && made.n == rules.n && made.profile == rules.profile &&
	     made.closed == rules.closed && made.errnum == rules.errnum && made.caps == caps))
		return 0;
	made.n = rules.n;
	made.profile = rules.profile;
	made.closed = rules.closed;
	made.errnum = rules.errnum;
	made.caps = caps;
	ctx = seccomp_init(default_action());
	r = ctx ? fill(ctx) : -ENOMEM;
	r = r ? r : compile(ctx);
	seccomp_release(ctx);
	if (r == 0)
		return 0;
	made.prog.len = 0;
	return err_kernel(c->err, -r, "libseccomp makes no filter of these rules: %s",
			  strerrorname_np(-r));
}
