/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why execve(2) refused: ENOENT for a file that exists means that its loader
 * or its #! interpreter is missing; EACCES has four causes. The file is read,
 * from inside the box, to tell which.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/program.h"

/* "#!INTERPRETER [ARG]" in the first line: the interpreter, in place. */
static char *shebang(char *head)
{
	char *p = head + 2;

	p += strspn(p, " \t");
	p[strcspn(p, " \t\n")] = '\0';
	return p;
}

/* The loader that a 64-bit ELF file of this machine asks for (elf(5), PT_INTERP). */
static int elf_loader(int fd, char *loader, size_t size)
{
	Elf64_Ehdr eh;
	Elf64_Phdr ph;

	if (pread(fd, &eh, sizeof(eh), 0) != sizeof(eh) || eh.e_ident[EI_CLASS] != ELFCLASS64)
		return -1;
	for (int i = 0; i < eh.e_phnum; i++) {
		off_t at = (off_t)(eh.e_phoff + (size_t)i * sizeof(ph));

		if (pread(fd, &ph, sizeof(ph), at) != sizeof(ph))
			return -1;
		if (ph.p_type == PT_INTERP && ph.p_filesz < size) {
			ssize_t n = pread(fd, loader, ph.p_filesz, (off_t)ph.p_offset);

			loader[n > 0 ? n : 0] = '\0';
			return 0;
		}
	}
	return -1;
}

/* A chain of scripts is as long as the kernel allows: 4 (execve(2)). */
static void diagnose_missing(const char *path, struct err *err)
{
	auto_close int fd = open(path, O_RDONLY | O_CLOEXEC);
	char head[256] = "", loader[PATH_MAX];
	ssize_t n = fd >= 0 ? read(fd, head, sizeof(head) - 1) : -1;

	if (n < 0) {
		err_why(err, "there is no %s in the box", path);
		return;
	}
	if (!strncmp(head, "#!", 2)) {
		char *interpreter = shebang(head);
		size_t len = strlen(interpreter);

		if (len && interpreter[len - 1] == '\r')
			err_why(err, "%s has CRLF line ends: its #! line names \"%.*s\\r\"", path,
				(int)len - 1, interpreter);
		else if (access(interpreter, F_OK) == 0)
			diagnose_missing(interpreter, err); /* its own loader, then */
		else
			err_why(err, "%s is there, but the interpreter in its #! line is not: %s",
				path, interpreter);
	} else if (elf_loader(fd, loader, sizeof(loader)) == 0 && access(loader, F_OK) < 0) {
		err_why(err, "%s is there, but the loader it asks for is not: %.200s", path,
			loader);
		err_fix(err,
			"copy the loader and libraries (ldd names them) into the root, or use "
			"a static program");
	}
}

/* The mount point above path: the nearest directory that is the root of a mount
 * (STATX_ATTR_MOUNT_ROOT, since Linux 5.8), in place. */
static void go_to_mount(char *path)
{
	struct statx st;

	while (path[1] && (statx(AT_FDCWD, path, 0, 0, &st) < 0 ||
			   !(st.stx_attributes & STATX_ATTR_MOUNT_ROOT))) {
		char *slash = strrchr(path, '/');

		slash[slash == path] = '\0';
	}
}

static void noexec(const char *path, struct err *err)
{
	char mount[PATH_MAX];

	err_why(err, "%s lies on a file system mounted noexec", path);
	if (!realpath(path, mount))
		return;
	go_to_mount(mount);
	err_add(err, "it is the one at %.200s", mount);
	err_fix(err, "remount %.200s exec", mount);
}

static void diagnose_access(const char *path, struct err *err)
{
	struct statvfs fs;
	struct stat st;

	if (stat(path, &st) < 0)
		err_why(err, "a directory on the way to %s may not be searched", path);
	else if (S_ISDIR(st.st_mode))
		err_why(err, "%s is a directory", path);
	else if (!S_ISREG(st.st_mode))
		err_why(err, "%s is not a regular file", path);
	else if (statvfs(path, &fs) == 0 && (fs.f_flag & ST_NOEXEC))
		noexec(path, err);
	else if (access(path, X_OK) < 0)
		err_why(err, "%s has no x permission for this user (mode %04o)", path,
			st.st_mode & 07777);
}

static const char *machine_of(unsigned machine)
{
	switch (machine) {
	case EM_386:
		return "32-bit x86";
	case EM_X86_64:
		return "x86-64";
	case EM_ARM:
		return "32-bit ARM";
	case EM_AARCH64:
		return "64-bit ARM (aarch64)";
	case EM_RISCV:
		return "RISC-V";
	case EM_PPC64:
		return "64-bit PowerPC";
	case EM_S390:
		return "S/390";
	default:
		return "another machine";
	}
}

/* e_machine stands at the same place in 32-bit files (elf(5)). */
static void diagnose_format(const char *path, struct err *err)
{
	auto_close int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf64_Ehdr eh = {0};
	struct utsname u;
	ssize_t n = fd >= 0 ? pread(fd, &eh, sizeof(eh), 0) : -1;

	if (n < 0)
		return;
	if (n == 0)
		err_why(err, "%s is empty", path);
	else if (n >= SELFMAG && n < (ssize_t)sizeof(eh) && !memcmp(eh.e_ident, ELFMAG, SELFMAG))
		err_why(err,
			"%s begins with the mark of an ELF program, but ends within its header: it has "
			"%zd bytes, the header alone has %zu",
			path, n, sizeof(eh));
	else if (n < SELFMAG || memcmp(eh.e_ident, ELFMAG, SELFMAG) != 0)
		err_why(err, "%s begins with neither #! nor the mark of an ELF program", path);
	else
		err_why(err,
			"%s is an ELF file for %s (e_machine %u) of type %u, and this kernel (%s) runs no "
			"such file",
			path, machine_of(eh.e_machine), eh.e_machine, eh.e_type,
			uname(&u) == 0 ? u.machine : "");
}

void program_diagnose(const char *path, struct err *err)
{
	if (err->errnum == ENOENT)
		diagnose_missing(path, err);
	else if (err->errnum == EACCES)
		diagnose_access(path, err);
	else if (err->errnum == ENOEXEC)
		diagnose_format(path, err);
	else if (err->errnum == ELOOP)
		err_why(err,
			"on the way to %s symbolic links lead in a circle, or more than 40 follow "
			"each other (path_resolution(7))",
			path);
}
