/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hostname: the name that uname(2) reports, held by the UTS namespace
 * (sethostname(2), uts_namespaces(7)).
 */
#include <string.h>

#include "ops/namespaces/ns.h"
#include "ops/sys/sys.h"
#include "ops/why/diagnose.h"

#define HOST_NAME_LIMIT 64 /* __NEW_UTS_LEN, sethostname(2) */

static int check(int argc, char **argv, struct err *err)
{
	(void)argc;
	if (!*argv[1])
		return err_usage(err, "hostname: the name is empty");
	if (strlen(argv[1]) > HOST_NAME_LIMIT)
		return err_usage(err, "hostname: the name has %zu bytes, the kernel takes %d",
				 strlen(argv[1]), HOST_NAME_LIMIT);
	return 0;
}

static int box(struct call *c)
{
	return sys_sethostname(c, c->argv[1]);
}

static void diagnose(struct call *c)
{
	diagnose_capability(c, "CAP_SYS_ADMIN", 21);
}

const struct op op_hostname = {
	.name = "hostname",
	.usage = "hostname [--host] NAME",
	.summary = "name the box",
	.detail =
		"Sets the name that uname(2) and hostname(1) report, in the box's UTS namespace.\n"
		"While the box shares that namespace with the host it is refused; --host insists.\n"
		"See sethostname(2), uts_namespaces(7).",
	.argmin = 1,
	.argmax = 1,
	.changes = CLONE_NEWUTS,
	.check = check,
	.box = box,
	.diagnose = diagnose,
};
