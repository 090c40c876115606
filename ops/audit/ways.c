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
 *     (an option of the daemon), "Bind mounts" (rprivate).
 */
#include <string.h>
#include <unistd.h>

#include "look.h"

const struct way ways[] = {
	{"root", "root directory is the host's, or leads to it", WAY_CLOSED, look_root},
	{"working", "working directory outside its root", WAY_CLOSED, look_working},
	{"descriptors", "open directories outside its root", WAY_CLOSED, look_descriptors},
	{"mounts", "host's directories mounted inside", WAY_CLOSED, look_mounts},
	{"disk", "host's disks as devices", WAY_CLOSED, look_disk},
	{"sys-admin", "capability: administration", WAY_CLOSED, look_sys_admin},
	{"modules", "capability: kernel modules", WAY_CLOSED, look_modules},
	{"memory", "machine's memory: /dev/mem, /proc/kcore", WAY_CLOSED, look_memory},
	{"raw-io", "capability: hardware", WAY_CLOSED, look_raw_io},
	{"handles", "capability: files by number", WAY_CLOSED, look_handles},
	{"ptrace", "into host's processes (ptrace)", WAY_CLOSED, look_ptrace},
	{"sockets", "sockets of host's servers", WAY_CLOSED, look_sockets},
	{"settings", "kernel settings (/proc/sys)", WAY_CLOSED, look_settings},
	{"sysrq", "/proc/sysrq-trigger", WAY_CLOSED, look_sysrq},
	{"sysfs", "/sys can be written", WAY_CLOSED, look_sysfs},
	{"cgroupfs", "control groups can be written", WAY_CLOSED, look_cgroupfs},
	{"boot", "capability: reboot, other kernel", WAY_CLOSED, look_boot},
	{"bpf", "capability: BPF, performance", WAY_CLOSED, look_bpf},
	{"clock", "capability: the clock", WAY_CLOSED, look_clock},
	{"net-admin", "capability: host's network", WAY_CLOSED, look_net_admin},
	{"signals", "signals to host's processes", WAY_CLOSED, look_signals},
	{"user", "root inside is root outside", WAY_OPEN, look_user},
	{"seccomp", "no seccomp filter", WAY_CLOSED, look_seccomp},
	{"calls", "kernel calls nobody needs", WAY_CLOSED, look_calls},
	{"user-namespaces", "makes user namespaces", WAY_CLOSED, look_new_userns},
	{"new-privs", "programs gain privileges", WAY_OPEN, look_new_privs},
	{"setuid", "set-user-ID programs", WAY_OPEN, look_setuid},
	{"propagation", "mounts pass over to the host", WAY_CLOSED, look_propagation},
	{"processes", "host's processes: numbers", WAY_CLOSED, look_processes},
	{"proc", "host's processes: /proc", WAY_CLOSED, look_proc},
	{"network", "host's network", WAY_CLOSED, look_network},
	{"abstract", "host's abstract sockets", WAY_CLOSED, look_abstract},
	{"terminal", "the person's terminal", WAY_CLOSED, look_terminal},
	{"environment", "host's environment: keys", WAY_CLOSED, look_environment},
	{"ipc", "host's IPC objects", WAY_CLOSED, look_ipc},
	{"pids", "no limit of processes", WAY_OPEN, look_pids},
	{"memory-limit", "no limit of memory", WAY_OPEN, look_memory_limit},
	{"cpu", "no limit of CPU time", WAY_OPEN, look_cpu},
	{"disk-space", "no limit of disk space", WAY_OPEN, look_disk_space},
	{"open-files", "no limit of open files", WAY_OPEN, look_open_files},
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
