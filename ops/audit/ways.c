/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ways, those that matter most first, and what Docker leaves of them to a
 * container that docker run makes without any option. That column is not
 * measured. It follows
 *   moby, daemon/pkg/oci/defaults.go (DefaultLinuxSpec): namespaces mount, network, uts,
 *     pid, ipc; capabilities; /sys and control groups read-only; masked and
 *     read-only paths; devices null zero full random urandom tty console ptmx,
 *     all others denied by the device controller;
 *   moby, profiles/seccomp (DefaultProfile): no keyctl, bpf, userfaultfd,
 *     perf_event_open, unshare, syslog without the capability, and since 25.0 no
 *     io_uring;
 *   docs.docker.com, "docker container run" (no limit of memory, CPUs, processes;
 *     ulimits are the daemon's; --cgroupns private with cgroup v2, host with v1;
 *     no-new-privileges is an option), "Isolate containers with a user namespace"
 *     (an option of the daemon), "Bind mounts" (rprivate);
 *   opencontainers/runc, libcontainer/rootfs_linux.go (prepareRoot): all mounts are
 *     made slaves first, and the container's root stays one.
 */
#include <string.h>
#include <unistd.h>

#include "ops/audit/look.h"

const struct way ways[] = {
	{"root", "host's root directory", WAY_CLOSED, look_root},
	{"working", "working directory", WAY_CLOSED, look_working},
	{"descriptors", "open directories", WAY_CLOSED, look_descriptors},
	{"mounts", "host's directories", WAY_CLOSED, look_mounts},
	{"disk", "host's disks", WAY_CLOSED, look_disk},
	{"sys-admin", "cap: administration", WAY_CLOSED, look_sys_admin},
	{"modules", "cap: kernel modules", WAY_CLOSED, look_modules},
	{"memory", "machine's memory", WAY_CLOSED, look_memory},
	{"raw-io", "cap: hardware", WAY_CLOSED, look_raw_io},
	{"handles", "cap: files by number", WAY_CLOSED, look_handles},
	{"ptrace", "into host's processes", WAY_CLOSED, look_ptrace},
	{"sockets", "host's server sockets", WAY_CLOSED, look_sockets},
	{"settings", "/proc/sys writable", WAY_CLOSED, look_settings},
	{"sysrq", "/proc/sysrq-trigger", WAY_CLOSED, look_sysrq},
	{"sysfs", "/sys writable", WAY_CLOSED, look_sysfs},
	{"cgroupfs", "cgroups writable", WAY_CLOSED, look_cgroupfs},
	{"boot", "cap: reboot", WAY_CLOSED, look_boot},
	{"bpf", "cap: BPF, perf", WAY_CLOSED, look_bpf},
	{"clock", "cap: clock", WAY_CLOSED, look_clock},
	{"net-admin", "cap: host's network", WAY_CLOSED, look_net_admin},
	{"signals", "signals to the host", WAY_CLOSED, look_signals},
	{"user", "root is host's root", WAY_OPEN, look_user},
	{"seccomp", "no seccomp filter", WAY_CLOSED, look_seccomp},
	{"calls", "kernel's rarer calls", WAY_CLOSED, look_calls},
	{"user-namespaces", "new user namespaces", WAY_CLOSED, look_new_userns},
	{"new-privs", "gains privileges", WAY_OPEN, look_new_privs},
	{"setuid", "set-ID programs", WAY_OPEN, look_setuid},
	{"propagation", "mounts pass over", WAY_PARTLY, look_propagation},
	{"processes", "host's PIDs", WAY_CLOSED, look_processes},
	{"proc", "host's /proc", WAY_CLOSED, look_proc},
	{"network", "host's network", WAY_CLOSED, look_network},
	{"abstract", "abstract sockets", WAY_CLOSED, look_abstract},
	{"terminal", "person's terminal", WAY_CLOSED, look_terminal},
	{"environment", "keys in environment", WAY_CLOSED, look_environment},
	{"ipc", "host's IPC objects", WAY_CLOSED, look_ipc},
	{"pids", "unlimited processes", WAY_OPEN, look_pids},
	{"memory-limit", "unlimited memory", WAY_OPEN, look_memory_limit},
	{"cpu", "unlimited CPU time", WAY_OPEN, look_cpu},
	{"disk-space", "unlimited disk space", WAY_OPEN, look_disk_space},
	{"open-files", "unlimited open files", WAY_OPEN, look_open_files},
	{"log", "kernel's log (dmesg)", WAY_CLOSED, look_log},
	{"uts", "host's name", WAY_CLOSED, look_uts},
	{"cgroup", "host's cgroup names", WAY_CLOSED, look_cgroup},
	{"time", "host's uptime", WAY_OPEN, look_time},
	{NULL, NULL, WAY_UNKNOWN, NULL},
};

/* --cgroupns is private by default with cgroup v2, and host with v1. */
enum state audit_docker(const struct way *w)
{
	bool v2 = access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0;

	return !strcmp(w->name, "cgroup") && !v2 ? WAY_OPEN : w->docker;
}
