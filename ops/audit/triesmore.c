/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is tried apart from files: other processes, and the kernel itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "../filter.h"
#include "look.h"
#include "probe.h"

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

void try_user_namespaces(const struct host *h, struct finding *f)
{
	(void)h;
	if (unshare(CLONE_NEWUSER) == 0)
		found(f, WAY_OPEN, 0, "unshare(CLONE_NEWUSER) gives all capabilities in it");
	else
		found(f, WAY_CLOSED, 0, "unshare(CLONE_NEWUSER): %s", strerror(errno));
}

void try_log(const struct host *h, struct finding *f)
{
	char c;

	(void)h;
	if (klogctl(3 /* SYSLOG_ACTION_READ_ALL */, &c, 1) >= 0)
		found(f, WAY_OPEN, 0, "syslog(2) reads it");
	else if (try_open("/dev/kmsg", O_RDONLY))
		found(f, WAY_OPEN, 0, "/dev/kmsg can be opened");
	else
		found(f, WAY_CLOSED, 0, "syslog(2): %s", strerror(errno));
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

	(void)h;
	for (char **e = environ; e && *e; e++)
		if (secrets_names(*e, strlen(*e) + 1, one, sizeof(one)) && used < sizeof(names))
			used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
						 used ? ", " : "", one);
	if (used)
		found(f, WAY_OPEN, 0, "%s", names);
	else
		found(f, WAY_CLOSED, 0, "nothing that looks like a key or the way to one");
}
