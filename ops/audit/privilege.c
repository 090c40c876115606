/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a program may do: capabilities, IDs, seccomp. A
 * capability counts for the host only in the user namespace that owns what it
 * is used on (user_namespaces(7)): in one of its own it opens nothing here.
 */
#include <linux/capability.h>

#include "ops/audit/look.h"
#include "ops/auto.h"
#include "ops/namespaces/ns.h"

/* A new user namespace takes them all away, seen from the host. */
static void look_cap(const struct audit *a, int cap, const char *name, const char *allows,
		     struct finding *f)
{
	if (audit_can(a, cap))
		found(f, WAY_OPEN, STEP_CAPS | STEP_USER, "%s: %s", name, allows);
	else if (a->caps & (1ULL << cap))
		found(f, WAY_CLOSED, 0, "%s in its own user namespace only", name);
	else
		found(f, WAY_CLOSED, 0, "no %s", name);
}

void look_sys_admin(const struct audit *a, struct finding *f)
{
	look_cap(a, CAP_SYS_ADMIN, "CAP_SYS_ADMIN",
		 "mounts anything, also the host's disks; enters its namespaces", f);
}

void look_modules(const struct audit *a, struct finding *f)
{
	look_cap(a, CAP_SYS_MODULE, "CAP_SYS_MODULE", "loads code into the kernel", f);
}

void look_raw_io(const struct audit *a, struct finding *f)
{
	look_cap(a, CAP_SYS_RAWIO, "CAP_SYS_RAWIO", "talks to hardware (iopl, ioperm)", f);
}

void look_handles(const struct audit *a, struct finding *f)
{
	look_cap(a, CAP_DAC_READ_SEARCH, "CAP_DAC_READ_SEARCH",
		 "opens any file of a mounted file system by number (open_by_handle_at)", f);
}

void look_bpf(const struct audit *a, struct finding *f)
{
	look_cap(a, audit_can(a, CAP_PERFMON) ? CAP_PERFMON : CAP_BPF,
		 audit_can(a, CAP_PERFMON) ? "CAP_PERFMON" : "CAP_BPF",
		 "watches all of the kernel's and other programs' doings", f);
}

/* In a PID namespace of its own reboot(2) ends only that (pid_namespaces(7)). */
void look_boot(const struct audit *a, struct finding *f)
{
	look_cap(a, CAP_SYS_BOOT, "CAP_SYS_BOOT", "reboots the machine, loads another kernel", f);
	if (f->state == WAY_OPEN && !(a->shared & CLONE_NEWPID))
		found(f, WAY_PARTLY, f->steps, "CAP_SYS_BOOT: loads another kernel (kexec_load)");
}

void look_clock(const struct audit *a, struct finding *f)
{
	look_cap(a, CAP_SYS_TIME, "CAP_SYS_TIME", "sets the host's clock", f);
}

void look_net_admin(const struct audit *a, struct finding *f)
{
	look_cap(a, CAP_NET_ADMIN, "CAP_NET_ADMIN", "changes the host's devices, routes, firewall",
		 f);
	if (!(a->shared & CLONE_NEWNET))
		found(f, WAY_CLOSED, 0, "its network is its own");
	else if (f->state == WAY_OPEN)
		f->steps |= STEP_UNSHARE;
	f->ns = CLONE_NEWNET;
}

void look_user(const struct audit *a, struct finding *f)
{
	if (a->uid != 0)
		found(f, WAY_CLOSED, 0, "user %u of the host", a->uid);
	else if (a->shared & CLONE_NEWUSER)
		found(f, WAY_OPEN, STEP_USER, "it is root, and shares the host's user namespace");
	else
		found(f, WAY_PARTLY, 0, "its user namespace maps it to the host's root");
}

void look_new_privs(const struct audit *a, struct finding *f)
{
	if (a->new_privs)
		found(f, WAY_OPEN, STEP_NEWPRIVS, "NoNewPrivs is 0");
	else
		found(f, WAY_CLOSED, 0, "NoNewPrivs is 1");
}

/* Of a box, what is loaded with its program is tried. */
void look_seccomp(const struct audit *a, struct finding *f)
{
	auto_free char *mode = subject_status(a->who, "Seccomp");

	if (!mode)
		found(f, WAY_UNKNOWN, 0, "this kernel does not tell");
	else if (mode[0] == '0')
		found(f, WAY_OPEN, STEP_SECCOMP, "no filter: every system call is allowed");
	else
		found(f, WAY_CLOSED, 0, "filtered");
}

void look_calls(const struct audit *a, struct finding *f)
{
	auto_free char *mode = subject_status(a->who, "Seccomp");

	if (mode && mode[0] == '0')
		found(f, WAY_OPEN, STEP_SECCOMP,
		      "keyctl, bpf, userfaultfd, io_uring, perf: no filter");
	else
		found(f, WAY_UNKNOWN, 0, "what its filter lets through can't be seen from outside");
}

void look_new_userns(const struct audit *a, struct finding *f)
{
	look_calls(a, f);
	if (f->state == WAY_OPEN)
		found(f, WAY_OPEN, STEP_SECCOMP, "no filter forbids unshare(CLONE_NEWUSER)");
}
