/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which devices the box may open and make: a list of rules, the later ones
 * first. cgroup v1 takes them one by one in files (the kernel's
 * cgroup-v1/devices.rst) and keeps them; v2 has a BPF program instead
 * (cgroup-v2.rst, "Device controller"), made anew from the whole list, which is
 * therefore kept with the session.
 */
#ifndef CTRSH_OPS_CGROUP_DEVICES_H
#define CTRSH_OPS_CGROUP_DEVICES_H

#include <stdbool.h>
#include <stddef.h>

#define DEVICES_MAX 64
#define DEVICES_ANY (-1L)

enum device_access { ACCESS_MKNOD = 1, ACCESS_READ = 2, ACCESS_WRITE = 4, ACCESS_ALL = 7 };

struct device_rule {
	long major, minor; /* or DEVICES_ANY */
	unsigned access;   /* ACCESS_* */
	char type;         /* c, b, or a: all devices, whatever the numbers */
	bool allow;
};

struct devices {
	struct device_rule rules[DEVICES_MAX];
	int n;
	int program; /* on v2: the BPF program in force; 0: none yet */
};

struct call;
struct opened;

/* "1:3", "136:*". false: it is not that. */
bool devices_numbers(const char *word, long *major, long *minor);
/* Letters of "rwm", each at most once. 0: they are not. */
unsigned devices_access(const char *word);

/* "c 136:* rwm", as the files of v1 have it. */
void devices_text(const struct device_rule *rule, char *text, size_t size);

/* What engines allow (runc's AllowedDevices): first "all denied". */
extern const struct device_rule devices_default[];
extern const int devices_n_default;

/* One more rule; one for all devices makes those before it void. false: too many. */
bool devices_add(struct devices *d, const struct device_rule *rule);

/* Forgets all, and closes the program. */
void devices_forget(struct devices *d);

/* v2: a program of these rules for the group, in place of the one there is. 0 or
 * -1; traced. */
int devices_attach(struct call *c, const struct opened *g, struct devices *d);

#endif
