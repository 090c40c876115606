/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is tried apart from files: other processes, and the kernel itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/audit/look.h"
#include "ops/audit/probe.h"
#include "ops/seccomp/filter.h"

void try_signals(const struct host *h, struct finding *f)
{
	if (!h->pid)
		return;
	if (kill(h->pid, 0) == 0)
		found(f, WAY_OPEN, 0, "ctrsh itself (PID %d) could be killed", (int)h->pid);
	else
		found(f, WAY_CLOSED, 0, "kill(%d, 0): %s", (int)h->pid, strerror(errno));
}

/* The shell's memory, where this program's own is: the box is its fork. The right
 * to it is that of ptrace(2) (PTRACE_MODE_ATTACH_REALCREDS). */
void try_ptrace(const struct host *h, struct finding *f)
{
	static char there;
	char here;
	struct iovec local = {&here, 1}, remote = {&there, 1};

	if (!h->pid)
		return;
	if (process_vm_readv(h->pid, &local, 1, &remote, 1, 0) == 1)
		found(f, WAY_OPEN, 0, "the memory of ctrsh itself (PID %d) can be read",
		      (int)h->pid);
	else
		found(f, WAY_CLOSED, 0, "process_vm_readv(%d): %s", (int)h->pid, strerror(errno));
}

void try_handles(const struct host *h, struct finding *f)
{
	struct {
		struct file_handle handle;
		unsigned char room[MAX_HANDLE_SZ];
	} file = {.handle.handle_bytes = MAX_HANDLE_SZ};
	int id, dir = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (!h->user || dir < 0 || name_to_handle_at(dir, "", &file.handle, &id, AT_EMPTY_PATH) < 0)
		return;
	if (open_by_handle_at(dir, &file.handle, O_PATH | O_CLOEXEC) >= 0)
		found(f, WAY_OPEN, 0, "open_by_handle_at(2) opens any file of its file system");
	else if (errno == EPERM)
		found(f, WAY_CLOSED, 0, "open_by_handle_at(2): %s", strerror(errno));
}

static void user_namespace(const char *call, bool made, struct finding *f)
{
	if (made)
		found(f, WAY_OPEN, 0, "%s(CLONE_NEWUSER) gives all capabilities in it", call);
	else
		found(f, WAY_CLOSED, 0, "%s(CLONE_NEWUSER): %s", call, strerror(errno));
}

/* A filter may know one of the three calls, and forget the others: each is tried in
 * a child of its own. */
void try_unshare(const struct host *h, struct finding *f)
{
	(void)h;
	user_namespace("unshare", unshare(CLONE_NEWUSER) == 0, f);
}

/* Who is made ends at once. */
static void try_child(const char *call, long pid, struct finding *f)
{
	if (pid == 0)
		_exit(0);
	user_namespace(call, pid > 0, f);
	if (pid > 0)
		waitpid((pid_t)pid, NULL, 0);
}

void try_clone(const struct host *h, struct finding *f)
{
	(void)h;
	try_child("clone", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0), f);
}

void try_clone3(const struct host *h, struct finding *f)
{
	struct clone_args args = {.flags = CLONE_NEWUSER, .exit_signal = SIGCHLD};

	(void)h;
	try_child("clone3", syscall(SYS_clone3, &args, sizeof(args)), f);
}

void try_log(const struct host *h, struct finding *f)
{
	int errnum;
	char c;

	(void)h;
	if (klogctl(3 /* SYSLOG_ACTION_READ_ALL */, &c, 1) >= 0) {
		found(f, WAY_OPEN, 0, "syslog(2) reads it");
		return;
	}
	errnum = errno;
	if (try_open("/dev/kmsg", O_RDONLY))
		found(f, WAY_OPEN, 0, "/dev/kmsg can be opened");
	else
		found(f, WAY_CLOSED, 0, "syslog(2): %s", strerror(errnum));
}

void try_seccomp(const struct host *h, struct finding *f)
{
	(void)h;
	if (filter_made()->len)
		found(f, WAY_CLOSED, 0, "each program gets a filter of %u instructions",
		      filter_made()->len);
	else if (prctl(PR_GET_SECCOMP) == 0)
		found(f, WAY_OPEN, 0, "no filter: every system call is allowed");
	else
		found(f, WAY_CLOSED, 0, "it has a filter");
}

void try_environment(const struct host *h, struct finding *f)
{
	char names[SHOWS_SIZE / 2] = "", one[SHOWS_SIZE / 2];
	size_t used = 0;
	bool any = false;

	(void)h;
	for (char **e = environ; e && *e; e++) {
		if (!secrets_names(*e, strlen(*e) + 1, one, sizeof(one)))
			continue;
		any = true;
		if (one[0] &&
		    used + strlen(one) + 3 < sizeof(names)) /* a name that is cut is another */
			used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
						 used ? ", " : "", one);
	}
	if (any)
		found(f, WAY_OPEN, 0, "%s", names);
	else
		found(f, WAY_CLOSED, 0, "nothing that looks like a key or the way to one");
}
