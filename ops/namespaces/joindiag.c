/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * setns(2) says EINVAL and EPERM to much. Looked at: is there such a process,
 * whose is it, how do its PID and user namespaces lie to the box's, and which
 * capability is missing where.
 */
#include "ops/namespaces/joindiag.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/box.h"
#include "ops/facts/subject.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstarget.h"
#include "ops/namespaces/nstree.h"
#include "ops/why/diagnose.h"
#include "ops/why/probes.h"

static bool is_thread(pid_t pid)
{
	auto_free char *group = process_status(pid, "Tgid");

	return group && atoi(group) != pid;
}

static void no_process(struct call *c, pid_t pid)
{
	if (is_thread(pid)) {
		err_why(c->err, "%d is a thread: join takes processes", (int)pid);
	} else {
		err_why(c->err, "there is no process %d on the host", (int)pid);
		err_fix(c->err, "PID is the host's number, as in !ps ax");
	}
}

/* May we look into it? The kernel asks so for a pidfd in setns(2), too
 * (ptrace(2), PTRACE_MODE_READ), and answers EPERM there; in /proc EACCES. */
static bool may_look(struct call *c, pid_t pid)
{
	char path[64], to[64];
	int errnum;

	snprintf(path, sizeof(path), "/proc/%d/ns/user", (int)pid);
	errnum = readlink(path, to, sizeof(to)) < 0 ? errno : 0;
	probes_note(c, path, "a look into the process", "%s",
		    errnum ? strerror(errnum) : "granted");
	return errnum != EACCES && errnum != EPERM;
}

/* Somebody else's, and we are not root. true: found and told. */
static bool is_others(struct call *c, pid_t pid)
{
	char path[64];
	struct stat st;

	if (may_look(c, pid))
		return false;
	snprintf(path, sizeof(path), "/proc/%d", (int)pid);
	if (geteuid() == 0 && !diagnose_we_hold(CAP_SYS_PTRACE)) {
		err_why(c->err,
			"to look into process %d takes CAP_SYS_PTRACE, and ctrsh does not hold it "
			"(ptrace(2), PTRACE_MODE_READ)",
			(int)pid);
		err_fix(c->err, "run ctrsh where root has it (a container takes it away)");
		return true;
	}
	if (geteuid() == 0) {
		err_why(c->err,
			"the kernel refuses a look into process %d all the same: it may hold "
			"capabilities that we do not, or a security module forbids it (ptrace(2), "
			"access mode checking)",
			(int)pid);
		return true;
	}
	if (stat(path, &st) < 0) {
		err_why(c->err,
			"user %u cannot even see process %d: /proc hides it (hidepid, proc(5))",
			(unsigned)geteuid(), (int)pid);
		err_fix(c->err, "run ctrsh with sudo");
		return true;
	}
	if (st.st_uid == geteuid())
		return false;
	err_why(c->err,
		"process %d belongs to user %u, or guards itself: user %u may not look into it "
		"(ptrace(2), PTRACE_MODE_READ)",
		(int)pid, st.st_uid, (unsigned)geteuid());
	err_fix(c->err, "run ctrsh with sudo");
	return true;
}

/* EINVAL: setns(2) has these two for namespaces, and the rest for threads. */
static void invalid(struct call *c, pid_t pid, unsigned flags)
{
	pid_t box = c->session->box.pid;

	if ((flags & CLONE_NEWUSER) && !ns_differ(pid, box, CLONE_NEWUSER))
		err_why(c->err,
			"the box is in that user namespace already, and cannot enter it "
			"again to gain capabilities");
	else if ((flags & CLONE_NEWPID) && !nstree_contains(box, pid, "pid"))
		err_why(c->err, "its PID namespace is not below the box's own: %s",
			nstree_contains(pid, box, "pid")
				? "a process cannot return to one above"
				: "the box could not have been its ancestor");
	if ((flags & CLONE_NEWPID) && c->err->why[0])
		err_fix(c->err, "reset, and join before unshare pid");
}

static void not_permitted(struct call *c, pid_t pid)
{
	pid_t box = c->session->box.pid;

	if (is_others(c, pid))
		return;
	if (ns_differ(getpid(), box, CLONE_NEWUSER) && !nstree_contains(box, pid, "user")) {
		err_why(c->err,
			"the box is in a user namespace of its own, and has no "
			"capabilities over what is outside of it");
		err_fix(c->err, "reset, and join before unshare user");
	} else if (geteuid() != 0 && !ns_differ(getpid(), box, CLONE_NEWUSER)) {
		err_why(c->err,
			"setns asks for CAP_SYS_ADMIN in the user namespace that owns what "
			"is joined; a plain user has it in those he made");
		err_fix(c->err,
			"name user too, if process %d is in a user namespace of yours; or "
			"run ctrsh with sudo",
			(int)pid);
	} else {
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	}
}

static void process(struct call *c, pid_t pid, unsigned named)
{
	int errnum = c->err->errnum;

	if (errnum == ESRCH || strstr(c->err->what, "pidfd_open("))
		no_process(c, pid);
	else if (errnum == EACCES)
		is_others(c, pid);
	else if (errnum == EINVAL)
		invalid(c, pid, named ? named : ns_differ(pid, c->session->box.pid, NS_ALL));
	else if (errnum == EPERM)
		not_permitted(c, pid);
}

void join_diagnose(struct call *c, unsigned named)
{
	pid_t pid = nstarget_pid(c->argv[1]);
	int errnum = c->err->errnum;

	if (errnum == ENOMEM)
		err_why(c->err,
			"not memory: the PID namespace has lost its init, and takes no "
			"process any more (pid_namespaces(7))");
	else if (errnum == EAGAIN)
		diagnose_fork(c);
	else if (pid)
		process(c, pid, named);
	else if (errnum == ENOENT && c->argv[1][strspn(c->argv[1], "0123456789")] == '\0')
		err_why(c->err,
			"no process has that number, the kernel's end at 4194304 (pid_max, "
			"proc_sys_kernel(5)); nor is there a file of that name");
	else if (errnum == ENOENT)
		err_why(c->err, "there is no such file on the host");
	else
		diagnose_capability(c, "CAP_SYS_ADMIN", 21);
	if (c->err->kind == ERR_BOX)
		err_add(c->err,
			"a part was joined and cannot be taken back: a box that stays "
			"half way is a trap");
}
