/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each segment of the program (elf(5)) is replaced in one step, and the code
 * that does it goes on in what came in its place. What is never written is
 * mapped anew, from the file that we are given (mmap(2), MAP_FIXED); the rest is
 * copied into anonymous memory, and the copy put there (mremap(2), MREMAP_FIXED).
 */
#include "ops/box/selfmap.h"

#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#define SEGMENTS 12

struct part {
	char *at;
	size_t len;
	int prot;
	off_t offset; /* in the file */
};

struct parts {
	struct part segment[SEGMENTS], read_only; /* the latter: PT_GNU_RELRO, elf(5) */
	int n;
};

/* The start of the program in memory: its ELF header (ld(1) defines the symbol). */
extern char __ehdr_start[];

static size_t page_down(size_t n)
{
	return n & ~((size_t)sysconf(_SC_PAGESIZE) - 1);
}

static size_t page_up(size_t n)
{
	return page_down(n + (size_t)sysconf(_SC_PAGESIZE) - 1);
}

static int protection(unsigned flags)
{
	return (flags & PF_R ? PROT_READ : 0) | (flags & PF_W ? PROT_WRITE : 0) |
	       (flags & PF_X ? PROT_EXEC : 0);
}

/* Of the first segment, which begins with the ELF header. */
static size_t first_address(const ElfW(Phdr) * h, int n)
{
	while (n > 0 && h->p_type != PT_LOAD) {
		h++;
		n--;
	}
	return n ? page_down(h->p_vaddr) : 0;
}

/* What of the file is mapped, from the program headers; what comes behind the
 * file's part of a segment is anonymous already. */
static int collect(struct parts *p)
{
	const ElfW(Ehdr) *elf = (const void *)__ehdr_start;
	const ElfW(Phdr) *h = (const void *)(__ehdr_start + elf->e_phoff);
	size_t base = first_address(h, elf->e_phnum);

	*p = (struct parts){.n = 0};
	for (int i = 0; i < elf->e_phnum; i++, h++) {
		size_t from = page_down(h->p_vaddr);

		if (h->p_type == PT_GNU_RELRO)
			p->read_only = (struct part){__ehdr_start + (from - base),
						     page_down(h->p_vaddr + h->p_memsz) - from,
						     PROT_READ, 0};
		if (h->p_type != PT_LOAD || !h->p_filesz)
			continue;
		if (p->n == SEGMENTS)
			return -1;
		p->segment[p->n++] = (struct part){
			__ehdr_start + (from - base), page_up(h->p_vaddr + h->p_filesz) - from,
			protection(h->p_flags), (off_t)page_down(h->p_offset)};
	}
	return 0;
}

/* Word by word, and not with memcpy(3): between the variables lies what a
 * sanitizer forbids to read. */
__attribute__((no_sanitize("address"))) static void copy_words(char *to, const char *from,
							       size_t len)
{
	const volatile uint64_t *in = (const volatile uint64_t *)from;
	uint64_t *out = (uint64_t *)to;

	for (size_t i = 0; i < len / sizeof(*in); i++)
		out[i] = in[i];
}

static int copy(const struct part *p)
{
	char *to = mmap(NULL, p->len, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	if (to == MAP_FAILED)
		return -1;
	copy_words(to, p->at, p->len);
	if (mprotect(to, p->len, p->prot) == 0 &&
	    mremap(to, p->len, p->len, MREMAP_MAYMOVE | MREMAP_FIXED, p->at) != MAP_FAILED)
		return 0;
	munmap(to, p->len);
	return -1;
}

static bool map_again(const struct part *p, int file)
{
	return file >= 0 && !(p->prot & PROT_WRITE) &&
	       mmap(p->at, p->len, p->prot, MAP_PRIVATE | MAP_FIXED, file, p->offset) == p->at;
}

int selfmap_detach(int file)
{
	struct parts p;

	if (collect(&p) < 0)
		return -1;
	for (int i = 0; i < p.n; i++)
		if (!map_again(&p.segment[i], file) && copy(&p.segment[i]) < 0)
			return -1;
	return p.read_only.len ? mprotect(p.read_only.at, p.read_only.len, PROT_READ) : 0;
}
