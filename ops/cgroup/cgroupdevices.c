/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup devices: which devices the box may open and make, whatever files lie in
 * its root: there is no namespace for devices.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ops/cgroup/devices.h"
#include "ops/cgroup/group.h"
#include "ops/cgroup/groupfile.h"
#include "ops/sys/sys.h"
#include "ops/why/diagnose.h"

static bool is_type(const char *word)
{
	return !strcmp(word, "c") || !strcmp(word, "b");
}

/* allow|deny, then all; or a type and numbers; or a file, whose device it is (rule.type
 * is 0 then). The access comes last, if at all. */
static int parse(int argc, char **argv, struct device_rule *r, struct err *err)
{
	int at = 3;

	*r = (struct device_rule){DEVICES_ANY, DEVICES_ANY, ACCESS_ALL, 'a',
				  !strcmp(argv[1], "allow")};
	if (!r->allow && strcmp(argv[1], "deny") != 0)
		return err_usage(err, "cgroup devices: default, allow or deny, not \"%.100s\"",
				 argv[1]);
	if (argc < 3)
		return err_usage(err, "cgroup devices %s: what? all, c or b MAJ:MIN, or a file",
				 argv[1]);
	if (is_type(argv[2])) {
		r->type = *argv[2];
		if (argc < 4 || !devices_numbers(argv[3], &r->major, &r->minor))
			return err_usage(err, "cgroup devices: %s takes numbers, as 1:3 or 136:*",
					 argv[2]);
		at = 4;
	} else if (strchr(argv[2], '/')) {
		r->type = '\0';
	} else if (strcmp(argv[2], "all") != 0 || argc > 3) {
		return err_usage(err,
				 "cgroup devices: all, c or b MAJ:MIN, or a file, not \"%.100s\"",
				 strcmp(argv[2], "all") ? argv[2] : argv[3]);
	}
	if (argc > at + 1)
		return err_usage(err, "cgroup devices: too many arguments: %.100s", argv[at + 1]);
	if (argc > at)
		r->access = devices_access(argv[at]);
	if (!r->access)
		return err_usage(err, "cgroup devices: access is of r, w and m, not \"%.100s\"",
				 argv[at]);
	return 0;
}

static int check(int argc, char **argv, struct err *err)
{
	struct device_rule r;

	if (strcmp(argv[1], "default") != 0)
		return parse(argc, argv, &r, err);
	return argc == 2 ? 0
			 : err_usage(err, "cgroup devices default: takes no more, not \"%.100s\"",
				     argv[2]);
}

static int of_file(struct call *c, const char *path, struct device_rule *r)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return sys_report(c, -1, errno, "stat(\"%s\")", path);
	if (!S_ISCHR(st.st_mode) && !S_ISBLK(st.st_mode)) {
		err_kernel(c->err, 0, "%.200s is no device", path);
		err_why(c->err, "it is a file that lies on device %u:%u", major(st.st_dev),
			minor(st.st_dev));
		return -1;
	}
	r->type = S_ISCHR(st.st_mode) ? 'c' : 'b';
	r->major = (long)major(st.st_rdev);
	r->minor = (long)minor(st.st_rdev);
	return 0;
}

/* The rules of the line; n: how many. */
static const struct device_rule *rules(struct call *c, struct device_rule *one, int *n)
{
	*n = devices_n_default;
	if (!strcmp(c->argv[1], "default"))
		return devices_default;
	*n = 1;
	if (parse(c->argc, c->argv, one, c->err) < 0 ||
	    (!one->type && of_file(c, c->argv[2], one) < 0))
		return NULL;
	return one;
}

static int write_v1(struct call *c, const struct opened *g, const struct device_rule *r, int n)
{
	char text[64];

	for (int i = 0; i < n; i++) {
		devices_text(&r[i], text, sizeof(text));
		if (group_write(c, g, r[i].allow ? "devices.allow" : "devices.deny", text) < 0)
			return -1;
	}
	return 0;
}

static int write_v2(struct call *c, const struct opened *g, const struct device_rule *r, int n)
{
	struct devices *kept = &c->session->devices, all = *kept;

	for (int i = 0; i < n; i++)
		if (!devices_add(&all, &r[i]))
			return err_kernel(c->err, 0, "more than %d rules for devices", DEVICES_MAX);
	if (devices_attach(c, g, &all) < 0)
		return -1;
	*kept = all;
	return 0;
}

static int open_group(struct call *c, struct opened *g)
{
	char controller[64] = "devices";
	bool v2;

	if (!group_offers(c, controller, &v2) && group_core(c, controller, sizeof(controller)) < 0)
		return -1;
	return group_open(c, controller, g);
}

static int host(struct call *c)
{
	struct device_rule one;
	const struct device_rule *r;
	struct opened g;
	int n;

	r = rules(c, &one, &n);
	if (!r || open_group(c, &g) < 0)
		return -1;
	return group_close(c, &g, (g.v2 ? write_v2 : write_v1)(c, &g, r, n));
}

/* Both versions want CAP_SYS_ADMIN of the first user namespace (v2: or CAP_BPF and
 * CAP_NET_ADMIN); and on v1 nobody gives what the group above does not have. */
static void diagnose(struct call *c)
{
	if (c->err->errnum != EPERM || c->err->why[0])
		return;
	if (!diagnose_we_hold(21)) {
		err_why(c->err, "rules for devices take CAP_SYS_ADMIN in the first user namespace");
		err_fix(c->err, "run ctrsh with sudo");
	} else if (!strcmp(c->argv[1], "allow")) {
		err_why(c->err,
			"the control group above does not allow this either "
			"(its devices.list, cgroup-v1/devices.rst)");
	}
}

static const char *const words[] = {"default", "allow", "deny", NULL};
static const char *const what[] = {"all", "c", "b", NULL};

const struct op op_cgroup_devices = {
	.name = "cgroup devices",
	.usage = "cgroup devices default | allow|deny all|c MAJ:MIN|b MAJ:MIN|FILE [rwm]",
	.summary = "which devices the box may open and make",
	.detail =
		"Device files lead to the host's devices, for there is no namespace for them.\n"
		"  default        as container engines: null zero full random urandom tty ptmx and\n"
		"                 terminals; all others may be made, and not opened\n"
		"  allow, deny    all, one (c 1:3, or the device of a FILE on the host) or many\n"
		"                 (c 136:*), for reading, writing, mknod or all three. The last rule\n"
		"                 that fits counts; but cgroup v1 takes back only what was said of\n"
		"                 the same numbers.\n"
		"What is open already stays open. Needs CAP_SYS_ADMIN in the first user namespace.\n"
		"v1 has the files devices.allow and devices.deny, v2 a BPF program. See bpf(2), and\n"
		"Documentation/admin-guide/cgroup-v1/devices.rst and cgroup-v2.rst of the kernel.",
	.argmin = 1,
	.argmax = 4,
	.args = {{ARG_WORD, words}, {ARG_HOST_FILE, what}, {ARG_WORD, NULL}},
	.check = check,
	.prepare = group_prepare,
	.host = host,
	.diagnose = diagnose,
};
