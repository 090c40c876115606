/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One errno has many causes, so each of these looks before it speaks: at
 * /proc/PID/status (proc(5)), /proc/sys/user, the control group's files, and
 * path by path into the box's root.
 */
#include "diagnose.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "auto.h"
#include "box.h"
#include "group.h"
#include "ns.h"

bool diagnose_status(struct call *c, const char *key, char *buf, unsigned size)
{
	char path[64], line[256];
	size_t n = strlen(key);
	auto_fclose FILE *f = NULL;

	box_proc(c->session, path, sizeof(path), "status");
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, key, n) && line[n] == ':') {
			snprintf(buf, size, "%s", line + n + 1 + strspn(line + n + 1, " \t"));
			buf[strcspn(buf, "\n")] = '\0';
			return true;
		}
	return false;
}

/* Does the shell, from which the box was forked, hold it? */
static bool we_hold(int number)
{
	auto_fclose FILE *f = fopen("/proc/self/status", "re");
	unsigned long long caps = 0;
	char line[256];

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "CapEff: %llx", &caps) == 1)
			break;
	return caps >> number & 1;
}

void diagnose_capability(struct call *c, const char *name, int number)
{
	bool own_user = ns_differ(c->session->box.pid, getpid(), CLONE_NEWUSER);
	char caps[64], seccomp[16];

	if (c->err->errnum != EPERM && c->err->errnum != EACCES)
		return;
	if (!diagnose_status(c, "CapEff", caps, sizeof(caps)))
		return;
	if (!(strtoull(caps, NULL, 16) >> number & 1)) {
		err_why(c->err, "the box does not hold %s (its user ID is %u, CapEff is %s)", name,
			(unsigned)geteuid(), caps);
		if (own_user || we_hold(number))
			err_fix(c->err,
				"it was given up (caps show), and does not come back: reset, and "
				"take this step before");
		else
			err_fix(c->err, geteuid() == 0 ? "run ctrsh where root has its "
							 "capabilities (a container takes "
							 "them away)"
						       : "unshare user first, or run ctrsh with "
							 "sudo");
	} else if (diagnose_status(c, "Seccomp", seccomp, sizeof(seccomp)) && seccomp[0] == '2') {
		err_why(c->err,
			"the box holds %s, but a seccomp filter is in force (Seccomp: 2), "
			"as in another container",
			name);
	} else if (own_user) {
		err_why(c->err,
			"the box holds %s in its own user namespace only; the kernel asks "
			"for it in the one that owns what this would change",
			name);
	}
}

static long read_number(const char *path)
{
	auto_fclose FILE *f = fopen(path, "re");
	long n = -1;

	if (f && fscanf(f, "%ld", &n) != 1)
		n = -1;
	return n;
}

void diagnose_namespace_limits(struct call *c)
{
	char path[64];
	long limit;

	err_why(c->err, "not the disk: namespaces are nested too deep (32), or there are too many");
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		snprintf(path, sizeof(path), "/proc/sys/user/max_%s_namespaces", ns->name);
		limit = read_number(path);
		for (int i = 1; limit == 0 && i < c->argc; i++)
			if (!strcmp(c->argv[i], ns->name)) {
				err_why(c->err, "not the disk: %s is 0", path);
				err_fix(c->err, "!echo 1000 > %s", path);
			}
	}
}

void diagnose_fork(struct call *c)
{
	struct rlimit nproc;
	long max, now;

	if (group_numbers(c->session, &now, &max) == 0 && now >= max) {
		err_why(c->err,
			"the limit works: the control group holds %ld of at most %ld processes",
			now, max);
		err_fix(c->err, "cgroup pids %ld, or reset", max > 1 ? max * 2 : 4);
		return;
	}
	if (getrlimit(RLIMIT_NPROC, &nproc) == 0 && nproc.rlim_cur != RLIM_INFINITY)
		err_why(c->err,
			"RLIMIT_NPROC is %lu for this user, or a control group above has a "
			"limit",
			(unsigned long)nproc.rlim_cur);
}

void diagnose_filter(struct call *c)
{
	char caps[64], nnp[16];

	if (!diagnose_status(c, "CapEff", caps, sizeof(caps)) ||
	    !diagnose_status(c, "NoNewPrivs", nnp, sizeof(nnp)) || nnp[0] != '0' ||
	    (strtoull(caps, NULL, 16) >> CAP_SYS_ADMIN & 1))
		return;
	err_why(c->err,
		"the box does not hold CAP_SYS_ADMIN any more (CapEff is %s), and no_new_privs is "
		"not set: the kernel asks for one of the two (seccomp(2))",
		caps);
	err_fix(c->err, "no_new_privs");
}

static int look(int base, const char *path, bool rooted)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC,
			       .resolve = rooted ? RESOLVE_IN_ROOT : 0};
	int fd = (int)syscall(SYS_openat2, base, path, &how, sizeof(how));

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

bool diagnose_path(struct call *c, const char *path)
{
	bool rooted = path[0] == '/';
	auto_close int base = -1;
	char part[ERR_TEXT / 2], proc[64];
	const char *end = path;

	box_proc(c->session, proc, sizeof(proc), rooted ? "root" : "cwd");
	base = open(proc, O_PATH | O_DIRECTORY | O_CLOEXEC);
	while (base >= 0 && *end) {
		end += strspn(end, "/");
		end += strcspn(end, "/");
		if ((size_t)(end - path) >= sizeof(part))
			break;
		snprintf(part, sizeof(part), "%.*s", (int)(end - path), path);
		switch (look(base, part, rooted)) {
		case 0:
			continue;
		case ENOENT:
			err_why(c->err, "there is no %s%s", part, *end ? ", on the way" : "");
			return true;
		case ENOTDIR:
			err_why(c->err, "the part above %s is not a directory", part);
			return true;
		case EACCES:
			err_why(c->err, "%s lies in a directory that user %u may not search", part,
				(unsigned)geteuid());
			return true;
		default:
			return false;
		}
	}
	if (base >= 0 && c->err->errnum == ENOTDIR)
		err_why(c->err, "%s is not a directory", path);
	if (base >= 0 && c->err->errnum == EACCES)
		err_why(c->err, "%s has no x permission for user %u", path, (unsigned)geteuid());
	return c->err->why[0] != '\0';
}

/* A line of uid_map or gid_map is "inside outside count" (user_namespaces(7)). */
bool diagnose_is_mapped(struct call *c, const char *map, unsigned id)
{
	unsigned inside, outside, count;
	auto_fclose FILE *f = NULL;
	char path[64];

	box_proc(c->session, path, sizeof(path), map);
	f = fopen(path, "re");
	while (f && fscanf(f, "%u %u %u", &inside, &outside, &count) == 3)
		if (id >= inside && id - inside < count)
			return true;
	return false;
}
