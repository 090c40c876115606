/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values that only the words of other tools, or C, need: options of unshare(1),
 * nsenter(1) and docker run, names of control files by version (cgroups(7)).
 */
#include "ops/explain/toolvalues.h"

#include <fcntl.h>
#include <linux/nsfs.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>

#include "ops/auto.h"
#include "ops/limits/limits.h"
#include "ops/limits/sysctlkey.h"
#include "ops/namespaces/clocks.h"
#include "ops/namespaces/ns.h"
#include "ops/net/netvlan.h"
#include "ops/privilege/capsets.h"

/* unshare(1) takes seconds. */
void explain_put_clock_options(const struct explaining *x, FILE *f)
{
	char text[128] = "", clock[16], *rest = NULL;
	long long seconds;

	clocks_text(x->argc, x->argv, text, sizeof(text));
	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		if (sscanf(line, "%15s %lld", clock, &seconds) == 2)
			fprintf(f, " --%s %lld", clock, seconds);
}

static bool is_number(const char *word)
{
	return strspn(word, "0123456789") == strlen(word);
}

static const char *long_name(const struct ns *ns)
{
	return strcmp(ns->name, "mnt") ? ns->name : "mount";
}

/* What a file stands for (ioctl_nsfs(2)); 0: not to be known. */
static unsigned type_of(const char *file)
{
	auto_close int fd = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	int type = fd < 0 ? -1 : ioctl(fd, NS_GET_NSTYPE);

	return type > 0 ? (unsigned)type : 0;
}

/* Those that join would enter. */
static unsigned joined(const struct explaining *x)
{
	struct session s = explain_session(x);
	unsigned flags = 0;

	for (int i = 2; i < x->argc; i++)
		flags |= ns_find(x->argv[i]) ? ns_find(x->argv[i])->flag : 0;
	if (flags)
		return flags;
	if (!is_number(x->argv[1]))
		return type_of(x->argv[1]);
	return x->session ? ns_differ(s.box.pid, atoi(x->argv[1]), NS_ALL) : NS_ALL;
}

static void put_type(FILE *f, const char *file)
{
	unsigned type = type_of(file);
	const struct ns *ns = namespaces;

	while (ns->name && !(type & ns->flag))
		ns++;
	fprintf(f, " --%s=%s", ns->name ? long_name(ns) : "NAMESPACE", file);
}

void explain_put_nsenter(const struct explaining *x, FILE *f)
{
	bool process = is_number(x->argv[1]);

	fprintf(f, process ? "nsenter --target %s" : "nsenter", x->argv[1]);
	for (int i = 2; i < x->argc; i++) {
		const struct ns *ns = ns_find(x->argv[i]);

		if (ns)
			fprintf(f, process ? " --%s" : " --%s=%s", long_name(ns), x->argv[1]);
	}
	if (x->argc < 3 && process)
		fputs(" --all", f);
	if (x->argc < 3 && !process)
		put_type(f, x->argv[1]);
	fputs(" COMMAND", f);
}

void explain_put_setns(const struct explaining *x, FILE *f)
{
	unsigned flags = joined(x);
	const char *separator = "";

	if (is_number(x->argv[1]))
		fprintf(f, "int fd = pidfd_open(%s, 0); setns(fd, ", x->argv[1]);
	else
		fprintf(f, "int fd = open(\"%s\", O_RDONLY|O_CLOEXEC); setns(fd, ", x->argv[1]);
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		if (!(flags & ns->flag))
			continue;
		fprintf(f, "%s%s", separator, ns->flagname);
		separator = "|";
	}
	fprintf(f, "%s);", *separator ? "" : "0");
}

void explain_put_key(const struct explaining *x, FILE *f)
{
	char path[SYSCTL_KEY_MAX];

	fputs(sysctl_path(x->argv[1], path, sizeof(path)) ? path : x->argv[1], f);
}

void explain_put_veth_addresses(const struct explaining *x, FILE *f)
{
	if (x->argc < 4 && explain_holds(x, "bridged"))
		fprintf(f, "; ip link set HOST-END master %s up", x->session->made->links.bridge);
	if (x->argc < 4)
		return;
	fprintf(f,
		"; ip addr add %s dev HOST-END; ip link set HOST-END up; in the box: ip addr add "
		"%s dev %s; ip link set %s up",
		x->argv[2], x->argv[3], x->argv[1], x->argv[1]);
}

/* What docker run has for each of them. */
void explain_put_docker_namespaces(const struct explaining *x, FILE *f)
{
	static const struct {
		const char *name, *text;
	} words[] = {
		{"uts", "its own always (--uts host shares the host's)"},
		{"pid", "its own always (--pid host shares the host's)"},
		{"mnt", "its own always"},
		{"ipc", "its own always (--ipc host shares the host's)"},
		{"net", "its own always (--network host shares the host's)"},
		{"cgroup",
		 "--cgroupns private, the default on hosts with cgroup v2, with v1 it is host"},
		{"user", "the daemon's userns-remap (--userns host leaves it out)"},
		{"time", "docker run can't"},
	};
	unsigned flags = x->op->gains(x->argc, x->argv);
	const char *sep = "";

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (flags & ns_find(words[i].name)->flag) {
			fprintf(f, "%s%s: %s", sep, words[i].name, words[i].text);
			sep = "; ";
		}
}

