/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links of ours, found again by asking for all (RTM_GETLINK). A link gets its
 * group in the request that makes it and its user in the next; between them no
 * other session may take it for an orphan, and a bridge must not go while
 * somebody begins to use it: hence the lock. It is a flock(2) on the network
 * namespace itself (/proc/self/ns/net), so it reaches exactly as far as the
 * links do and leaves nothing behind.
 */
#include "ops/net/links.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <netlink/attr.h>
#include <string.h>
#include <sys/capability.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "ops/box/warden.h"
#include "ops/sys/sys.h"

#define TRIES    300
#define PAUSE_NS 10000000L /* 10 ms; 300 of them are 3 s */

int links_lock(void)
{
	int fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	for (int i = 0; fd >= 0 && i < TRIES; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

bool links_has_capability(void)
{
	cap_flag_value_t has = CAP_CLEAR;
	cap_t caps = cap_get_proc();

	if (caps)
		cap_get_flag(caps, CAP_NET_ADMIN, CAP_EFFECTIVE, &has);
	cap_free(caps);
	return has == CAP_SET;
}

bool links_is_ours(const struct link *l)
{
	return l->group == LINKS_GROUP && (!strcmp(l->kind, "veth") || !strcmp(l->kind, "bridge"));
}

struct links_users links_users(const struct link *l, const struct owner *leaving)
{
	struct links_users u = {0};
	struct nlattr *a;
	struct owner o;
	int rest;

	if (l->props)
		nla_for_each_nested(a, l->props, rest)
		{
			if (nla_type(a) != IFLA_ALT_IFNAME || !owner_read(nla_get_string(a), &o))
				continue;
			u.any = true;
			if (leaving && owner_same(&o, leaving))
				u.leaving = true;
			else if (!owner_is_dead(&o))
				u.alive = true;
		}
	return u;
}

bool links_is_used(const struct link *l, const struct session *s)
{
	struct owner self;

	return owner_of(s->shell, &self) == 0 && links_users(l, &self).leaving;
}

static int name_of_session(struct call *c, const char *link, char name[OWNER_TEXT])
{
	struct owner self;

	if (owner_of(c->session->shell, &self) < 0)
		return err_kernel(c->err, 0, "/proc/%d/stat cannot be read",
				  (int)c->session->shell);
	owner_name(&self, link, name);
	return 0;
}

int links_use(struct call *c, struct nl_sock *sk, const char *link)
{
	char name[OWNER_TEXT];

	return name_of_session(c, link, name) < 0 ? -1 : link_add_name(c, sk, link, name);
}

int links_leave(struct call *c, struct nl_sock *sk, const char *link)
{
	char name[OWNER_TEXT];

	return name_of_session(c, link, name) < 0 ? -1 : link_drop_name(c, sk, link, name);
}

struct nl_sock *links_begin(struct call *c, int *lock)
{
	if (warden_needed(c->session, c->err) < 0)
		return NULL;
	c->session->made->links.used = true;
	*lock = links_lock();
	links_sweep(c, *lock);
	return netlink_open(c);
}

int links_explain(struct call *c)
{
	struct err *e = c->err;

	if (e->why[0])
		return -1;
	if (e->errnum == EPERM && !links_has_capability()) {
		err_why(e,
			"user %u does not hold CAP_NET_ADMIN on the host, whose network this would change",
			(unsigned)geteuid());
		err_fix(e,
			"run ctrsh with sudo; without it the box has its own network only: net up lo");
	} else if (e->errnum == EPERM) {
		err_why(e,
			"CAP_NET_ADMIN is asked for in the user namespaces that own the host's and the "
			"box's network; ctrsh holds it in its own only");
		err_fix(e, "run ctrsh with sudo");
	} else if (e->errnum == EOPNOTSUPP) {
		err_why(e,
			"the kernel has no such kind of link, or none of alternative names (5.5)%s%s",
			e->said[0] ? "; it says: " : "", e->said);
		err_first(e, "!modprobe %s", strrchr(c->op->name, ' ') + 1);
	} else if (e->said[0]) {
		err_why(e, "the kernel says: %s", e->said);
	}
	return -1;
}
