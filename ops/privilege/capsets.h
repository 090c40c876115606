/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The five sets of capabilities by name, the words of a caps line, and what is
 * done to the box's own sets.
 */
#ifndef CTRSH_OPS_PRIVILEGE_CAPSETS_H
#define CTRSH_OPS_PRIVILEGE_CAPSETS_H

#include <linux/capability.h>

#include "ops/sys/syscap.h"

/* What Docker (moby, daemon/pkg/oci/caps) and containerd (pkg/oci) leave to a
 * container. */
#define CAPS_OF_ENGINES                                                                            \
	(CAP_BIT(CAP_CHOWN) | CAP_BIT(CAP_DAC_OVERRIDE) | CAP_BIT(CAP_FSETID) |                    \
	 CAP_BIT(CAP_FOWNER) | CAP_BIT(CAP_MKNOD) | CAP_BIT(CAP_NET_RAW) | CAP_BIT(CAP_SETGID) |   \
	 CAP_BIT(CAP_SETUID) | CAP_BIT(CAP_SETFCAP) | CAP_BIT(CAP_SETPCAP) |                       \
	 CAP_BIT(CAP_NET_BIND_SERVICE) | CAP_BIT(CAP_SYS_CHROOT) | CAP_BIT(CAP_KILL) |             \
	 CAP_BIT(CAP_AUDIT_WRITE))

enum {
	SET_PERMITTED = 1,
	SET_EFFECTIVE = 2,
	SET_INHERITABLE = 4,
	SET_BOUNDING = 8,
	SET_AMBIENT = 16
};

struct capset {
	const char *name;   /* as in ctrsh's words */
	const char *status; /* as in /proc/PID/status */
	unsigned bit;
};

extern const struct capset capsets[]; /* ends with a NULL name */

/* The bit of a set, 0: no set has that name. */
unsigned capset_named(const char *word);

/* A caps line: which sets, all of them if none is named; which capabilities.
 * every: the word that stands for all, or for none of them, in their place. */
struct caps_words {
	unsigned sets;
	uint64_t caps;
	bool every;
};
int caps_parse(int argc, char **argv, const char *every, struct caps_words *w, struct err *err);

/* The sets that a line of caps drop, caps keep or caps default takes something from, and what; 0:
 * not understood. */
unsigned caps_named(const char *op, int argc, char **argv, uint64_t *gone);

/* Takes capabilities out of these sets of the box. */
int caps_take(struct call *c, unsigned sets, uint64_t gone);

/* Makes them ambient (and inheritable) now, and again before each program that
 * starts after a change of the user ID took them out; or no longer. */
int caps_make_ambient(struct call *c, uint64_t caps);
int caps_no_ambient(struct call *c);
int caps_raise_again(struct call *c);

/* Are there any to be raised again? That takes keep_caps, or they are gone by then. */
bool caps_ambient_wanted(void);

/* The names of securebits. */
extern const struct trace_flag securebits[];

#endif
