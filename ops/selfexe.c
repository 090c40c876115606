/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kernel lets a process change its /proc/PID/exe (PR_SET_MM_MAP(2const))
 * once nothing of the old file is mapped any more. So the segments of the
 * program are replaced, each in one step (mremap(2)), by copies in anonymous
 * memory. That costs a third of executing a copy of the file, works in any root
 * and with any user ID, and the box goes on where it was. The new file is empty,
 * and cannot be opened for writing as long as somebody has it as his.
 */
#include "selfexe.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/prctl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "auto.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x10U /* since Linux 6.3, memfd_create(2) */
#endif

#define SEGMENTS 12

struct part {
	char *at;
	size_t len;
	int prot;
};

struct parts {
	struct part segment[SEGMENTS], read_only; /* the latter: PT_GNU_RELRO, elf(5) */
	int n;
};

static uintptr_t page_down(uintptr_t at)
{
	return at & ~((uintptr_t)sysconf(_SC_PAGESIZE) - 1);
}

static uintptr_t page_up(uintptr_t at)
{
	return page_down(at + (uintptr_t)sysconf(_SC_PAGESIZE) - 1);
}

/* Only the first object is looked at: it is the program (dl_iterate_phdr(3)). */
static int collect(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct parts *p = arg;

	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *h = &info->dlpi_phdr[i];
		uintptr_t at = info->dlpi_addr + h->p_vaddr, from = page_down(at);
		int prot = (h->p_flags & PF_R ? PROT_READ : 0) |
			   (h->p_flags & PF_W ? PROT_WRITE : 0) |
			   (h->p_flags & PF_X ? PROT_EXEC : 0);

		if (h->p_type == PT_GNU_RELRO)
			p->read_only = (struct part){(char *)from,
						     page_down(at + h->p_memsz) - from, PROT_READ};
		if (h->p_type != PT_LOAD || !h->p_filesz)
			continue;
		if (p->n == SEGMENTS)
			return -1;
		p->segment[p->n++] = (struct part){(char *)from, page_up(at + h->p_filesz) - from,
						   prot};
	}
	return 1;
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

static int replace(const struct part *p)
{
	char *copy = mmap(NULL, p->len, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	if (copy == MAP_FAILED)
		return -1;
	copy_words(copy, p->at, p->len);
	if (mprotect(copy, p->len, p->prot) == 0 &&
	    mremap(copy, p->len, p->len, MREMAP_MAYMOVE | MREMAP_FIXED, p->at) != MAP_FAILED)
		return 0;
	munmap(copy, p->len);
	return -1;
}

static int replace_all(void)
{
	struct parts p = {.n = 0};

	if (dl_iterate_phdr(collect, &p) < 0)
		return -1;
	for (int i = 0; i < p.n; i++)
		if (replace(&p.segment[i]) < 0)
			return -1;
	return p.read_only.len ? mprotect(p.read_only.at, p.read_only.len, PROT_READ) : 0;
}

/* Open for reading alone: nobody may have it open for writing (ETXTBSY). */
static int empty_file(void)
{
	auto_close int fd = memfd_create("ctrsh", MFD_CLOEXEC | MFD_EXEC);
	char path[64];

	if (fd < 0 && errno == EINVAL)
		fd = memfd_create("ctrsh", MFD_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return fd < 0 ? -1 : open(path, O_RDONLY | O_CLOEXEC);
}

/* The call takes all of the layout, or nothing: as it is, from /proc/self/stat
 * (proc_pid_stat(5); the numbers are of its fields). */
static int read_layout(struct prctl_mm_map *map)
{
	auto_fclose FILE *f = fopen("/proc/self/stat", "re");
	unsigned long long field[52] = {0};
	char line[2048], *at;

	if (!f || !fgets(line, sizeof(line), f) || !(at = strrchr(line, ')')))
		return -1;
	strtok_r(at, " ", &at); /* field 2 ends there */
	strtok_r(NULL, " ", &at);
	for (int i = 4; i < 52; i++) {
		const char *word = strtok_r(NULL, " ", &at);

		if (!word)
			return -1;
		field[i] = strtoull(word, NULL, 10);
	}
	*map = (struct prctl_mm_map){.start_code = field[26],
				     .end_code = field[27],
				     .start_stack = field[28],
				     .start_data = field[45],
				     .end_data = field[46],
				     .start_brk = field[47],
				     .brk = (uintptr_t)sbrk(0),
				     .arg_start = field[48],
				     .arg_end = field[49],
				     .env_start = field[50],
				     .env_end = field[51]};
	return 0;
}

static int set_exe(struct prctl_mm_map *map, int fd)
{
	map->brk = (uintptr_t)sbrk(0);
	map->exe_fd = (uint32_t)fd;
	return prctl(PR_SET_MM, PR_SET_MM_MAP, map, sizeof(*map), 0);
}

bool selfexe_hide(void)
{
	static bool hidden;
	auto_close int fd = -1;
	struct prctl_mm_map map;

	if (hidden)
		return true;
	fd = empty_file();
	if (fd < 0 || read_layout(&map) < 0)
		return false;
	/* Busy means: it would be allowed, were the file not mapped. */
	if (set_exe(&map, fd) == 0 || errno != EBUSY)
		return false;
	hidden = replace_all() == 0 && set_exe(&map, fd) == 0;
	return hidden;
}
