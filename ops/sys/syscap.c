/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * capset(2) itself, not through libcap: its sets are what the trace shows, in
 * the form of /proc/PID/status.
 */
#include "ops/sys/syscap.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/privilege/capname.h"
#include "ops/sys/sys.h"

static struct __user_cap_header_struct header(void)
{
	return (struct __user_cap_header_struct){.version = _LINUX_CAPABILITY_VERSION_3};
}

static int bounding_has(int cap)
{
	return prctl(PR_CAPBSET_READ, cap, 0, 0, 0);
}

static int ambient_has(int cap)
{
	return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, cap, 0, 0);
}

/* Capability 0 is known to every kernel: when not even that is told, a filter
 * forbids the question, and all may be in the set. So nobody takes it for gone. */
static uint64_t read_each(int (*has)(int))
{
	bool told = has(0) >= 0;
	uint64_t set = 0;

	for (int cap = 0; cap < 64; cap++)
		if (told ? has(cap) == 1 : cap <= CAP_LAST_CAP)
			set |= CAP_BIT(cap);
	return set;
}

bool caps_ambient_told(void)
{
	return ambient_has(0) >= 0;
}

void caps_read(struct caps *caps)
{
	struct __user_cap_header_struct head = header();
	struct __user_cap_data_struct d[2] = {{0}};

	syscall(SYS_capget, &head, d);
	*caps = (struct caps){
		.permitted = d[0].permitted | (uint64_t)d[1].permitted << 32,
		.effective = d[0].effective | (uint64_t)d[1].effective << 32,
		.inheritable = d[0].inheritable | (uint64_t)d[1].inheritable << 32,
	};
	caps->bounding = read_each(bounding_has);
	caps->ambient = read_each(ambient_has);
}

/* capabilities(7), "Transformation of capabilities during execve()" and
 * "Capabilities and execution of programs by root"; with no_new_privs, execve
 * adds nothing to what is permitted (security/commoncap.c of the kernel). */
uint64_t caps_of_program(void)
{
	bool root = getuid() == 0 || geteuid() == 0;
	uint64_t gets;
	struct caps now;

	caps_read(&now);
	if (!root || (prctl(PR_GET_SECUREBITS, 0, 0, 0, 0) & SECBIT_NOROOT))
		return now.ambient;
	gets = now.inheritable | now.bounding;
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? gets & now.permitted : gets;
}

int sys_capset(struct call *c, const struct caps *caps)
{
	struct __user_cap_header_struct head = header();
	struct __user_cap_data_struct d[2];
	int r;

	for (int i = 0; i < 2; i++)
		d[i] = (struct __user_cap_data_struct){
			.permitted = (uint32_t)(caps->permitted >> 32 * i),
			.effective = (uint32_t)(caps->effective >> 32 * i),
			.inheritable = (uint32_t)(caps->inheritable >> 32 * i),
		};
	r = (int)syscall(SYS_capset, &head, d);
	return sys_report(c, r, r < 0 ? errno : 0,
			  "capset({_LINUX_CAPABILITY_VERSION_3, 0}, {effective=%#lx, "
			  "permitted=%#lx, inheritable=%#lx})",
			  (unsigned long)caps->effective, (unsigned long)caps->permitted,
			  (unsigned long)caps->inheritable);
}

int sys_capbset_drop(struct call *c, int cap)
{
	char name[40];
	int r = prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);

	return sys_report(c, r, r < 0 ? errno : 0, "prctl(PR_CAPBSET_DROP, %s)",
			  capname_upper(name, sizeof(name), cap));
}

static int ambient(struct call *c, int what, const char *whatname, int cap)
{
	char name[40];
	int r = prctl(PR_CAP_AMBIENT, what, cap, 0, 0);

	return sys_report(c, r, r < 0 ? errno : 0, "prctl(PR_CAP_AMBIENT, %s, %s, 0, 0)", whatname,
			  capname_upper(name, sizeof(name), cap));
}

int sys_ambient_raise(struct call *c, int cap)
{
	return ambient(c, PR_CAP_AMBIENT_RAISE, "PR_CAP_AMBIENT_RAISE", cap);
}

int sys_ambient_lower(struct call *c, int cap)
{
	return ambient(c, PR_CAP_AMBIENT_LOWER, "PR_CAP_AMBIENT_LOWER", cap);
}

int sys_ambient_clear(struct call *c)
{
	int r = prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);

	return sys_report(c, r, r < 0 ? errno : 0,
			  "prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)");
}

int sys_keepcaps(struct call *c, bool on)
{
	int r = prctl(PR_SET_KEEPCAPS, on, 0, 0, 0);

	return sys_report(c, r, r < 0 ? errno : 0, "prctl(PR_SET_KEEPCAPS, %d)", on);
}

int sys_no_new_privs(struct call *c)
{
	int r = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);

	return sys_report(c, r, r < 0 ? errno : 0, "prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)");
}

int sys_join_session_keyring(struct call *c, const char *name)
{
	long r = syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, name);
	int errnum = r < 0 ? errno : 0;
	char q[200];

	return sys_report(c, r, errnum, "keyctl(KEYCTL_JOIN_SESSION_KEYRING, %s)",
			  trace_quote(q, sizeof(q), name));
}
