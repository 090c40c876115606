/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A device takes along its hardware address, its MTU and its other names
 * (IFLA_ALT_IFNAME); by one of these it is found again, whatever it is called
 * inside. Addresses and routes go as it leaves (rtnetlink(7)): the kernel's own
 * messages about them are kept, and sent again as requests.
 */
#include "ops/net/moved.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/box/owner.h"
#include "ops/box/warden.h"

struct keeping {
	struct moved *m;
	int index;
};

static void keep(struct keeping *k, const struct nlmsghdr *h)
{
	unsigned n = NLMSG_ALIGN(h->nlmsg_len);

	if (k->m->kept + n > MOVED_KEPT)
		return; /* as far as possible */
	memcpy(k->m->what + k->m->kept, h, h->nlmsg_len);
	k->m->kept += n;
}

/* Those that the kernel gives by itself (RFC 4862) it will give again. */
static void keep_address(struct nl_msg *msg, void *arg)
{
	struct nlmsghdr *h = nlmsg_hdr(msg);
	const struct ifaddrmsg *a = nlmsg_data(h);
	struct keeping *k = arg;

	if (h->nlmsg_type == RTM_NEWADDR && (int)a->ifa_index == k->index &&
	    !(a->ifa_family == AF_INET6 && a->ifa_scope == RT_SCOPE_LINK))
		keep(k, h);
}

static struct nlattr *out_of(struct nlmsghdr *h)
{
	return nlmsg_find_attr(h, sizeof(struct rtmsg), RTA_OIF);
}

static void keep_route(struct nl_msg *msg, void *arg)
{
	struct nlmsghdr *h = nlmsg_hdr(msg);
	const struct rtmsg *r = nlmsg_data(h);
	struct keeping *k = arg;

	if (h->nlmsg_type == RTM_NEWROUTE && r->rtm_type == RTN_UNICAST &&
	    r->rtm_protocol != RTPROT_KERNEL && !(r->rtm_flags & RTM_F_CLONED) && out_of(h) &&
	    (int)nla_get_u32(out_of(h)) == k->index)
		keep(k, h);
}

static int visit(struct call *c, struct nl_sock *sk, int type, unsigned header,
		 void (*each)(struct nl_msg *msg, void *arg), void *arg)
{
	struct nl_msg *msg = nlmsg_alloc_simple(type, NLM_F_DUMP);
	char zero[16] = {0};

	if (msg)
		nlmsg_append(msg, zero, header, NLMSG_ALIGNTO);
	return netlink_ask(c, sk, msg, each, arg);
}

int moved_note(struct call *c, struct nl_sock *sk, const struct link *l, int netns)
{
	struct session *s = c->session;
	struct moved *m = &s->made->links.moved[s->made->links.n_moved];
	struct keeping k = {m, l->index};
	struct owner self;

	if (s->n_nets == MOVED_MAX)
		return err_usage(c->err, "%s: a box takes no more than %d devices", c->op->name,
				 MOVED_MAX);
	*m = (struct moved){.mtu = l->mtu, .master = l->master, .up = l->flags & IFF_UP};
	snprintf(m->name, sizeof(m->name), "%s", l->name);
	snprintf(m->mac, sizeof(m->mac), "%s", l->mac);
	if (owner_of(s->shell, &self) < 0)
		return err_kernel(c->err, 0, "/proc/%d/stat cannot be read", (int)s->shell);
	owner_name(&self, l->name, m->mark);
	if (visit(c, sk, RTM_GETADDR, sizeof(struct ifaddrmsg), keep_address, &k) < 0 ||
	    visit(c, sk, RTM_GETROUTE, sizeof(struct rtmsg), keep_route, &k) < 0)
		return -1;
	s->nets[s->n_nets++] = netns;
	if (warden_follow(s, c->err) < 0 || link_add_name(c, sk, l->name, m->mark) < 0) {
		s->n_nets--;
		return -1;
	}
	s->made->links.n_moved++;
	return 0;
}

struct search {
	const char *mark;
	struct link found;
};

static void look(const struct link *l, void *arg)
{
	struct search *s = arg;
	struct nlattr *a;
	int rest;

	if (l->props)
		nla_for_each_nested(a, l->props, rest)
		{
			if (nla_type(a) == IFLA_ALT_IFNAME && !strcmp(nla_get_string(a), s->mark))
				s->found = *l;
		}
}

/* In a child: where the device is, and so the request has to be made. */
static _Noreturn void send_back(struct call *c, const struct moved *m, int netns, int home)
{
	struct search s = {.mark = m->mark};
	struct nl_sock *sk;

	if (setns(netns, CLONE_NEWNET) < 0)
		_exit(1);
	sk = netlink_open(c);
	if (!sk || link_visit(c, sk, look, &s) < 0 || !s.found.index)
		_exit(1);
	link_move(c, sk, s.found.index, home, m->name);
	_exit(0);
}

