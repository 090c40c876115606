/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * C that does what an op does: with the wrappers of glibc (from 2.36 on those for
 * mounts), by paths where the op holds descriptors.
 */
#include "ops/explain/cvalues.h"

#include <ctype.h>
#include <linux/mount.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "ops/explain/mountvalues.h"
#include "ops/explain/words.h"
#include "ops/files/libmount.h"
#include "ops/files/overlay.h"
#include "ops/limits/cpulist.h"
#include "ops/limits/limits.h"
#include "ops/namespaces/clocks.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"

/* The process itself, until there is a box. */
static void put_proc(const struct explaining *x, FILE *f)
{
	if (x->session && x->session->box.pid)
		fprintf(f, "/proc/%d", (int)x->session->box.pid);
	else
		fputs("/proc/self", f);
}

static void put_clocks(const struct explaining *x, FILE *f)
{
	char text[128] = "";

	if (!clocks_text(x->argc, x->argv, text, sizeof(text)))
		return;
	fputs(" dprintf(open(\"/proc/self/timens_offsets\", O_WRONLY), ", f);
	explain_quote(f, text);
	fputs(");", f);
}

/* A process that goes on in the child. */
static void put_fork(const struct explaining *x, FILE *f)
{
	if (!explain_holds(x, "fork"))
		return;
	if (explain_holds(x, "init"))
		fputs(" if (fork()) { while (wait(NULL) > 0); _exit(0); }", f);
	else
		fputs(" if (syscall(SYS_clone, CLONE_PARENT|SIGCHLD, NULL, NULL, NULL, 0)) "
		      "_exit(0);",
		      f);
}

static void put_limit(FILE *f, const char *text, size_t n, const struct limit *l)
{
	char value[24];
	rlim_t v = 0;

	limit_parse(l, text, n, &v);
	fputs(v == RLIM_INFINITY ? "RLIM_INFINITY" : limit_show(value, sizeof(value), v), f);
}

/* SOFT, SOFT:HARD, SOFT:, :HARD */
static void put_rlimit(const struct explaining *x, FILE *f)
{
	const struct limit *l = limit_find(x->argv[1]);
	const char *text = x->argv[2], *hard = strchr(text, ':');
	size_t n = strcspn(text, ":");

	if (hard && (!n || !hard[1])) {
		fprintf(f, "struct rlimit r; getrlimit(RLIMIT_%s, &r); r.rlim_%s = ", l->constant,
			n ? "cur" : "max");
		put_limit(f, n ? text : hard + 1, n ? n : strlen(hard + 1), l);
		fprintf(f, "; setrlimit(RLIMIT_%s, &r);", l->constant);
		return;
	}
	fprintf(f, "setrlimit(RLIMIT_%s, &(struct rlimit){", l->constant);
	put_limit(f, text, n, l);
	fputs(", ", f);
	put_limit(f, hard ? hard + 1 : text, hard ? strlen(hard + 1) : n, l);
	fputs("});", f);
}

static void put_upper(FILE *f, const char *word)
{
	for (; *word; word++)
		fputc(toupper((unsigned char)*word), f);
}

static void put_sched(const struct explaining *x, FILE *f)
{
	cpu_set_t set;

	if (strcmp(x->argv[1], "affinity") != 0) {
		fputs("sched_setscheduler(0, SCHED_", f);
		put_upper(f, x->argv[1]);
		fprintf(f, ", &(struct sched_param){.sched_priority = %s});",
			x->argc > 2 ? x->argv[2] : "0");
		return;
	}
	cpulist_parse(x->argv[2], &set);
	fputs("cpu_set_t set; CPU_ZERO(&set);", f);
	for (size_t i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &set))
			fprintf(f, " CPU_SET(%zu, &set);", i);
	fputs(" sched_setaffinity(0, sizeof(set), &set);", f);
}

