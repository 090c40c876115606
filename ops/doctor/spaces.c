/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Namespaces: which are to be had, as we are and in a user namespace, and the
 * settings that stand in the way (namespaces(7), user_namespaces(7)).
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/doctor/finding.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstree.h"

#define DEEPEST 32 /* user_namespaces(7) */
#define USUAL   (CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS)

#define MAX_USER "/proc/sys/user/max_user_namespaces"
#define CLONE_OF "/proc/sys/kernel/unprivileged_userns_clone"
#define APPARMOR "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"

/* -1: there is no such file. */
static long number_in(const char *path)
{
	auto_fclose FILE *f = fopen(path, "re");
	long n = -1;

	return f && fscanf(f, "%ld", &n) == 1 ? n : -1;
}

/* It made none, which is no answer of the kernel's own, or was then refused what its
 * capabilities should allow. */
static bool apparmor_stops(const struct machine *m)
{
	int e = m->user.map ? m->user.map : tried_errno(&m->user, USUAL);

	if (m->uid == 0 || number_in(APPARMOR) != 1)
		return false;
	return m->user.user ? m->user.user == EACCES : e == EPERM || e == EACCES;
}

void finding_why_namespaces(const struct machine *m, struct finding *f)
{
	int depth = nstree_depth(getpid(), "user");

	if (machine_filters(m, "unshare")) {
		finding_means(f, "a seccomp filter refuses unshare(2), as in many containers");
		finding_hint(
			f,
			"Start ctrsh outside of it (docker run --security-opt seccomp=unconfined)");
	} else if (number_in(MAX_USER) == 0) {
		finding_means(f, "user.max_user_namespaces is 0: nobody makes one here");
		finding_fix(f, "sudo sysctl -w user.max_user_namespaces=10000");
	} else if (m->uid != 0 && number_in(CLONE_OF) == 0) {
		finding_means(f, "kernel.unprivileged_userns_clone is 0: only root makes one");
		finding_fix(f, "sudo sysctl -w kernel.unprivileged_userns_clone=1");
	} else if (depth >= DEEPEST) {
		finding_means(f, "this is %d user namespaces deep, and the kernel allows no more",
			      depth);
	} else if (apparmor_stops(m)) {
		finding_means(f, m->user.user ? "AppArmor refuses it to plain users"
					      : "AppArmor lets it be made, but gives no "
						"capability in it");
		finding_fix(f, "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
	}
}

static const char *name_of(int errnum)
{
	return errnum > 0 ? strerrorname_np(errnum) : "no answer";
}

static void look_user(const struct machine *m, struct finding *f)
{
	long max = number_in(MAX_USER);
	int depth = nstree_depth(getpid(), "user");

	if (!m->user.user && !m->user.map) {
		finding_set(f, FOUND_OK, "one was made, and user %u mapped onto 0 in it",
			    (unsigned)m->uid);
	} else if (!m->user.user) {
		finding_set(f, FOUND_LIMITED, "one was made, but writing its uid_map gave %s",
			    name_of(m->user.map));
	} else {
		finding_set(f, FOUND_MISSING, "unshare(CLONE_NEWUSER) = %s", name_of(m->user.user));
	}
	if (max >= 0)
		finding_add(f->found, sizeof(f->found), "; ", "at most %ld", max);
	if (depth > 0)
		finding_add(f->found, sizeof(f->found), "; ", "this is %d deep already", depth);
	if (f->state == FOUND_OK)
		return;
	finding_why_namespaces(m, f);
	if (!f->means[0] && m->user.user == ENOSPC && max > 0 && !m->first_user)
		finding_means(f,
			      "a limit is reached, and not the one that is seen here: that of a "
			      "user namespace around this one, which cannot be read from here");
	else if (!f->means[0])
		finding_means(f,
			      "unshare user fails, for a reason that is not to be seen from "
			      "here");
}

const struct check check_user = {"user", "user ns", look_user, false};

static void look_apparmor(const struct machine *m, struct finding *f)
{
	long restricts = number_in(APPARMOR);
	char profile[128] = "none";
	auto_fclose FILE *file = fopen("/proc/self/attr/current", "re");

	if (file && fgets(profile, sizeof(profile), file))
		profile[strcspn(profile, "\n")] = '\0';
	if (restricts < 0)
		finding_set(f, FOUND_OK, "this kernel does not restrict user namespaces so");
	else if (!restricts)
		finding_set(f, FOUND_OK, "does not restrict user namespaces");
	else if (!apparmor_stops(m))
		finding_set(f, FOUND_OK,
			    "restricts user namespaces, but not user %u with the profile %s",
			    (unsigned)m->uid, profile);
	else
		finding_set(f, FOUND_MISSING,
			    "kernel.apparmor_restrict_unprivileged_userns is 1, profile: %s",
			    profile);
	if (f->state == FOUND_OK)
		return;
	finding_means(
		f, m->user.user
			   ? "plain users make no user namespaces"
			   : "plain users get no capability in the user namespaces that they make");
	finding_hint(f, "A profile for ctrsh with the rule userns would do as well");
	finding_fix(f, "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
}

const struct check check_apparmor = {"apparmor", "AppArmor", look_apparmor, false};

static void put_names(char *buf, unsigned size, unsigned mask)
{
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (mask & ns->flag)
			finding_add(buf, size, " ", "%s", ns->name);
}

static void look_namespaces(const struct machine *m, struct finding *f)
{
	unsigned all = 0, plain, user, lacks;
	char list[128];

	for (const struct ns *ns = namespaces; ns->name; ns++)
		all |= ns->flag != CLONE_NEWUSER ? ns->flag : 0;
	plain = all & ~tried_lacks(&m->plain, all);
	user = all & ~tried_lacks(&m->user, all) & ~plain;
	lacks = all & ~plain & ~user;
	f->found[0] = '\0';
	for (int i = 0; i < 3; i++) {
		unsigned some = i == 0 ? plain : i == 1 ? user : lacks;

		list[0] = '\0';
		put_names(list, sizeof(list), some);
		if (some)
			finding_add(f->found, sizeof(f->found), "; ", "%s%s%s",
				    i == 2 ? "not: " : "", list,
				    i == 1 ? " after unshare user" : "");
	}
	f->state = lacks & USUAL ? FOUND_MISSING : lacks | user ? FOUND_LIMITED : FOUND_OK;
	if (f->state == FOUND_OK)
		return;
	if (lacks) {
		finding_why_namespaces(m, f);
		finding_add(f->means, sizeof(f->means), ". ", "unshare fails for what is named");
		if (!f->fix[0] && m->uid != 0)
			finding_fix(f, "sudo ctrsh");
	} else {
		finding_means(f, "unshare %s comes first, in the same line or before", "user");
		finding_fix(f, "unshare user uts pid mnt");
	}
	if (lacks & USUAL)
		snprintf(f->brief, sizeof(f->brief), "no box can have namespaces of its own here");
}

const struct check check_namespaces = {"namespaces", "namespaces", look_namespaces, false};

static void look_time(const struct machine *m, struct finding *f)
{
	int plain = tried_errno(&m->plain, CLONE_NEWTIME);
	int user = tried_errno(&m->user, CLONE_NEWTIME);

	if (!plain || !user)
		finding_set(f, FOUND_OK, "one was made%s", plain ? ", in a user namespace" : "");
	else
		finding_set(f, FOUND_MISSING, "unshare(CLONE_NEWTIME) = %s", name_of(plain));
	if (f->state == FOUND_OK)
		return;
	finding_means(f, "unshare time fails: a box cannot have clocks of its own");
	if (access("/proc/self/ns/time", F_OK) < 0)
		finding_hint(f, "It takes a kernel with CONFIG_TIME_NS (5.6 and later)");
}

const struct check check_time = {"time", "time ns", look_time, false};
