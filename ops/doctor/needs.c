/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In a user namespace of its own the box holds all capabilities over what belongs
 * to it (user_namespaces(7)), and none over what is the host's.
 */
#include "ops/doctor/needs.h"

#include <stdio.h>
#include <string.h>

#include "ops/doctor/finding.h"
#include "ops/doctor/needsfiles.h"
#include "ops/doctor/needstable.h"
#include "ops/namespaces/ns.h"
#include "ops/privilege/capname.h"
#include <sys/capability.h>

#define ADMIN CAP_BIT(CAP_SYS_ADMIN)

static bool lacks_caps(const struct machine *m, const struct stand *s, const struct need *n,
		       uint64_t host, char *why, unsigned size)
{
	uint64_t lacks = (s->user ? 0 : n->caps & ~m->caps.effective);
	char list[128];

	if (lacks) {
		snprintf(why, size, "user %u does not hold %s", (unsigned)m->uid,
			 capname_list(list, sizeof(list), lacks));
		return true;
	}
	lacks = host & ~m->host_caps;
	if (lacks)
		snprintf(why, size, "user %u does not hold %s over what is the host's",
			 (unsigned)m->uid, capname_list(list, sizeof(list), lacks));
	return lacks != 0;
}

static bool lacks_namespaces(const struct machine *m, const struct stand *s, unsigned gains,
			     char *why, unsigned size)
{
	bool user = s->user || (gains & CLONE_NEWUSER);
	const struct tried *t = user ? &m->user : &m->plain;
	unsigned lacks = tried_lacks(t, gains);
	struct finding f = {0};

	if (user && t->user)
		lacks = CLONE_NEWUSER;
	if (!lacks)
		return false;
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (lacks & ns->flag) {
			int e = ns->flag == CLONE_NEWUSER ? t->user : tried_errno(t, ns->flag);

			snprintf(why, size, "unshare(%s) = %s here", ns->flagname,
				 e > 0 ? strerrorname_np(e) : "not to be tried");
			break;
		}
	finding_why_namespaces(m, &f);
	if (!user && !(m->caps.effective & ADMIN))
		snprintf(why, size, "user %u does not hold CAP_SYS_ADMIN%s", (unsigned)m->uid,
			 m->user.user ? "" : "; unshare user first would do");
	else if (f.means[0])
		finding_add(why, size, ": ", "%s", f.means);
	return true;
}

static bool lacks_fs(const struct machine *m, const struct stand *s, int argc, char **argv,
		     char *why, unsigned size)
{
	const struct tried *t = s->user ? &m->user : &m->plain;
	const char *name = strchr(argv[0], ' ');

	name = name ? name + 1 : argc > 1 ? argv[1] : "";
	if (!strcmp(name, "dev"))
		name = "devpts";
	for (int i = 0; tried_fs_names[i]; i++) {
		if (strcmp(tried_fs_names[i], name) != 0 || t->fs[i] <= 0)
			continue;
		snprintf(why, size, "mounting %s gives %s here%s", name, strerrorname_np(t->fs[i]),
			 s->user ? ", in a user namespace" : "");
		return true;
	}
	return false;
}

/* "memory.max", "weight cpu": the controller. */
static const char *controller_of(const struct need *n, int argc, char **argv, char *buf,
				 unsigned size)
{
	if (!n->controller || n->controller[0])
		return n->controller;
	snprintf(buf, size, "%.*s", argc > 1 ? (int)strcspn(argv[1], ".") : 0, argv[1]);
	return buf;
}

static bool lacks_control(const struct machine *m, const char *name, int argc, char **argv,
			  char *why, unsigned size)
{
	const struct controller *c = control_find(&m->control, name);

	if (m->control.available && (!c || c->may)) {
		bool swap = !strcmp(name, "memory") && argc > 2 &&
			    !strncmp(argv[argc - 1], "swap=", 5);

		if (swap && !m->control.swap)
			snprintf(why, size, "swap is not counted here");
		return swap && !m->control.swap;
	}
	if (!m->control.available)
		snprintf(why, size, "%s", m->control.why);
	else if (!c->there)
		snprintf(why, size, "this machine offers no control group controller %s", name);
	else
		snprintf(why, size, "user %u may make no group below %s%s", (unsigned)m->uid,
			 c->parent, c->read_only ? ": mounted read-only" : "");
	return true;
}

static bool lacks_rest(const struct machine *m, const struct stand *s, const struct need *n,
		       const struct op *op, int argc, char **argv, char *why, unsigned size)
{
	if (n->flags & NEED_LIBMOUNT && m->libraries[0].error[0] && argc > 2) {
		snprintf(why, size, "%s", m->libraries[0].error);
		return true;
	}
	if (n->flags & NEED_FILTER && machine_filters(m, "seccomp")) {
		snprintf(why, size, "seccomp(2) is refused here");
		return true;
	}
	if (n->flags & NEED_FILTER && !s->user && !s->no_privs && !m->no_new_privs &&
	    !(m->caps.effective & ADMIN)) {
		snprintf(why, size,
			 "user %u does not hold CAP_SYS_ADMIN, and no_new_privs is not set",
			 (unsigned)m->uid);
		return true;
	}
	return lacks_directory(s, n, op, argc, argv, why, size);
}

static bool lacks_ids(const struct machine *m, char *why, unsigned size)
{
	extern const struct check check_ids;
	struct finding f = {0};

	check_ids.look(m, &f);
	if (f.state != FOUND_OK)
		snprintf(why, size, "%s", f.found);
	return f.state != FOUND_OK;
}

/* What belongs to the machine is root's alone. */
static uint64_t host_caps(const struct need *n, const struct op *op, int argc, char **argv)
{
	if (!strcmp(op->name, "mknod") && argc > 2 && strcmp(argv[argc - 1], "p") != 0 &&
	    strcmp(argv[2], "p") != 0)
		return n->host | CAP_BIT(CAP_MKNOD);
	if (op->changes_by && (op->changes_by(argc, argv) & CHANGES_MACHINE))
		return n->host | ADMIN;
	return n->host;
}

bool needs_lack(const struct machine *m, struct stand *s, const struct op *op, int argc,
		char **argv, char *why, unsigned size)
{
	const struct need *n = needs_of(op);
	unsigned gains = op->gains ? op->gains(argc, argv) : 0;
	const char *controller;
	char buf[64];

	controller = controller_of(n, argc, argv, buf, sizeof(buf));
	if (lacks_caps(m, s, n, host_caps(n, op, argc, argv), why, size) ||
	    (strcmp(op->name, "unshare") == 0 && lacks_namespaces(m, s, gains, why, size)) ||
	    (!strncmp(op->name, "mount", 5) && lacks_fs(m, s, argc, argv, why, size)) ||
	    lacks_sight(m, s, op, why, size) ||
	    (controller && lacks_control(m, controller, argc, argv, why, size)) ||
	    ((n->flags & NEED_IDS) && lacks_ids(m, why, size)) ||
	    lacks_rest(m, s, n, op, argc, argv, why, size))
		return true;
	s->own |= gains;
	s->user |= (gains & CLONE_NEWUSER) != 0;
	needsfiles_go_on(s, n, op, argc, argv);
	s->no_privs |= !strcmp(op->name, "no_new_privs");
	return false;
}