static const struct {
	uint64_t bit;
	const char *name;
} attributes[] = {
	{MOUNT_ATTR_RDONLY, "MOUNT_ATTR_RDONLY"},
	{MOUNT_ATTR_NOSUID, "MOUNT_ATTR_NOSUID"},
	{MOUNT_ATTR_NODEV, "MOUNT_ATTR_NODEV"},
	{MOUNT_ATTR_NOEXEC, "MOUNT_ATTR_NOEXEC"},
	{MOUNT_ATTR_NOATIME, "MOUNT_ATTR_NOATIME"},
	{MOUNT_ATTR_STRICTATIME, "MOUNT_ATTR_STRICTATIME"},
	{MOUNT_ATTR_NODIRATIME, "MOUNT_ATTR_NODIRATIME"},
	{MOUNT_ATTR_NOSYMFOLLOW, "MOUNT_ATTR_NOSYMFOLLOW"},
};

static void put_bits(FILE *f, const char *field, uint64_t bits)
{
	const char *sep = field;

	/* The ways of atime are a number, not bits. */
	if ((bits & MOUNT_ATTR__ATIME) == MOUNT_ATTR__ATIME) {
		fprintf(f, "%sMOUNT_ATTR__ATIME", sep);
		bits &= ~(uint64_t)MOUNT_ATTR__ATIME;
		sep = "|";
	}
	for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
		if (bits & attributes[i].bit) {
			fprintf(f, "%s%s", sep, attributes[i].name);
			sep = "|";
		}
}

/* "{.attr_set = ..., .attr_clr = ...}" of words as "ro,nosuid". false: there is none. */
static bool put_attributes(const char *op, const char *words, FILE *f)
{
	struct mount_attributes a;
	struct mount_words w;
	struct err err;

	if (mount_words(op, words, &w, &err) < 0 || mount_attributes(&w, &a) < 0 ||
	    !(a.set | a.clear))
		return false;
	fputs("&(struct mount_attr){", f);
	put_bits(f, ".attr_set = ", a.set);
	put_bits(f, a.set ? ", .attr_clr = " : ".attr_clr = ", a.clear);
	fputs("}, sizeof(struct mount_attr));", f);
	return true;
}

static void put_bind(const struct explaining *x, FILE *f)
{
	const char *recursive = strcmp(x->op->name, "mount rbind") != 0 ? "" : "|AT_RECURSIVE";

	fputs("int fd = open_tree(AT_FDCWD, ", f);
	explain_quote(f, x->argv[1]);
	fprintf(f, ", OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC%s); ", recursive);
	if (x->argc > 3) {
		fprintf(f, "mount_setattr(fd, \"\", AT_EMPTY_PATH%s, ", recursive);
		if (!put_attributes(x->op->name, x->argv[3], f))
			fputs("&(struct mount_attr){0}, sizeof(struct mount_attr));", f);
		fputc(' ', f);
	}
	fputs("move_mount(fd, \"\", AT_FDCWD, ", f);
	explain_quote(f, x->argv[2]);
	fputs(", MOVE_MOUNT_F_EMPTY_PATH);", f);
}

/* Each word for the file system is a parameter of its own. */
static void put_parameters(char *data, FILE *f)
{
	char *word;

	while ((word = strsep(&data, ",")) != NULL) {
		char *value = strchr(word, '=');

		if (value)
			*value++ = '\0';
		fprintf(f, " fsconfig(fd, FSCONFIG_SET_%s, ", value ? "STRING" : "FLAG");
		explain_quote(f, word);
		fputs(", ", f);
		if (value)
			explain_quote(f, value);
		else
			fputs("NULL", f);
		fputs(", 0);", f);
	}
}

