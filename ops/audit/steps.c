/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps that close ways, as lines of ctrsh, and which of them is next.
 */
#include <limits.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/audit/audit.h"
#include "ops/namespaces/ns.h"
#include "ops/text/quote.h"

#define TAKES_PRIVILEGE (STEP_CAPS | STEP_MKNOD | STEP_NEWPRIVS | STEP_SECCOMP)
#define LESS_THAN_ONE   "cgroup cpu 50%" /* where there is one processor, 1 is no limit */
#define AT_THE_START    STEP_USER
#define NEEDS_ADMIN                                                                                \
	(STEP_UNSHARE | STEP_PIVOT | STEP_PROC | STEP_PRIVATE | STEP_MASK | STEP_SYS |             \
	 STEP_CGROUP | STEP_READ_ONLY)

static const struct line {
	enum closer step;
	const char *text;
} lines[] = {
	{STEP_PIVOT, "pivot_root ./rootfs"},
	{STEP_PROC, "mount proc"},
	{STEP_PRIVATE, "propagation --recursive private"},
	{STEP_CD, "cd /"},
	{STEP_MASK, "mask default"},
	{STEP_SYS, "remount /sys ro"},
	{STEP_CGROUP, "umount --lazy /sys/fs/cgroup"},
	{STEP_READ_ONLY, "remount / ro"},
	{STEP_PIDS, "cgroup pids 100"},
	{STEP_MEMORY, "cgroup memory 256M"},
	{STEP_CPU, "cgroup cpu 1"}, /* or LESS_THAN_ONE */
	{STEP_NOFILE, "rlimit nofile 1024"},
	{STEP_CAPS, "caps default"},
	{STEP_MKNOD, "caps drop mknod"},
	{STEP_NEWPRIVS, "no_new_privs"},
	{STEP_SECCOMP, "seccomp default"},
	{STEP_USER, "unshare user; map root"},
};

/* All that are still shared, in one line. A user namespace is another matter, but for
 * those who hold nothing without it. A clock that is the host's needs an offset, which
 * takes CAP_SYS_TIME (time_namespaces(7)). */
static const char *unshare_line(const struct audit *a, const struct finding *f, char *buf,
				unsigned size)
{
	unsigned which = f && f->ns ? f->ns : a->gains;
	bool user = a->uid != 0 && (a->shared & CLONE_NEWUSER) &&
		    !(a->holds & 1ULL << CAP_SYS_ADMIN);
	unsigned n = (unsigned)snprintf(buf, size, "unshare%s", user ? " user" : "");

	for (const struct ns *ns = namespaces; ns->name && n < size; ns++)
		if (which & ns->flag)
			n += (unsigned)snprintf(buf + n, size - n, " %s", ns->name);
	if (n < size && (which & CLONE_NEWTIME) && (user || (a->holds & 1ULL << CAP_SYS_TIME)))
		n += (unsigned)snprintf(buf + n, size - n, " monotonic=+1d boottime=+1d");
	if (n < size && user)
		snprintf(buf + n, size - n, "; map root");
	return buf;
}

/* One for each name of the list "open A, B". */
static const char *unsetenv_line(const struct audit *a, char *buf, unsigned size)
{
	const char *list = items_find(&a->tried, "environment");
	const char *name = list ? strchr(list, ' ') : NULL;
	unsigned n = 0;

	while (name && *name && n < size) {
		name += strspn(name, ", ");
		if (!*name)
			break;
		n += (unsigned)snprintf(buf + n, size - n, "%sunsetenv %.*s", n ? "; " : "",
					(int)strcspn(name, ","), name);
		name += strcspn(name, ",");
	}
	return buf;
}

/* To where chroot led, as the host names it. */
static const char *pivot_line(const struct audit *a, char *buf, unsigned size)
{
	char root[PATH_MAX] = "", word[PATH_MAX];
	ssize_t n = readlinkat(a->who->proc, "root", root, sizeof(root) - 1);
	const char *dir = n > 0 ? quote_word(word, sizeof(word), root) : NULL;

	/* A line that was cut would be another line. */
	if (!dir || snprintf(buf, size, "pivot_root %s", dir) >= (int)size)
		snprintf(buf, size, "pivot_root");
	return buf;
}

/* The default filter allows more to those who hold CAP_SYS_ADMIN, so that goes first. Then
 * a filter is taken from those only who can't gain privileges (seccomp(2)). */
static unsigned with_what_it_needs(const struct audit *a, unsigned step)
{
	if (step != STEP_SECCOMP)
		return step;
	return step | (a->new_privs ? STEP_NEWPRIVS : 0) |
	       (a->caps & 1ULL << CAP_SYS_ADMIN ? STEP_CAPS : 0);
}

const char *audit_step(const struct audit *a, enum closer step, const struct finding *f, char *buf,
		       unsigned size)
{
	*buf = '\0';
	if (step == STEP_UNSHARE)
		return unshare_line(a, f, buf, size);
	if (step == STEP_PIVOT && f && (f->steps & STEP_FRESH))
		return pivot_line(a, buf, size);
	if (with_what_it_needs(a, step) != step) {
		snprintf(buf, size, "%s%sseccomp default",
			 a->caps & 1ULL << CAP_SYS_ADMIN ? "caps default; " : "",
			 a->new_privs ? "no_new_privs; " : "");
		return buf;
	}
	if (step == STEP_UNSETENV)
		return unsetenv_line(a, buf, size);
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (lines[i].step == step && audit_is_possible(a, step))
			snprintf(buf, size, "%s",
				 step == STEP_CPU && sysconf(_SC_NPROCESSORS_ONLN) == 1
					 ? LESS_THAN_ONE
					 : lines[i].text);
	return buf;
}

bool audit_is_possible(const struct audit *a, unsigned step)
{
	return step != STEP_PIVOT || a->rootfs;
}

/* Without a user namespace to come; a plain user's box makes one first of all. */
bool audit_is_late(const struct audit *a, unsigned steps)
{
	return (steps & NEEDS_ADMIN) && a->uid == 0 && !(a->holds & 1ULL << CAP_SYS_ADMIN);
}

static int count(const struct finding *list, int n, unsigned step)
{
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += list[i].state >= WAY_PARTLY && (list[i].steps & step) &&
		       !(list[i].steps & (STEP_LATER | STEP_FRESH));
	return sum;
}

/* What capabilities open is a step of its own, if it closes more. */
static unsigned chosen_by(const struct audit *a, unsigned step)
{
	return step == STEP_SECCOMP ? with_what_it_needs(a, step) & ~(unsigned)STEP_CAPS : step;
}

static enum closer best(const struct audit *a, const struct finding *list, int n, unsigned among,
			int *closes)
{
	unsigned step = 0;

	*closes = 0;
	for (unsigned s = STEP_UNSHARE; s <= STEP_USER; s <<= 1) {
		bool can = (s & among) && audit_is_possible(a, s) && !audit_is_late(a, s);
		int sum = can ? count(list, n, chosen_by(a, s)) : 0;

		if (sum > *closes) {
			*closes = sum;
			step = s;
		}
	}
	return step;
}

enum closer audit_next(const struct audit *a, const struct finding *list, int n, int *closes)
{
	enum closer step = best(a, list, n, ~(unsigned)(TAKES_PRIVILEGE | AT_THE_START), closes);

	return step ? step : best(a, list, n, TAKES_PRIVILEGE, closes);
}
