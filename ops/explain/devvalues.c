/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of mount dev and mask.
 */
#include <string.h>

#include "ops/explain/value.h"
#include "ops/sys/trace.h"
#include "ops/why/diagnose.h"

/* The group tty, 5, exists there? */
static bool has_tty(const struct explaining *x)
{
	struct session s = explain_session(x);
	struct call c = {.op = x->op, .session = &s};

	return !x->session || diagnose_is_mapped(&c, "gid_map", 5);
}

static void put_dev_dir(const struct explaining *x, FILE *f)
{
	fputs(x->argc > 1 ? x->argv[1] : "/dev", f);
}

static const struct {
	const char *name;
	int major, minor;
} devices[] = {{"null", 1, 3},   {"zero", 1, 5},    {"full", 1, 7},
	       {"random", 1, 8}, {"urandom", 1, 9}, {"tty", 5, 0}};

static void put_dev_tools(const struct explaining *x, FILE *f)
{
	const char *dir = x->argc > 1 ? x->argv[1] : "/dev";

	fprintf(f, "mount -t tmpfs -o nosuid,strictatime,mode=755,size=65536k tmpfs %s; ", dir);
	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		if (explain_holds(x, "rootless"))
			fprintf(f, "touch %s/%s; mount --bind /dev/%s %s/%s; ", dir,
				devices[i].name, devices[i].name, dir, devices[i].name);
		else
			fprintf(f, "mknod -m 666 %s/%s c %d %d; ", dir, devices[i].name,
				devices[i].major, devices[i].minor);
	fprintf(f,
		"ln -s /proc/self/fd pts/ptmx %s; ln -s /proc/kcore %s/core; ln -s /proc/self/fd/0 "
		"%s/stdin; ln -s /proc/self/fd/1 %s/stdout; ln -s /proc/self/fd/2 %s/stderr; mkdir "
		"%s/pts %s/shm %s/mqueue; mount -t devpts -o "
		"nosuid,noexec,newinstance,ptmxmode=0666,mode=620%s devpts %s/pts; mount -t tmpfs -o "
		"nosuid,nodev,noexec,mode=1777,size=65536k shm %s/shm",
		dir, dir, dir, dir, dir, dir, dir, dir, explain_holds(x, "tty") ? ",gid=5" : "",
		dir, dir);
}

static void put_dev_c(const struct explaining *x, FILE *f)
{
	static const char *const links[] = {
		"/proc/self/fd",   "fd",     "/proc/kcore",     "core",
		"pts/ptmx",        "ptmx",   "/proc/self/fd/0", "stdin",
		"/proc/self/fd/1", "stdout", "/proc/self/fd/2", "stderr"};
	char quoted[512], *dir = quoted + 1;

	trace_quote(quoted, sizeof(quoted), x->argc > 1 ? x->argv[1] : "/dev");
	quoted[strlen(quoted) - 1] = '\0';
	fprintf(f,
		"mount(\"tmpfs\", \"%s\", \"tmpfs\", MS_NOSUID|MS_STRICTATIME, "
		"\"mode=755,size=65536k\"); mode_t m = umask(0);",
		dir);
	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		if (explain_holds(x, "rootless"))
			fprintf(f,
				" mknod(\"%s/%s\", S_IFREG|0666, 0); mount(\"/dev/%s\", \"%s/%s\", "
				"NULL, MS_BIND, NULL);",
				dir, devices[i].name, devices[i].name, dir, devices[i].name);
		else
			fprintf(f, " mknod(\"%s/%s\", S_IFCHR|0666, makedev(%d, %d));", dir,
				devices[i].name, devices[i].major, devices[i].minor);
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i += 2)
		fprintf(f, " symlink(\"%s\", \"%s/%s\");", links[i], dir, links[i + 1]);
	fprintf(f,
		" mkdir(\"%s/pts\", 0755); mount(\"devpts\", \"%s/pts\", \"devpts\", "
		"MS_NOSUID|MS_NOEXEC, \"newinstance,ptmxmode=0666,mode=620%s\"); mkdir(\"%s/shm\", "
		"0755); mount(\"shm\", \"%s/shm\", \"tmpfs\", MS_NOSUID|MS_NODEV|MS_NOEXEC, "
		"\"mode=1777,size=65536k\"); mkdir(\"%s/mqueue\", 0755); umask(m);",
		dir, dir, explain_holds(x, "tty") ? ",gid=5" : "", dir, dir, dir);
}

static void put_mask_tools(const struct explaining *x, FILE *f)
{
	const char *sep = "";

	for (int i = op_first(x->argc, x->argv); i < x->argc; i++) {
		if (explain_is_dir(x, x->argv[i]))
			fprintf(f, "%smount -t tmpfs -o ro,nosuid,nodev,noexec tmpfs %s", sep,
				x->argv[i]);
		else
			fprintf(f, "%smount --bind /dev/null %s", sep, x->argv[i]);
		sep = "; ";
	}
}

static void put_mask_c(const struct explaining *x, FILE *f)
{
	const char *sep = "";

	for (int i = op_first(x->argc, x->argv); i < x->argc; i++) {
		bool dir = explain_is_dir(x, x->argv[i]);

		fprintf(f, "%smount(%s, ", sep, dir ? "\"tmpfs\"" : "\"/dev/null\"");
		explain_quote(f, x->argv[i]);
		fputs(dir ? ", \"tmpfs\", MS_RDONLY|MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL);"
			  : ", NULL, MS_BIND, NULL);",
		      f);
		sep = " ";
	}
}

const struct explain_value explain_values_dev[] = {
	{"devdir", put_dev_dir},       {"devtools", put_dev_tools}, {"devc", put_dev_c},
	{"masktools", put_mask_tools}, {"maskc", put_mask_c},       {NULL, NULL},
};

const struct explain_condition explain_conditions_dev[] = {
	{"tty", has_tty},
	{NULL, NULL},
};
