/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "36 35 98:0 /root /point options optional… - type source super": one blank
 * between two words, and those within a word are octal.
 */
#include "ops/facts/mountline.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static bool is_octal(const char *p)
{
	return p[0] == '\\' && p[1] >= '0' && p[1] <= '3' && p[2] >= '0' && p[2] <= '7' &&
	       p[3] >= '0' && p[3] <= '7';
}

void mountline_decode(char *s)
{
	char *to = s;

	while (*s) {
		if (is_octal(s)) {
			*to++ = (char)((s[1] - '0') * 64 + (s[2] - '0') * 8 + (s[3] - '0'));
			s += 4;
		} else {
			*to++ = *s++;
		}
	}
	*to = '\0';
}

static bool take(char **rest, char **words[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!(*words[i] = strsep(rest, " ")))
			return false;
	return true;
}

bool mountline_parse(char *line, struct mount_line *m)
{
	char *rest = line, *dash = strstr(line, " - "), *id, *parent;
	char **first[] = {&id, &parent, &m->device, &m->root, &m->point, &m->options};
	char **last[] = {&m->type, &m->source};

	if (!dash)
		return false;
	*dash = '\0';
	dash[strcspn(dash + 1, "\n") + 1] = '\0';
	if (!take(&rest, first, sizeof(first) / sizeof(first[0])))
		return false;
	m->id = atoi(id);
	m->parent = atoi(parent);
	m->optional = rest ? rest : dash;
	rest = dash + strlen(" - ");
	if (!take(&rest, last, sizeof(last) / sizeof(last[0])))
		return false;
	m->super = rest ? rest : dash;
	mountline_decode(m->root);
	mountline_decode(m->point);
	mountline_decode(m->source);
	return true;
}