static void put_remount(const struct explaining *x, FILE *f)
{
	const char *dir = x->argv[x->argc - 2], *words = x->argv[x->argc - 1];
	struct mount_words w;
	struct err err;

	if (mount_words(x->op->name, words, &w, &err) < 0)
		return;
	if (explain_holds(x, "attributes")) {
		fputs("mount_setattr(AT_FDCWD, ", f);
		explain_quote(f, dir);
		fprintf(f, ", %s, ", explain_holds(x, "option") ? "AT_RECURSIVE" : "0");
		put_attributes(x->op->name, words, f);
	}
	if (!explain_holds(x, "data"))
		return;
	fprintf(f, "%sint fd = fspick(AT_FDCWD, ", explain_holds(x, "attributes") ? " " : "");
	explain_quote(f, dir);
	fputs(", FSPICK_CLOEXEC);", f);
	put_parameters(w.data, f);
	fputs(" fsconfig(fd, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0);", f);
}

/* Without upper= the writable layer is a tmpfs, at the place itself. */
static void put_overlay(const struct explaining *x, FILE *f)
{
	struct overlay_words w;
	const char *twice;
	char data[4096];

	overlay_words(x->argv, &w, &twice);
	explain_overlay_data(x, data, sizeof(data));
	if (!w.upper)
		for (int i = 0; i < 3; i++) {
			char path[4200];

			snprintf(path, sizeof(path), "%s%s", w.dir,
				 i == 1 ? "/upper"
				 : i    ? "/work"
					: "");
			fputs(i ? "mkdir(" : "mount(\"none\", ", f);
			explain_quote(f, path);
			fputs(i ? ", 0755); " : ", \"tmpfs\", MS_NOSUID|MS_NODEV, \"mode=0755\"); ",
			      f);
		}
	fputs("mount(\"overlay\", ", f);
	explain_quote(f, w.dir);
	fputs(", \"overlay\", ", f);
	explain_put_overlay_flags(x, f);
	fputs(", ", f);
	explain_quote(f, data);
	fputs(");", f);
}

static void put_dev(const struct explaining *x, FILE *f)
{
	static const struct {
		const char *name;
		int major, minor;
	} devices[] = {{"null", 1, 3},   {"zero", 1, 5},    {"full", 1, 7},
		       {"random", 1, 8}, {"urandom", 1, 9}, {"tty", 5, 0}};
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

static void put_mask(const struct explaining *x, FILE *f)
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

static void put_mknod(const struct explaining *x, FILE *f)
{
	bool pipe = *x->argv[2] == 'p';
	int n = pipe ? 3 : 5;

	if (x->argc > n)
		fputs("mode_t m = umask(0); ", f);
	fputs("mknod(", f);
	explain_quote(f, x->argv[1]);
	fprintf(f, ", S_IF%s|0%s, ",
		pipe                 ? "IFO"
		: *x->argv[2] == 'c' ? "CHR"
				     : "BLK",
		x->argc > n ? x->argv[n] + strspn(x->argv[n], "0") : "666");
	if (pipe)
		fputs("0);", f);
	else
		fprintf(f, "makedev(%s, %s));", x->argv[3], x->argv[4]);
	if (x->argc > n)
		fputs(" umask(m);", f);
}

/* With a mode the mask takes no bit off it; those above the last get the usual one. */
static void put_mkdir(const struct explaining *x, FILE *f)
{
	int at = op_first(x->argc, x->argv);
	const char *dir = x->argv[at], *mode = at + 1 < x->argc ? x->argv[at + 1] : NULL;
	char part[4096];

	for (const char *p = dir + strspn(dir, "/"); at > 1 && (p = strchr(p, '/')) != NULL; p++) {
		if (!p[strspn(p, "/")])
			break;
		snprintf(part, sizeof(part), "%.*s", (int)(p - dir), dir);
		fputs("mkdir(", f);
		explain_quote(f, part);
		fputs(", 0777); ", f);
		p += strspn(p, "/") - 1;
	}
	if (mode)
		fputs("mode_t m = umask(0); ", f);
	fputs("mkdir(", f);
	explain_quote(f, dir);
	fprintf(f, ", 0%s);%s", mode ? mode + strspn(mode, "0") : "777", mode ? " umask(m);" : "");
}

static bool is_id(const char *word, size_t n)
{
	return strspn(word, "0123456789") >= n;
}

static void put_gid(FILE *f, const char *word, size_t n)
{
	fprintf(f, is_id(word, n) ? "%.*s" : "getgrnam(\"%.*s\")->gr_gid", (int)n, word);
}

static void put_uid(FILE *f, const char *word, size_t n)
{
	fprintf(f, is_id(word, n) ? "%.*s" : "getpwnam(\"%.*s\")->pw_uid", (int)n, word);
}

/* list: with commas between them; "": none. */
static void put_gids(FILE *f, const char *list)
{
	int n = *list != '\0';

	for (const char *p = list; *p; p++)
		n += *p == ',';
	fprintf(f, "setgroups(%d, ", n);
	fputs(n ? "(gid_t[]){" : "NULL", f);
	for (const char *p = list; *p; p += strcspn(p, ","), p += *p == ',') {
		fputs(p > list ? ", " : "", f);
		put_gid(f, p, strcspn(p, ","));
	}
	fputs(n ? "});" : ");", f);
}

static void put_groups(const struct explaining *x, FILE *f)
{
	char list[4096] = "";
	size_t n = 0;

	for (int i = 1; i < x->argc && n < sizeof(list) && !explain_holds(x, "none"); i++)
		n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s", i > 1 ? "," : "",
				      x->argv[i]);
	put_gids(f, list);
}

