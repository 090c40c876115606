/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scripts name their interpreter in the first line (execve(2)), ELF programs
 * their loader in a segment (elf(5), PT_INTERP).
 */
#include "ops/box/image.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/auto.h"

/* "#!INTERPRETER [ARG]" */
static void read_script(struct image *im)
{
	const char *p = im->head + 2;
	size_t n;

	p += strspn(p, " \t");
	n = strcspn(p, " \t\n");
	memcpy(im->next, p, n);
	im->next[n] = '\0';
}

static void read_loader(int fd, const Elf64_Phdr *ph, struct image *im)
{
	ssize_t n = -1;

	if (ph->p_filesz >= 2 && ph->p_filesz < sizeof(im->next))
		n = pread(fd, im->next, ph->p_filesz, (off_t)ph->p_offset);
	im->loader_outside = n < 0 || (size_t)n != ph->p_filesz;
	im->next[im->loader_outside ? 0 : n] = '\0';
}

static void read_headers(int fd, struct image *im)
{
	Elf64_Phdr ph;

	im->headers_outside = !im->eh.e_phnum || im->eh.e_phentsize != sizeof(ph);
	for (size_t i = 0; i < im->eh.e_phnum && !im->headers_outside; i++) {
		off_t at = (off_t)(im->eh.e_phoff + i * sizeof(ph));

		im->headers_outside = pread(fd, &ph, sizeof(ph), at) != sizeof(ph);
		if (!im->headers_outside && ph.p_type == PT_INTERP) {
			read_loader(fd, &ph, im);
			return;
		}
	}
}

void image_read(const char *path, struct image *im)
{
	auto_close int fd = -1;
	struct stat st;

	memset(im, 0, sizeof(*im));
	im->n = -1;
	if (stat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return;
	/* Should it be another file by now, it is not waited for. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return;
	im->size = st.st_size;
	im->n = pread(fd, im->head, IMAGE_HEAD, 0);
	if (im->n < 0)
		return;
	im->script = !strncmp(im->head, "#!", 2);
	im->elf = im->n >= SELFMAG && !memcmp(im->head, ELFMAG, SELFMAG);
	if (im->script)
		read_script(im);
	if (im->elf && im->n >= (ssize_t)sizeof(im->eh))
		memcpy(&im->eh, im->head, sizeof(im->eh));
	if (im->eh.e_ident[EI_CLASS] == ELFCLASS64)
		read_headers(fd, im);
}
