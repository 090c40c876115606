/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why execve(2) refused. It may be the program's own fault, or that of the
 * interpreter in its #! line, or of the loader that an ELF program asks for:
 * ENOENT for a file that exists means that one of these is missing; EACCES has
 * four causes. They are read, from inside the box, to tell which.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "ops/box/image.h"
#include "ops/box/program.h"

/* A script, its interpreter, which may be a script, and so on: four at most, and a loader
 * (execve(2)). */
#define CHAIN 6

static bool missing(const char *path, const struct image *im, struct err *err)
{
	size_t len = strlen(im->next);

	if (im->n < 0)
		err_why(err, "there is no %s in the box", path);
	else if (im->script && len && im->next[len - 1] == '\r')
		err_why(err, "%s has CRLF line ends: its #! line names \"%.*s\\r\"", path,
			(int)len - 1, im->next);
	else if (len && access(im->next, F_OK) < 0 && im->script)
		err_why(err, "%s is there, but the interpreter in its #! line is not: %s", path,
			im->next);
	else if (len && access(im->next, F_OK) < 0) {
		err_why(err, "%s is there, but the loader it asks for is not: %.200s", path,
			im->next);
		err_fix(err,
			"copy the loader and libraries (ldd names them) into the root, or use "
			"a static program");
	}
	return err->why[0];
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

/* The first directory on the way, and its links, in which this user may look nothing up. */
static void unsearchable(const char *path, struct err *err)
{
	char dir[PATH_MAX];
	struct stat st;

	for (const char *end = strchr(path + 1, '/'); end; end = strchr(end + 1, '/')) {
		snprintf(dir, sizeof(dir), "%.*s", (int)(end - path), path);
		if (stat(dir, &st) < 0)
			break;
		if (access(dir, X_OK) == 0)
			continue;
		err_why(err,
			"%.200s, on the way to %.200s, may not be searched by this user (mode %04o)",
			dir, path, st.st_mode & 07777);
		return;
	}
	err_why(err, "a directory on the way to %s may not be searched", path);
}

static bool no_access(const char *path, struct err *err)
{
	struct statvfs fs;
	struct stat st;

	if (stat(path, &st) < 0)
		unsearchable(path, err);
	else if (S_ISDIR(st.st_mode))
		err_why(err, "%s is a directory", path);
	else if (!S_ISREG(st.st_mode))
		err_why(err, "%s is not a regular file", path);
	else if (statvfs(path, &fs) == 0 && (fs.f_flag & ST_NOEXEC))
		noexec(path, err);
	else if (access(path, X_OK) < 0)
		err_why(err, "%s has no x permission for this user (mode %04o)", path,
			st.st_mode & 07777);
	return err->why[0];
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

/* The code that the kernel itself gives to each program is for its machine (vdso(7)). */
static bool is_native(const struct image *im)
{
	unsigned long at = getauxval(AT_SYSINFO_EHDR);
	const Elf64_Ehdr *vdso;

	memcpy(&vdso, &at, sizeof(at));
	return vdso && im->eh.e_machine == vdso->e_machine &&
	       (im->eh.e_type == ET_EXEC || im->eh.e_type == ET_DYN);
}

static bool damaged(const char *path, const struct image *im, struct err *err)
{
	if (!is_native(im))
		return false;
	if (im->headers_outside)
		err_why(err,
			"%s is an ELF program whose program headers (%u at byte %llu) do not lie within "
			"it: it has %lld bytes",
			path, im->eh.e_phnum, (unsigned long long)im->eh.e_phoff,
			(long long)im->size);
	else if (im->loader_outside)
		err_why(err,
			"%s is an ELF program that names no loader: the place for its name (PT_INTERP) "
			"does not lie within the file, or is too long",
			path);
	return err->why[0];
}

/* e_machine stands at the same place in 32-bit files (elf(5)). */
static bool no_format(const char *path, const struct image *im, struct err *err)
{
	struct utsname u;

	if (im->n < 0)
		return false;
	if (im->n == 0)
		err_why(err, "%s is empty", path);
	else if (im->script && !im->next[0])
		err_why(err, "the #! line of %s names no interpreter", path);
	else if (im->script && im->n == IMAGE_HEAD && !strpbrk(im->head, "\n"))
		err_why(err,
			"the #! line of %s is longer than the %d bytes that the kernel reads of it",
			path, IMAGE_HEAD);
	else if (im->script)
		return false;
	else if (im->elf && !im->eh.e_ident[EI_MAG0])
		err_why(err,
			"%s begins with the mark of an ELF program, but ends within its header: it has "
			"%zd bytes, the header alone has %zu",
			path, im->n, sizeof(im->eh));
	else if (!im->elf)
		err_why(err, "%s begins with neither #! nor the mark of an ELF program", path);
	else if (!damaged(path, im, err) && !im->next[0])
		err_why(err,
			"%s is an ELF file for %s (e_machine %u) of type %u, and this kernel (%s) runs no "
			"such file",
			path, machine_of(im->eh.e_machine), im->eh.e_machine, im->eh.e_type,
			uname(&u) == 0 ? u.machine : "");
	return err->why[0];
}

static bool in_a_circle(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) == 0 || errno != ELOOP)
		return false;
	err_why(err,
		"on the way to %s symbolic links lead in a circle, or more than 40 follow each other "
		"(path_resolution(7))",
		path);
	return true;
}

/* Is it this file that the kernel refused? */
static bool find(const char *path, const struct image *im, struct err *err)
{
	switch (err->errnum) {
	case ENOENT:
		return missing(path, im, err);
	case EACCES:
		return no_access(path, err) || (im->script && no_format(path, im, err));
	case ENOEXEC:
	case EIO:
	case ELIBBAD:
		return no_format(path, im, err);
	case ELOOP:
		return in_a_circle(path, err);
	default:
		return false;
	}
}

/* A loader is read as an ELF program, whatever it is. */
static bool no_loader(const char *path, const struct image *im, struct err *err)
{
	if (im->n < 0 || im->elf || (err->errnum != EIO && err->errnum != ELIBBAD))
		return false;
	err_why(err, "%s is no ELF program", path);
	return true;
}

void program_diagnose(const char *path, struct err *err)
{
	char file[PATH_MAX], before[PATH_MAX] = "";
	struct image im;
	bool loader = false;
	int n = 0;

	snprintf(file, sizeof(file), "%s", path);
	for (; n < CHAIN; n++) {
		image_read(file, &im);
		if ((loader && no_loader(file, &im, err)) || find(file, &im, err) || !im.next[0])
			break;
		loader = im.elf;
		memcpy(before, file, sizeof(before));
		memcpy(file, im.next, sizeof(file));
	}
	if (err->why[0] && before[0] && err->errnum != ENOENT)
		err_add(err, "it is what %.150s asks for", before);
	if (n == CHAIN && err->errnum == ELOOP)
		err_why(err,
			"the interpreter in the #! line of %s is a script itself, and so on: more than "
			"four (execve(2))",
			path);
}
