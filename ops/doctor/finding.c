/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every check. To add one: write its reader, name it here.
 */
#include "ops/doctor/finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CHECKS(X)                                                                                  \
	X(procfs)                                                                                  \
	X(privilege)                                                                               \
	X(no_new_privs)                                                                            \
	X(user)                                                                                    \
	X(apparmor)                                                                                \
	X(namespaces)                                                                              \
	X(time)                                                                                    \
	X(proc)                                                                                    \
	X(overlay)                                                                                 \
	X(cgroup)                                                                                  \
	X(delegation)                                                                              \
	X(swap)                                                                                    \
	X(ids)                                                                                     \
	X(seccomp)                                                                                 \
	X(network)                                                                                 \
	X(container)                                                                               \
	X(kernel)                                                                                  \
	X(libraries)                                                                               \
	X(rootfs)

#define DECLARE(name) extern const struct check check_##name;
#define ENTRY(name)   &check_##name,
CHECKS(DECLARE)
const struct check *const finding_checks[] = {CHECKS(ENTRY) NULL};

void finding_look(const struct check *check, const struct machine *m, struct finding *f)
{
	*f = (struct finding){0};
	if (m->no_proc && !check->without_proc)
		finding_set(f, FOUND_UNKNOWN, "not known without /proc");
	else
		check->look(m, f);
	if (!m->sudo && m->uid != 0 && strstr(f->fix, "sudo ")) {
		f->fix[0] = '\0';
		finding_hint(
			f,
			m->no_new_privs
				? "No program gains privilege here, not even sudo: start ctrsh as root"
				: "Root has no number in this user namespace, so sudo cannot "
				  "work: start ctrsh outside of it");
	}
}

#define PUT(buf)                                                                                   \
	do {                                                                                       \
		va_list ap;                                                                        \
		va_start(ap, fmt);                                                                 \
		vsnprintf(buf, sizeof(buf), fmt, ap);                                              \
		va_end(ap);                                                                        \
	} while (0)

void finding_set(struct finding *f, enum finding_state state, const char *fmt, ...)
{
	f->state = state;
	PUT(f->found);
}

void finding_means(struct finding *f, const char *fmt, ...)
{
	PUT(f->means);
}

void finding_hint(struct finding *f, const char *words)
{
	finding_add(f->means, sizeof(f->means), ". ", "%s", words);
}

void finding_fix(struct finding *f, const char *fmt, ...)
{
	PUT(f->fix);
}

void finding_add(char *buf, unsigned size, const char *separator, const char *fmt, ...)
{
	size_t n = strlen(buf);
	va_list ap;

	if (n)
		n += (size_t)snprintf(buf + n, size - n, "%s", separator);
	if (n >= size)
		return;
	va_start(ap, fmt);
	vsnprintf(buf + n, size - n, fmt, ap);
	va_end(ap);
}

const char *finding_state_name(enum finding_state state)
{
	static const char *const names[] = {"ok", "limited", "missing", "unknown"};

	return names[state];
}