static void put_limit(FILE *f, const struct limit *l, const char *text, size_t n,
		      const char *unlimited)
{
	char value[24];
	rlim_t v;

	if (n && limit_parse(l, text, n, &v))
		fputs(v == RLIM_INFINITY ? unlimited : limit_show(value, sizeof(value), v), f);
}

static void put_limits(const struct explaining *x, FILE *f, const char *unlimited)
{
	const struct limit *l = limit_find(x->argv[1]);
	const char *text = x->argv[2], *hard = strchr(text, ':');
	size_t n = strcspn(text, ":");

	put_limit(f, l, text, n, unlimited);
	fputc(':', f);
	put_limit(f, l, hard ? hard + 1 : text, hard ? strlen(hard + 1) : n, unlimited);
}

void explain_put_prlimit(const struct explaining *x, FILE *f)
{
	put_limits(x, f, "unlimited");
}

/* --ulimit takes numbers, -1 for unlimited, and has no as. */
void explain_put_docker_ulimit(const struct explaining *x, FILE *f)
{
	if (!strcmp(x->argv[1], "as")) {
		fputs("docker run can't (it has a --ulimit for each of the others)", f);
		return;
	}
	if (x->argv[2][0] == ':' || x->argv[2][strlen(x->argv[2]) - 1] == ':') {
		fputs("docker run can't: --ulimit sets both", f);
		return;
	}
	fprintf(f, "--ulimit %s=", x->argv[1]);
	put_limits(x, f, "-1");
}

/* As the trace has them; what is not given stays, and is not known before. */
void explain_put_rlimit(const struct explaining *x, FILE *f)
{
	const struct limit *l = limit_find(x->argv[1]);
	const char *text = x->argv[2], *hard = strchr(text, ':');
	size_t n = strcspn(text, ":");

	fputs("rlim_cur=", f);
	put_limit(f, l, n ? text : "...", n, "RLIM64_INFINITY");
	fputs(n ? ", rlim_max=" : "..., rlim_max=", f);
	if (!hard || hard[1])
		put_limit(f, l, hard ? hard + 1 : text, hard ? strlen(hard + 1) : n,
			  "RLIM64_INFINITY");
	else
		fputs("...", f);
}

/* Only these belong to namespaces of a container (docker run, --sysctl). */
void explain_put_docker_sysctl(const struct explaining *x, FILE *f)
{
	static const char *const ours[] = {"net.", "kernel.msg", "kernel.shm", "kernel.sem",
					   "fs.mqueue."};
	char key[SYSCTL_KEY_MAX];

	snprintf(key, sizeof(key), "%s", x->argv[1]);
	for (char *p = key; *p; p++)
		if (*p == '/')
			*p = '.';
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (!strncmp(key, ours[i], strlen(ours[i]))) {
			fprintf(f, "--sysctl %s=%s", key, x->argv[2]);
			return;
		}
	if (!strcmp(key, "kernel.hostname") || !strcmp(key, "kernel.domainname"))
		fprintf(f, "--%s %s", key + strlen("kernel."), x->argv[2]);
	else
		fputs("docker run can't: --sysctl takes net.*, kernel.msg*, shm*, sem and fs.mqueue.*",
		      f);
}

void explain_put_docker_ip(const struct explaining *x, FILE *f)
{
	const char *address = x->argv[2];

	fprintf(f, "--ip%s %.*s, on a network of your own", strchr(address, ':') ? "6" : "",
		(int)strcspn(address, "/"), address);
}

/* capsh(1) takes all of them; setpriv(1) has no word for some. */
void explain_put_secbits(const struct explaining *x, FILE *f)
{
	unsigned long bits = 0;

	for (int i = 1; i < x->argc; i++)
		for (const struct trace_flag *b = securebits; b->name; b++)
			if (!strcasecmp(b->name, x->argv[i]))
				bits |= b->bit;
	fprintf(f, "0x%lx", bits);
}

/* What a bridge, and a cable's end on the host, still lack. */
void explain_put_vlan_mode(const struct explaining *x, FILE *f)
{
	fputs(netvlan_mode(x->argc, x->argv)->name, f);
}

void explain_put_vlan_tools(const struct explaining *x, FILE *f)
{
	pid_t box = x->session ? x->session->box.pid : 0;
	char pid[16] = "BOX";

	if (box)
		snprintf(pid, sizeof(pid), "%d", (int)box);
	fprintf(f, "ip(8): ip link add %s link %s netns %s type %s mode %s", x->argv[1], x->argv[2],
		pid, strrchr(x->op->name, ' ') + 1, netvlan_mode(x->argc, x->argv)->name);
}

void explain_put_bridge_tools(const struct explaining *x, FILE *f)
{
	const char *name = x->argv[1];

	if (explain_holds(x, "absent"))
		fprintf(f, "ip link add %s type bridge; ip link set %s up", name, name);
	else
		fprintf(f, "ip link show %s", name);
	if (x->argc > 2)
		fprintf(f, "; ip addr add %s dev %s", x->argv[2], name);
	if (explain_holds(x, "ports"))
		fprintf(f, "; ip link set HOST-END master %s up", name);
}
