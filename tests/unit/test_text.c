/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How calls and errors are written: quoting, flags, cutting, statuses; and
 * that the messages between shell and box hold what they must.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "ops/box/wire.h"
#include "ops/err.h"
#include "ops/sys/trace.h"

static void strings_are_quoted(void **state)
{
	char buf[64], small[12];

	(void)state;
	assert_string_equal(trace_quote(buf, sizeof(buf), NULL), "NULL");
	assert_string_equal(trace_quote(buf, sizeof(buf), ""), "\"\"");
	assert_string_equal(trace_quote(buf, sizeof(buf), "a\"b\\c\n\033["),
			    "\"a\\\"b\\\\c\\n\\033[\"");
	trace_quote(small, sizeof(small), "abcdefghijklmnop");
	assert_non_null(strstr(small, "...\""));
	assert_true(strlen(small) < sizeof(small));
	for (unsigned size = 10; size < 40; size++)
		assert_true(strlen(trace_quote(buf, size, "\001\001\001\001\001\001\001\001")) <
			    size);
}

static void flags_are_named(void **state)
{
	const struct trace_flag table[] = {{1, "ONE"}, {4, "FOUR"}, {0, NULL}};
	char buf[64];

	(void)state;
	assert_string_equal(trace_flags(buf, sizeof(buf), table, 5), "ONE|FOUR");
	assert_string_equal(trace_flags(buf, sizeof(buf), table, 0), "0");
	assert_string_equal(trace_flags(buf, sizeof(buf), table, 0x14), "FOUR|0x10");
	trace_flags(buf, 6, table, 5);
	assert_true(strlen(buf) < 6);
}

static void errors_are_values(void **state)
{
	char big[2000];
	struct err e = {0}, copy;

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	assert_int_equal(err_usage(&e, "%s", big), -1);
	assert_int_equal(strlen(e.what), ERR_TEXT - 1);
	assert_int_equal(e.status, 2);
	assert_int_equal(err_kernel(&e, 13, "call()"), -1);
	assert_int_equal(e.status, 1);
	assert_int_equal(e.errnum, 13);
	assert_string_equal(e.why, "");
	err_why(&e, "%s", big);
	copy = e;
	assert_int_equal(strlen(copy.why), ERR_TEXT - 1);
	err_program(&e, "p", 3 << 8);
	assert_int_equal(e.status, 3);
	err_program(&e, "p", 9);
	assert_int_equal(e.status, 137);
	assert_non_null(strstr(e.what, "signal 9"));
}

static void requests_are_bounded(void **state)
{
	static struct request r, got;
	static char *argv[WIRE_ARGC + 1], big[WIRE_ARGS + 1];
	char *two[] = {"a", "", NULL}, *one[] = {big, NULL};
	int pair[2], fds[WIRE_FDS], nfds;

	(void)state;
	socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair);
	assert_int_equal(request_pack(&r, 2, two), 0);
	assert_int_equal(request_send(pair[0], &r, (int[]){0, 1, 2}, 3), 0);
	assert_int_equal(request_receive(pair[1], &got, argv, fds, &nfds), 1);
	assert_string_equal(argv[0], "a");
	assert_string_equal(argv[1], "");
	assert_null(argv[2]);
	assert_int_equal(nfds, 3);
	while (nfds > 0)
		close(fds[--nfds]);
	memset(big, 'x', WIRE_ARGS);
	assert_int_equal(request_pack(&r, 1, one), -1);
	big[WIRE_ARGS - 1] = '\0';
	assert_int_equal(request_pack(&r, 1, one), 0);
	assert_int_equal(request_send(pair[0], &r, NULL, 0), 0);
	assert_int_equal(request_receive(pair[1], &got, argv, fds, &nfds), 1);
	/* malformed: more strings than there are, a length that lies, one unended */
	r = (struct request){.argc = 3, .len = 2, .args = "a"};
	request_send(pair[0], &r, NULL, 0);
	assert_int_equal(request_receive(pair[1], &got, argv, fds, &nfds), -1);
	r = (struct request){.argc = 1, .len = 1, .args = "ab"};
	request_send(pair[0], &r, NULL, 0);
	assert_int_equal(request_receive(pair[1], &got, argv, fds, &nfds), -1);
	assert_int_equal(write(pair[0], "xx", 2), 2);
	assert_int_equal(request_receive(pair[1], &got, argv, fds, &nfds), -1);
	close(pair[0]);
	assert_int_equal(request_receive(pair[1], &got, argv, fds, &nfds), 0);
	close(pair[1]);
}

static void replies_are_sanitized(void **state)
{
	struct reply r, sent;
	pid_t pid = 0;
	int pair[2];

	(void)state;
	socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair);
	memset(&sent, 'x', sizeof(sent));
	sent.kind = REPLY_FAILED;
	assert_int_equal(write(pair[0], &sent, sizeof(sent)), sizeof(sent));
	reply_receive(pair[1], &r, &pid);
	assert_int_equal(r.kind, REPLY_FAILED);
	assert_int_equal(strlen(r.err.what), ERR_TEXT - 1);
	assert_int_equal(strlen(r.hostname), 64);
	assert_in_range(r.err.status, 0, 255);
	sent.kind = (enum reply_kind)77;
	assert_int_equal(write(pair[0], &sent, sizeof(sent)), sizeof(sent));
	reply_receive(pair[1], &r, &pid);
	assert_int_equal(r.kind, REPLY_GONE);
	assert_int_equal(write(pair[0], "x", 1), 1);
	reply_receive(pair[1], &r, &pid);
	assert_int_equal(r.kind, REPLY_GONE);
	close(pair[0]);
	reply_receive(pair[1], &r, &pid);
	assert_int_equal(r.kind, REPLY_GONE);
	close(pair[1]);
}

static int open_descriptors(void)
{
	int n = 0;

	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

/* What a hostile sender passes along neither overflows nor stays open. */
static void descriptors_are_not_accepted(void **state)
{
	struct reply r, sent = {.kind = REPLY_DONE};
	struct iovec iov = {&sent, sizeof(sent)};
	union {
		struct cmsghdr align;
		char space[CMSG_SPACE(sizeof(int) * 20)];
	} control = {0};
	struct msghdr msg = {.msg_iov = &iov,
			     .msg_iovlen = 1,
			     .msg_control = &control,
			     .msg_controllen = sizeof(control)};
	struct cmsghdr *cm = CMSG_FIRSTHDR(&msg);
	int pair[2], before;
	pid_t pid = 0;

	(void)state;
	socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair);
	cm->cmsg_level = SOL_SOCKET;
	cm->cmsg_type = SCM_RIGHTS;
	cm->cmsg_len = CMSG_LEN(sizeof(int) * 20);
	for (int i = 0; i < 20; i++)
		memcpy(CMSG_DATA(cm) + (size_t)i * sizeof(int), &pair[0], sizeof(int));
	before = open_descriptors();
	assert_true(sendmsg(pair[0], &msg, 0) > 0);
	reply_receive(pair[1], &r, &pid);
	assert_int_equal(open_descriptors(), before);
	close(pair[0]);
	close(pair[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_are_quoted),
		cmocka_unit_test(flags_are_named),
		cmocka_unit_test(errors_are_values),
		cmocka_unit_test(requests_are_bounded),
		cmocka_unit_test(replies_are_sanitized),
		cmocka_unit_test(descriptors_are_not_accepted),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
