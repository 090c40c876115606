/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a text to steps: arity, arguments, --host, -op, the order on paper.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "repl/script.h"

static struct script script;
static struct vars vars;
static struct problem problem;

static int add(const char *text)
{
	script_release(&script);
	memset(&problem, 0, sizeof(problem));
	return script_add_text(&script, "f", text, strlen(text), &vars, &problem);
}

static void steps(void **state)
{
	(void)state;
	assert_int_equal(add("unshare uts pid\n-mount proc; hostname --host x\n!ls"), 0);
	assert_int_equal(script.n, 4);
	assert_string_equal(script.steps[0].op->name, "unshare");
	assert_int_equal(script.steps[0].argc, 3);
	assert_true(script.steps[1].tolerate);
	assert_int_equal(script.steps[1].line, 2);
	assert_true(script.steps[2].insist);
	assert_int_equal(script.steps[2].argc, 2);
	assert_string_equal(script.steps[2].argv[1], "x");
	assert_string_equal(script.steps[3].host, "ls");
}

static void options_come_first(void **state)
{
	(void)state;
	assert_int_equal(
		add("unshare mnt --propagation slave uts\nunshare --propagation=shared mnt\n"
		    "hostname x --host\nrun a --propagation b"),
		0);
	assert_int_equal(script.steps[0].argc, 4);
	assert_string_equal(script.steps[0].argv[1], "--propagation=slave");
	assert_string_equal(script.steps[0].argv[2], "mnt");
	assert_string_equal(script.steps[0].argv[3], "uts");
	assert_null(script.steps[0].argv[4]);
	assert_string_equal(script.steps[1].argv[1], "--propagation=shared");
	assert_int_equal(script.steps[1].argc, 3);
	assert_true(script.steps[2].insist);
	assert_int_equal(script.steps[2].argc, 2);
	assert_int_equal(script.steps[3].argc, 4);
}

static void expect_refusal(const char *text, int line, int column, const char *what)
{
	assert_int_equal(add(text), -1);
	if (!strstr(problem.err.what, what))
		fail_msg("%s: got \"%s\"", text, problem.err.what);
	assert_int_equal(problem.err.status, 2);
	assert_int_equal(problem.place.line, line);
	assert_int_equal(problem.place.column, column);
}

static void refusals(void **state)
{
	(void)state;
	expect_refusal("cd /\nfrobnicate", 2, 1, "unknown op");
	expect_refusal("hostname", 1, 1, "hostname: too few");
	expect_refusal("hostname a b", 1, 10, "hostname: too many");
	expect_refusal("unshare uts nope", 1, 9, "no such namespace: nope");
	expect_refusal("unshare uts uts", 1, 9, "named twice");
	expect_refusal("unshare", 1, 1, "too few");
	expect_refusal("mount nfs x", 1, 7, "mount: too few");
	expect_refusal("mount tmpfs", 1, 1, "mount tmpfs: too few");
	expect_refusal("mount proc /x ro y", 1, 12, "mount proc: too many");
	expect_refusal("cgroup pids -1", 1, 13, "neither a number");
	expect_refusal("cgroup pids 20x", 1, 13, "neither a number");
	expect_refusal("setenv A=B c", 1, 8, "not a name");
	expect_refusal("set 1x y", 1, 5, "not a name");
	expect_refusal("chroot --foo x", 1, 8, "unknown option");
	expect_refusal("include", 1, 1, "too few");
	expect_refusal("include /no/such/file", 1, 9, "No such file");
	expect_refusal("cd --host x", 1, 4, "unknown option: --host");
	expect_refusal("chroot --keep-cwd", 1, 8, "too few");
	expect_refusal("hostname xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		       1, 10, "65 bytes");
}

static int order(const char *text)
{
	if (add(text) < 0)
		return -2;
	return script_check_order(&script, false, &problem);
}

static void order_on_paper(void **state)
{
	(void)state;
	assert_int_equal(order("unshare uts; hostname x"), 0);
	assert_int_equal(order("hostname x; unshare uts"), -1);
	assert_int_equal(problem.err.kind, ERR_ORDER);
	assert_int_equal(problem.place.line, 1);
	assert_non_null(strstr(problem.err.fix, "unshare uts"));
	assert_int_equal(order("hostname --host x"), 0);
	assert_int_equal(order("-hostname x"), 0);
	assert_int_equal(order("unshare pid\nmount proc"), -1);
	assert_int_equal(problem.place.line, 2);
	assert_int_equal(order("exec a\nrun b"), -1);
	assert_int_equal(order("-exec a\nrun b"), 0);
	assert_int_equal(order("run a; exec b"), 0);
}

static void set_takes_effect_while_reading(void **state)
{
	(void)state;
	assert_int_equal(add("set N box\nhostname $N"), 0);
	assert_int_equal(script.n, 1);
	assert_string_equal(script.steps[0].argv[1], "box");
	script_release(&script);
	vars_release(&vars);
}

static int add_remedy(const char *text)
{
	script_release(&script);
	script.remedy = true;
	return script_add_text(&script, NULL, text, strlen(text), &vars, &problem);
}

static void a_remedy_is_steps_alone(void **state)
{
	(void)state;
	assert_int_equal(add_remedy("set N box"), -1);
	assert_int_equal(add_remedy("include other.ctr"), -1);
	assert_non_null(strstr(problem.err.what, "no part of a remedy"));
	assert_int_equal(add_remedy("hostname box"), 0);
	script_release(&script);
	vars_release(&vars);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps),
		cmocka_unit_test(options_come_first),
		cmocka_unit_test(refusals),
		cmocka_unit_test(order_on_paper),
		cmocka_unit_test(set_takes_effect_while_reading),
		cmocka_unit_test(a_remedy_is_steps_alone),
	};

	return cmocka_run_group_tests_name("script", tests, NULL, NULL);
}
