/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every fact. To add one: write its reader, name it here.
 */
#include "ops/facts/fact.h"

#include <string.h>

#define FACTS(X)                                                                                   \
	X(namespaces)                                                                              \
	X(pid)                                                                                     \
	X(hostname)                                                                                \
	X(directories)                                                                             \
	X(users)                                                                                   \
	X(mounts)                                                                                  \
	X(limits)                                                                                  \
	X(privileges)                                                                              \
	X(links)                                                                                   \
	X(routes)                                                                                  \
	X(attributes)                                                                              \
	X(cgroup)                                                                                  \
	X(processes)                                                                               \
	X(usage)                                                                                   \
	X(root)                                                                                    \
	X(time)                                                                                    \
	X(ipc)

#define DECLARE(name) extern const struct fact fact_##name;
#define ENTRY(name)   &fact_##name,
#define NAME(name)    #name,
FACTS(DECLARE)
const struct fact *const fact_table[] = {FACTS(ENTRY) NULL};

const char *const *fact_names(void)
{
	static const char *const names[] = {FACTS(NAME) NULL};

	return names;
}

const struct fact *fact_find(const char *name)
{
	for (const struct fact *const *f = fact_table; *f; f++)
		if (!strcmp((*f)->name, name))
			return *f;
	return NULL;
}
