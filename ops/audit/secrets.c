/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of environment variables that hold a key, or the way to one. Values are
 * looked at by nobody.
 */
#include <stdio.h>
#include <string.h>

#include "look.h"

static bool is_secret(const char *name, size_t n)
{
	static const char *const parts[] = {
		"TOKEN",      "SECRET",        "PASSWORD",   "PASSWD",       "API_KEY",
		"ACCESS_KEY", "SSH_AUTH_SOCK", "CREDENTIAL", "DBUS_SESSION", "XAUTHORITY",
		"GPG_AGENT",  "DOCKER_HOST",   "KUBECONFIG", "PRIVATE_KEY",  NULL};
	char copy[128];

	snprintf(copy, sizeof(copy), "%.*s", (int)n, name);
	for (const char *const *p = parts; *p; p++)
		if (strcasestr(copy, *p))
			return true;
	return false;
}

unsigned secrets_names(const char *env, size_t len, char *buf, size_t size)
{
	unsigned n = 0;
	size_t used = 0;

	buf[0] = '\0';
	for (const char *p = env; p < env + len; p += strlen(p) + 1) {
		size_t name = strcspn(p, "=");

		if (!p[name] || !is_secret(p, name))
			continue;
		n++;
		if (used + name + 3 < size)
			used += (size_t)snprintf(buf + used, size - used, "%s%.*s",
						 used ? ", " : "", (int)name, p);
	}
	return n;
}
