/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Is it a seccomp filter that refuses a call, as container engines set them?
 * Seccomp: 2 in /proc/PID/status tells only that there is one. So the call is
 * made in a way that asks for nothing, and that the kernel itself answers
 * otherwise, with or without privilege; a filter comes before (seccomp(2)).
 * The shell does it: the filters that it was started under are the box's, too;
 * then the box, if it has further ones.
 */
#include "ops/why/diagfilter.h"
#include "ops/facts/subject.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/session.h"
#include "ops/box/wire.h"
#include "ops/cgroup/group.h"
#include "ops/why/diagnose.h"
#include "ops/why/probes.h"

static const struct harmless {
	const char *call;
	long number, arg;
	int answer; /* the kernel's own errno; 0: it succeeds, and does nothing */
	const char *shown;
} harmless[] = {
	{"unshare", SYS_unshare, 0, 0, "unshare(0)"},
	{"mount", SYS_mount, 0, EFAULT, "mount(NULL, NULL, NULL, 0, NULL)"},
	{"chroot", SYS_chroot, 0, EFAULT, "chroot(NULL)"},
	{"setns", SYS_setns, -1, EBADF, "setns(-1, 0)"},
	{"mknodat", SYS_mknodat, -1, EFAULT, "mknodat(-1, NULL, 0, 0)"},
};

static const struct harmless *find(const char *call, size_t n)
{
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (strlen(harmless[i].call) == n && strncmp(harmless[i].call, call, n) == 0)
			return &harmless[i];
	return NULL;
}

static int try(const struct harmless *h)
{
	return syscall(h->number, h->arg, 0, 0, 0, 0) < 0 ? errno : 0;
}

int diagfilter_try(const char *call)
{
	const struct harmless *h = find(call, strlen(call));

	return h ? try(h) : 0;
}

/* -1: the box did not answer. */
static int try_in_box(struct call *c, const struct harmless *h)
{
	static struct request r; /* large, and there is one at a time */
	static struct reply reply;
	char *argv[] = {(char *)h->call, NULL};

	r.op = REQUEST_HARMLESS;
	if (group_is_frozen(c->session) || c->session->box.sock < 0 ||
	    request_pack(&r, 1, argv) < 0 || box_request(c->session, &r, NULL, 0) < 0 ||
	    box_await(c->session, &reply) < 0 || reply.kind != REPLY_DONE)
		return -1;
	probes_note(c, "tried in the box", h->shown, "%s",
		    reply.status ? strerrorname_np(reply.status) : "0");
	return reply.status;
}

/* Since Linux 5.10 their number; before, whether there is one. */
static long filters_of(pid_t pid)
{
	auto_free char *mode = process_status(pid, "Seccomp");
	auto_free char *filters = process_status(pid, "Seccomp_filters");

	return filters ? atol(filters) : mode && atoi(mode) == 2;
}

bool diagnose_own_filter(struct call *c)
{
	char n[16];

	diagnose_status(c, "Seccomp_filters", n, sizeof(n));
	return filters_of(c->session->box.pid) > filters_of(getpid());
}

static void tell_around(struct call *c, const struct harmless *h)
{
	char seccomp[16];

	diagnose_status(c, "Seccomp", seccomp, sizeof(seccomp));
	err_why(c->err,
		"ctrsh was started under a seccomp filter that refuses %s, as in another "
		"container: even %s, which asks for nothing, gives %s",
		h->call, h->shown, strerrorname_np(c->err->errnum));
	err_fix(c->err,
		"start ctrsh outside of that container, or let its seccomp profile allow %s",
		h->call);
}

static void tell_own(struct call *c, const struct harmless *h)
{
	err_why(c->err,
		"the filter of this session's seccomp load refuses %s, to the box as well: even "
		"%s, which asks for nothing, gives %s there",
		h->call, h->shown, strerrorname_np(c->err->errnum));
	err_fix(c->err, "a filter stays: undo the seccomp load, and take this step before it");
}

bool diagnose_refused_by_filter(struct call *c)
{
	const struct harmless *h = find(c->err->what, strcspn(c->err->what, "("));
	int errnum;

	if (!h)
		return false;
	errnum = try(h);
	probes_note(c, "tried", h->shown, "%s", errnum ? strerrorname_np(errnum) : "0");
	if (errnum != h->answer && errnum == c->err->errnum) {
		tell_around(c, h);
		return true;
	}
	if (errnum != h->answer || h->answer == c->err->errnum || !diagnose_own_filter(c) ||
	    try_in_box(c, h) != c->err->errnum)
		return false;
	tell_own(c, h);
	return true;
}
