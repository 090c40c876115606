/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One errno has many causes, so each of these looks before it speaks: at
 * /proc/PID/status (proc(5)), /proc/sys/user, the control group's files, and
 * path by path into the box's root.
 */
#include "ops/why/diagnose.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/box/boxid.h"
#include "ops/facts/subject.h"
#include "ops/files/mountinfo.h"
#include "ops/guard.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/ns.h"
#include "ops/why/diagfilter.h"
#include "ops/why/diagprobe.h"

bool diagnose_status(struct call *c, const char *key, char *buf, unsigned size)
{
	auto_free char *value = process_status(c->session->box.pid, key);

	if (!value)
		return false;
	snprintf(buf, size, "%s", value);
	probes_note_proc(c, "status", key, "%s", buf);
	return true;
}

bool diagnose_we_hold(int number)
{
	auto_free char *caps = process_status(getpid(), "CapEff");

	return caps && strtoull(caps, NULL, 16) >> number & 1;
}

/* A user namespace of its own, and with it what the op changes. */
static void fix_user_namespace(struct call *c)
{
	unsigned changes = guard_changes(c->op, c->argc, c->argv);
	char list[96] = "";
	size_t n = 0;

	changes &= ~guard_own(c->session, changes);
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (changes & ns->flag)
			n += (size_t)snprintf(list + n, sizeof(list) - n, " %s", ns->name);
	err_first_names(c->err, "unshare user%s", list);
}

/* What to do without a capability, seen from who the box is. Other IDs than
 * one's own are in a user namespace only once they are mapped. */
static void fix_capability(struct call *c, uid_t uid, int number, bool given_up)
{
	if (uid != geteuid())
		err_fix(c->err, "reset, and %s before the box becomes another user", c->op->name);
	else if (given_up)
		err_fix(c->err,
			"it was given up (caps show), and does not come back: reset, and "
			"take this step before");
	else if (uid == 0)
		err_fix(c->err,
			"run ctrsh where root has its capabilities (a container takes them away)");
	else if (number == CAP_SETUID || number == CAP_SETGID)
		err_fix(c->err,
			"unshare user, and map auto, with which it has other IDs than yours; or "
			"run ctrsh with sudo");
	else if (diagnose_lacks_map(c, "uid_map"))
		err_fix(c->err,
			"start ctrsh where the user namespace that it is in is mapped, as "
			"unshare --map-root-user ctrsh does");
	else
		fix_user_namespace(c);
}

void diagnose_capability(struct call *c, const char *name, int number)
{
	bool own_user = diagnose_own(c, CLONE_NEWUSER), in_user = diagnose_in_user_namespace(c);
	char caps[64], seccomp[16];
	struct boxid id;

	if (c->err->errnum != EPERM && c->err->errnum != EACCES)
		return;
	if (diagnose_refused_by_filter(c))
		return;
	if (!diagnose_status(c, "CapEff", caps, sizeof(caps)))
		return;
	if (!(strtoull(caps, NULL, 16) >> number & 1)) {
		boxid_read(c->session->box.pid, &id);
		err_why(c->err, "the box does not hold %s (its user ID is %u, CapEff is %s)%s",
			name, (unsigned)id.uid, caps,
			id.uid == 0 || id.uid != geteuid() || own_user ? ""
			: diagnose_lacks_map(c, "uid_map")
				? ": the user namespace that ctrsh was started in has no uid_map, and "
				  "so gives a program that is executed none"
				: ": a plain user gets it in a user namespace of his own, or with sudo");
		fix_capability(c, id.uid, number, own_user || diagnose_we_hold(number));
		if (diagnose_status(c, "CapPrm", caps, sizeof(caps)) &&
		    (strtoull(caps, NULL, 16) >> number & 1) && id.uid == geteuid()) {
			err_add(c->err,
				"it lacks in the effective set alone, the permitted one (CapPrm "
				"%s) still has it",
				caps);
			err_fix(c->err,
				"reset, and take this step before the effective set loses it");
		}
	} else if (diagnose_status(c, "Seccomp", seccomp, sizeof(seccomp)) && seccomp[0] == '2') {
		err_why(c->err,
			"the box holds %s, but a seccomp filter is in force (Seccomp: 2), %s", name,
			diagnose_own_filter(c) ? "that of this session's seccomp load"
					       : "as in another container");
		if (diagnose_own_filter(c))
			err_fix(c->err,
				"a filter stays: undo the seccomp load, and take this step before it");
	} else if (in_user && !diagnose_apparmor(c) &&
		   !diagnose_owned(c, guard_changes(c->op, c->argc, c->argv) | c->op->shows)) {
		err_why(c->err,
			"the box holds %s in its own user namespace only; the kernel asks "
			"for it in the one that owns what this would change",
			name);
	}
}

