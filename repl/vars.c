/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Variables: a short list, searched from its start.
 */
#include "repl/vars.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool vars_is_name(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	while (isalnum((unsigned char)*s) || *s == '_')
		s++;
	return !*s;
}

static int find(const struct vars *v, const char *name)
{
	for (int i = 0; i < v->n; i++)
		if (!strcmp(v->names[i], name))
			return i;
	return -1;
}

static int append(struct vars *v, const char *name, char *copy)
{
	size_t size = (size_t)(v->n + 1) * sizeof(char *);
	char **names = realloc(v->names, size), **values;

	if (names)
		v->names = names;
	values = realloc(v->values, size);
	if (values)
		v->values = values;
	if (!names || !values || !(v->names[v->n] = strdup(name)))
		return -1;
	v->values[v->n++] = copy;
	return 0;
}

int vars_set(struct vars *v, const char *name, const char *value)
{
	char *copy = strdup(value);
	int i = find(v, name);

	if (!copy)
		return -1;
	if (i >= 0) {
		free(v->values[i]);
		v->values[i] = copy;
		return 0;
	}
	if (append(v, name, copy) == 0)
		return 0;
	free(copy);
	return -1;
}

static const char *argument(struct vars *v, char which)
{
	int i = which - '0';

	if (which == '#') {
		snprintf(v->scratch, sizeof(v->scratch), "%d", v->n_args);
		return v->scratch;
	}
	if (i == 0)
		return v->script;
	return i > 0 && i <= v->n_args ? v->args[i - 1] : NULL;
}

const char *vars_get(struct vars *v, const char *name)
{
	int i;

	if (!name[1] && (isdigit((unsigned char)*name) || *name == '#'))
		return argument(v, *name);
	i = find(v, name);
	return i >= 0 ? v->values[i] : getenv(name);
}

void vars_release(struct vars *v)
{
	for (int i = 0; i < v->n; i++) {
		free(v->names[i]);
		free(v->values[i]);
	}
	free(v->names);
	free(v->values);
	*v = (struct vars){0};
}
