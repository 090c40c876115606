/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between kill(2) and the zombie that waitid(2) tells of, a process loses its
 * memory, root and namespaces one after another, and as PID 1 it waits for all
 * others in there; what /proc says of it then is no longer true. SIGKILL is
 * pending for a thread until that begins to exit (signal(7)), and that it exits
 * is in the flags of /proc/PID/stat (proc_pid_stat(5)).
 */
#include "ops/box/dying.h"

#include <signal.h>
#include <stdlib.h>

#include "ops/auto.h"

#define EXITING 0x00000004 /* PF_EXITING, include/linux/sched.h */

bool dying(const struct subject *who)
{
	auto_free char *pending = subject_status(who, "SigPnd");
	auto_free char *text = subject_read(who, "stat", NULL);
	const char *state = process_stat_field(text, 3), *flags = process_stat_field(text, 9);

	if (!pending || !state) /* gone, or we have no descriptor left to look with */
		return !subject_lives(who);
	return *state == 'Z' || *state == 'X' || !flags || (strtoul(flags, NULL, 10) & EXITING) ||
	       (strtoull(pending, NULL, 16) & 1ULL << (SIGKILL - 1));
}
