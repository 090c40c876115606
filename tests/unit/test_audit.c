/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * audit of a process that is no box of ours: it is only looked at. A child with
 * a directory of the host's open, and one without; one that is chrooted.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "ops/audit/audit.h"

/* A child that is ready once it has written a byte. */
static pid_t start(void (*become)(void))
{
	int ready[2];
	char c;
	pid_t pid;

	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		for (int fd = 3; fd < 64; fd++)
			if (fd != ready[1])
				close(fd);
		become();
		if (write(ready[1], "", 1) == 1)
			pause();
		_exit(1);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	return pid;
}

static enum state way_of(pid_t pid, const char *name, char *shows)
{
	struct subject who = {.proc = -1};
	struct items none = {0};
	struct finding f = {.state = WAY_UNKNOWN};
	struct err err = {0};
	struct audit a;

	assert_int_equal(subject_open(&who, pid, &err), 0);
	assert_int_equal(audit_begin(&a, &who, false, &none, &err), 0);
	for (const struct way *w = ways; w->name; w++)
		if (!strcmp(w->name, name))
			audit_way(&a, w, &f);
	assert_false(f.tried);
	snprintf(shows, SHOWS_SIZE, "%s", f.shows);
	audit_end(&a);
	subject_close(&who);
	return f.state;
}

static void expect(void (*become)(void), const char *name, enum state wanted)
{
	pid_t pid = start(become);
	char shows[SHOWS_SIZE];
	enum state got = way_of(pid, name, shows);

	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	if (got != wanted)
		fail_msg("%s: %s (%s)", name, audit_word(got), shows);
}

static void chrooted(void)
{
	if (chdir("/usr") < 0 || chroot(".") < 0)
		_exit(1);
}

static void chrooted_outside(void)
{
	if (chroot("/usr") < 0 || chdir("..") < 0)
		_exit(1);
}

static void with_directory(void)
{
	if (open("/", O_RDONLY | O_DIRECTORY) < 0)
		_exit(1);
	chrooted();
}

static void with_inner_directory(void)
{
	chrooted();
	if (open("/", O_RDONLY | O_DIRECTORY) < 0)
		_exit(1);
}

static void as_we_are(void)
{
}

static void test_descriptors(void **state)
{
	(void)state;
	if (geteuid())
		skip();
	expect(with_directory, "descriptors", WAY_OPEN);
	expect(with_inner_directory, "descriptors", WAY_CLOSED);
	expect(chrooted, "descriptors", WAY_CLOSED);
}

static void test_chroot(void **state)
{
	(void)state;
	if (geteuid())
		skip();
	expect(chrooted, "root", WAY_OPEN);
	expect(chrooted, "working", WAY_CLOSED);
	expect(chrooted_outside, "working", WAY_OPEN);
}

static void test_shared(void **state)
{
	(void)state;
	expect(as_we_are, "seccomp", WAY_OPEN);
	expect(as_we_are, "network", WAY_OPEN);
	expect(as_we_are, "processes", WAY_OPEN);
}

static void take_next(unsigned steps_a, unsigned steps_b, enum closer wanted, int closes)
{
	struct finding list[] = {{.state = WAY_OPEN, .steps = steps_a},
				 {.state = WAY_PARTLY, .steps = steps_b},
				 {.state = WAY_CLOSED, .steps = ~0U}};
	struct audit a = {.root = -1, .holds = 1ULL << 21 /* CAP_SYS_ADMIN */};
	int n;

	assert_int_equal(audit_next(&a, list, 3, &n), wanted);
	assert_int_equal(n, closes);
}

static void test_late(void **state)
{
	struct finding list[] = {{.state = WAY_OPEN, .steps = STEP_UNSHARE | STEP_PIVOT},
				 {.state = WAY_OPEN, .steps = STEP_PIDS}};
	struct audit a = {.root = -1};
	int n;

	(void)state;
	assert_int_equal(audit_next(&a, list, 1, &n), 0);
	assert_int_equal(audit_next(&a, list, 2, &n), STEP_PIDS);
	assert_true(audit_is_late(&a, STEP_UNSHARE));
	assert_false(audit_is_late(&a, STEP_PIDS));
}

static void test_next(void **state)
{
	(void)state;
	take_next(STEP_CAPS, STEP_CAPS, STEP_CAPS, 2);
	take_next(STEP_CAPS, STEP_CAPS | STEP_MASK, STEP_MASK, 1);
	take_next(STEP_LATER | STEP_PIVOT, STEP_CAPS, STEP_CAPS, 1);
	take_next(STEP_USER, 0, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_descriptors), cmocka_unit_test(test_chroot),
		cmocka_unit_test(test_shared),      cmocka_unit_test(test_next),
		cmocka_unit_test(test_late),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
