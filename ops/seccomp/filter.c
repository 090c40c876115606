/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the rules, through libseccomp, to a filter that fits the capabilities of
 * the moment. It is kept until one of the two changes.
 */
#include "ops/seccomp/filter.h"

#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>

#include "ops/seccomp/profile.h"
#include "ops/seccomp/rules.h"
#include "ops/sys/callname.h"
#include "ops/sys/syscap.h"

static struct {
	struct sock_fprog prog;
	/* what it was made from; rules are only ever added */
	int n, n_if;
	bool profile, closed;
	uint32_t otherwise;
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
		snprintf(buf, size, "seccomp(SECCOMP_SET_MODE_FILTER, %s, {len=%u, filter=...})",
			 rules_notify() ? "SECCOMP_FILTER_FLAG_NEW_LISTENER" : "0", made.prog.len);
	return buf;
}

static uint32_t default_action(void)
{
	if (!rules.profile && !rules.closed)
		return SCMP_ACT_ALLOW;
	return rules.otherwise ? rules.otherwise : SCMP_ACT_ERRNO(EPERM);
}

/* For the call and its twins; n conditions. */
static int add_for_all(scmp_filter_ctx ctx, uint32_t action, int number, unsigned n,
		       const struct scmp_arg_cmp *args)
{
	char name[32];
	const char *twin;
	int r = seccomp_rule_add_array(ctx, action, number, n, args);

	callname_of(name, sizeof(name), number);
	for (int i = 0; r == 0 && (twin = callname_twin(name, true, i)) != NULL; i++)
		r = seccomp_rule_add_array(ctx, action, seccomp_syscall_resolve_name(twin), n,
					   args);
	return r;
}

static int add_rule(scmp_filter_ctx ctx, uint32_t action, int number)
{
	if (action == default_action()) /* libseccomp refuses what changes nothing */
		return 0;
	return add_for_all(ctx, action, number, 0, NULL);
}

/* allow: those that allow, or all the others. */
static int add_conditional(scmp_filter_ctx ctx, bool allow)
{
	int r = 0;

	for (int i = 0; i < rules.n_if && r == 0; i++) {
		const struct rule_if *rule = &rules.list_if[i];

		if ((rule->action == SCMP_ACT_ALLOW) == allow)
			r = add_for_all(ctx, rule->action, rule->number, rule->n, rule->args);
	}
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
	r = r ? r : add_conditional(ctx, true);
	return r < 0 || !rules.profile ? r : profile_add(ctx, made.caps, has_rule);
}

/* The filter kills what uses yet another architecture. */
static int begin(scmp_filter_ctx ctx)
{
	int r = ctx ? seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS)
		    : -ENOMEM;

	for (const uint32_t *arch = callname_others; *arch && r == 0; arch++)
		r = seccomp_arch_add(ctx, *arch);
	return r;
}

static bool is_current(uint64_t caps)
{
	return made.prog.len && made.n == rules.n && made.n_if == rules.n_if &&
	       made.profile == rules.profile && made.closed == rules.closed &&
	       made.otherwise == rules.otherwise && made.caps == caps;
}

static void note(uint64_t caps)
{
	made.n = rules.n;
	made.n_if = rules.n_if;
	made.profile = rules.profile;
	made.closed = rules.closed;
	made.otherwise = rules.otherwise;
	made.caps = caps;
}

/* Conditions under which a call is denied are looked at first. */
static int make(void)
{
	scmp_filter_ctx ctx = seccomp_init(default_action()), first = NULL;
	int r = begin(ctx);

	r = r ? r : add_rules(ctx);
	if (r == 0 && rules.n_if) {
		first = seccomp_init(SCMP_ACT_ALLOW);
		r = begin(first);
		r = r ? r : add_conditional(first, false);
	}
	r = r ? r : filter_compile(first, ctx, rules.profile, rules_notify(), &made.prog);
	if (first)
		seccomp_release(first);
	if (ctx)
		seccomp_release(ctx);
	return r;
}

int filter_prepare_for(struct call *c, uint64_t caps)
{
	int r;

	if (!rules_any() || is_current(caps))
		return 0;
	note(caps);
	r = make();
	if (r == 0)
		return 0;
	made.prog.len = 0;
	return err_kernel(c->err, -r, "libseccomp makes no filter of these rules");
}

int filter_prepare(struct call *c)
{
	return filter_prepare_for(c, rules.profile ? caps_of_program() : 0);
}

void filter_forget(void)
{
	made.prog.len = 0;
	rules_loaded = rules;
	rules = (struct rules){0};
}
