/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of a mount, read as the op reads them.
 */
#include "ops/explain/mountvalues.h"

#include <string.h>

#include "ops/files/libmount.h"
#include "ops/files/mountfs.h"
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

void explain_put_options_word(const struct explaining *x, FILE *f)
{
	struct mount_request r = request(x);

	if (r.options)
		fprintf(f, "-o %s ", r.options);
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
	struct err err;

	if (!strcmp(r.type, "devpts"))
		fprintf(f, "%s", "\"newinstance,ptmxmode=0666,mode=0620...\"");
	else if (mount_words(x->op->name, r.options, &w, &err) == 0 && *w.data)
		explain_quote(f, w.data);
	else
		fprintf(f, "%s", "NULL");
}
