/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * map uid, map gid: the maps as the kernel takes them, range by range. What is
 * wrong with the numbers themselves (EINVAL) is said while they are read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/namespaces/idmap.h"
#include "ops/namespaces/mapdiag.h"
#include "ops/namespaces/mapwrite.h"
#include "ops/namespaces/ns.h"
#include "ops/privilege/become.h"

static bool is_id(const char *word)
{
	return *word && strlen(word) <= 10 && strspn(word, "0123456789") == strlen(word) &&
	       strtoull(word, NULL, 10) <= (unsigned)-1;
}

/* Do the ranges that begin at words i and j, of these counts, overlap? */
static bool overlap(char **argv, int i, int j, unsigned long long n, unsigned long long m)
{
	unsigned long long a = strtoull(argv[i], NULL, 10), b = strtoull(argv[j], NULL, 10);

	return a < b + m && b < a + n;
}

static int check_range(int i, char **argv, struct err *err)
{
	unsigned long long count = strtoull(argv[i + 2], NULL, 10);

	if (!count)
		return err_usage(err, "%s: a range of 0 IDs", argv[0]);
	for (int j = 0; j < 2; j++)
		if (strtoull(argv[i + j], NULL, 10) + count > (unsigned)-1)
			return err_usage(err, "%s: %s IDs from %s on: the last ID is 4294967294",
					 argv[0], argv[i + 2], argv[i + j]);
	for (int k = 1; k < i; k += 3)
		for (int j = 0; j < 2; j++)
			if (overlap(argv, i + j, k + j, count, strtoull(argv[k + 2], NULL, 10)))
				return err_usage(err, "%s: the ranges from %s and from %s overlap",
						 argv[0], argv[k + j], argv[i + j]);
	return 0;
}

static int check_ranges(int argc, char **argv, struct err *err)
{
	for (int i = 1; i < argc; i++)
		if (!is_id(argv[i]))
			return err_usage(err, "%s: not a number of an ID: \"%.100s\"", argv[0],
					 argv[i]);
	if ((argc - 1) % 3)
		return err_usage(err, "%s takes IN OUT COUNT, or several times these three",
				 argv[0]);
	if (argc - 1 > 3 * IDMAP_ROWS)
		return err_usage(err, "%s: the kernel takes %d ranges", argv[0], IDMAP_ROWS);
	for (int i = 1; i < argc; i += 3)
		if (check_range(i, argv, err) < 0)
			return -1;
	return 0;
}

static int write_ranges(struct call *c)
{
	const char *file = !strcmp(c->op->name, "map uid") ? "uid_map" : "gid_map";
	auto_free char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return err_kernel(c->err, 0, "out of memory");
	for (int i = 1; i + 2 < c->argc; i += 3)
		fprintf(f, "%s %s %s\n", c->argv[i], c->argv[i + 1], c->argv[i + 2]);
	fclose(f);
	return mapwrite(c, file, text);
}

static int host(struct call *c)
{
	return mapwrite_and_become(c, write_ranges);
}

#define RANGES                                                                                      \
	"IDs from IN on, COUNT of them, in the box's user namespace are those from OUT on in\n"     \
	"its parent. Several ranges are given at once: a map can be written only once. Ranges\n"    \
	"need root (CAP_SETUID, CAP_SETGID) in the parent; a plain user may map one ID, his own,\n" \
	"and a group only after map setgroups deny. A box whose own ID has no place in the map\n"   \
	"becomes 0 there, if that is mapped. See user_namespaces(7)."

const struct op op_map_uid = {
	.name = "map uid",
	.usage = "map uid IN OUT COUNT [IN OUT COUNT...]",
	.summary = "write the map of user IDs",
	.detail = RANGES,
	.argmin = 3,
	.argmax = -1,
	.flags = OP_OWN,
	.changes = CLONE_NEWUSER,
	.check = check_ranges,
	.host = host,
	.box = become_box,
	.diagnose = map_diagnose,
};

const struct op op_map_gid = {
	.name = "map gid",
	.usage = "map gid IN OUT COUNT [IN OUT COUNT...]",
	.summary = "write the map of group IDs",
	.detail = RANGES,
	.argmin = 3,
	.argmax = -1,
	.flags = OP_OWN,
	.changes = CLONE_NEWUSER,
	.check = check_ranges,
	.host = host,
	.box = become_box,
	.diagnose = map_diagnose,
};
