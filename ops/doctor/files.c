/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be mounted, and the root file system that scripts expect. In a user
 * namespace the kernel gives a proc only to those who see a whole one
 * (mount_namespaces(7)), and an overlay since 5.11.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/doctor/finding.h"
#include "ops/doctor/installed.h"
#include "ops/facts/fact.h"
#include "ops/namespaces/ns.h"

/* The mount points below /proc on this side. */
static int covered(char *list, unsigned size)
{
	auto_subject struct subject self = {.proc = -1};
	auto_items struct items mounts = {0};
	struct err ignored = {0};
	int n = 0;

	*list = '\0';
	if (subject_open(&self, getpid(), &ignored) < 0)
		return 0;
	fact_find("mounts")->read(&self, &mounts);
	for (size_t i = 0; i < mounts.n; i++) {
		const char *point = mounts.list[i].key;

		if (strncmp(point, "/proc/", 6) != 0 || !strcmp(point, "/proc/sys/fs/binfmt_misc"))
			continue;
		if (n++ < 6)
			finding_add(list, size, ", ", "%s", point);
	}
	return n;
}

static const char *result(int errnum)
{
	return errnum == NOT_TRIED    ? "not tried"
	       : errnum == NOT_LOADED ? "not tried: its module is not loaded"
	       : errnum == 0          ? "works"
				      : strerrorname_np(errnum);
}

/* plain or user: where it can work for this user. */
static enum finding_state state_of(const struct machine *m, enum tried_fs fs)
{
	if (m->plain.fs[fs] == 0)
		return m->user.fs[fs] > 0 ? FOUND_LIMITED : FOUND_OK;
	if (m->user.fs[fs] == 0)
		return FOUND_OK;
	return m->plain.fs[fs] == NOT_LOADED || m->user.fs[fs] == NOT_LOADED ? FOUND_LIMITED
									     : FOUND_MISSING;
}

static void put_results(const struct machine *m, enum tried_fs fs, struct finding *f)
{
	if (m->plain.fs[fs] == NOT_TRIED && m->user.fs[fs] == NOT_TRIED) {
		finding_set(f, FOUND_MISSING, "not tried: no mount namespace could be made for it");
		return;
	}
	finding_set(f, state_of(m, fs), "a new one: %s; in a user namespace: %s",
		    result(m->plain.fs[fs]), result(m->user.fs[fs]));
}

static void look_proc(const struct machine *m, struct finding *f)
{
	char list[300];
	int n = covered(list, sizeof(list));

	put_results(m, TRY_PROC, f);
	if (n)
		finding_add(f->found, sizeof(f->found), "; ",
			    "%d mount%s cover%s parts of /proc: %s", n, n == 1 ? "" : "s",
			    n == 1 ? "s" : "", list);
	if (f->state == FOUND_OK)
		return;
	if (n && m->user.fs[TRY_PROC] > 0) {
		finding_means(f,
			      "mount proc fails in a user namespace: a new one would show what is "
			      "covered");
		finding_hint(f, "Start ctrsh outside of this container, or show this /proc again");
		finding_fix(f, "mount rbind /proc ./rootfs/proc");
	} else {
		finding_means(f, "mount proc fails%s: ps in the box shows the host's processes",
			      f->state == FOUND_LIMITED ? " in a user namespace" : "");
	}
	if (f->state == FOUND_MISSING && !tried_lacks(&m->user, CLONE_NEWUSER) && n)
		snprintf(f->brief, sizeof(f->brief), "/proc is masked, so mount proc fails");
}

const struct check check_proc = {"proc", "/proc", look_proc, false};

static void look_overlay(const struct machine *m, struct finding *f)
{
	put_results(m, TRY_OVERLAY, f);
	if (f->state == FOUND_OK)
		return;
	if (m->plain.fs[TRY_OVERLAY] == NOT_LOADED || m->user.fs[TRY_OVERLAY] == NOT_LOADED) {
		finding_means(f, "mount overlay works if the kernel has the module, and loads it");
		finding_fix(f, "modprobe --dry-run --verbose overlay");
		return;
	}
	finding_means(f, "mount overlay fails%s",
		      f->state == FOUND_LIMITED ? " in a user namespace" : "");
	if (calls_older(m->uts.release, "5.11"))
		finding_hint(f, "It takes a kernel from 5.11 on, or root");
	else if (f->state == FOUND_MISSING && m->uid != 0)
		finding_fix(f, "sudo ctrsh");
}

const struct check check_overlay = {"overlay", "overlay", look_overlay, false};

static void look_rootfs(const struct machine *m, struct finding *f)
{
	char dir[400];

	struct stat st;

	(void)m;
	if (lstat("./rootfs", &st) == 0 && S_ISLNK(st.st_mode)) {
		finding_set(f, FOUND_LIMITED, "is a symbolic link");
		finding_means(f, "mounts and pivot_root follow none; chroot does");
		finding_hint(f, "A copy of what it leads to does for all");
		return;
	}
	if (access("./rootfs/bin/sh", X_OK) == 0) {
		finding_set(f, FOUND_OK, "is there");
		return;
	}
	finding_set(f, FOUND_MISSING, "%s",
		    access("./rootfs", F_OK) == 0 ? "./rootfs has no /bin/sh that may be executed"
						  : "there is no ./rootfs here");
	finding_means(f, "scripts that use it fail in this directory");
	if (installed_scripts(dir, sizeof(dir)))
		finding_fix(f, "%s/mkrootfs -o ./rootfs", dir);
}

const struct check check_rootfs = {"rootfs", "./rootfs", look_rootfs, true};
