/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names come from libcap, the number of the last one from the kernel: either
 * may be the newer one. A capability that libcap cannot name goes by its
 * number.
 */
#include "ops/privilege/capname.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/capability.h>

#include "ops/text/nearest.h"

#define NAME_SIZE 32

uint64_t capname_all(void)
{
	int n = cap_max_bits(); /* as many as PR_CAPBSET_READ knows */

	return n >= 64 ? ~UINT64_C(0) : CAP_BIT(n) - 1;
}

/* The name in small letters, without cap_. */
static const char *plain_name(char *buf, int cap)
{
	char *name = cap_to_name((cap_value_t)cap);

	snprintf(buf, NAME_SIZE, "%s", !name ? "?" : !strncmp(name, "cap_", 4) ? name + 4 : name);
	cap_free(name);
	return buf;
}

const char *const *capname_words(const char *const *first)
{
	static char names[64][NAME_SIZE];
	static const char *words[64 + 16];
	int n = 0;

	for (; first && *first && n < 15; first++)
		words[n++] = *first;
	for (int cap = 0; cap < 64 && (capname_all() & CAP_BIT(cap)); cap++)
		words[n++] = plain_name(names[cap], cap);
	words[n] = NULL;
	return words;
}

static int unknown(const char *name, const char *plain, const char *op, struct err *err)
{
	const char *near = nearest_of(capname_words(NULL), plain);

	err_usage(err, "%s: no such capability: \"%.100s\"", op, name);
	if (near)
		err_fix(err, "did you mean %s?", near);
	else
		err_fix(err, "caps show names those of the box; capabilities(7) tells of each");
	return -1;
}

int capname_number(const char *name, const char *op, struct err *err)
{
	char full[NAME_SIZE + 4] = "cap_", *plain = full + 4;
	cap_value_t cap;

	snprintf(plain, NAME_SIZE, "%s", !strncasecmp(name, "cap_", 4) ? name + 4 : name);
	for (char *p = plain; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	if (!*plain || strlen(name) >= NAME_SIZE || cap_from_name(full, &cap) < 0)
		return unknown(name, plain, op, err);
	if (!(capname_all() & CAP_BIT(cap))) {
		err_usage(err, "%s: this kernel has no %s", op, full);
		err_why(err, "its last capability is number %d (/proc/sys/kernel/cap_last_cap)",
			cap_max_bits() - 1);
		return -1;
	}
	return cap;
}

const char *capname_upper(char *buf, unsigned size, int cap)
{
	char plain[NAME_SIZE];

	snprintf(buf, size, "CAP_%s", plain_name(plain, cap));
	for (char *p = buf; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return buf;
}

const char *capname_list(char *buf, unsigned size, uint64_t set)
{
	uint64_t all = capname_all(), lacks = all & ~set;
	bool but = set && __builtin_popcountll(lacks) < __builtin_popcountll(set);
	char plain[NAME_SIZE];
	unsigned n;

	n = (unsigned)snprintf(buf, size, "%s",
			       !set     ? "none"
			       : !lacks ? "all"
			       : but    ? "all but"
					: "");
	set = but ? lacks : set;
	for (int cap = 0; lacks && cap < 64 && n < size; cap++)
		if (set & CAP_BIT(cap))
			n += (unsigned)snprintf(buf + n, size - n, "%s%s", n ? " " : "",
						plain_name(plain, cap));
	return buf;
}
