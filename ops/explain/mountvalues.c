/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of a mount, read as the op reads them.
 */
#include "ops/explain/mountvalues.h"

#include <string.h>
#include <sys/mount.h>

#include "ops/explain/words.h"
#include "ops/files/libmount.h"
#include "ops/files/mountfs.h"
#include "ops/files/overlay.h"
#include "ops/sys/sys.h"

static struct mount_request request(const struct explaining *x)
{
	struct mount_request r;

	mount_request(x->op, x->argv, &r);
	return r;
}

void explain_put_type(const struct explaining *x, FILE *f)
{
	fprintf(f, "%s", request(x).type);
}

void explain_put_src(const struct explaining *x, FILE *f)
{
	fprintf(f, "%s", request(x).src);
}

void explain_put_dir(const struct explaining *x, FILE *f)
{
	fprintf(f, "%s", request(x).dir);
}

static const struct {
	unsigned long flag;
	const char *word;
} flag_words[] = {
	{MS_RDONLY, "ro"},
	{MS_NOSUID, "nosuid"},
	{MS_NODEV, "nodev"},
	{MS_NOEXEC, "noexec"},
};

static const char *base(const struct explaining *x, struct mount_request *r)
{
	struct session s = explain_session(x);
	struct call c = {.op = x->op, .session = &s};

	return mount_base_data(&c, r);
}

/* The last word counts, for mount(8) as well: the person's come after the kind's. */
static void put_options(const struct explaining *x, const char *before, const char *after, FILE *f)
{
	struct mount_request r = request(x);
	const char *sep = before;

	for (size_t i = 0; i < sizeof(flag_words) / sizeof(flag_words[0]); i++)
		if (r.flags & flag_words[i].flag) {
			fprintf(f, "%s%s", sep, flag_words[i].word);
			sep = ",";
		}
	if (*base(x, &r)) {
		fprintf(f, "%s%s", sep, base(x, &r));
		sep = ",";
	}
	if (r.options) {
		fprintf(f, "%s%s", sep, r.options);
		sep = ",";
	}
	fputs(*sep == ',' ? after : "", f);
}

void explain_put_options_word(const struct explaining *x, FILE *f)
{
	put_options(x, "-o ", " ", f);
}

/* Of --tmpfs DIR:OPTIONS, where nosuid, nodev and noexec are the default. */
void explain_put_docker_options(const struct explaining *x, FILE *f)
{
	struct mount_request r = request(x);

	if (r.options)
		fprintf(f, ":%s", r.options);
}

void explain_put_mount_flags(const struct explaining *x, FILE *f)
{
	struct mount_request r = request(x);
	struct mount_words w = {0};
	struct err err;
	char text[256];

	if (mount_words(x->op->name, r.options, &w, &err) == 0)
		r.flags = (r.flags | w.set) & ~w.clear;
	fprintf(f, "%s", sys_mount_flags(text, sizeof(text), r.flags));
}

void explain_put_data(const struct explaining *x, FILE *f)
{
	struct mount_request r = request(x);
	struct mount_words w = {0};
	char data[2 * MOUNT_DATA];
	struct err err;

	mount_words(x->op->name, r.options, &w, &err);
	snprintf(data, sizeof(data), "%s%s%s", base(x, &r), *base(x, &r) && *w.data ? "," : "",
		 w.data);
	if (*data)
		explain_quote(f, data);
	else
		fputs("NULL", f);
}

static struct overlay_words overlay(const struct explaining *x)
{
	struct overlay_words w;
	const char *twice;

	overlay_words(x->argv, &w, &twice);
	return w;
}

/* In a user namespace an overlay may not set trusted.* attributes. */
void explain_overlay_data(const struct explaining *x, char *data, size_t size)
{
	struct overlay_words w = overlay(x);
	struct mount_words m = {0};
	struct err err;
	size_t n;

	mount_words(x->op->name, w.options, &m, &err);
	if (w.upper)
		n = (size_t)snprintf(data, size, "lowerdir=%s,upperdir=%s,workdir=%s", w.lower,
				     w.upper, w.work);
	else
		n = (size_t)snprintf(data, size, "lowerdir=%s,upperdir=%s/upper,workdir=%s/work",
				     w.lower, w.dir, w.dir);
	if (n < size)
		snprintf(data + n, size - n, "%s%s%s", *m.data ? "," : "", m.data,
			 explain_holds(x, "rootless") ? ",userxattr" : "");
}