static void put_id(const struct explaining *x, FILE *f)
{
	fprintf(f, "%s(", x->op->name);
	(strcmp(x->op->name, "setuid") != 0 ? put_gid : put_uid)(f, x->argv[1], strlen(x->argv[1]));
	fputs(");", f);
}

/* A user alone has the groups of his entry; else those that are named, and no others. */
static void put_user(const struct explaining *x, FILE *f)
{
	const char *text = x->argv[1], *group = strchr(text, ':'), *groups = strchr(text, ',');
	size_t uid = strcspn(text, ":,");

	if (!group) {
		fprintf(f, "struct passwd *p = getpw%s%.*s%s); ",
			is_id(text, uid) ? "uid(" : "nam(\"", (int)uid, text,
			is_id(text, uid) ? "" : "\"");
		if (groups)
			put_gids(f, groups + 1);
		else
			fputs("initgroups(p->pw_name, p->pw_gid);", f);
		fputs(" setresgid(p->pw_gid, p->pw_gid, p->pw_gid); setresuid(p->pw_uid, "
		      "p->pw_uid, p->pw_uid);",
		      f);
		return;
	}
	put_gids(f, groups ? groups + 1 : "");
	fputs(" gid_t g = ", f);
	put_gid(f, group + 1, strcspn(group + 1, ","));
	fputs("; uid_t u = ", f);
	put_uid(f, text, uid);
	fputs("; setresgid(g, g, g); setresuid(u, u, u);", f);
}

#define CAPGET                                                                                     \
	"struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0}; "                   \
	"struct __user_cap_data_struct d[2]; syscall(SYS_capget, &h, d);"

/* Those that go from the sets, by their numbers. */
static void put_caps(const struct explaining *x, FILE *f)
{
	static const struct {
		unsigned set;
		const char *field;
	} fields[] = {{SET_PERMITTED, "permitted"},
		      {SET_PERMITTED | SET_EFFECTIVE, "effective"},
		      {SET_INHERITABLE, "inheritable"}};
	uint64_t gone;
	unsigned sets = caps_named(x->op->name, x->argc, x->argv, &gone);

	gone &= capname_all();
	if (sets & (SET_BOUNDING | SET_AMBIENT))
		fprintf(f,
			"for (int i = 0; i <= CAP_LAST_CAP; i++) { if (0x%llxULL >> i & 1) {%s%s } } ",
			(unsigned long long)gone,
			sets & SET_BOUNDING ? " prctl(PR_CAPBSET_DROP, i);" : "",
			sets & SET_AMBIENT
				? " prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, i, 0, 0);"
				: "");
	if (!(sets & (SET_PERMITTED | SET_EFFECTIVE | SET_INHERITABLE)))
		return;
	fputs(CAPGET, f);
	for (size_t i = 0; i < 3; i++)
		for (int half = 0; half < 2 && (sets & fields[i].set); half++)
			if (gone >> 32 * half & 0xffffffff)
				fprintf(f, " d[%d].%s &= ~0x%llxU;", half, fields[i].field,
					(unsigned long long)(gone >> 32 * half & 0xffffffff));
	fputs(" syscall(SYS_capset, &h, d);", f);
}

