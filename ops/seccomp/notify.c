/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One call at a time (seccomp_unotify(2)): SECCOMP_IOCTL_NOTIF_RECV takes it; it
 * is shown; SECCOMP_IOCTL_NOTIF_SEND lets the kernel carry it out
 * (SECCOMP_USER_NOTIF_FLAG_CONTINUE), or gives the program an errno. What was
 * read of the program's memory it can change before the kernel reads it: so this
 * shows, and is no wall.
 */
#include "ops/seccomp/notify.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/facts/subject.h"
#include "ops/seccomp/filter.h"
#include "ops/sys/callname.h"

static bool is_listener(int fd)
{
	char path[64], target[64];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	n = readlink(path, target, sizeof(target) - 1);
	if (n < 0)
		return false;
	target[n] = '\0';
	return !strcmp(target, "anon_inode:seccomp notify");
}

void notify_take(struct session *s, int fd)
{
	if (s->notify.n && s->notify.listener < 0 && is_listener(fd))
		s->notify.listener = fd;
	else if (fd >= 0)
		close(fd);
}

void notify_end(struct session *s)
{
	if (s->notify.listener >= 0)
		close(s->notify.listener);
	s->notify.listener = -1;
}

/* The errno that was asked for, 0: it goes on. Programs of another word size have the calls
 * of the same name under other numbers. */
static int verdict(const struct session *s, const struct seccomp_data *data)
{
	auto_free char *name = seccomp_syscall_resolve_num_arch(data->arch, data->nr);
	int number = name ? seccomp_syscall_resolve_name(name) : data->nr;

	for (int i = 0; i < s->notify.n; i++)
		if (s->notify.list[i].number == number)
			return s->notify.list[i].errnum;
	return 0;
}

/* "sh[3]": its name, and its PID in the innermost namespace, the last of NStgid (proc(5)). */
static void put_who(char *buf, unsigned size, pid_t tid)
{
	auto_subject struct subject who = {.proc = -1};
	auto_free char *comm = NULL, *pids = NULL;
	struct err ignored;
	const char *last;

	snprintf(buf, size, "?");
	if (subject_open(&who, tid, &ignored) < 0)
		return;
	comm = subject_read(&who, "comm", NULL);
	pids = subject_status(&who, "NStgid");
	last = pids ? strrchr(pids, '\t') : NULL;
	snprintf(buf, size, "%.*s[%s]", comm ? (int)strcspn(comm, "\n") : 1, comm ? comm : "?",
		 last   ? last + 1
		 : pids ? pids
			: "?");
}

static void show(const struct session *s, const struct seccomp_notif *call, int errnum)
{
	char path[64], who[64], text[512], line[700], name[32];
	auto_close int mem = -1;

	snprintf(path, sizeof(path), "/proc/%u/mem", call->pid);
	mem = open(path, O_RDONLY | O_CLOEXEC);
	notify_text(text, sizeof(text), &call->data, mem);
	put_who(who, sizeof(who), (pid_t)call->pid);
	if (ioctl(s->notify.listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &call->id) < 0)
		return; /* it is gone, and another may have its PID */
	if (errnum)
		snprintf(line, sizeof(line), "%s %s = -1 %s (%s)", who, text,
			 errno_text(name, sizeof(name), errnum), strerror(errnum));
	else
		snprintf(line, sizeof(line), "%s %s goes on", who, text);
	s->trace.emit(s->trace.arg, "call", line);
}

void notify_answer(struct session *s)
{
	/* The kernel's structures may have grown; it asks for zeros. */
	union {
		struct seccomp_notif call;
		char space[512];
	} in = {.space = {0}};
	union {
		struct seccomp_notif_resp answer;
		char space[512];
	} out = {.space = {0}};
	int errnum = 0;

	if (ioctl(s->notify.listener, SECCOMP_IOCTL_NOTIF_RECV, &in.call) < 0) {
		if (errno != EINTR && errno != ENOENT)
			notify_end(s);
		return;
	}
	if (in.call.data.nr == FILTER_PAUSE) {
		errnum = ENOSYS; /* as the kernel has it: no call has this number */
	} else {
		errnum = verdict(s, &in.call.data);
		show(s, &in.call, errnum);
	}
	out.answer.id = in.call.id;
	out.answer.error = -errnum;
	out.answer.flags = errnum ? 0U : (uint32_t)SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	ioctl(s->notify.listener, SECCOMP_IOCTL_NOTIF_SEND, &out.answer);
}
