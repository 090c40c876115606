/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Explained: control groups.
 */
#include "ops/explain/entry.h"

#define MAKES                                                                                      \
	{                                                                                          \
		"host mkdir(\"/sys/fs/cgroup/...\", 0755)",                                        \
			"a control group for the box, below ours", "new"                           \
	}
#define ENTERS                                                                                     \
	{                                                                                          \
		"host cgroup_attach_task_pid(\"...\", $box)",                                      \
			"the box enters; what it starts is in the group, too", "new"               \
	}
#define SETS(what) "host cgroup_modify_cgroup(\"...\", " what ")"
#define WRITTEN    .tools = "$cgtools", .c = "$cgc"

const struct explain explain_limits[] = {
	{.op = "cgroup pids",
	 .steps = STEPS(
		 MAKES,
		 {SETS("$set1"), "a fork beyond $1 processes in the box fails (EAGAIN)", "!max"},
		 {SETS("$set1"), "as many processes as there can be", "max"}, ENTERS),
	 WRITTEN,
	 .docker = "$dockerpids"},
	{.op = "cgroup memory",
	 .steps = STEPS(MAKES,
			{SETS("$set1"),
			 "beyond $1 the kernel takes pages back, then kills one in the box",
			 "!max"},
			{SETS("$set1"), "as much memory as there is", "max"},
			{SETS("$set2"), "memory and swap together: the sum of both", "!v2 swap"},
			{SETS("$set2"), "and so much swap besides", "v2 swap"}, ENTERS),
	 WRITTEN,
	 .docker = "$dockermemory"},
	{.op = "cgroup cpu",
	 .steps = STEPS(MAKES, {SETS("$set1"), "the period, in microseconds", "!v2 !max"},
			{SETS("$set2"),
			 "so much processor time ($1) in each period, then all of the box waits",
			 "!v2 !max"},
			{SETS("$set1"),
			 "so much processor time ($1) in each period, then all of the box waits",
			 "v2 !max"},
			{SETS("$set1"), "as much processor time as there is", "max"}, ENTERS),
	 WRITTEN,
	 .docker = "$dockercpus"},
	{.op = "cgroup cpuset",
	 .steps = STEPS(MAKES, {SETS("$set1"), "the box runs on these processors alone", NULL},
			{SETS("$set2"),
			 "from the group above: no process can enter before it is filled, too",
			 "!v2 new"},
			ENTERS),
	 WRITTEN,
	 .docker = "--cpuset-cpus $1"},
	{.op = "cgroup io",
	 .steps = STEPS(MAKES, {SETS("$set1"), "reading and writing on $1 waits beyond $2", "v2"},
			{SETS("blkio.throttle.read_bps_device = \"...\""),
			 "reading on $1 waits beyond so many bytes a second: $2", "!v2 rbps"},
			{SETS("blkio.throttle.write_bps_device = \"...\""),
			 "writing on $1 waits beyond so many bytes a second: $2", "!v2 wbps"},
			{SETS("blkio.throttle.read_iops_device = \"...\""),
			 "reading on $1 waits beyond so many reads a second: $2", "!v2 riops"},
			{SETS("blkio.throttle.write_iops_device = \"...\""),
			 "writing on $1 waits beyond so many writes a second: $2", "!v2 wiops"},
			ENTERS),
	 WRITTEN,
	 .docker = "$dockerio"},
	{.op = "cgroup devices",
	 .steps = STEPS(MAKES,
			{"host cgroup_modify_cgroup(\"...\", devices... = \"...\")",
			 "rules for devices, one at a time: $rest", "!v2"},
			{"host bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_CGROUP_DEVICE, ...",
			 "a program that is asked about each device: $rest", "v2"},
			{"host bpf(BPF_PROG_ATTACH, ...", "for all that is in the group", "v2"},
			ENTERS),
	 .tools =
		 "systemd-run(1): systemd-run --pty -p DevicePolicy=... -p DeviceAllow=... COMMAND",
	 .docker = "always the default; --device, --device-cgroup-rule",
	 .c = "/* v1: write(2) to devices.deny and devices.allow; v2: bpf(2) */"},
	{.op = "cgroup weight",
	 .steps = STEPS(MAKES,
			{SETS("$set1"),
			 "the box's share of $1 when others want it as well; 100 is everybody's",
			 "percpu"},
			{SETS("... = \"$2\""),
			 "the box's share of $1 when others want it as well; 100 is everybody's",
			 "!percpu"},
			ENTERS),
	 WRITTEN,
	 .docker = "$dockerweight"},
	{.op = "cgroup",
	 .steps = STEPS(MAKES, {SETS("$set1"), "the file's value is what you say", NULL}, ENTERS),
	 WRITTEN,
	 .docker = "docker run can't, but for the files that have an option of their own"},
	{.op = "cgroup show",
	 .steps = STEPS({"host read(\"/sys/fs/cgroup/...\")", "reads; nothing is changed", NULL}),
	 .tools = "cgroup-tools: cgget -g CONTROLLER:box",
	 .docker = "docker stats",
	 .c = "/* read(2) of the files */"},
	{.op = "cgroup freeze",
	 .steps = STEPS(MAKES, ENTERS, {SETS("$set1"), "no process in the box gets to run", NULL}),
	 WRITTEN,
	 .docker = "docker pause"},
	{.op = "cgroup thaw",
	 .steps = STEPS({"host write(...freezer.state>, \"THAWED\", 6)", "all go on", "!v2 frozen"},
			{"host write(...cgroup.freeze>, \"0\", 1)", "all go on", "v2 frozen"},
			{"host (no system call)", "nothing in the box is frozen: nothing is done",
			 "!frozen"}),
	 WRITTEN,
	 .docker = "docker unpause"},
	{.op = "cgroup kill",
	 .steps = STEPS(
		 MAKES, ENTERS,
		 {"host pidfd_send_signal(..., SIGKILL, NULL, 0)",
		  "each process in the box's groups but the box itself, while they can start "
		  "no other",
		  NULL}),
	 .tools = "$killtools",
	 .docker = "docker kill (the container's first process, and with it all)",
	 .c = "$killc"},
	{0}};
