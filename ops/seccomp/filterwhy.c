/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Told is a word for each call: NAME!: a program that makes it is killed; NAME=ERRNO: it is
 * refused, and so it stays; NAME~ and NAME+ERRNO: likewise, until it is allowed. But for what
 * lines name to be killed for, only what the loader of shared libraries (ld.so(8)) and the C
 * library call before a program's first line, and do not go on without.
 */
#include "ops/seccomp/filterwhy.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "ops/seccomp/rules.h"
#include "ops/sys/callname.h"

static const char *const first_calls[] = {"mmap",    "mprotect", "arch_prctl", "openat", "read",
					  "pread64", "close",    "newfstatat", "futex",  NULL};

#define MARKS   "!~=+"
#define UNNAMED "*" /* in place of a name: all that no line names */
#define BEFORE_ITS_FIRST_LINE                                                                      \
	", which programs call before their first line (for their memory and their libraries, "    \
	"ld.so(8)) and do not go on without"

#define FROM_THE_HEAP "brk" /* a static program can do with this, or with mmap */

static bool kills(uint32_t action)
{
	return action == SCMP_ACT_KILL_PROCESS || action == SCMP_ACT_TRAP;
}

struct words {
	char *buf;
	unsigned size, n;
};

static void add(struct words *w, const char *name, const char *rest)
{
	if (w->n < w->size)
		w->n += (unsigned)snprintf(w->buf + w->n, w->size - w->n, "%s%s%s", w->n ? " " : "",
					   name, rest);
}

static bool has_condition(const struct rules *r, int number)
{
	for (int i = 0; i < r->n_if; i++)
		if (r->list_if[i].number == number)
			return true;
	return false;
}

static void tell_killed(struct words *w, const struct rules *r)
{
	char name[32];

	for (int i = 0; i < r->n; i++)
		if (kills(r->list[i].action))
			add(w, callname_of(name, sizeof(name), r->list[i].number), "!");
	for (int i = 0; i < r->n_if; i++)
		if (kills(r->list_if[i].action))
			add(w, callname_of(name, sizeof(name), r->list_if[i].number), "!");
}

static uint32_t action_of(const struct rules *r, const struct rule *rule)
{
	if (rule)
		return rule->action;
	if (r->profile || !r->closed)
		return SCMP_ACT_ALLOW;
	return r->otherwise ? r->otherwise : SCMP_ACT_ERRNO(EPERM);
}

static void tell_first_calls(struct words *w, const struct rules *r, bool loaded)
{
	char text[40], name[32];

	for (const char *const *call = first_calls; *call; call++) {
		int number = seccomp_syscall_resolve_name(*call);
		const struct rule *rule = rules_in(r, number);
		uint32_t action = action_of(r, rule);
		bool stays = rule || loaded;

		if (number < 0 || has_condition(r, number) || action == SCMP_ACT_ALLOW ||
		    action == SCMP_ACT_LOG || action == SCMP_ACT_NOTIFY || (rule && kills(action)))
			continue;
		if (kills(action)) {
			add(w, *call, stays ? "!" : "~");
			continue;
		}
		errno_text(name, sizeof(name), (int)(action & SECCOMP_RET_DATA));
		snprintf(text, sizeof(text), "%s%s", stays ? "=" : "+", name);
		add(w, *call, text);
	}
	if (kills(action_of(r, NULL)))
		add(w, UNNAMED, "!");
}

const char *filterwhy_told(char *buf, unsigned size)
{
	struct words w = {buf, size, 0};

	*buf = '\0';
	tell_killed(&w, &rules_loaded);
	tell_killed(&w, &rules);
	tell_first_calls(&w, &rules_loaded, true);
	tell_first_calls(&w, &rules, false);
	return buf;
}

