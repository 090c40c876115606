/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the rules, through libseccomp, to a filter that fits the capabilities of
 * the moment. It is kept until one of the two changes.
 */
#include "filter.h"

#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>

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
	r = r ? r : filter_compile(ctx, rules.profile, &made.prog);
	seccomp_release(ctx);
	if (r == 0)
		return 0;
	made.prog.len = 0;
	return err_kernel(c->err, -r, "libseccomp makes no filter of these rules: %s",
			  strerrorname_np(-r));
}
