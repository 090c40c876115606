/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages between shell and box: unix(7), SOCK_SEQPACKET, which keeps
 * message boundaries and tells when the other end is gone. Every message is
 * bounded and every field is checked by its reader.
 */
#include "ops/box/wire.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ops/box/signals.h"

#define ERRNO_MAX 4095 /* MAX_ERRNO in linux/err.h */

union fd_space {
	struct cmsghdr align;
	char space[CMSG_SPACE(sizeof(int) * WIRE_FDS) + CMSG_SPACE(sizeof(struct ucred))];
};

int request_size(int argc, char **argv)
{
	size_t size = 0;

	for (int i = 0; i < argc; i++)
		size += strlen(argv[i]) + 1;
	return argc > WIRE_ARGC || size > WIRE_ARGS ? -1 : (int)size;
}

int request_pack(struct request *r, int argc, char **argv)
{
	if (request_size(argc, argv) < 0) {
		errno = E2BIG;
		return -1;
	}
	r->len = 0;
	r->argc = (unsigned)argc;
	for (int i = 0; i < argc; i++) {
		size_t n = strlen(argv[i]) + 1;

		memcpy(r->args + r->len, argv[i], n);
		r->len += (unsigned)n;
	}
	return 0;
}

static int send_all(int sock, const struct msghdr *msg)
{
	ssize_t n;

	do
		n = sendmsg(sock, msg, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -1 : 0;
}

static int send_with(int sock, void *text, size_t size, const int *fds, int nfds)
{
	struct iovec iov = {text, size};
	struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};
	union fd_space control = {0};
	struct cmsghdr *cm;

	if (nfds > 0) {
		msg.msg_control = &control;
		msg.msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)nfds);
		cm = CMSG_FIRSTHDR(&msg);
		cm->cmsg_level = SOL_SOCKET;
		cm->cmsg_type = SCM_RIGHTS;
		cm->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)nfds);
		memcpy(CMSG_DATA(cm), fds, sizeof(int) * (size_t)nfds);
	}
	return send_all(sock, &msg);
}

int request_send(int sock, struct request *r, const int *fds, int nfds)
{
	r->nfds = (unsigned)nfds;
	return send_with(sock, r, offsetof(struct request, args) + r->len, fds, nfds);
}

static ssize_t receive(int sock, struct msghdr *msg)
{
	ssize_t n;

	do
		n = recvmsg(sock, msg, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	return n;
}

/* Up to WIRE_FDS descriptors; what is more is closed, whoever sent it. */
static void take_fds(struct msghdr *msg, int *fds, int *nfds)
{
	*nfds = 0;
	for (struct cmsghdr *cm = CMSG_FIRSTHDR(msg); cm; cm = CMSG_NXTHDR(msg, cm)) {
		if (cm->cmsg_level != SOL_SOCKET || cm->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t i = 0; CMSG_LEN((i + 1) * sizeof(int)) <= cm->cmsg_len; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(cm) + i * sizeof(int), sizeof(fd));
			if (*nfds < WIRE_FDS)
				fds[(*nfds)++] = fd;
			else
				close(fd);
		}
	}
}

static int unpack(struct request *r, char **argv)
{
	unsigned at = 0, i = 0;

	if (r->argc > WIRE_ARGC || r->len > sizeof(r->args))
		return -1;
	for (; i < r->argc && at < r->len; i++) {
		size_t n = strnlen(r->args + at, r->len - at);

		if (n == r->len - at)
			return -1;
		argv[i] = r->args + at;
		at += (unsigned)n + 1;
	}
	argv[i] = NULL;
	return i == r->argc && at == r->len ? 1 : -1;
}

int request_receive(int sock, struct request *r, char **argv, int *fds, int *nfds)
{
	struct iovec iov = {r, sizeof(*r)};
	union fd_space control;
	struct msghdr msg = {.msg_iov = &iov,
			     .msg_iovlen = 1,
			     .msg_control = &control,
			     .msg_controllen = sizeof(control)};
	ssize_t n = receive(sock, &msg);

	*nfds = 0;
	if (n <= 0)
		return 0;
	take_fds(&msg, fds, nfds);
	if ((size_t)n < offsetof(struct request, args) ||
	    (size_t)n != offsetof(struct request, args) + r->len)
		return -1;
	return unpack(r, argv);
}

static size_t reply_size(const struct reply *r)
{
	if (r->kind == REPLY_FAILED)
		return sizeof(*r);
	return offsetof(struct reply, text) + strlen(r->text) + 1;
}

int reply_send(int sock, const struct reply *r)
{
	return send_with(sock, (void *)r, reply_size(r), NULL, 0);
}

int reply_send_listener(int sock, const struct reply *r, int listener)
{
	return send_with(sock, (void *)r, reply_size(r), &listener, 1);
}

/* Whatever was sent, the strings end and the numbers are in range. */
static void sanitize(struct reply *r)
{
	r->hostname[sizeof(r->hostname) - 1] = '\0';
	r->text[sizeof(r->text) - 1] = '\0';
	if (r->kind == REPLY_FAILED) {
		r->err.what[ERR_TEXT - 1] = r->err.why[ERR_TEXT - 1] = '\0';
		r->err.fix[ERR_TEXT - 1] = r->err.said[ERR_SAID - 1] = '\0';
		r->err.status &= 0xff;
		if (r->err.errnum < 0 || r->err.errnum > ERRNO_MAX)
			r->err.errnum = 0;
	}
	if ((unsigned)r->kind >= REPLY_GONE)
		r->kind = REPLY_GONE;
}

int reply_receive(int sock, struct reply *r, pid_t *pid)
{
	struct iovec iov = {r, sizeof(*r)};
	union fd_space control = {0};
	struct msghdr msg = {.msg_iov = &iov,
			     .msg_iovlen = 1,
			     .msg_control = &control,
			     .msg_controllen = sizeof(control)};
	int fds[WIRE_FDS], nfds;
	struct ucred cred;
	ssize_t n;

	memset(r, 0, sizeof(*r));
	r->kind = REPLY_GONE;
	r->listener = -1;
	n = receive(sock, &msg);
	if (n < (ssize_t)offsetof(struct reply, text)) {
		r->kind = REPLY_GONE;
		r->listener = -1;
		return n < 0 && errno != ECONNRESET ? -1 : 0;
	}
	for (struct cmsghdr *cm = CMSG_FIRSTHDR(&msg); cm; cm = CMSG_NXTHDR(&msg, cm))
		if (cm->cmsg_level == SOL_SOCKET && cm->cmsg_type == SCM_CREDENTIALS) {
			memcpy(&cred, CMSG_DATA(cm), sizeof(cred));
			*pid = cred.pid;
		}
	sanitize(r);
	take_fds(&msg, fds, &nfds);
	r->listener = r->kind == REPLY_LISTENER && nfds == 1 ? fds[--nfds] : -1;
	for (; nfds > 0; nfds--)
		close(fds[nfds - 1]);
	return 0;
}

int reply_await(int sock, struct reply *r, pid_t *pid)
{
	r->kind = REPLY_GONE;
	return signals_wait(sock) < 0 ? -1 : reply_receive(sock, r, pid);
}
