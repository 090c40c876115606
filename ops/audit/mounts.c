/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The host's files by way of mounts: what is mounted inside, what passes over
 * (mount_namespaces(7)). That a file system is the host's is
 * told by its device number, which one made for the box has of its own; or made by an
 * engine for this container, by the number in the engine's path.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ops/audit/look.h"
#include "ops/auto.h"
#include "ops/namespaces/ns.h"

#define HEX "0123456789abcdef"

bool audit_is_kernels(const char *type)
{
	return audit_has(
		"proc,sysfs,cgroup,cgroup2,mqueue,devpts,devtmpfs,securityfs,debugfs,"
		"tracefs,pstore,bpf,configfs,fusectl,nsfs,autofs,binfmt_misc,efivarfs",
		type);
}

/* A word of hexadecimal digits in path that the names of its control groups have, too: an
 * engine's number for it. */
static bool has_its_number(const char *groups, const char *path)
{
	char word[80];
	size_t n;

	for (const char *p = path + strcspn(path, HEX); *p; p += n, p += strcspn(p, HEX)) {
		n = strspn(p, HEX);
		snprintf(word, sizeof(word), "%.*s", (int)n, p);
		if (n >= 32 && n < sizeof(word) && strstr(groups, word))
			return true;
	}
	return false;
}

/* Engines make file systems on the host for one container alone, as its /dev/shm, in a
 * directory with its number. */
static bool is_made_for_it(const struct audit *a, const struct mount_entry *e)
{
	auto_free char *groups = subject_read(a->who, "cgroup", NULL);

	if (!groups || has_its_number(groups, e->root))
		return groups != NULL;
	for (int i = 0; i < a->n_ours; i++)
		if (!strcmp(a->ours[i].device, e->device) &&
		    !has_its_number(groups, a->ours[i].point))
			return false;
	return true;
}

bool audit_is_hosts(const struct audit *a, const struct mount_entry *e)
{
	for (int i = 0; i < a->n_ours; i++)
		if (!strcmp(a->ours[i].device, e->device))
			return !is_made_for_it(a, e);
	return false;
}

static bool is_directory(const struct audit *a, const char *point)
{
	auto_close int fd = audit_at(a, point);
	struct stat st;

	return fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
}

void look_mounts(const struct audit *a, struct finding *f)
{
	char list[SHOWS_SIZE - 60] = "";
	unsigned n = 0, len = 0;

	if (!a->told || a->root < 0) {
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
		return;
	}
	for (int i = 0; i < a->n_mounts; i++) {
		const struct mount_entry *e = &a->mounts[i];

		if (!strcmp(e->point, "/") || audit_is_kernels(e->type) || !audit_is_hosts(a, e) ||
		    !is_directory(a, e->point) || !audit_sees(a, e))
			continue;
		if (n++ < 4 && len < sizeof(list))
			len += (unsigned)snprintf(list + len, sizeof(list) - len, "%s%s",
						  len ? ", " : "", e->point);
	}
	if (n)
		found(f, WAY_OPEN, audit_pivot(a), "%u of the host's: %s%s", n, list,
		      n > 4 ? ", ..." : "");
	else
		found(f, WAY_CLOSED, 0, "no directory of the host's file systems");
}

static bool has_tag(const struct mount_entry *list, int n, const char *tag)
{
	char word[64];

	for (int i = 0; i < n; i++)
		for (const char *p = list[i].optional; sscanf(p, " %63s", word) == 1;
		     p = strstr(p, word) + strlen(word))
			if (!strcmp(word, tag))
				return true;
	return false;
}

void look_propagation(const struct audit *a, struct finding *f)
{
	char tag[64];
	unsigned n;

	f->ns = CLONE_NEWNS;
	if (a->shared & CLONE_NEWNS) {
		found(f, WAY_OPEN, STEP_UNSHARE, "what it mounts is mounted on the host");
		return;
	}
	found(f, WAY_CLOSED, 0, "private");
	for (int i = 0; i < a->n_mounts; i++)
		if (strstr(a->mounts[i].optional, "shared:"))
			found(f, WAY_CLOSED, 0, "shared, but with no mount of the host's");
	for (int i = 0; i < a->n_mounts; i++) {
		const char *shared = strstr(a->mounts[i].optional, "shared:");
		const char *master = strstr(a->mounts[i].optional, "master:");

		if (shared && sscanf(shared, "shared:%u", &n) == 1) {
			snprintf(tag, sizeof(tag), "shared:%u", n);
			if (has_tag(a->ours, a->n_ours, tag)) {
				found(f, WAY_OPEN, STEP_PRIVATE,
				      "what is mounted below %s appears on the host",
				      a->mounts[i].point);
				return;
			}
		}
		if (master && f->state == WAY_CLOSED)
			found(f, WAY_PARTLY, STEP_PRIVATE, "what the host mounts appears below %s",
			      a->mounts[i].point);
	}
}
