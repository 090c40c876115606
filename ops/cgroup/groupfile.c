/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files in a control group's directory. Each write(2) is one command to
 * the kernel, and its errno is the answer, so nothing is buffered.
 */
#include "ops/cgroup/groupfile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/sys/sys.h"

#define PATH_ROOM 1300

static void path_of(char *path, const char *dir, const char *file)
{
	snprintf(path, PATH_ROOM, "%.1000s/%.255s", dir, file);
}

bool groupfile_word_in(const char *list, const char *word, const char *sep)
{
	size_t n = strlen(word);

	for (const char *p = list + strspn(list, sep); *p; p += strspn(p, sep)) {
		size_t len = strcspn(p, sep);

		if (len == n && !strncmp(p, word, n))
			return true;
		p += len;
	}
	return false;
}

static FILE *open_file(const char *dir, const char *file)
{
	char path[PATH_ROOM];

	path_of(path, dir, file);
	return fopen(path, "re");
}

bool groupfile_line(const char *dir, const char *file, char *buf, unsigned size)
{
	auto_fclose FILE *f = open_file(dir, file);

	buf[0] = '\0';
	if (!f)
		return false;
	if (fgets(buf, (int)size, f))
		buf[strcspn(buf, "\n")] = '\0';
	return true;
}

bool groupfile_has(const char *dir, const char *file, const char *word)
{
	char line[512];

	return groupfile_line(dir, file, line, sizeof(line)) && groupfile_word_in(line, word, " ");
}

long groupfile_number(const char *dir, const char *file)
{
	char line[64], *end;
	long n;

	if (!groupfile_line(dir, file, line, sizeof(line)))
		return -1;
	if (!strcmp(line, "max"))
		return LONG_MAX;
	n = strtol(line, &end, 10);
	return end == line ? -1 : n;
}

long groupfile_key(const char *dir, const char *file, const char *key)
{
	auto_fclose FILE *f = open_file(dir, file);
	size_t n = strlen(key);
	char line[256];

	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, key, n) && line[n] == ' ')
			return strtol(line + n, NULL, 10);
	return -1;
}

bool groupfile_exists(const char *dir, const char *file)
{
	char path[PATH_ROOM];

	path_of(path, dir, file);
	return access(path, F_OK) == 0;
}

static bool may(const char *dir, const char *file, int mode)
{
	char path[PATH_ROOM];

	path_of(path, dir, file);
	return faccessat(AT_FDCWD, path, mode, AT_EACCESS) == 0;
}

bool groupfile_readable(const char *dir, const char *file)
{
	return may(dir, file, R_OK);
}

bool groupfile_writable(const char *dir, const char *file)
{
	return may(dir, file, W_OK);
}

bool groupfile_read_only(const char *dir, const char *file)
{
	char path[PATH_ROOM];
	struct stat st;

	path_of(path, dir, file);
	return stat(path, &st) == 0 && !(st.st_mode & 0222);
}

int groupfile_processes(const char *dir, pid_t *pids, int room)
{
	auto_fclose FILE *f = open_file(dir, "cgroup.procs");
	int n = 0;

	while (f && n < room && fscanf(f, "%d", &pids[n]) == 1)
		n++;
	return n;
}

bool groupfile_put(const char *dir, const char *file, const char *value)
{
	char path[PATH_ROOM];
	auto_close int fd = -1;

	path_of(path, dir, file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	return fd >= 0 && write(fd, value, strlen(value)) > 0;
}

int groupfile_write(struct call *c, const char *dir, const char *file, const char *value)
{
	char path[PATH_ROOM], q[160];
	auto_close int fd = -1;
	ssize_t n;

	path_of(path, dir, file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return sys_report(c, -1, errno, "open(\"%s\", O_WRONLY|O_CLOEXEC)", path);
	n = write(fd, value, strlen(value));
	return sys_report(c, n, n < 0 ? errno : 0, "write(%d<%s>, %s, %zu)", fd, path,
			  trace_quote(q, sizeof(q), value), strlen(value)) < 0
		       ? -1
		       : 0;
}