bool diagnose_apparmor(struct call *c)
{
	char path[64], profile[128] = "unprivileged_userns";
	auto_fclose FILE *f = NULL;

	if (geteuid() == 0 ||
	    diagnose_number(c, "/proc/sys/kernel/apparmor_restrict_unprivileged_userns") != 1)
		return false;
	box_proc(c->session, path, sizeof(path), "attr/current");
	f = fopen(path, "re");
	if (f && fgets(profile, sizeof(profile), f))
		profile[strcspn(profile, " \n")] = '\0';
	err_why(c->err,
		"AppArmor lets plain users make user namespaces but gives them no capabilities "
		"there: kernel.apparmor_restrict_unprivileged_userns is 1, the box's profile is %s. A "
		"profile for ctrsh with the rule userns would do as well",
		profile);
	err_first(c->err, "!sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
	return true;
}

long diagnose_number(struct call *c, const char *path)
{
	auto_fclose FILE *f = fopen(path, "re");
	const char *slash = strrchr(path, '/');
	long n = -1;

	if (f && fscanf(f, "%ld", &n) != 1)
		n = -1;
	if (f)
		probes_note(c, path, slash ? slash + 1 : path, "%ld", n);
	return n;
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
	err_first(c->err, "no_new_privs");
}

/* id: who looks. */
static int look(int base, const char *path, bool rooted, const struct boxid *id)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC,
			       .resolve = rooted ? RESOLVE_IN_ROOT : 0};
	auto_close int fd = (int)syscall(SYS_openat2, base, path, &how, sizeof(how));
	struct stat st;

	if (fd < 0)
		return errno;
	return fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) && !boxid_may_search(id, &st) ? EPERM : 0;
}

/* There is a link of this name, but not what it leads to. */
static bool dangles(struct call *c, int base, const char *path)
{
	char target[ERR_TEXT / 2];
	ssize_t n = readlinkat(base, path[0] == '/' ? path + strspn(path, "/") : path, target,
			       sizeof(target) - 1);

	if (n <= 0)
		return false;
	target[n] = '\0';
	err_why(c->err, "%.200s is a symbolic link to %.200s, and that is not there", path, target);
	return true;
}

/* A name in a path has at most NAME_MAX bytes, the whole less than PATH_MAX (path_resolution(7)).
 */
static bool is_too_long(struct call *c, const char *path)
{
	size_t n;

	if (c->err->errnum != ENAMETOOLONG)
		return false;
	if (strlen(path) >= PATH_MAX) {
		err_why(c->err, "the path has %zu bytes, and %d are the most", strlen(path),
			PATH_MAX - 1);
		return true;
	}
	for (const char *p = path; *p; p += n) {
		p += strspn(p, "/");
		n = strcspn(p, "/");
		if (n <= NAME_MAX)
			continue;
		err_why(c->err, "a name in it has %zu bytes, and %d are the most: %.40s...", n,
			NAME_MAX, p);
		return true;
	}
	return false;
}

bool diagnose_path(struct call *c, const char *path)
{
	bool rooted = path[0] == '/';
	auto_close int base = -1;
	char part[ERR_TEXT / 2], proc[64];
	const char *end = path;
	struct boxid id;
	struct stat st;
	int errnum;

	if (is_too_long(c, path))
		return true;
	box_proc(c->session, proc, sizeof(proc), rooted ? "root" : "cwd");
	base = open(proc, O_PATH | O_DIRECTORY | O_CLOEXEC);
	boxid_read(c->session->box.pid, &id);
	while (base >= 0 && *end) {
		end += strspn(end, "/");
		end += strcspn(end, "/");
		if ((size_t)(end - path) >= sizeof(part))
			break;
		snprintf(part, sizeof(part), "%.*s", (int)(end - path), path);
		errnum = look(base, part, rooted, &id);
		probes_note(c, proc, part, "%s", errnum ? strerror(errnum) : "there");
		switch (errnum) {
		case 0:
			continue;
		case EPERM: /* what the shell sees, the box's user may not enter */
			if (c->err->errnum != EACCES)
				continue;
			err_why(c->err, "%s has no x permission for user %u", part,
				(unsigned)id.uid);
			return true;
		case ENOENT:
			if (!dangles(c, base, part))
				err_why(c->err, "there is no %s%s", part,
					*end ? ", on the way" : "");
			return true;
		case ENOTDIR:
			err_why(c->err, "the part above %s is not a directory", part);
			return true;
		case ELOOP:
			err_why(c->err,
				"at %s symbolic links lead in a circle, or more than 40 follow each "
				"other (path_resolution(7))",
				part);
			return true;
		case EACCES:
			err_why(c->err, "%s lies in a directory that user %u may not search", part,
				(unsigned)id.uid);
			return true;
		default:
			return false;
		}
	}
	if (c->err->errnum == ENOTDIR && box_stat(c->session, path, &st) == 0 &&
	    !S_ISDIR(st.st_mode))
		err_why(c->err, "%s is not a directory", path);
	return c->err->why[0] != '\0';
}

bool diagnose_is_mapped(struct call *c, const char *map, unsigned id)
{
	struct idmap m;

	probes_note_file(c, map, map);
	return idmap_read(c->session->box.pid, map, &m) == 0 && idmap_has_in(&m, id);
}
