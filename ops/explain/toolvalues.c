/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values that only the words of other tools, or C, need: options of unshare(1),
 * nsenter(1) and docker run, names of control files by version (cgroups(7)).
 */
#include "ops/explain/toolvalues.h"

#include <ctype.h>
#include <string.h>

#include "ops/limits/sysctlkey.h"
#include "ops/namespaces/clocks.h"
#include "ops/namespaces/ns.h"
#include "ops/text/size.h"

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

void explain_put_nsenter(const struct explaining *x, FILE *f)
{
	bool process = is_number(x->argv[1]);

	fprintf(f, process ? "nsenter --target %s" : "nsenter", x->argv[1]);
	for (int i = 2; i < x->argc; i++) {
		const struct ns *ns = ns_find(x->argv[i]);

		if (ns)
			fprintf(f, process ? " --%s" : " --%s=%s", long_name(ns), x->argv[1]);
	}
	if (x->argc < 3)
		fprintf(f, process ? " --all" : " --NAMESPACE=%s", x->argv[1]);
}

void explain_put_setns(const struct explaining *x, FILE *f)
{
	const char *separator = "";

	if (is_number(x->argv[1]))
		fprintf(f, "int fd = pidfd_open(%s, 0); setns(fd, ", x->argv[1]);
	else
		fprintf(f, "int fd = open(\"%s\", O_RDONLY|O_CLOEXEC); setns(fd, ", x->argv[1]);
	for (const struct ns *ns = namespaces; ns->name; ns++) {
		bool wanted = x->argc < 3 && is_number(x->argv[1]);

		for (int i = 2; i < x->argc; i++)
			wanted |= !strcmp(x->argv[i], ns->name);
		if (!wanted)
			continue;
		fprintf(f, "%s%s", separator, ns->flagname);
		separator = "|";
	}
	fprintf(f, "%s);", *separator ? "" : "0");
}

/* Docker's --memory-swap is the sum of both. */
void explain_put_docker_memory(const struct explaining *x, FILE *f)
{
	long long memory = 0, swap = 0;
	char text[24];

	size_parse(x->argv[1], &memory);
	if (memory == SIZE_MAX_WORD) {
		fputs("always, without --memory", f);
		return;
	}
	size_short(text, memory);
	fprintf(f, "--memory %.*s%c", (int)strlen(text) - 1, text,
		tolower((unsigned char)text[strlen(text) - 1]));
	if (x->argc < 3 || size_parse(x->argv[2] + 5, &swap) < 0)
		return;
	if (swap == SIZE_MAX_WORD) {
		fputs(" --memory-swap -1", f);
		return;
	}
	size_short(text, memory + swap);
	fprintf(f, " --memory-swap %.*s%c", (int)strlen(text) - 1, text,
		tolower((unsigned char)text[strlen(text) - 1]));
}

/* The file that limits, by the op and the version here. */
void explain_put_file(const struct explaining *x, FILE *f)
{
	static const struct {
		const char *op, *v2, *v1;
	} files[] = {
		{"cgroup memory", "memory.max", "memory.limit_in_bytes"},
		{"cgroup cpu", "cpu.max", "cpu.cfs_quota_us"},
		{"cgroup io", "io.max", "blkio.throttle.read_bps_device"},
		{"cgroup freeze", "cgroup.freeze", "freezer.state"},
		{"cgroup thaw", "cgroup.freeze", "freezer.state"},
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		if (!strcmp(files[i].op, x->op->name))
			fputs(explain_holds(x, "v2") ? files[i].v2 : files[i].v1, f);
}

/* The bytes of "cgroup memory", as the kernel takes them. */
void explain_put_bytes(const struct explaining *x, FILE *f)
{
	long long n = 0;
	char text[24];

	size_parse(x->argv[1], &n);
	fputs(n == SIZE_MAX_WORD && !explain_holds(x, "v2") ? "-1" : size_text(text, n), f);
}

void explain_put_key(const struct explaining *x, FILE *f)
{
	char path[SYSCTL_KEY_MAX];

	fputs(sysctl_path(x->argv[1], path, sizeof(path)) ? path : x->argv[1], f);
}

void explain_put_veth_addresses(const struct explaining *x, FILE *f)
{
	if (x->argc < 4)
		return;
	fprintf(f,
		"; ip addr add %s dev HOST-END; ip link set HOST-END up; in the box: ip addr add "
		"%s dev %s; ip link set %s up",
		x->argv[2], x->argv[3], x->argv[1], x->argv[1]);
}

void explain_put_bridge_address(const struct explaining *x, FILE *f)
{
	if (x->argc > 2)
		fprintf(f, "ip addr add %s dev %s; ", x->argv[2], x->argv[1]);
	fprintf(f, "ip link set %s up", x->argv[1]);
}
