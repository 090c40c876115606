/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A namespace can be entered with CAP_SYS_ADMIN in the user namespace that owns
 * it (setns(2)). Host's root has that at once; somebody else has it only after
 * entering the user namespace of the process, which then is done first.
 */
#include "ops/facts/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/namespaces/ns.h"

static int enter(const struct subject *who, const struct ns *ns)
{
	char name[32];
	auto_close int fd = -1;

	snprintf(name, sizeof(name), "ns/%s", ns->name);
	fd = openat(who->proc, name, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -1 : setns(fd, (int)ns->flag);
}

/* Enters what can be entered; returns those that could not. errno. */
static unsigned enter_all(const struct subject *who, unsigned namespaces_wanted)
{
	unsigned left = namespaces_wanted;

	for (const struct ns *ns = namespaces; ns->name; ns++)
		if ((left & ns->flag) && enter(who, ns) == 0)
			left &= ~ns->flag;
	return left;
}

static int go_inside(const struct subject *who, unsigned wanted)
{
	unsigned left = enter_all(who, wanted);

	if (left && enter(who, ns_find("user")) == 0)
		left = enter_all(who, left);
	return left ? -1 : 0;
}

static bool put(FILE *f, const char *s)
{
	return fwrite(s, 1, strlen(s) + 1, f) > 0;
}

static _Noreturn void child(const struct subject *who, unsigned wanted,
			    void (*read_items)(struct items *), int fd)
{
	struct items t = {0};
	FILE *f = fdopen(fd, "w");

	prctl(PR_SET_NAME, INSIDE_NAME); /* for ps, and whoever traces us */
	if (!f)
		_exit(1);
	if (go_inside(who, wanted) < 0)
		t.errnum = errno;
	else
		read_items(&t);
	fprintf(f, "%d%c", t.errnum, '\0');
	for (size_t i = 0; i < t.n; i++)
		if (!put(f, t.list[i].key) || !put(f, t.list[i].value))
			_exit(1);
	_exit(fclose(f) == 0 ? 0 : 1);
}

/* errno, then keys and values, each with its NUL. */
static void take(FILE *f, struct items *t)
{
	char *key = NULL, *value = NULL;
	size_t n = 0, m = 0;

	t->errnum = EIO;
	if (f && getdelim(&key, &n, '\0', f) > 0)
		t->errnum = atoi(key);
	while (f && getdelim(&key, &n, '\0', f) > 0 && getdelim(&value, &m, '\0', f) > 0)
		items_add(t, key, "%s", value);
	free(key);
	free(value);
}

/* Which namespace it has must be known before ours is taken for it. */
static bool readable(const struct subject *who, unsigned wanted)
{
	char name[32];
	struct stat st;

	for (const struct ns *ns = namespaces; ns->name; ns++) {
		snprintf(name, sizeof(name), "ns/%s", ns->name);
		if ((wanted & ns->flag) && fstatat(who->proc, name, &st, 0) < 0)
			return false;
	}
	return true;
}

void inside_read(const struct subject *who, unsigned wanted, void (*read_items)(struct items *),
		 struct items *t)
{
	int pair[2];
	FILE *f;
	pid_t pid;

	if (who->pid == getpid()) { /* there is nothing to enter; it needs no /proc */
		read_items(t);
		return;
	}
	if (!readable(who, wanted)) {
		t->errnum = errno;
		return;
	}
	wanted &= ns_differ(who->pid, getpid(), wanted);
	if (!wanted) {
		read_items(t);
		return;
	}
	if (pipe2(pair, O_CLOEXEC) < 0) {
		t->errnum = errno;
		return;
	}
	pid = fork();
	if (pid == 0)
		child(who, wanted, read_items, pair[1]);
	close(pair[1]);
	f = fdopen(pair[0], "r");
	if (pid > 0)
		take(f, t);
	else
		t->errnum = errno;
	if (f)
		fclose(f);
	else
		close(pair[0]);
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}