static void put_ambient(const struct explaining *x, FILE *f)
{
	bool all = !strcasecmp(x->argv[1], "all");
	struct caps_words w = {0};
	struct err err;

	if (explain_holds(x, "none")) {
		fputs("prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); "
		      "prctl(PR_SET_KEEPCAPS, 0);",
		      f);
		if (explain_holds(x, "inherited"))
			fputs(" " CAPGET
			      " d[0].inheritable = d[1].inheritable = 0; "
			      "syscall(SYS_capset, &h, d);",
			      f);
		return;
	}
	if (!all && caps_parse(x->argc, x->argv, "none", &w, &err) < 0)
		return;
	fputs("prctl(PR_SET_KEEPCAPS, 1); " CAPGET, f);
	for (int half = 0; half < 2; half++)
		if (all)
			fprintf(f, " d[%d].inheritable = d[%d].permitted;", half, half);
		else if (w.caps >> 32 * half & 0xffffffff)
			fprintf(f, " d[%d].inheritable |= 0x%llxU;", half,
				(unsigned long long)(w.caps >> 32 * half & 0xffffffff));
	fputs(" syscall(SYS_capset, &h, d); for (int i = 0; i <= CAP_LAST_CAP; i++) { if "
	      "(d[i / 32].inheritable >> i % 32 & 1) prctl(PR_CAP_AMBIENT, "
	      "PR_CAP_AMBIENT_RAISE, i, 0, 0); }",
	      f);
}

static void put_securebits(const struct explaining *x, FILE *f)
{
	bool any = false;

	fputs("prctl(PR_SET_SECUREBITS, ", f);
	for (int i = 1; i < x->argc && !explain_holds(x, "none"); i++) {
		fputs(any ? "|SECBIT_" : "SECBIT_", f);
		put_upper(f, x->argv[i]);
		any = true;
	}
	fputs(any ? ");" : "0);", f);
}

static void put_exec(const struct explaining *x, FILE *f)
{
	fputs("execvp(", f);
	explain_quote(f, x->argv[1]);
	fputs(", (char *[]){", f);
	for (int i = 1; i < x->argc; i++) {
		explain_quote(f, x->argv[i]);
		fputs(", ", f);
	}
	fputs("NULL});", f);
}

static const struct {
	const char *name;
	void (*put)(const struct explaining *x, FILE *f);
} values[] = {
	{"proc", put_proc},        {"clocksc", put_clocks},   {"forkc", put_fork},
	{"rlimitc", put_rlimit},   {"schedc", put_sched},     {"bindc", put_bind},
	{"remountc", put_remount}, {"overlayc", put_overlay}, {"maskc", put_mask},
	{"devc", put_dev},         {"mknodc", put_mknod},     {"mkdirc", put_mkdir},
	{"groupsc", put_groups},   {"idc", put_id},           {"userc", put_user},
	{"capsc", put_caps},       {"ambientc", put_ambient}, {"securebitsc", put_securebits},
	{"execc", put_exec},
};

bool explain_c_value(const struct explaining *x, const char *name, FILE *f)
{
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (!strcmp(values[i].name, name)) {
			values[i].put(x, f);
			return true;
		}
	return false;
}