void explain_put_overlay_flags(const struct explaining *x, FILE *f)
{
	struct mount_words m = {0};
	char text[256];
	struct err err;

	mount_words(x->op->name, overlay(x).options, &m, &err);
	fputs(sys_mount_flags(text, sizeof(text), m.set), f);
}

/* Without upper= the writable layer is a tmpfs, at the place itself. */
void explain_put_overlay_options(const struct explaining *x, FILE *f)
{
	struct overlay_words w = overlay(x);
	struct mount_words m = {0};
	char data[4096];
	struct err err;

	mount_words(x->op->name, w.options, &m, &err);
	explain_overlay_data(x, data, sizeof(data));
	if (!w.upper)
		fprintf(f,
			"mount -t tmpfs -o nosuid,nodev,mode=755 none %s; mkdir %s/upper %s/work; ",
			w.dir, w.dir, w.dir);
	fprintf(f, "mount -t overlay -o %s%s overlay %s", m.set & MS_RDONLY ? "ro," : "", data,
		w.dir);
}

void explain_put_dev_dir(const struct explaining *x, FILE *f)
{
	fputs(x->argc > 1 ? x->argv[1] : "/dev", f);
}

void explain_put_dev_tools(const struct explaining *x, FILE *f)
{
	static const char *const devices[] = {"null c 1 3",   "zero c 1 5",    "full c 1 7",
					      "random c 1 8", "urandom c 1 9", "tty c 5 0"};
	const char *dir = x->argc > 1 ? x->argv[1] : "/dev";

	fprintf(f, "mount -t tmpfs -o nosuid,strictatime,mode=755,size=65536k tmpfs %s; ", dir);
	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		if (explain_holds(x, "rootless"))
			fprintf(f, "touch %s/%.*s; mount --bind /dev/%.*s %s/%.*s; ", dir,
				(int)strcspn(devices[i], " "), devices[i],
				(int)strcspn(devices[i], " "), devices[i], dir,
				(int)strcspn(devices[i], " "), devices[i]);
		else
			fprintf(f, "mknod -m 666 %s/%s; ", dir, devices[i]);
	fprintf(f,
		"ln -s /proc/self/fd pts/ptmx %s; ln -s /proc/kcore %s/core; ln -s /proc/self/fd/0 "
		"%s/stdin; ln -s /proc/self/fd/1 %s/stdout; ln -s /proc/self/fd/2 %s/stderr; mkdir "
		"%s/pts %s/shm %s/mqueue; mount -t devpts -o "
		"nosuid,noexec,newinstance,ptmxmode=0666,mode=620%s devpts %s/pts; mount -t tmpfs -o "
		"nosuid,nodev,noexec,mode=1777,size=65536k shm %s/shm",
		dir, dir, dir, dir, dir, dir, dir, dir, explain_holds(x, "tty") ? ",gid=5" : "",
		dir, dir);
}

void explain_put_mask_tools(const struct explaining *x, FILE *f)
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

/* What is this mount's, and what the whole file system's, is two lines for mount(8), too. */
void explain_put_remount_tools(const struct explaining *x, FILE *f)
{
	const char *dir = x->argv[x->argc - 2];
	char copy[MOUNT_DATA], flags[MOUNT_DATA] = "", *rest = copy, *word;
	bool below = explain_holds(x, "option");
	struct mount_words w;
	struct err err;
	size_t n = 0;

	snprintf(copy, sizeof(copy), "%s", x->argv[x->argc - 1]);
	if (mount_words(x->op->name, copy, &w, &err) < 0)
		return;
	while ((word = strsep(&rest, ",")) != NULL)
		if (mount_words(x->op->name, word, &w, &err) == 0 && !*w.data)
			n += (size_t)snprintf(flags + n, sizeof(flags) - n, ",%s", word);
	mount_words(x->op->name, x->argv[x->argc - 1], &w, &err);
	if (*w.data)
		fprintf(f, "mount -o remount,%s %s%s", w.data, dir, n ? "; " : "");
	if (n && below)
		fprintf(f, "findmnt -Rrno TARGET %s | xargs -n 1 mount -o remount,bind%s", dir,
			flags);
	else if (n)
		fprintf(f, "mount -o remount,bind%s %s", flags, dir);
}

void explain_put_propagation_dir(const struct explaining *x, FILE *f)
{
	int at = op_first(x->argc, x->argv) + 1;

	fputs(at < x->argc ? x->argv[at] : "/", f);
}
