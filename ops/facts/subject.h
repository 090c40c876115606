/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A process that is looked at: the box, the host's own side (ourselves), or
 * any other process. Looking never changes it. Its directory in /proc stays
 * open, so that another process with the same PID is never taken for it: once
 * it has ended, reading fails with ESRCH.
 */
#ifndef CTRSH_OPS_FACTS_SUBJECT_H
#define CTRSH_OPS_FACTS_SUBJECT_H

#include <stdbool.h>
#include <sys/types.h>

#include "ops/err.h"

struct subject {
	pid_t pid; /* in our PID namespace */
	int proc;  /* O_PATH, of /proc/PID; -1: none */
};

/* 0, or -1 and *err: there is no such process, or no /proc that shows it. */
int subject_open(struct subject *s, pid_t pid, struct err *err);
void subject_close(struct subject *s);

#define auto_subject __attribute__((cleanup(subject_close)))

/* Has it not ended? */
bool subject_lives(const struct subject *s);

/* The whole of /proc/PID/NAME, with a NUL behind it; the caller's to free. NULL
 * and errno. *len may be NULL. */
char *subject_read(const struct subject *s, const char *name, size_t *len);

/* What the link /proc/PID/NAME holds. false and errno: it can't be read. */
bool subject_link(const struct subject *s, const char *name, char *buf, size_t size);

/* The value of a line "KEY: value" of /proc/PID/status (proc(5)), without
 * blanks around it; the caller's to free. NULL: no such line, or errno. */
char *subject_status(const struct subject *s, const char *key);

/* Both for one look at a process by its PID; our own is the one we are, whatever PID
 * namespace /proc is of. */
char *process_read(pid_t pid, const char *name);
char *process_status(pid_t pid, const char *key);

/* Where a field begins in the text of /proc/PID/stat (proc_pid_stat(5)), from the third on: the
 * second, the program's name in parentheses, may hold anything. NULL: there is none, or no text. */
const char *process_stat_field(const char *stat, int number);

#endif
