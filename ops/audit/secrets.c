/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of environment variables that hold a key, or the way to one. Values
 * are shown to nobody, and looked at for one thing: a URL that has a password in it.
 */
#include <stdio.h>
#include <string.h>

#include "ops/audit/look.h"

static bool is_secret(const char *name, size_t n)
{
	static const char *const parts[] = {"TOKEN",         "SECRET",      "PASSWORD",
					    "PASSWD",        "API_KEY",     "ACCESS_KEY",
					    "SSH_AUTH_SOCK", "CREDENTIAL",  "DBUS_SESSION",
					    "XAUTHORITY",    "GPG_AGENT",   "DOCKER_HOST",
					    "KUBECONFIG",    "PRIVATE_KEY", "PASSPHRASE",
					    "APIKEY",        NULL};
	static const char *const ends[] = {"PASS", "_PAT", "_KEY", "_PWD", NULL};

	for (const char *const *p = parts; *p; p++)
		for (size_t at = 0, len = strlen(*p); at + len <= n; at++)
			if (!strncasecmp(name + at, *p, len))
				return true;
	for (const char *const *p = ends; *p; p++)
		if (n >= strlen(*p) && !strncasecmp(name + n - strlen(*p), *p, strlen(*p)))
			return true;
	return false;
}

/* scheme://user:password@host (RFC 3986, 3.2.1). */
static bool has_password(const char *value)
{
	const char *start = strstr(value, "://");
	size_t n = start ? strcspn(start + 3, "/?# \t@") : 0;
	const char *colon = n ? memchr(start + 3, ':', n) : NULL;

	return colon && start[3 + n] == '@' && colon + 1 < start + 3 + n;
}

unsigned secrets_names(const char *env, size_t len, char *buf, size_t size)
{
	unsigned n = 0;
	size_t used = 0;

	buf[0] = '\0';
	for (const char *p = env; p < env + len; p += strlen(p) + 1) {
		size_t name = strcspn(p, "=");

		if (!p[name] || !(is_secret(p, name) || has_password(p + name + 1)))
			continue;
		n++;
		if (used + name + 3 < size)
			used += (size_t)snprintf(buf + used, size - used, "%s%.*s",
						 used ? ", " : "", (int)name, p);
	}
	return n;
}
