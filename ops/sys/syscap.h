/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * System calls on capabilities and on what belongs to them. As in sys.h each
 * makes the call of its name, traces it, and fills c->err when it fails; what
 * only reads is not traced.
 */
#ifndef CTRSH_OPS_SYS_SYSCAP_H
#define CTRSH_OPS_SYS_SYSCAP_H

#include <stdint.h>

#include "ops/op.h"

/* The five sets of a process (capabilities(7)), each a mask of CAP_BIT(). */
struct caps {
	uint64_t permitted, effective, inheritable, bounding, ambient;
};

/* Those of the calling process. What a seccomp filter forbids to read counts as
 * full: whoever takes capabilities away then tries to. */
void caps_read(struct caps *caps);

/* Is the ambient set as read, and not taken for full? */
bool caps_ambient_told(void);

/* Those that a program will hold that it executes now, file capabilities apart. */
uint64_t caps_of_program(void);

/* capset(2): permitted, effective and inheritable. */
int sys_capset(struct call *c, const struct caps *caps);

/* prctl(2): PR_CAPBSET_DROP, PR_CAP_AMBIENT_RAISE and _LOWER and _CLEAR_ALL,
 * PR_SET_KEEPCAPS, PR_SET_NO_NEW_PRIVS. */
int sys_capbset_drop(struct call *c, int cap);
int sys_ambient_raise(struct call *c, int cap);
int sys_ambient_lower(struct call *c, int cap);
int sys_ambient_clear(struct call *c);
int sys_keepcaps(struct call *c, bool on);
int sys_no_new_privs(struct call *c);

/* keyctl(2): KEYCTL_JOIN_SESSION_KEYRING; the keyring's serial number. name: NULL
 * for one without. */
int sys_join_session_keyring(struct call *c, const char *name);

#endif
