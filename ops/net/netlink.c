/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One request, one answer. The kernel acknowledges each request with an errno
 * (NLMSG_ERROR, 0 for success); with NETLINK_EXT_ACK it adds words, behind the
 * header of the request that NETLINK_CAP_ACK lets it repeat (netlink(7);
 * linux/netlink.h, NLM_F_ACK_TLVS). A dump ends with NLMSG_DONE instead.
 */
#include "ops/net/netlink.h"

#include <errno.h>
#include <linux/netlink.h>
#include <netlink/attr.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <stdio.h>
#include <sys/socket.h>

#include "ops/sys/sys.h"

struct answer {
	bool done;
	int errnum;
	char said[ERR_SAID];
	void (*each)(struct nl_msg *msg, void *arg);
	void *arg;
};

void netlink_close_(struct nl_sock **sk)
{
	nl_socket_free(*sk);
}

struct nl_sock *netlink_open(struct call *c)
{
	struct nl_sock *sk = nl_socket_alloc();
	int on = 1, fd;

	if (!sk || nl_connect(sk, NETLINK_ROUTE) < 0) {
		sys_report(c, -1, sk && errno ? errno : ENOMEM,
			   "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)");
		nl_socket_free(sk);
		return NULL;
	}
	fd = nl_socket_get_fd(sk);
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
	return sk;
}

static int on_message(struct nl_msg *msg, void *arg)
{
	struct answer *a = arg;

	if (a->each)
		a->each(msg, a->arg);
	return NL_OK;
}

static int on_end(struct nl_msg *msg, void *arg)
{
	struct answer *a = arg;

	(void)msg;
	a->done = true;
	return NL_STOP;
}

/* e stands in its message, which e's length of the request does not count. */
static int on_error(struct sockaddr_nl *from, struct nlmsgerr *e, void *arg)
{
	struct nlmsghdr *h = (struct nlmsghdr *)(void *)((char *)e - NLMSG_HDRLEN);
	unsigned start = NLMSG_ALIGN((unsigned)sizeof(*e));
	struct answer *a = arg;
	struct nlattr *said;

	(void)from;
	a->done = true;
	a->errnum = -e->error;
	if (!(h->nlmsg_flags & NLM_F_CAPPED))
		start += NLMSG_ALIGN(e->msg.nlmsg_len) - NLMSG_HDRLEN;
	if ((h->nlmsg_flags & NLM_F_ACK_TLVS) && h->nlmsg_len > NLMSG_HDRLEN + start) {
		said = nla_find((struct nlattr *)(void *)((char *)e + start),
				(int)(h->nlmsg_len - NLMSG_HDRLEN - start), NLMSGERR_ATTR_MSG);
		if (said)
			snprintf(a->said, sizeof(a->said), "%.*s", nla_len(said),
				 (char *)nla_data(said));
	}
	return NL_STOP;
}

static void receive(struct nl_sock *sk, struct answer *a)
{
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT);

	if (!cb) {
		a->errnum = ENOMEM;
		return;
	}
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, on_message, a);
	nl_cb_set(cb, NL_CB_FINISH, NL_CB_CUSTOM, on_end, a);
	nl_cb_set(cb, NL_CB_ACK, NL_CB_CUSTOM, on_end, a);
	nl_cb_err(cb, NL_CB_CUSTOM, on_error, a);
	while (!a->done) {
		int r = nl_recvmsgs(sk, cb);

		/* Links came or went during a dump: what was told holds. */
		if (r < 0 && r != -NLE_DUMP_INTR && !a->done) {
			a->errnum = errno ? errno : EIO;
			a->done = true;
		}
	}
	nl_cb_put(cb);
}

int netlink_ask(struct call *c, struct nl_sock *sk, struct nl_msg *msg,
		void (*each)(struct nl_msg *msg, void *arg), void *arg)
{
	struct answer a = {.each = each, .arg = arg};
	char text[NETLINK_TEXT];

	if (!msg)
		return sys_report(c, -1, ENOMEM, "nlmsg_alloc()");
	netlink_text(text, nlmsg_hdr(msg));
	errno = 0;
	if (nl_send_auto(sk, msg) < 0)
		a.errnum = errno ? errno : EIO;
	else
		receive(sk, &a);
	nlmsg_free(msg);
	if (sys_report(c, a.errnum ? -1 : 0, a.errnum, "sendmsg(netlink, %s)", text) == 0)
		return 0;
	snprintf(c->err->said, sizeof(c->err->said), "%s", a.said);
	return -1;
}
