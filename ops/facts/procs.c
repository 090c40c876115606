/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything about one process is read by way of its open directory, so that
 * two processes that had the same PID are never mixed. The command line is what
 * the process wants it to be; kernel threads and zombies have none, and go by
 * their name in brackets, as ps(1) has it.
 */
#include "ops/facts/procs.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/namespaces/ns.h"

#define COMMAND_SIZE  1024
#define KERNEL_THREAD 0x00200000 /* PF_KTHREAD in field 9 of /proc/PID/stat */

int procs_ns(const char *name)
{
	int i = 0;

	while (namespaces[i].name && strcmp(namespaces[i].name, name) != 0)
		i++;
	return i;
}

static const char *line_of(const char *status, const char *key)
{
	const char *line = strstr(status, key);

	return line ? line + strlen(key) : "";
}

/* The name is between the first ( and the last ), whatever it contains. */
static bool read_stat(const struct subject *who, struct proc *p)
{
	auto_free char *text = subject_read(who, "stat", NULL);
	const char *open = text ? strchr(text, '(') : NULL, *state = process_stat_field(text, 3);
	unsigned flags;

	if (!open || !state ||
	    sscanf(state,
		   "%c %d %d %*d %*d %*d %u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d "
		   "%*d %llu",
		   &p->state, &p->parent, &p->group, &flags, &p->age) != 5)
		return false;
	p->kernel = flags & KERNEL_THREAD;
	snprintf(p->name, sizeof(p->name), "%.*s", (int)(state - open - 3), open + 1);
	return true;
}

static bool read_status(const struct subject *who, struct proc *p)
{
	auto_free char *text = subject_read(who, "status", NULL);
	const char *at = text ? line_of(text, "\nNSpid:") : "";
	char *end;

	if (!text)
		return false;
	sscanf(line_of(text, "\nUid:"), "%*u %u", &p->uid);
	for (; p->n < PROC_LEVELS && *at != '\n'; at = end) {
		long number = strtol(at, &end, 10);

		if (end == at)
			break;
		p->in[p->n++] = (pid_t)number;
	}
	if (!p->n)
		p->in[p->n++] = p->pid;
	return true;
}

static char *read_command(const struct subject *who, const char *name)
{
	auto_close int fd = openat(who->proc, "cmdline", O_RDONLY | O_CLOEXEC);
	char *text = malloc(COMMAND_SIZE);
	ssize_t n = fd < 0 || !text ? -1 : read(fd, text, COMMAND_SIZE - 1);

	if (!text)
		return NULL;
	while (n > 0 && (text[n - 1] == '\0' || text[n - 1] == ' '))
		n--;
	for (ssize_t i = 0; i < n; i++)
		if (!text[i])
			text[i] = ' ';
	if (n > 0)
		text[n] = '\0';
	else
		snprintf(text, COMMAND_SIZE, "[%s]", name);
	return text;
}

static void read_ns(const struct subject *who, struct proc *p)
{
	struct stat st;
	char name[32];

	for (int i = 0; namespaces[i].name && i < PROC_NS; i++) {
		snprintf(name, sizeof(name), "ns/%s", namespaces[i].name);
		p->ns[i] = fstatat(who->proc, name, &st, 0) == 0 ? st.st_ino : 0;
	}
}

static bool read_one(struct proc *p, int dir, const char *pid)
{
	auto_subject struct subject who = {.pid = atoi(pid)};

	*p = (struct proc){.pid = who.pid};
	who.proc = openat(dir, pid, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (who.proc < 0 || !read_stat(&who, p) || !read_status(&who, p))
		return false;
	read_ns(&who, p);
	p->command = read_command(&who, p->name);
	p->groups = subject_read(&who, "cgroup", NULL);
	return p->command != NULL;
}

static int by_pid(const void *a, const void *b)
{
	pid_t pa = ((const struct proc *)a)->pid, pb = ((const struct proc *)b)->pid;

	return (pa > pb) - (pa < pb);
}

void procs_read(struct procs *p)
{
	DIR *d = opendir("/proc");
	size_t room = 0;
	struct dirent *e;

	*p = (struct procs){.errnum = d ? 0 : errno};
	while (d && (e = readdir(d)) != NULL) {
		if (!isdigit((unsigned char)e->d_name[0]))
			continue;
		if (p->n == room) {
			struct proc *more = realloc(p->list,
						    (room = room * 2 + 64) * sizeof(*more));

			if (!more)
				break;
			p->list = more;
		}
		if (read_one(&p->list[p->n], dirfd(d), e->d_name))
			p->n++;
	}
	if (d)
		closedir(d);
	if (p->n)
		qsort(p->list, p->n, sizeof(*p->list), by_pid);
	else if (!p->errnum)
		p->errnum = ENOENT;
}

void procs_release(struct procs *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->list[i].command);
		free(p->list[i].groups);
	}
	free(p->list);
	*p = (struct procs){0};
}

const struct proc *procs_find(const struct procs *p, pid_t pid)
{
	const struct proc key = {.pid = pid};

	return p->n ? bsearch(&key, p->list, p->n, sizeof(key), by_pid) : NULL;
}

const struct proc *procs_ours(const struct procs *p, pid_t pid)
{
	char text[32] = "";
	const struct proc *self;

	if (readlink("/proc/self", text, sizeof(text) - 1) < 0 || atoi(text) == getpid())
		return procs_find(p, pid);
	self = procs_find(p, atoi(text));
	for (size_t i = 0; self && i < p->n; i++)
		if (p->list[i].n >= self->n && p->list[i].in[self->n - 1] == pid &&
		    (&p->list[i] == self || p->list[i].parent == self->pid))
			return &p->list[i];
	return NULL;
}

bool procs_is_box(const struct procs *p, const struct proc *one)
{
	const struct proc *parent = procs_find(p, one->parent);

	return !strcmp(one->name, "ctrsh") && one->group != one->pid && parent &&
	       !strcmp(parent->name, "ctrsh") && !procs_is_box(p, parent);
}

const char *procs_what(const struct procs *p, const struct proc *one)
{
	return procs_is_box(p, one) ? "(a box of ctrsh)" : one->command;
}