static void fetch(struct call *c, const struct moved *m, int netns, int home)
{
	pid_t pid = fork();

	if (pid == 0)
		send_back(c, m, netns, home);
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* The message as a request about the device, which may have another number now. */
static struct nl_msg *request(const struct nlmsghdr *kept, int index)
{
	struct nl_msg *msg = nlmsg_alloc_size(kept->nlmsg_len + NLMSG_ALIGNTO);
	struct nlmsghdr *h = msg ? nlmsg_hdr(msg) : NULL;

	if (!h)
		return NULL;
	memcpy(h, kept, kept->nlmsg_len);
	h->nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE;
	h->nlmsg_seq = NL_AUTO_SEQ;
	h->nlmsg_pid = NL_AUTO_PORT;
	if (h->nlmsg_type == RTM_NEWADDR) {
		((struct ifaddrmsg *)nlmsg_data(h))->ifa_index = (unsigned)index;
	} else {
		((struct rtmsg *)nlmsg_data(h))->rtm_flags &= RTNH_F_ONLINK;
		*(uint32_t *)nla_data(out_of(h)) = (uint32_t)index;
	}
	return msg;
}

/* A route by way of a gateway needs the one to the gateway, which may be kept behind it; so once
 * more. What is there already stays. */
static void give_back(struct call *c, struct nl_sock *sk, const struct moved *m, int index)
{
	for (int again = 0; again < 2; again++)
		for (unsigned at = 0; at < m->kept;) {
			const struct nlmsghdr *h = (const void *)(m->what + at);

			netlink_ask(c, sk, request(h, index), NULL, NULL);
			at += NLMSG_ALIGN(h->nlmsg_len);
		}
}

static void restore_mac(struct call *c, struct nl_sock *sk, const char *name, const char *text)
{
	unsigned char mac[6];

	if (sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &mac[0], &mac[1], &mac[2], &mac[3],
		   &mac[4], &mac[5]) == 6)
		link_set_mac(c, sk, name, mac);
}

/* By its mark: its name may be taken, and then it has the one from inside. false: it is not here.
 */
static bool restore(struct call *c, const struct moved *m, char name[LINKS_NAME])
{
	auto_netlink struct nl_sock *sk = netlink_open(c);
	struct search s = {.mark = m->mark};
	const struct link *l = &s.found;

	if (!sk || link_visit(c, sk, look, &s) < 0 || !l->index)
		return false;
	snprintf(name, LINKS_NAME, "%s", l->name);
	if (strcmp(l->mac, m->mac) != 0)
		restore_mac(c, sk, name, m->mac);
	if (l->mtu != m->mtu)
		link_set_mtu(c, sk, name, m->mtu);
	if (m->up || m->master)
		link_set(c, sk, name, m->up ? LINK_UP : 0, m->master);
	give_back(c, sk, m, l->index);
	link_drop_name(c, sk, name, m->mark); /* last: whoever follows us goes on from here */
	return true;
}

/* The one noted last. left: as moved_return; n bytes of it are in use. */
static size_t bring_back(struct session *s, int home, char *left, size_t n)
{
	struct moved *m = &s->made->links.moved[--s->n_nets];
	char name[LINKS_NAME] = "";
	struct trace off = {0};
	struct err err = {0};
	struct call quiet = {.trace = &off, .err = &err, .session = s};

	fetch(&quiet, m, s->nets[s->n_nets], home);
	if (!restore(&quiet, m, name) && n < SESSION_LEFT)
		n += (size_t)snprintf(left + n, SESSION_LEFT - n, "%s%s, which was in the box",
				      n ? ", " : "", m->name);
	else if (strcmp(name, m->name) != 0 && n < SESSION_LEFT)
		n += (size_t)snprintf(left + n, SESSION_LEFT - n, "%s%s, which is called %s now",
				      n ? ", " : "", m->name, name);
	s->made->links.n_moved--;
	return n;
}

static int our_own(void)
{
	return open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
}

/* Another warden, which does not hold those namespaces. In the warden itself there is none. */
static void let_go(struct session *s)
{
	struct err ignored = {0};

	if (s->warden)
		warden_follow(s, &ignored);
}

void moved_undo(struct session *s)
{
	auto_close int home = our_own();
	char left[SESSION_LEFT];

	bring_back(s, home, left, 0);
	let_go(s);
}

void moved_return(struct session *s, char *left)
{
	auto_close int home = s->n_nets ? our_own() : -1;
	size_t n = strlen(left);

	if (!s->n_nets)
		return;
	while (s->n_nets > 0) {
		n = bring_back(s, home, left, n);
		close(s->nets[s->n_nets]);
	}
	let_go(s);
}
