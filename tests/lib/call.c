/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Makes one system call by its number, for the tests of seccomp:
 *   call [-32] NUMBER [ARG...]
 * and prints its result, or the name of its errno. -32: as a 32-bit program of
 * x86 would, whose numbers are others.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long call_32(const long *a)
{
#ifdef __x86_64__
	long r;

	__asm__ volatile("int $0x80"
			 : "=a"(r)
			 : "a"(a[0]), "b"(a[1]), "c"(a[2]), "d"(a[3])
			 : "memory", "r8", "r9", "r10", "r11");
	return r;
#else
	return a[0] * 0 - ENOSYS;
#endif
}

int main(int argc, char **argv)
{
	int narrow = argc > 1 && !strcmp(argv[1], "-32");
	long a[7] = {0}, r;

	for (int i = 1 + narrow; i < argc && i < 8 + narrow; i++)
		a[i - 1 - narrow] = (long)strtoul(argv[i], NULL, 0);
	if (narrow) {
		r = call_32(a);
		errno = r < 0 ? (int)-r : 0;
	} else {
		r = syscall(a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
	}
	if (r < 0)
		puts(strerrorname_np(errno));
	else
		printf("%ld\n", r);
	return r < 0;
}
