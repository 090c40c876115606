/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Explained: files that are made.
 */
#include "ops/explain/entry.h"

const struct explain explain_files[] = {
	{.op = "mkdir",
	 .steps = STEPS({"box openat2(AT_FDCWD, ...", "the directory it will be in", NULL},
			{"box mkdirat(..., \"...\", ...)",
			 "a directory, in the root that the box has: it stays when the box ends",
			 NULL}),
	 .tools = "mkdir(1): mkdir $mkdir",
	 .docker = "docker run can't; in a Dockerfile: RUN mkdir $mkdir",
	 .c = "$mkdirc"},
	{.op = "mknod",
	 .steps = STEPS({"box openat2(AT_FDCWD, ...", "the directory it will be in", NULL},
			{"box mknodat(..., \"...\", ...)",
			 "a device is a pair of numbers, and the host's; p is a FIFO", NULL}),
	 .tools = "mknod(1): mknod $mknod",
	 .docker = "--device DEVICE:$1 (one that the host has; a FIFO: docker run can't)",
	 .c = "$mknodc"},
	{.op = "symlink",
	 .steps = STEPS({"box openat2(AT_FDCWD, ...", "the directory it will be in", NULL},
			{"box symlinkat($q1, ..., \"...\")",
			 "a file that leads elsewhere; where to, is looked up by who follows it",
			 NULL}),
	 .tools = "ln(1): ln -s $1 $2",
	 .docker = "docker run can't; in a Dockerfile: RUN ln -s $1 $2",
	 .c = "symlink($q1, $q2);"},
	{0}};
