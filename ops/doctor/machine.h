/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was found out about this machine, for this user, now. Every part was
 * looked at or tried when machine_look was called; nothing is kept from before.
 */
#ifndef CTRSH_OPS_DOCTOR_MACHINE_H
#define CTRSH_OPS_DOCTOR_MACHINE_H

#include <sys/types.h>
#include <sys/utsname.h>

#include "ops/doctor/calls.h"
#include "ops/doctor/control.h"
#include "ops/doctor/tried.h"
#include "ops/sys/syscap.h"

#define LIBRARIES 2

struct machine {
	bool no_proc; /* no procfs on /proc that shows us */
	uid_t uid;
	gid_t gid;
	struct caps caps;
	uint64_t host_caps; /* those of them that count over what is the host's */
	bool first_user;    /* we are in the machine's first user namespace */
	bool sudo; /* a program could make us root: root is mapped, and nothing forbids it */
	bool no_new_privs;
	int filtered; /* Seccomp: of /proc/self/status (proc(5)); -1: unknown */
	struct utsname uts;
	struct tried plain, user; /* as we are; in a new user namespace */
	enum call_verdict calls[CALLS_MAX];
	struct control control;
	struct {
		char error[200]; /* of dlopen(3); "" without one */
	} libraries[LIBRARIES];
};

extern const char *const machine_libraries[]; /* NULL at the end */

void machine_look(struct machine *m);

/* The way on which most can be done: as we are, or in a user namespace (*user). */
const struct tried *machine_way(const struct machine *m, bool *user);

/* Does a filter refuse the call of that name? */
bool machine_filters(const struct machine *m, const char *call);

#endif
