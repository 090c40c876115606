/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup memory: what is beyond the limit is taken back or swapped out, and if
 * that is not enough the kernel kills. v2 limits memory and swap apart; v1
 * limits memory, and memory and swap together, and at no moment may the first
 * limit be above the second (the kernel's cgroup-v1/memory.rst).
 */
#include <string.h>

#include "ops/cgroup/group.h"
#include "ops/cgroup/groupfile.h"
#include "ops/text/size.h"

static int check(int argc, char **argv, struct err *err)
{
	char meant[64];
	long long n;

	if (size_parse(argv[1], &n) < 0) {
		err_usage(err,
			  "cgroup memory: neither an amount, as 64M or 1G, nor max: \"%.100s\"",
			  argv[1]);
		if (size_meant(meant, sizeof(meant), argv[1]))
			err_fix(err, "did you mean %s?", meant);
		return -1;
	}
	if (argc < 3)
		return 0;
	if (strncmp(argv[2], "swap=", 5) != 0 || size_parse(argv[2] + 5, &n) < 0)
		return err_usage(err, "cgroup memory: not swap=SIZE or swap=max: \"%.100s\"",
				 argv[2]);
	return 0;
}

static int no_swap(struct call *c, const char *file)
{
	err_kernel(c->err, 0, "this kernel does not count swap for control groups");
	err_why(c->err, "there is no %s (CONFIG_SWAP, and before Linux 6.1 swapaccount=1 at boot)",
		file);
	err_instead(c->err, "cgroup memory %s", c->argv[1]);
	return -1;
}

static int write_v2(struct call *c, const struct opened *g, long long memory, bool has_swap,
		    long long swap)
{
	char text[24];

	if (has_swap && !groupfile_exists(g->dir, "memory.swap.max"))
		return no_swap(c, "memory.swap.max");
	if (group_write(c, g, "memory.max", size_text(text, memory)) < 0)
		return -1;
	return has_swap ? group_write(c, g, "memory.swap.max", size_text(text, swap)) : 0;
}

/* Unlimited is written as -1, and read as the largest number of pages. */
static long long limit_of(const struct opened *g, const char *file)
{
	long n = groupfile_number(g->dir, file);

	return n < 0 || n > 1L << 62 ? SIZE_MAX_WORD : n;
}

static int write_v1_value(struct call *c, const struct opened *g, const char *file, long long n)
{
	char text[24];

	return group_write(c, g, file, n == SIZE_MAX_WORD ? "-1" : size_text(text, n));
}

static bool above(long long a, long long b)
{
	return b != SIZE_MAX_WORD && (a == SIZE_MAX_WORD || a > b);
}

static int write_v1(struct call *c, const struct opened *g, long long memory, bool has_swap,
		    long long swap)
{
	static const char one[] = "memory.limit_in_bytes", two[] = "memory.memsw.limit_in_bytes";
	bool counts = groupfile_exists(g->dir, two);
	long long both = limit_of(g, two), before = limit_of(g, one), sum;

	if (has_swap && !counts)
		return no_swap(c, two);
	/* Without swap= as much swap as before: none of the two, or their difference. */
	if (!has_swap)
		swap = both == SIZE_MAX_WORD || before == SIZE_MAX_WORD ? SIZE_MAX_WORD
									: both - before;
	sum = memory == SIZE_MAX_WORD || swap == SIZE_MAX_WORD ? SIZE_MAX_WORD : memory + swap;
	if (!counts || (!has_swap && both == SIZE_MAX_WORD))
		return write_v1_value(c, g, one, memory);
	if (above(memory, both))
		return write_v1_value(c, g, two, sum) < 0 ? -1 : write_v1_value(c, g, one, memory);
	return write_v1_value(c, g, one, memory) < 0 ? -1 : write_v1_value(c, g, two, sum);
}

static int host(struct call *c)
{
	long long memory = 0, swap = 0;
	bool has_swap = c->argc > 2;
	struct opened g;

	size_parse(c->argv[1], &memory);
	if (has_swap)
		size_parse(c->argv[2] + 5, &swap);
	if (group_open(c, "memory", &g) < 0)
		return -1;
	return group_close(c, &g, (g.v2 ? write_v2 : write_v1)(c, &g, memory, has_swap, swap));
}

static const char *const sizes[] = {"max", NULL};
static const char *const swaps[] = {"swap=0", "swap=max", NULL};

const struct op op_cgroup_memory = {
	.name = "cgroup memory",
	.usage = "cgroup memory SIZE|max [swap=SIZE|max]",
	.summary = "limit the memory of the box, and its swap",
	.detail =
		"SIZE is in bytes, or with K, M, G or T. Writes memory.max and memory.swap.max; on\n"
		"cgroup v1 memory.limit_in_bytes and memory.memsw.limit_in_bytes, which is the sum\n"
		"of both. What cannot be taken back or swapped out ends in the out-of-memory "
		"killer:\n"
		"run then tells how many it killed. What was in memory before stays counted "
		"where\n"
		"it was. See cgroups(7), and Documentation/admin-guide/cgroup-v2.rst of the kernel.",
	.argmin = 1,
	.argmax = 2,
	.args = {{ARG_WORD, sizes}, {ARG_WORD, swaps}},
	.check = check,
	.prepare = group_prepare,
	.host = host,
};
