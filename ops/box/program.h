/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a process in the box becomes a program: shared by run and exec. All of
 * this happens in the box.
 */
#ifndef CTRSH_OPS_BOX_PROGRAM_H
#define CTRSH_OPS_BOX_PROGRAM_H

#include "ops/op.h"

/* What is left to do in the box before any program starts. 0 or -1. */
int program_prepare(struct call *c);

/* Becomes c->argv[1] with the descriptors of the call as its standard streams.
 * Does not return when it succeeds; -1 otherwise, and the process is as it
 * was. announce: tell the shell before the call that may not return. */
int program_become(struct call *c, bool announce);

/* Finds the program as execvp(3) would, in the box's PATH. path: PATH_MAX.
 * -1: not found, or not executable; *err says which. */
int program_find(const char *name, char *path, struct err *err);

/* Adds to *err (a failed execve of path, with its errno) what is wrong with
 * the file, by reading it. */
void program_diagnose(const char *path, struct err *err);

/* The diagnosis of run and exec, in the shell. */
void program_refused(struct call *c);

#endif
