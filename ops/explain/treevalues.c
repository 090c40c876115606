/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of what changes the tree of mounts and its root: propagation, pivot_root, chroot, umount.
 */

#include "ops/explain/value.h"

static void put_propagation_dir(const struct explaining *x, FILE *f)
{
	int at = op_first(x->argc, x->argv) + 1;

	fputs(at < x->argc ? x->argv[at] : "/", f);
}

static void put_propagation_dir_c(const struct explaining *x, FILE *f)
{
	int at = op_first(x->argc, x->argv) + 1;

	explain_quote(f, at < x->argc ? x->argv[at] : "/");
}

static void put_propagation_flags(const struct explaining *x, FILE *f)
{
	fputs(explain_holds(x, "option") ? "MS_REC|MS_" : "MS_", f);
	explain_put_upper(f, x->argv[op_first(x->argc, x->argv)]);
}

static void put_pivot_tools(const struct explaining *x, FILE *f)
{
	const char *new = x->argv[1];

	if (x->argc > 2)
		fprintf(f, "pivot_root %s %s; cd /", new, x->argv[2]);
	else if (explain_holds(x, "mounted"))
		fprintf(f, "cd %s; pivot_root . .; umount -l .", new);
	else
		fprintf(f, "mount --rbind %s %s; cd %s; pivot_root . .; umount -l .", new, new,
			new);
}

static void put_pivot_c(const struct explaining *x, FILE *f)
{
	const char *new = x->argv[1];

	if (x->argc < 3 && !explain_holds(x, "mounted")) {
		fputs("mount(", f);
		explain_quote(f, new);
		fputs(", ", f);
		explain_quote(f, new);
		fputs(", NULL, MS_BIND|MS_REC, NULL); ", f);
	}
	if (x->argc < 3) {
		fputs("chdir(", f);
		explain_quote(f, new);
		fputs("); syscall(SYS_pivot_root, \".\", \".\"); umount2(\".\", MNT_DETACH);", f);
	} else {
		fputs("syscall(SYS_pivot_root, ", f);
		explain_quote(f, new);
		fputs(", ", f);
		explain_quote(f, x->argv[2]);
		fputs(");", f);
	}
	fputs(" chdir(\"/\");", f);
}

const struct explain_value explain_values_tree[] = {
	{"propdir", put_propagation_dir},
	{"propdirc", put_propagation_dir_c},
	{"propflags", put_propagation_flags},
	{"pivottools", put_pivot_tools},
	{"pivotc", put_pivot_c},
	{NULL, NULL},
};
