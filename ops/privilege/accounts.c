/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files are a stranger's: they are opened only if they are regular files
 * (a FIFO would block, a device may act), not through a link, and up to a
 * bound. Lines that are not as the format says are passed over.
 */
#include "ops/privilege/accounts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/text/number.h"

#define PASSWD   "/etc/passwd"
#define GROUP    "/etc/group"
#define FILE_MAX (4 << 20)

bool account_is_id(const char *word, unsigned *id)
{
	long n;

	if (!number_parse(word, strlen(word), 0, 4294967294, &n))
		return false;
	*id = (unsigned)n;
	return true;
}

bool account_is_word(const char *word)
{
	unsigned id;

	if (word[strspn(word, "0123456789")] == '\0')
		return account_is_id(word, &id);
	return strlen(word) < sizeof(((struct account *)0)->name) && *word != '-' &&
	       !strpbrk(word, ":,\n");
}

static int unreadable(const char *path, const char *why, struct err *err)
{
	err_kernel(err, 0, "%s in the box is not to be read: %s", path, why);
	err_fix(err, "IDs in numbers need no entry");
	return -1;
}

/* All of the file, until the next call; NULL and *err: it can't be had (ENOENT:
 * there is none). */
static char *read_file(const char *path, struct err *err)
{
	static char text[FILE_MAX + 1]; /* one at a time; the box may be short of memory */
	auto_close int fd = -1;
	struct stat st;
	size_t n = 0;
	ssize_t r;

	if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		unreadable(path, "it is no regular file", err);
		return NULL;
	}
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0) {
		err_kernel(err, errno, "open(\"%s\")", path);
		return NULL;
	}
	if (!S_ISREG(st.st_mode) || st.st_size > FILE_MAX) {
		unreadable(path,
			   S_ISREG(st.st_mode) ? "it is larger than 4 MB" : "it is no regular file",
			   err);
		return NULL;
	}
	while (n < FILE_MAX && (r = read(fd, text + n, FILE_MAX - n)) > 0)
		n += (size_t)r;
	text[n] = '\0';
	return text;
}

/* Splits a line at its colons, in place. How many fields, n at most. */
static int split(char *line, char **fields, int n)
{
	int i = 0;

	while (line && i < n)
		fields[i++] = strsep(&line, ":");
	return i;
}

int account_find(const char *word, struct account *a, struct err *err)
{
	char *text = read_file(PASSWD, err);
	char *rest = text, *line, *f[4];
	unsigned id = 0, uid, gid;
	bool by_id = account_is_id(word, &id);

	if (!text)
		return -1;
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (split(line, f, 4) < 4 || !*f[0] || strlen(f[0]) >= sizeof(a->name) ||
		    !account_is_id(f[2], &uid) || !account_is_id(f[3], &gid))
			continue;
		if (by_id ? uid != id : strcmp(f[0], word) != 0)
			continue;
		*a = (struct account){.uid = uid, .gid = gid};
		snprintf(a->name, sizeof(a->name), "%s", f[0]);
		return 0;
	}
	return err_kernel(err, 0, "no user %.100s in the box's " PASSWD, word);
}

int account_group(const char *word, gid_t *gid, struct err *err)
{
	char *rest, *line, *f[3];
	unsigned id;

	if (account_is_id(word, gid))
		return 0;
	rest = read_file(GROUP, err);
	if (!rest)
		return -1;
	while ((line = strsep(&rest, "\n")) != NULL)
		if (split(line, f, 3) == 3 && !strcmp(f[0], word) && account_is_id(f[2], &id)) {
			*gid = id;
			return 0;
		}
	return err_kernel(err, 0, "no group %.100s in the box's " GROUP, word);
}

static bool is_member(char *members, const char *name)
{
	char *m;

	while ((m = strsep(&members, ",")) != NULL)
		if (!strcmp(m, name))
			return true;
	return false;
}

static bool has(const gid_t *list, int n, gid_t gid)
{
	for (int i = 0; i < n; i++)
		if (list[i] == gid)
			return true;
	return false;
}

int account_groups(const char *name, gid_t gid, gid_t *list, struct err *err)
{
	struct err failure;
	char *text = read_file(GROUP, &failure);
	char *rest = text, *line, *f[4];
	unsigned id;
	int n = 0;

	list[n++] = gid;
	if (!text && failure.errnum == ENOENT)
		return n;
	if (!text) {
		*err = failure;
		return -1;
	}
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (split(line, f, 4) < 4 || !account_is_id(f[2], &id) || !is_member(f[3], name) ||
		    has(list, n, id))
			continue;
		if (n == ACCOUNTS_GROUPS)
			return err_kernel(err, 0, GROUP " in the box has %.100s in more than %d",
					  name, ACCOUNTS_GROUPS);
		list[n++] = id;
	}
	return n;
}
