/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * caps securebits: what user ID 0 is worth (PR_SET_SECUREBITS(2const),
 * capabilities(7)). It takes CAP_SETPCAP; bits that are locked stay as they are.
 */
#include <errno.h>
#include <linux/securebits.h>
#include <string.h>
#include <sys/prctl.h>

#include "ops/privilege/capsets.h"
#include "ops/sys/sys.h"
#include "ops/sys/syscap.h"
#include "ops/why/diagnose.h"

static int parse(int argc, char **argv, unsigned long *set, struct err *err)
{
	*set = 0;
	if (argc == 2 && !strcasecmp(argv[1], "none"))
		return 0;
	for (int i = 1; i < argc; i++) {
		const struct trace_flag *bit = securebits;

		while (bit->name && strcasecmp(bit->name, argv[i]) != 0)
			bit++;
		if (!bit->name) {
			err_usage(err, "caps securebits: no such bit: \"%.100s\"", argv[i]);
			err_why(err,
				"the kernel has noroot no_setuid_fixup keep_caps "
				"no_cap_ambient_raise, and each with _locked; or none");
			return -1;
		}
		*set |= bit->bit;
	}
	return 0;
}

static int check(int argc, char **argv, struct err *err)
{
	unsigned long set;

	return parse(argc, argv, &set, err);
}

static int box(struct call *c)
{
	char list[200];
	unsigned long set;
	int r;

	if (parse(c->argc, c->argv, &set, c->err) < 0)
		return -1;
	r = prctl(PR_SET_SECUREBITS, set, 0, 0, 0);
	r = sys_report(c, r, r < 0 ? errno : 0, "prctl(PR_SET_SECUREBITS, %s)",
		       set ? trace_flags(list, sizeof(list), securebits, set) : "0");
	if (r < 0 || (set & (SECBIT_KEEP_CAPS | SECBIT_KEEP_CAPS_LOCKED)) || !caps_ambient_wanted())
		return r;
	return sys_keepcaps(c, true);
}

static void diagnose(struct call *c)
{
	diagnose_capability(c, "CAP_SETPCAP", CAP_SETPCAP);
	if (strstr(c->err->why, "does not hold"))
		return;
	err_why(c->err, "a bit whose _locked is set stays as it is, and so does the lock");
	err_fix(c->err, "caps show tells which are set");
}

static const char *const words[] = {"none",
				    "noroot",
				    "noroot_locked",
				    "no_setuid_fixup",
				    "no_setuid_fixup_locked",
				    "keep_caps",
				    "keep_caps_locked",
				    "no_cap_ambient_raise",
				    "no_cap_ambient_raise_locked",
				    NULL};

const struct op op_caps_securebits = {
	.name = "caps securebits",
	.usage = "caps securebits BIT...|none",
	.summary = "say what user ID 0 is worth",
	.detail =
		"  noroot                root's programs hold no more than others'\n"
		"  no_setuid_fixup       a change of the user ID changes no capabilities\n"
		"  keep_caps             leaving user ID 0 keeps what is permitted; execve clears it\n"
		"  no_cap_ambient_raise  nothing becomes ambient any more\n"
		"These bits are set and all others cleared, but for keep_caps after caps ambient.\n"
		"With _locked behind its name a bit can no longer be changed. Takes CAP_SETPCAP.\n"
		"See capabilities(7), PR_SET_SECUREBITS in prctl(2).",
	.argmin = 1,
	.argmax = -1,
	.args = {{ARG_WORD, words}},
	.check = check,
	.box = box,
	.diagnose = diagnose,
};
