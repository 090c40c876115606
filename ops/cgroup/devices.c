/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules for devices: read, kept, written.
 */
#include "ops/cgroup/devices.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/text/number.h"

#define ANY DEVICES_ANY

const struct device_rule devices_default[] = {
	{ANY, ANY, ACCESS_ALL, 'a', false},  {ANY, ANY, ACCESS_MKNOD, 'c', true},
	{ANY, ANY, ACCESS_MKNOD, 'b', true}, {1, 3, ACCESS_ALL, 'c', true}, /* null */
	{1, 5, ACCESS_ALL, 'c', true},                                      /* zero */
	{1, 7, ACCESS_ALL, 'c', true},                                      /* full */
	{1, 8, ACCESS_ALL, 'c', true},                                      /* random */
	{1, 9, ACCESS_ALL, 'c', true},                                      /* urandom */
	{5, 0, ACCESS_ALL, 'c', true},                                      /* tty */
	{5, 2, ACCESS_ALL, 'c', true},                                      /* ptmx */
	{136, ANY, ACCESS_ALL, 'c', true},                                  /* pts */
};
const int devices_n_default = sizeof(devices_default) / sizeof(devices_default[0]);

static bool number(const char *word, size_t len, long *n)
{
	if (len == 1 && *word == '*') {
		*n = ANY;
		return true;
	}
	return number_parse(word, len, 0, 0xfffff, n);
}

bool devices_numbers(const char *word, long *major, long *minor)
{
	const char *colon = strchr(word, ':');

	return colon && number(word, (size_t)(colon - word), major) &&
	       number(colon + 1, strlen(colon + 1), minor);
}

static const char letters[] = "mrw";

unsigned devices_access(const char *word)
{
	unsigned access = 0;

	for (; *word; word++) {
		const char *letter = strchr(letters, *word);
		unsigned bit = letter ? 1U << (letter - letters) : 0;

		if (!bit || access & bit)
			return 0;
		access |= bit;
	}
	return access;
}

static const char *part(char *buf, size_t size, long n)
{
	snprintf(buf, size, n == ANY ? "*" : "%ld", n);
	return buf;
}

void devices_text(const struct device_rule *r, char *text, size_t size)
{
	char major[24], minor[24];

	if (r->type == 'a')
		snprintf(text, size, "a");
	else
		snprintf(text, size, "%c %s:%s %s%s%s", r->type,
			 part(major, sizeof(major), r->major), part(minor, sizeof(minor), r->minor),
			 r->access & ACCESS_READ ? "r" : "", r->access & ACCESS_WRITE ? "w" : "",
			 r->access & ACCESS_MKNOD ? "m" : "");
}

bool devices_add(struct devices *d, const struct device_rule *rule)
{
	if (rule->type == 'a')
		d->n = 0;
	if (d->n == DEVICES_MAX)
		return false;
	d->rules[d->n++] = *rule;
	return true;
}

void devices_forget(struct devices *d)
{
	if (d->program)
		close(d->program);
	*d = (struct devices){0};
}
