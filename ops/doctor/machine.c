/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All of it is asked for at once, which takes a few hundredths of a second.
 */
#include "ops/doctor/machine.h"

#include <dlfcn.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/doctor/trial.h"
#include "ops/facts/subject.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/ns.h"
#include "ops/namespaces/nstree.h"
#include "ops/privilege/capname.h"

/* The inode of the first user namespace, the same since 3.8 (the kernel's
 * PROC_USER_INIT_INO). */
#define FIRST_USER 0xEFFFFFFDU

const char *const machine_libraries[] = {"libmount.so.1", "libsmartcols.so.1", NULL};

/* In a child: whether they load can be known without loading them here. */
static void try_libraries(void *result)
{
	struct machine *m = result;

	for (int i = 0; machine_libraries[i]; i++)
		if (dlopen(machine_libraries[i], RTLD_NOW | RTLD_LOCAL))
			m->libraries[i].error[0] = '\0';
		else
			snprintf(m->libraries[i].error, sizeof(m->libraries[i].error), "%.199s",
				 dlerror());
}

static int filtered(void)
{
	auto_free char *mode = process_status(getpid(), "Seccomp");

	return mode ? atoi(mode) : -1;
}

/* Does our user namespace, or one below it, own our namespace of that name? */
static bool own(const char *name)
{
	return nstree_owned_by(getpid(), name) != 0;
}

/* A capability counts in the user namespace that it is held in: for device files
 * that must be the first. */
static uint64_t count_over_host(const struct machine *m, uint64_t caps)
{
	if (!own("net"))
		caps &= ~CAP_BIT(CAP_NET_ADMIN);
	if (!own("mnt"))
		caps &= ~CAP_BIT(CAP_SYS_ADMIN);
	if (!m->first_user)
		caps &= ~CAP_BIT(CAP_MKNOD);
	return caps;
}

/* A set-user-ID program of root's makes root of us where root has a number. */
static bool can_become_root(const struct machine *m)
{
	struct idmap uids;

	if (m->no_new_privs)
		return false;
	return m->no_proc || idmap_read(getpid(), "uid_map", &uids) < 0 || idmap_has_in(&uids, 0);
}

void machine_look(struct machine *m)
{
	*m = (struct machine){.uid = geteuid(), .gid = getegid()};
	m->no_proc = access("/proc/self/status", F_OK) < 0;
	caps_read(&m->caps);
	m->first_user = ns_id(getpid(), ns_find("user")) == FIRST_USER;
	m->host_caps = count_over_host(m, m->caps.effective);
	m->no_new_privs = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
	m->sudo = can_become_root(m);
	m->filtered = filtered();
	uname(&m->uts);
	tried_look(&m->plain, false);
	tried_look(&m->user, true);
	calls_look(m->calls);
	control_look(&m->control);
	for (int i = 0; machine_libraries[i]; i++)
		snprintf(m->libraries[i].error, sizeof(m->libraries[i].error),
			 "loading %s ended the process", machine_libraries[i]);
	trial_run(try_libraries, m, sizeof(*m));
}

const struct tried *machine_way(const struct machine *m, bool *user)
{
	unsigned usual = CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS;

	*user = tried_lacks(&m->plain, usual) && !tried_lacks(&m->user, CLONE_NEWUSER);
	return *user ? &m->user : &m->plain;
}

bool machine_filters(const struct machine *m, const char *call)
{
	for (int i = 0; known_calls[i].name; i++)
		if (!strcmp(known_calls[i].name, call))
			return m->calls[i] == CALL_FILTERED;
	return false;
}
