/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Is it a seccomp filter that refuses a call, as container engines set them?
 * Seccomp: 2 in /proc/PID/status tells only that there is one. So the call is
 * made in a way that asks for nothing, and that the kernel itself answers
 * otherwise, with or without privilege; a filter comes before (seccomp(2)).
 * The shell does it: the filters that it was started under are the box's, too.
 */
#include "diagfilter.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "diagnose.h"
#include "probes.h"

static const struct {
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

bool diagnose_refused_by_filter(struct call *c)
{
	size_t n = strcspn(c->err->what, "(");
	char seccomp[16] = "";

	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++) {
		int errnum;

		if (strlen(harmless[i].call) != n ||
		    strncmp(harmless[i].call, c->err->what, n) != 0)
			continue;
		errnum = syscall(harmless[i].number, harmless[i].arg, 0, 0, 0, 0) < 0 ? errno : 0;
		probes_note(c, "tried", harmless[i].shown, "%s",
			    errnum ? strerrorname_np(errnum) : "0");
		if (errnum == harmless[i].answer || errnum != c->err->errnum)
			return false;
		diagnose_status(c, "Seccomp", seccomp, sizeof(seccomp));
		err_why(c->err,
			"ctrsh was started under a seccomp filter that refuses %s, as in another "
			"container: even %s, which asks for nothing, gives %s",
			harmless[i].call, harmless[i].shown, strerrorname_np(errnum));
		err_fix(c->err,
			"start ctrsh outside of that container, or let its seccomp profile allow "
			"%s",
			harmless[i].call);
		return true;
	}
	return false;
}
