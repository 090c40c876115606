/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hostname, mounts and links are those of the fact table. Of the control groups
 * the ones beside and below our own are taken, and those of ctrsh wherever
 * they are: elsewhere managers come and go.
 */
#include "ops/leaks/host.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/facts/fact.h"
#include "ops/leaks/groups.h"
#include "ops/limits/sysctlkey.h"

const char *const host_fact_names[] = {"hostname", "mounts", "links", "cgroups"};

void host_read(struct host_state *h)
{
	auto_subject struct subject self = {.proc = -1};
	struct err ignored = {0};
	bool opened = subject_open(&self, getpid(), &ignored) == 0;
	int errnum = errno;

	for (int i = 0; i < HOST_GROUPS; i++) {
		const struct fact *fact = fact_find(host_fact_names[i]);

		h->facts[i] = (struct items){0};
		if (fact)
			fact->read(&self, &h->facts[i]);
		if (!fact || (!opened && h->facts[i].errnum))
			h->facts[i].errnum = opened ? ENOENT : errnum;
	}
	h->facts[HOST_GROUPS] = (struct items){0};
	groups_read(&h->facts[HOST_GROUPS]);
	h->sysctls = (struct items){0};
}

void host_release(struct host_state *h)
{
	for (int i = 0; i < HOST_FACTS; i++)
		items_release(&h->facts[i]);
	items_release(&h->sysctls);
}

bool host_sysctl(const char *path, char *buf, unsigned size)
{
	char file[SYSCTL_KEY_MAX + 16];
	auto_fclose FILE *f = NULL;

	snprintf(file, sizeof(file), SYSCTL_ROOT "/%s", path);
	f = fopen(file, "re");
	if (!f || !fgets(buf, (int)size, f))
		return false;
	buf[strcspn(buf, "\n")] = '\0';
	return true;
}

void host_watch(struct host_state *h, const char *key)
{
	char path[SYSCTL_KEY_MAX], value[1024];

	if (sysctl_path(key, path, sizeof(path)) && !items_find(&h->sysctls, path) &&
	    host_sysctl(path, value, sizeof(value)))
		items_add(&h->sysctls, path, "%s", value);
}
