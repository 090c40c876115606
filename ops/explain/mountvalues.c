/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of mounts of file systems: type, source, directory, options for mount(8), and flags and
 * data as mount(2) gets them; read as the op reads them.
 */
#include <string.h>
#include <sys/mount.h>

#include "ops/explain/value.h"
#include "ops/files/libmount.h"
#include "ops/files/mountfs.h"
#include "ops/sys/sys.h"

static struct mount_request request(const struct explaining *x)
{
	struct mount_request r;

	mount_request(x->op, x->argv, &r);
	return r;
}

static void put_type(const struct explaining *x, FILE *f)
{
	fprintf(f, "%s", request(x).type);
}

static void put_src(const struct explaining *x, FILE *f)
{
	fprintf(f, "%s", request(x).src);
}

static void put_dir(const struct explaining *x, FILE *f)
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

static void put_options_word(const struct explaining *x, FILE *f)
{
	put_options(x, "-o ", " ", f);
}

/* Of --tmpfs DIR:OPTIONS, where nosuid, nodev and noexec are the default. */
static void put_docker_options(const struct explaining *x, FILE *f)
{
	struct mount_request r = request(x);

	if (r.options)
		fprintf(f, ":%s", r.options);
}

static void put_mount_flags(const struct explaining *x, FILE *f)
{
	struct mount_request r = request(x);
	struct mount_words w = {0};
	struct err err;
	char text[256];

	if (mount_words(x->op->name, r.options, &w, &err) == 0)
		r.flags = (r.flags | w.set) & ~w.clear;
	fprintf(f, "%s", sys_mount_flags(text, sizeof(text), r.flags));
}

static void put_data(const struct explaining *x, FILE *f)
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

/* The value of --mount is a line of comma-separated values: what has a comma is quoted. */
static void put_volume(const struct explaining *x, FILE *f)
{
	const char *o = x->argc > 4 ? x->argv[4] : NULL;
	bool quoted = o && strchr(o, ',');

	fprintf(f,
		"--mount %stype=volume,dst=%s,volume-driver=local,volume-opt=type=%s,"
		"volume-opt=device=%s",
		quoted ? "'" : "", x->argv[3], x->argv[1], x->argv[2]);
	if (o)
		fprintf(f, quoted ? ",\"volume-opt=o=%s\"'" : ",volume-opt=o=%s", o);
}

const struct explain_value explain_values_mount[] = {
	{"type", put_type},
	{"src", put_src},
	{"dir", put_dir},
	{"o", put_options_word},
	{"dockeroptions", put_docker_options},
	{"mountflags", put_mount_flags},
	{"data", put_data},
	{"volume", put_volume},
	{NULL, NULL},
};
