/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Explained: what the box may do, and who it is.
 */
#include "entry.h"

#define RECORDED(words)                                                                            \
	.steps = STEPS({"box seccomp(SECCOMP_SET_MODE_FILTER, 0, {len=..., filter=...})",          \
			words ". Noted now; the filter is made when a program starts, for it "     \
			      "cannot be taken off",                                               \
			NULL}),                                                                    \
	.tools = "systemd-run(1): systemd-run --pty -p SystemCallFilter=... COMMAND"

const struct explain explain_privilege[] = {
	{.op = "caps drop",
	 .steps = STEPS({"box capset(...)", "the box's own sets lose them: $rest", NULL}),
	 .tools = "setpriv(1): setpriv --bounding-set -$1 COMMAND; capsh(1): capsh --drop=cap_$1",
	 .docker = "--cap-drop $1"},
	{.op = "caps keep",
	 .steps = STEPS({"box prctl(PR_CAPBSET_DROP, ...)",
			 "one after the other, all but $rest: no program gets them any more", NULL},
			{"box capset(...)", "the box's own sets, too", NULL}),
	 .tools = "setpriv(1): setpriv --bounding-set -all,+$1 COMMAND",
	 .docker = "--cap-drop ALL --cap-add $1"},
	{.op = "caps default",
	 .steps = STEPS({"box prctl(PR_CAPBSET_DROP, CAP_SYS_ADMIN)",
			 "one after the other, all but the fourteen that engines leave: no program "
			 "gets them any more",
			 NULL},
			{"box capset(...)", "the box's own sets, too", NULL}),
	 .tools = "setpriv(1): setpriv --bounding-set -all,+chown,+dac_override,... COMMAND",
	 .docker = "always (--privileged leaves it out)"},
	{.op = "caps ambient",
	 .steps = STEPS({"box capset(...)", "inheritable: $rest", NULL},
			{"box prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, ...)",
			 "programs of users other than 0 hold them as well", NULL}),
	 .tools = "setpriv(1): setpriv --inh-caps +$1 --ambient-caps +$1 COMMAND",
	 .docker = "docker run can't"},
	{.op = "caps show",
	 .steps = STEPS({"box capget(...)", "reads; nothing is changed", NULL}),
	 .tools = "capsh(1), getpcaps(8): capsh --print",
	 .docker = "docker run can't; capsh --print inside"},
	{.op = "no_new_privs",
	 .steps = STEPS(
		 {"box prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)",
		  "no set-user-ID file or file capability gives a program more than it has; for "
		  "good",
		  NULL}),
	 .tools = "setpriv(1): setpriv --no-new-privs COMMAND",
	 .docker = "--security-opt no-new-privileges"},
	{.op = "seccomp default",
	 RECORDED("what container engines allow, all else is refused"),
	 .docker = "always (--security-opt seccomp=unconfined leaves it out)"},
	{.op = "seccomp deny",
	 RECORDED("these calls are refused: $rest"),
	 .docker = "--security-opt seccomp=FILE.json, with \"action\": \"SCMP_ACT_ERRNO\""},
	{.op = "seccomp allow",
	 RECORDED("these calls are allowed, all that no rule names is refused: $rest"),
	 .docker = "--security-opt seccomp=FILE.json, with \"action\": \"SCMP_ACT_ALLOW\""},
	{.op = "seccomp log",
	 RECORDED("these calls are allowed, and written to the kernel's audit log: $rest"),
	 .docker = "--security-opt seccomp=FILE.json, with \"action\": \"SCMP_ACT_LOG\""},
	{.op = "seccomp kill",
	 RECORDED("these calls kill the program: $rest"),
	 .docker = "--security-opt seccomp=FILE.json, with \"action\": \"SCMP_ACT_KILL_PROCESS\""},
	{.op = "seccomp show",
	 .steps = STEPS({"box (no system call)", "shows the rules noted so far", NULL}),
	 .tools = "grep(1): grep Seccomp /proc/PID/status",
	 .docker = "docker inspect",
	 .c = "(none)"},
	{.op = "groups",
	 .steps = STEPS({"box setgroups(...)", "the supplementary groups are these: $rest", NULL}),
	 .tools = "setpriv(1): setpriv --groups $1 COMMAND",
	 .docker = "--group-add $1"},
	{.op = "setgid",
	 .steps = STEPS({"box setgid(...)", "the group is $1, and stays so", NULL}),
	 .tools = "setpriv(1): setpriv --regid $1 --clear-groups COMMAND",
	 .docker = "--user UID:$1"},
	{.op = "setuid",
	 .steps = STEPS({"box setuid(...)",
			 "the user is $1; who leaves user 0 loses all capabilities", NULL}),
	 .tools = "setpriv(1): setpriv --reuid $1 COMMAND",
	 .docker = "--user $1"},
	{.op = "user",
	 .steps = STEPS({"box setgroups(...)", "first the supplementary groups", NULL},
			{"box setresgid(...)", "then the group, while it still may", NULL},
			{"box setresuid(...)",
			 "last the user; who leaves user 0 loses all capabilities", NULL}),
	 .tools = "setpriv(1): setpriv --reuid ... --regid ... --clear-groups COMMAND",
	 .docker = "--user $1"},
	{0}};
