/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of mount overlay.
 */
#include <sys/mount.h>

#include "ops/auto.h"
#include "ops/explain/value.h"
#include "ops/files/libmount.h"
#include "ops/files/overlay.h"
#include "ops/sys/sys.h"

static struct overlay_words overlay(const struct explaining *x)
{
	struct overlay_words w;
	const char *twice;

	overlay_words(x->argv, &w, &twice);
	return w;
}

static bool has_upper(const struct explaining *x)
{
	return overlay(x).upper;
}

/* In a user namespace an overlay may not set trusted.* attributes. The caller's to free. */
static char *overlay_data(const struct explaining *x)
{
	struct overlay_words w = overlay(x);
	struct mount_words m = {0};
	struct err err;
	char *data;

	mount_words(x->op->name, w.options, &m, &err);
	return asprintf(&data, "lowerdir=%s,upperdir=%s%s,workdir=%s%s%s%s%s", w.lower,
			w.upper ? w.upper : w.dir, w.upper ? "" : "/upper",
			w.upper ? w.work : w.dir, w.upper ? "" : "/work", *m.data ? "," : "",
			m.data, explain_holds(x, "rootless") ? ",userxattr" : "") < 0
		       ? NULL
		       : data;
}

static void put_overlay_flags(const struct explaining *x, FILE *f)
{
	struct mount_words m = {0};
	char text[256];
	struct err err;

	mount_words(x->op->name, overlay(x).options, &m, &err);
	fputs(sys_mount_flags(text, sizeof(text), m.set), f);
}

/* Without upper= the writable layer is a tmpfs, at the place itself. */
static void put_overlay_options(const struct explaining *x, FILE *f)
{
	struct overlay_words w = overlay(x);
	struct mount_words m = {0};
	auto_free char *data = overlay_data(x);
	struct err err;

	mount_words(x->op->name, w.options, &m, &err);
	if (!w.upper)
		fprintf(f,
			"mount -t tmpfs -o nosuid,nodev,mode=755 none %s; mkdir %s/upper %s/work; ",
			w.dir, w.dir, w.dir);
	fprintf(f, "mount -t overlay -o %s%s overlay %s", m.set & MS_RDONLY ? "ro," : "",
		data ? data : "", w.dir);
}

/* Without upper= the writable layer is a tmpfs, at the place itself. */
static void put_overlay_c(const struct explaining *x, FILE *f)
{
	struct overlay_words w = overlay(x);
	auto_free char *data = overlay_data(x);

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
	put_overlay_flags(x, f);
	fputs(", ", f);
	explain_quote(f, data ? data : "");
	fputs(");", f);
}

const struct explain_value explain_values_overlay[] = {
	{"overlaytools", put_overlay_options},
	{"overlayc", put_overlay_c},
	{NULL, NULL},
};

const struct explain_condition explain_conditions_overlay[] = {
	{"upper", has_upper},
	{NULL, NULL},
};
