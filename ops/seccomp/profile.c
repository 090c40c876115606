/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a list of names cannot say: calls that are allowed with some arguments
 * only (seccomp_rule_add(3)). As in Docker's profile, but that the rule for
 * a 64-bit argument of which the kernel takes 32 is its own.
 */
#include "ops/seccomp/profile.h"

#include <errno.h>
#include <linux/capability.h>
#include <sched.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/socket.h>

#include "ops/privilege/capname.h"
#include "ops/sys/callname.h"

static int add(scmp_filter_ctx ctx, uint32_t action, const char *name, bool (*own)(int), unsigned n,
	       const struct scmp_arg_cmp *arg)
{
	int number = seccomp_syscall_resolve_name(name);

	if (number == __NR_SCMP_ERROR || own(number))
		return 0;
	return seccomp_rule_add_array(ctx, action, number, n, arg);
}

static int add_names(scmp_filter_ctx ctx, const char *names, bool (*own)(int))
{
	char name[32];
	int r = 0;

	for (size_t len; *names && r == 0; names += len + strspn(names + len, " ")) {
		const char *twin;

		len = strcspn(names, " ");
		memcpy(name, names, len);
		name[len] = '\0';
		if (own(seccomp_syscall_resolve_name(name)))
			continue;
		r = add(ctx, SCMP_ACT_ALLOW, name, own, 0, NULL);
		for (int i = 0; r == 0 && (twin = callname_twin(name, false, i)) != NULL; i++)
			r = add(ctx, SCMP_ACT_ALLOW, twin, own, 0, NULL);
	}
	return r;
}

/* The filter compares 64 bits where the kernel looks at 32, so only equality,
 * or being less, is safe from what stands in the upper half. */
static int add_sockets(scmp_filter_ctx ctx, bool (*own)(int))
{
	/* AF_DECnet, AF_ECONET, AF_ATMSVC, AF_IRDA, AF_WANPIPE, AF_ISDN and AF_CAIF are gone
	 * from the kernel or about to be; the other two reach past the container. */
	static const unsigned left_out[] = {12, 19, 20, 23, 25, 34, 37, AF_ALG, AF_VSOCK};
	struct scmp_arg_cmp less = SCMP_A0(SCMP_CMP_LT, 12);
	int r = add(ctx, SCMP_ACT_ALLOW, "socket", own, 1, &less);

	for (unsigned family = 12, i = 0; family <= 45 /* AF_MCTP */ && r == 0; family++) {
		struct scmp_arg_cmp is = SCMP_A0(SCMP_CMP_EQ, family);

		if (i < sizeof(left_out) / sizeof(left_out[0]) && left_out[i] == family)
			i++;
		else
			r = add(ctx, SCMP_ACT_ALLOW, "socket", own, 1, &is);
	}
	return r;
}

/* Those that change no more than the look of uname(2); -1 only asks. */
static int add_personalities(scmp_filter_ctx ctx, bool (*own)(int))
{
	static const unsigned values[] = {PER_LINUX, PER_LINUX32, UNAME26, UNAME26 | PER_LINUX32,
					  0xffffffff};
	int r = 0;

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]) && r == 0; i++) {
		struct scmp_arg_cmp is = SCMP_A0(SCMP_CMP_EQ, values[i]);

		r = add(ctx, SCMP_ACT_ALLOW, "personality", own, 1, &is);
	}
	return r;
}

/* clone without new namespaces. The flags of clone3 stand in memory, where no
 * filter looks: ENOSYS makes the C library fall back to clone. On s390 the
 * flags are the second argument (clone(2)). */
static int add_clone(scmp_filter_ctx ctx, bool (*own)(int))
{
	const scmp_datum_t new = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
				 CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
	struct scmp_arg_cmp none = SCMP_CMP(0, SCMP_CMP_MASKED_EQ, new, 0);
	int r;

	none.arg = seccomp_arch_native() == SCMP_ARCH_S390X;
	r = add(ctx, SCMP_ACT_ALLOW, "clone", own, 1, &none);
	return r ? r : add(ctx, SCMP_ACT_ERRNO(ENOSYS), "clone3", own, 0, NULL);
}

int profile_add(scmp_filter_ctx ctx, uint64_t caps, bool (*own)(int number))
{
	int r = add_names(ctx, profile_always, own);

	for (const struct profile_caps *p = profile_with; p->names && r == 0; p++)
		if (caps & CAP_BIT(p->cap))
			r = add_names(ctx, p->names, own);
	if (r == 0 && !(caps & CAP_BIT(CAP_SYS_ADMIN)))
		r = add_clone(ctx, own);
	if (r == 0)
		r = add_sockets(ctx, own);
	return r ? r : add_personalities(ctx, own);
}
