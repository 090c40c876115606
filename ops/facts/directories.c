/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a process stands: its root and its working directory (proc_pid_root(5),
 * proc_pid_cwd(5)), each with the file system it lies on. The path is how the
 * mount namespace of the process names it.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"
#include "ops/facts/mountline.h"

static bool is_mount(const struct mount_line *m, const struct statx *st)
{
	return (uint64_t)m->id == st->stx_mnt_id;
}

static bool is_device(const struct mount_line *m, const struct statx *st)
{
	unsigned major, minor;

	return sscanf(m->device, "%u:%u", &major, &minor) == 2 && major == st->stx_dev_major &&
	       minor == st->stx_dev_minor;
}

/* "TYPE SOURCE from ROOT" (where not all of it is mounted) of the first line of a
 * mountinfo for which match is true. false: there is none. */
static bool describe(const struct subject *who, const struct statx *st,
		     bool (*match)(const struct mount_line *m, const struct statx *st), char *buf,
		     size_t size)
{
	auto_free char *text = subject_read(who, "mountinfo", NULL);
	char *rest = NULL;
	struct mount_line m;

	for (char *line = text ? strtok_r(text, "\n", &rest) : NULL; line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (!mountline_parse(line, &m) || !match(&m, st))
			continue;
		if (match == is_mount && strcmp(m.root, "/") != 0)
			snprintf(buf, size, "%s %s from %s", m.type, m.source, m.root);
		else
			snprintf(buf, size, "%s %s", m.type, m.source);
		return true;
	}
	return false;
}

/* What chroot(2) made a root need not be a mount, and then the process's own list
 * has not got the one it lies on; ours says perhaps what file system it is. */
static bool describe_anywhere(const struct subject *who, const struct statx *st, char *buf,
			      size_t size)
{
	auto_subject struct subject self = {.proc = -1};
	struct err err = {0};

	if ((st->stx_mask & STATX_MNT_ID) && describe(who, st, is_mount, buf, size))
		return true;
	return subject_open(&self, getpid(), &err) == 0 &&
	       describe(&self, st, is_device, buf, size);
}

static void add_directory(const struct subject *who, const char *link, struct items *t)
{
	char path[4096], on[32], mount[2 * PATH_MAX];
	struct statx st;

	if (!subject_link(who, link, path, sizeof(path)) ||
	    statx(who->proc, link, AT_NO_AUTOMOUNT | AT_STATX_DONT_SYNC, STATX_INO | STATX_MNT_ID,
		  &st) < 0) {
		t->errnum = errno;
		return;
	}
	items_add(t, link, "%s", path);
	snprintf(on, sizeof(on), "%s is on", link);
	if (describe_anywhere(who, &st, mount, sizeof(mount)))
		items_add(t, on, "%s (%u:%u)", mount, st.stx_dev_major, st.stx_dev_minor);
	else
		items_add(t, on, "device %u:%u", st.stx_dev_major, st.stx_dev_minor);
}

static void read_fact(const struct subject *who, struct items *t)
{
	add_directory(who, "root", t);
	add_directory(who, "cwd", t);
}

const struct fact fact_directories = {
	.name = "directories",
	.summary = "its root and working directory, and what they lie on",
	.keys = "directory",
	.steady = true,
	.read = read_fact,
};
