/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files of /proc/PID, by way of a descriptor of that directory (proc(5)).
 */
#include "ops/facts/subject.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"

int subject_open(struct subject *s, pid_t pid, struct err *err)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d", (int)pid);
	s->pid = pid;
	s->proc = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (s->proc >= 0)
		return 0;
	if (errno != ENOENT)
		return err_kernel(err, errno, "open(\"%s\")", path);
	err_kernel(err, 0, "there is no process %d", (int)pid);
	if (access("/proc/self", F_OK) < 0)
		err_why(err,
			"no procfs is mounted on /proc here, or it is another PID namespace's");
	return -1;
}

void subject_close(struct subject *s)
{
	if (s->proc >= 0)
		close(s->proc);
	s->proc = -1;
}

bool subject_lives(const struct subject *s)
{
	return faccessat(s->proc, "stat", F_OK, 0) == 0;
}

/* fd: -1 and errno will do. */
static char *read_all(int fd, size_t *len)
{
	size_t size = 0, room = 4096;
	char *text = fd < 0 ? NULL : malloc(room);
	ssize_t n = text ? 1 : -1;

	while (n > 0) {
		n = read(fd, text + size, room - size - 1);
		size += n > 0 ? (size_t)n : 0;
		if (n > 0 && room - size < 2) {
			char *more = realloc(text, room *= 2);

			n = more ? n : -1;
			text = more ? more : text;
		}
	}
	if (n < 0) {
		free(text);
		return NULL;
	}
	text[size] = '\0';
	if (len)
		*len = size;
	return text;
}

char *subject_read(const struct subject *s, const char *name, size_t *len)
{
	auto_close int fd = openat(s->proc, name, O_RDONLY | O_CLOEXEC);

	return read_all(fd, len);
}

char *process_read(pid_t pid, const char *name)
{
	auto_close int fd = -1;
	char path[64];

	if (pid == getpid())
		snprintf(path, sizeof(path), "/proc/self/%s", name);
	else
		snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return read_all(fd, NULL);
}

bool subject_link(const struct subject *s, const char *name, char *buf, size_t size)
{
	ssize_t n = readlinkat(s->proc, name, buf, size - 1);

	buf[n < 0 ? 0 : n] = '\0';
	return n >= 0;
}

/* In the text of a status file, which is taken apart; a copy. */
static char *value_of(char *text, const char *key)
{
	size_t n = strlen(key);
	char *line;

	while ((line = strsep(&text, "\n")) != NULL)
		if (!strncmp(line, key, n) && line[n] == ':')
			return strdup(line + n + 1 + strspn(line + n + 1, " \t"));
	return NULL;
}

char *subject_status(const struct subject *s, const char *key)
{
	auto_free char *text = subject_read(s, "status", NULL);

	return value_of(text, key);
}

char *process_status(pid_t pid, const char *key)
{
	auto_free char *text = process_read(pid, "status");

	return value_of(text, key);
}

const char *process_stat_field(const char *stat, int number)
{
	const char *p = stat ? strrchr(stat, ')') : NULL;

	for (int at = 2; p && at < number; at++) {
		p = strchr(p, ' ');
		p = p ? p + 1 : NULL;
	}
	return p;
}