/* The mark behind a call's name, 0: it is not told of. rest: what follows it. */
static char mark_of(const char *told, const char *name, const char **rest)
{
	size_t n = strlen(name);

	for (const char *at = told; (at = strstr(at, name)); at++)
		if ((at == told || at[-1] == ' ') && at[n] && strchr(MARKS, at[n])) {
			*rest = at + n + 1;
			return at[n];
		}
	return '\0';
}

/* Of the first calls, those with one of these marks. */
struct firsts {
	char list[200], names[200], errnum[16]; /* with commas between, with blanks before */
	int n;
	bool stays; /* a rule of its own: it cannot be allowed any more */
};

static bool find_firsts(const char *told, const char *marks, struct firsts *f)
{
	size_t n = 0, m = 0;
	const char *rest;

	*f = (struct firsts){.n = 0};
	for (const char *const *call = first_calls; *call; call++) {
		char mark = mark_of(told, *call, &rest);

		if (!mark || !strchr(marks, mark))
			continue;
		f->stays |= mark == '=' || mark == '!';
		if (!f->n++)
			snprintf(f->errnum, sizeof(f->errnum), "%.*s", (int)strcspn(rest, " "),
				 rest);
		n += (size_t)snprintf(f->list + n, sizeof(f->list) - n, "%s%s", n ? ", " : "",
				      *call);
		m += (size_t)snprintf(f->names + m, sizeof(f->names) - m, " %s", *call);
	}
	return f->n > 0;
}

static void fix(const struct firsts *f, struct err *e)
{
	if (f->stays)
		err_fix(e, "undo that line, or reset: a rule is not taken back");
	else
		err_first_names(e, "seccomp allow%s " FROM_THE_HEAP, f->names);
}

/* Names with the mark "!", with commas between; how many. */
static int killed(const char *told, char *list, size_t size)
{
	int count = 0;
	size_t n = 0;

	list[0] = '\0';
	for (const char *at = told; *at; at += strspn(at, " ")) {
		size_t len = strcspn(at, MARKS " ");

		if (at[len] == '!' && n < size)
			n += (size_t)snprintf(list + n, size - n, "%s%.*s", n ? ", " : "", (int)len,
					      at);
		count += at[len] == '!';
		at += strcspn(at, " ");
	}
	return count;
}

static bool why_killed(const char *told, struct err *e)
{
	char list[200];
	struct firsts f;
	int n = killed(told, list, sizeof(list));
	const char *rest;

	if (find_firsts(told, "!~", &f)) {
		err_why(e, "the seccomp filter kills for %s" BEFORE_ITS_FIRST_LINE, f.list);
		fix(&f, e);
		return true;
	}
	if (mark_of(told, UNNAMED, &rest))
		err_why(e,
			"it made a call that no seccomp allow line names: the filter kills for "
			"all others (SIGSYS)");
	else if (n == 1)
		err_why(e, "it called %s, for which alone the seccomp filter kills (SIGSYS)", list);
	else if (n)
		err_why(e,
			"it called one of these, for which the seccomp filter kills (SIGSYS): %s",
			list);
	return n > 0;
}

/* As a program ends that did not come to its first line: a fault of its own, its abort(3), or
 * the loader's status. */
static bool is_early_end(int status)
{
	int sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	return sig == SIGSEGV || sig == SIGABRT || sig == SIGBUS || sig == SIGILL ||
	       sig == SIGTRAP || (WIFEXITED(status) && WEXITSTATUS(status) == 127);
}

static bool why_refused(const char *told, struct err *e)
{
	struct firsts f;

	if (!find_firsts(told, "=+", &f))
		return false;
	err_why(e, "the seccomp filter refuses %s (%s)" BEFORE_ITS_FIRST_LINE, f.list, f.errnum);
	fix(&f, e);
	return true;
}

bool filterwhy(const char *told, int wait_status, struct err *e)
{
	if (WIFSIGNALED(wait_status) && WTERMSIG(wait_status) == SIGSYS)
		return why_killed(told, e);
	return is_early_end(wait_status) && why_refused(told, e);
}
