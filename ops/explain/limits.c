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
#define C_WRITE(file, value)                                                                       \
	"dprintf(open(\"/sys/fs/cgroup/GROUP/" file "\", O_WRONLY), \"%s\", " value ");"
#define TOOL(what)                                                                                 \
	"cgroup-tools: cgcreate -g CONTROLLER:box; cgset " what "; cgexec -g CONTROLLER:box COMMAND"

const struct explain explain_limits[] = {
	{.op = "cgroup pids",
	 .steps = STEPS(MAKES,
			{SETS("pids.max = $q1"),
			 "a fork beyond $1 processes in the box fails (EAGAIN)", NULL},
			ENTERS),
	 .tools = TOOL("-r pids.max=$1 box"),
	 .docker = "--pids-limit $1",
	 .c = C_WRITE("pids.max", "$q1")},
	{.op = "cgroup memory",
	 .steps = STEPS(MAKES,
			{SETS("memory.limit_in_bytes = \"...\""),
			 "beyond $1 the kernel takes pages back, then kills one in the box", "!v2"},
			{SETS("memory.max = \"...\""),
			 "beyond $1 the kernel takes pages back, then kills one in the box", "v2"},
			{SETS("memory.memsw.limit_in_bytes = \"...\""),
			 "memory and swap together: the sum of both", "!v2 swap"},
			{SETS("memory.swap.max = \"...\""), "and so much swap besides", "v2 swap"},
			ENTERS),
	 .tools = TOOL("-r $file=$bytes box"),
	 .docker = "$dockermemory (--memory-swap is memory and swap together)",
	 .c = C_WRITE("$file", "\"$bytes\"")},
	{.op = "cgroup cpu",
	 .steps = STEPS(
		 MAKES,
		 {SETS("cpu.cfs_period_us = \"...\""), "the period, in microseconds", "!v2 !max"},
		 {SETS("cpu.cfs_quota_us = \"...\""),
		  "so much processor time ($1) in each period, then all of the box waits", "!v2"},
		 {SETS("cpu.max = \"...\""),
		  "so much processor time ($1) in each period, then all of the box waits", "v2"},
		 ENTERS),
	 .tools = TOOL("-r $file='QUOTA PERIOD' box (v1: QUOTA alone)"),
	 .docker = "--cpus N (1.5 is 150%)",
	 .c = C_WRITE("$file", "\"QUOTA PERIOD\"")},
	{.op = "cgroup cpuset",
	 .steps = STEPS(
		 MAKES, {SETS("cpuset.cpus = $q1"), "the box runs on these processors alone", NULL},
		 {SETS("cpuset.mems = \"...\""),
		  "from the group above: no process can enter before it is filled, too", "!v2 new"},
		 ENTERS),
	 .tools = TOOL("-r cpuset.cpus=$1 box"),
	 .docker = "--cpuset-cpus $1",
	 .c = C_WRITE("cpuset.cpus", "$q1")},
	{.op = "cgroup io",
	 .steps = STEPS(
		 MAKES,
		 {SETS("io.max = \"...\""), "reading and writing on $1 waits beyond $2", "v2"},
		 {SETS("blkio.throttle.read_bps_device = \"...\""),
		  "reading on $1 waits beyond so many bytes a second: $2", "!v2 rbps"},
		 {SETS("blkio.throttle.write_bps_device = \"...\""),
		  "writing on $1 waits beyond so many bytes a second: $2", "!v2 wbps"},
		 {SETS("blkio.throttle.read_iops_device = \"...\""),
		  "reading on $1 waits beyond so many reads a second: $2", "!v2 riops"},
		 {SETS("blkio.throttle.write_iops_device = \"...\""),
		  "writing on $1 waits beyond so many writes a second: $2", "!v2 wiops"},
		 ENTERS),
	 .tools = TOOL("-r $file='MAJ:MIN $2' box"),
	 .docker = "--device-read-bps, --device-write-bps, --device-read-iops, --device-write-iops",
	 .c = C_WRITE("$file", "\"MAJ:MIN $2\"")},
	{.op = "cgroup devices",
	 .steps = STEPS(MAKES,
			{"host cgroup_modify_cgroup(\"...\", devices... = \"...\")",
			 "rules for devices, one at a time: $rest", "!v2"},
			{"host bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_CGROUP_DEVICE, ...",
			 "a program that is asked about each device: $rest", "v2"},
			{"host bpf(BPF_PROG_ATTACH, ...", "for all that is in the group", "v2"},
			ENTERS),
	 .tools = "systemd-run(1): systemd-run --pty -p DevicePolicy=... -p DeviceAllow=... COMMAND",
	 .docker = "always the default; --device, --device-cgroup-rule",
	 .c = "/* v1: write(2) to devices.deny and devices.allow; v2: bpf(2) */"},
	{.op = "cgroup weight",
	 .steps = STEPS(MAKES,
			{SETS("... = \"...\""),
			 "the box's share of $1 when others want it as well; 100 is everybody's",
			 NULL},
			ENTERS),
	 .tools = TOOL("-r $1.weight=$2 box"),
	 .docker = "--cpu-shares (1024 is everybody's); --blkio-weight",
	 .c = C_WRITE("$1.weight", "$q2")},
	{.op = "cgroup",
	 .steps = STEPS(MAKES, {SETS("$1 = $q2"), "the file's value is what you say", NULL},
			ENTERS),
	 .tools = TOOL("-r $1=$2 box"),
	 .docker = "docker run can't, but for the files that have an option of their own",
	 .c = C_WRITE("$1", "$q2")},
	{.op = "cgroup show",
	 .steps = STEPS({"host read(\"/sys/fs/cgroup/...\")", "reads; nothing is changed", NULL}),
	 .tools = "cgroup-tools: cgget -g CONTROLLER:box",
	 .docker = "docker stats",
	 .c = "/* read(2) of the files */"},
	{.op = "cgroup freeze",
	 .steps = STEPS(
		 MAKES, ENTERS,
		 {SETS("freezer.state = \"FROZEN\""), "no process in the box gets to run", "!v2"},
		 {SETS("cgroup.freeze = \"1\""), "no process in the box gets to run", "v2"}),
	 .tools = "cgroup-tools: cgset -r $file=1 box (v1: FROZEN)",
	 .docker = "docker pause",
	 .c = C_WRITE("$file", "\"1\"") " /* v1: FROZEN */"},
	{.op = "cgroup thaw",
	 .steps = STEPS({"host write(...freezer.state>, \"THAWED\", 6)", "all go on", "!v2"},
			{"host write(...cgroup.freeze>, \"0\", 1)", "all go on", "v2"}),
	 .tools = "cgroup-tools: cgset -r $file=0 box (v1: THAWED)",
	 .docker = "docker unpause",
	 .c = C_WRITE("$file", "\"0\"") " /* v1: THAWED */"},
	{.op = "cgroup kill",
	 .steps = STEPS({"host ...kill...",
			 "SIGKILL to all in the box's groups (cgroup.kill, or one by one)", NULL}),
	 .tools = "cgroup-tools: cgset -r cgroup.kill=1 box",
	 .docker = "docker kill",
	 .c = C_WRITE("cgroup.kill", "\"1\"")},
	{0}};
