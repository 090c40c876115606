/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mounts that a process sees below its root, from /proc/PID/mountinfo
 * (proc_pid_mountinfo(5)), where blanks and the like are octal: \040.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../auto.h"
#include "../ns.h"
#include "fact.h"
#include "octal.h"

/* ID parent major:minor root point options tags… - type source super. */
static void add_mount(char *line, struct items *t)
{
	char *dash = strstr(line, " - "), *word[6], *rest = NULL, *type, *source;
	int n = 0;

	if (!dash)
		return;
	*dash = '\0';
	for (char *w = strtok_r(line, " ", &rest); w && n < 6; w = strtok_r(NULL, " ", &rest))
		word[n++] = w;
	type = strtok_r(dash + 3, " ", &rest);
	source = strtok_r(NULL, " ", &rest);
	if (n < 6 || !type)
		return;
	octal_decode(word[4]);
	octal_decode(word[3]);
	/* The device tells apart what is mounted alike: two instances of proc. */
	items_add(t, word[4], "%s %s%s%s %s (%s)", type, source ? source : "",
		  strcmp(word[3], "/") != 0 ? " from " : "",
		  strcmp(word[3], "/") != 0 ? word[3] : "", word[5], word[2]);
}

static void read_fact(const struct subject *who, struct items *t)
{
	auto_free char *text = subject_read(who, "mountinfo", NULL);
	char *rest = NULL;

	if (!text)
		t->errnum = errno;
	for (char *line = text ? strtok_r(text, "\n", &rest) : NULL; line;
	     line = strtok_r(NULL, "\n", &rest))
		add_mount(line, t);
}

const struct fact fact_mounts = {
	.name = "mounts",
	.summary = "what is mounted below its root (proc_pid_mountinfo(5))",
	.keys = "mount point",
	.steady = true,
	.read = read_fact,
};
