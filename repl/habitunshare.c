/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * unshare(1)'s options, and what namespaces are called elsewhere, as our words.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "ops/namespaces/ns.h"
#include "repl/habit.h"

static const struct {
	char letter;
	const char *option, *word, *here; /* what follows in lines of its own begins with ; */
} words[] = {
	{'m', "--mount", "mount", "mnt"},
	{'m', "--mount", "mounts", "mnt"},
	{'u', "--uts", "hostname", "uts"},
	{'i', "--ipc", NULL, "ipc"},
	{'n', "--net", "network", "net"},
	{'p', "--pid", "process", "pid"},
	{'p', "--pid", "pids", "pid"},
	{'U', "--user", "users", "user"},
	{'C', "--cgroup", "cgroups", "cgroup"},
	{'T', "--time", "clock", "time"},
	{'f', "--fork", NULL, ""}, /* a new PID namespace forks by itself */
	{'r', "--map-root-user", NULL, "; map root"},
	{'c', "--map-current-user", NULL, "; map self"},
	{'\0', "--map-auto", NULL, "; map auto"},
	{'\0', "--mount-proc", NULL, "; mount proc"},
};

#define WORDS (sizeof(words) / sizeof(words[0]))

/* The namespaces, and the lines behind them. */
struct ours {
	unsigned flags;
	char lines[64];
	bool foreign, unknown;
};

static void take(struct ours *o, const char *here)
{
	size_t n = strlen(o->lines);

	o->foreign = true;
	if (*here == ';')
		snprintf(o->lines + n, sizeof(o->lines) - n, "%s", here);
	else if (*here)
		o->flags |= ns_find(here)->flag;
}

static void take_letters(struct ours *o, const char *letters)
{
	for (const char *l = letters; *l; l++) {
		size_t i = 0;

		while (i < WORDS && words[i].letter != *l)
			i++;
		if (i < WORDS)
			take(o, words[i].here);
		else
			o->unknown = true;
	}
}

static void take_word(struct ours *o, const char *word)
{
	for (size_t i = 0; i < WORDS; i++)
		if ((words[i].word && !strcasecmp(word, words[i].word)) ||
		    (words[i].option && !strcmp(word, words[i].option))) {
			take(o, words[i].here);
			return;
		}
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (!strcasecmp(word, ns->name)) {
			o->flags |= ns->flag;
			o->foreign |= strcmp(word, ns->name) != 0;
			return;
		}
	if (!strcmp(word, "all") || !strcmp(word, "--all")) {
		o->flags |= NS_ALL & ~(unsigned)(CLONE_NEWUSER | CLONE_NEWTIME);
		o->foreign = true;
	} else if (word[0] == '-' && word[1] && word[1] != '-') {
		take_letters(o, word + 1);
	} else {
		o->unknown = true; /* an option of ours, or nothing that is known */
	}
}

bool habit_unshare(int argc, char *const *argv, struct err *err)
{
	struct ours o = {0};
	char line[160] = "unshare";
	size_t n = strlen(line);

	for (int i = 1; i < argc; i++)
		take_word(&o, argv[i]);
	if (!o.foreign || o.unknown)
		return false;
	if (strstr(o.lines, "; map"))
		o.flags |= CLONE_NEWUSER;
	if (strstr(o.lines, "; mount"))
		o.flags |= CLONE_NEWNS;
	if (!o.flags)
		return false;
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (o.flags & ns->flag)
			n += (size_t)snprintf(line + n, sizeof(line) - n, " %s", ns->name);
	snprintf(line + n, sizeof(line) - n, "%s", o.lines);
	err_usage(err, "unshare: namespaces go by their names in /proc/PID/ns, without dashes");
	err_instead_names(err, "%s", line);
	return true;
}
