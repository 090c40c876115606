/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What this user may do by himself: capabilities (capabilities(7)), whether
 * programs can gain any (PR_SET_NO_NEW_PRIVS), and ranges of IDs (subuid(5)).
 */
#include <limits.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "ops/box/helper.h"
#include "ops/doctor/finding.h"
#include "ops/doctor/needs.h"
#include "ops/namespaces/subid.h"
#include "ops/privilege/capname.h"

static void look_privilege(const struct machine *m, struct finding *f)
{
	uint64_t lacks = needs_capabilities() & ~m->caps.effective;
	bool elsewhere = !m->user.user && !m->user.map;
	char held[256], missing[256];

	capname_list(held, sizeof(held), m->caps.effective);
	capname_list(missing, sizeof(missing), lacks);
	finding_set(f, lacks ? elsewhere ? FOUND_LIMITED : FOUND_MISSING : FOUND_OK,
		    "user %u, capabilities: %s", (unsigned)m->uid, held);
	if (!lacks)
		return;
	if (m->uid == 0 && (lacks & ~m->caps.bounding))
		finding_add(f->found, sizeof(f->found), "; ",
			    "the bounding set has not all either, so no program gains them");
	finding_means(f, "ops that need %s fail%s", missing,
		      elsewhere ? ", but for what belongs to a box with unshare user" : "");
	if (m->uid != 0)
		finding_fix(f, "sudo ctrsh");
	else
		finding_hint(
			f,
			"Start ctrsh where root holds them: outside of this container, or in one that was given them (--cap-add)");
}

const struct check check_privilege = {"privilege", "privilege", look_privilege, false};

static void look_no_new_privs(const struct machine *m, struct finding *f)
{
	finding_set(f, FOUND_OK, "not set");
	if (!m->no_new_privs)
		return;
	finding_set(f, m->uid == 0 ? FOUND_OK : FOUND_LIMITED, "set");
	if (m->uid == 0)
		return;
	finding_means(f,
		      "no program that is started here gains privilege: sudo, su and newuidmap "
		      "(map auto) cannot work, and it cannot be taken back");
	finding_hint(f, "Start ctrsh from a login that has it not");
}

const struct check check_no_new_privs = {"no_new_privs", "no_new_privs", look_no_new_privs, true};

/* Can it write maps for a plain user? */
static bool is_privileged(const char *path)
{
	struct stat st;
	char value[64];

	return stat(path, &st) == 0 &&
	       (((st.st_mode & S_ISUID) && st.st_uid == 0) ||
		getxattr(path, "security.capability", value, sizeof(value)) > 0);
}

static bool helpers(struct finding *f)
{
	static const char *const names[] = {"newuidmap", "newgidmap"};
	char path[PATH_MAX];

	for (int i = 0; i < 2; i++) {
		if (!helper_find(names[i], path)) {
			finding_add(f->found, sizeof(f->found), "; ", "there is no %s", names[i]);
			finding_fix(f, "sudo apt-get install uidmap");
			return false;
		}
		if (!is_privileged(path)) {
			finding_add(f->found, sizeof(f->found), "; ",
				    "%s has neither the set-user-ID bit of root nor capabilities",
				    path);
			finding_fix(f, "sudo chmod u+s %s", path);
			return false;
		}
	}
	return true;
}

static unsigned long sum(const struct idmap *map)
{
	unsigned long n = 0;

	for (int i = 1; i < map->n; i++)
		n += map->row[i].count;
	return n;
}

static void look_ids(const struct machine *m, struct finding *f)
{
	struct idmap uids, gids;
	char name[256];
	int u = subid_map("/etc/subuid", m->uid, 0, &uids);
	int g = subid_map("/etc/subgid", m->uid, 0, &gids);
	bool helped;

	subid_name(m->uid, name, sizeof(name));
	finding_set(f, u > 0 && g > 0 ? FOUND_OK : FOUND_MISSING,
		    "%s has %lu user IDs in /etc/subuid, %lu group IDs in /etc/subgid", name,
		    u > 0 ? sum(&uids) : 0, g > 0 ? sum(&gids) : 0);
	helped = m->uid == 0 || helpers(f);
	if (f->state == FOUND_MISSING && helped)
		finding_fix(f,
			    "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 "
			    "%s",
			    name);
	if (!helped)
		f->state = FOUND_MISSING;
	if (m->uid != 0 && m->no_new_privs && f->state == FOUND_OK) {
		f->state = FOUND_MISSING;
		finding_add(f->found, sizeof(f->found), "; ",
			    "but no_new_privs takes newuidmap its privilege");
	}
	if (f->state != FOUND_OK)
		finding_means(f,
			      "map auto has nothing to give the box but one ID; map root works "
			      "where user namespaces do");
}

const struct check check_ids = {"ids", "subuid", look_ids, false};
