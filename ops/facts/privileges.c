/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a process may do: its five sets of capabilities (capabilities(7)), and
 * what keeps it from more: no_new_privs, seccomp(2) (/proc/PID/status), and the
 * label of a security module (/proc/PID/attr). The securebits nobody is told
 * but the process itself.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"
#include "ops/privilege/capname.h"
#include "ops/privilege/capsets.h"

/* Proc(5): 0 disabled, 1 strict, 2 filter; the number of filters since Linux 5.9. */
static void add_seccomp(const struct subject *who, struct items *t)
{
	auto_free char *mode = subject_status(who, "Seccomp");
	auto_free char *filters = subject_status(who, "Seccomp_filters");

	if (!mode)
		return; /* a kernel without it */
	if (mode[0] == '2' && filters)
		items_add(t, "seccomp", "%s filter%s", filters, strcmp(filters, "1") ? "s" : "");
	else
		items_add(t, "seccomp", "%s",
			  mode[0] == '0'   ? "off"
			  : mode[0] == '1' ? "strict"
					   : "filter");
}

/* AppArmor's own file, or that of whichever module is the first. */
static void add_label(const struct subject *who, struct items *t, const char *key, const char *file)
{
	char path[64];

	snprintf(path, sizeof(path), "attr/apparmor/%s", file);
	for (int i = 0; i < 2; i++) {
		auto_free char *label = subject_read(who, path, NULL);
		size_t n = label ? strlen(label) : 0;

		while (n && isspace((unsigned char)label[n - 1]))
			n--;
		if (n) {
			items_add(t, key, "%.*s", (int)n, label);
			return;
		}
		snprintf(path, sizeof(path), "attr/%s", file);
	}
}

static void read_fact(const struct subject *who, struct items *t)
{
	auto_free char *nnp = subject_status(who, "NoNewPrivs");
	char list[900];

	for (const struct capset *s = capsets; s->name; s++) {
		auto_free char *mask = subject_status(who, s->status);

		if (mask)
			items_add(t, s->name, "%s",
				  capname_list(list, sizeof(list), strtoull(mask, NULL, 16)));
		else
			t->errnum = errno;
	}
	if (nnp)
		items_add(t, "no_new_privs", "%s", strcmp(nnp, "0") ? "on" : "off");
	add_seccomp(who, t);
	add_label(who, t, "label", "current");
	add_label(who, t, "label of the next program", "exec");
}

const struct fact fact_privileges = {
	.name = "privileges",
	.summary = "capabilities, no_new_privs, seccomp and the label of a security module",
	.keys = "privilege",
	.steady = true,
	.read = read_fact,
};
