/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands at the beginning of a file that execve(2) refused, as the kernel
 * reads it. The file is somebody else's: nothing but a regular file is opened,
 * and nothing in it is believed.
 */
#ifndef CTRSH_OPS_BOX_IMAGE_H
#define CTRSH_OPS_BOX_IMAGE_H

#include <elf.h>
#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#define IMAGE_HEAD 256 /* so much of a #! line the kernel reads (BINPRM_BUF_SIZE) */

struct image {
	ssize_t n; /* bytes of head that are there; -1: it cannot be read */
	bool script, elf;
	char head[IMAGE_HEAD + 1];
	Elf64_Ehdr eh; /* of an ELF file with a whole header, else zero */
	off_t size;
	char next[PATH_MAX];  /* the interpreter or loader that it asks for; empty: none */
	bool headers_outside; /* its program headers do not lie within the file */
	bool loader_outside;  /* the name of its loader does not, or is too long */
};

void image_read(const char *path, struct image *im);

#endif
