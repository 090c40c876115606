/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is around us: a filter (seccomp(2)), a container, the kernel itself, and
 * libraries that are opened at run time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/capability.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/doctor/finding.h"
#include "ops/facts/membership.h"
#include "ops/namespaces/ns.h"
#include "ops/privilege/capname.h"

/* The calls with that verdict, in buf. */
static int put_calls(const struct machine *m, enum call_verdict verdict, char *buf, unsigned size)
{
	int n = 0;

	*buf = '\0';
	for (int i = 0; known_calls[i].name; i++)
		if (m->calls[i] == verdict) {
			finding_add(buf, size, ", ", "%s (%s)", known_calls[i].name,
				    known_calls[i].what);
			n++;
		}
	return n;
}

static void look_seccomp(const struct machine *m, struct finding *f)
{
	char list[400];
	int n = put_calls(m, CALL_FILTERED, list, sizeof(list));

	if (!n && m->filtered <= 0)
		finding_set(f, FOUND_OK, "filters can be loaded, and none is in force");
	else if (!n)
		finding_set(f, FOUND_OK,
			    "a filter is in force (Seccomp: %d in /proc/self/status); "
			    "it refuses no call of those that were tried",
			    m->filtered);
	else
		finding_set(f, FOUND_LIMITED, "%s; refused before the kernel looks at them: %s",
			    m->filtered > 0 ? "a filter is in force" : "no filter is to be seen",
			    list);
	if (!n)
		return;
	finding_means(f, "what needs these calls fails, whatever the privilege");
	finding_hint(
		f,
		"Start ctrsh outside of this container (or docker run --security-opt seccomp=unconfined)");
}

const struct check check_seccomp = {"seccomp", "seccomp", look_seccomp, false};

static void look_network(const struct machine *m, struct finding *f)
{
	bool holds = m->host_caps >> CAP_NET_ADMIN & 1;
	bool own = !tried_lacks(&m->plain, CLONE_NEWNET) || !tried_lacks(&m->user, CLONE_NEWNET);

	finding_set(
		f,
		holds && own ? FOUND_OK
		: own        ? FOUND_LIMITED
			     : FOUND_MISSING,
		"user %u %s CAP_NET_ADMIN over the host's network; a network namespace %s be made",
		(unsigned)m->uid, holds ? "holds" : "does not hold", own ? "can" : "can not");
	if (f->state == FOUND_OK)
		return;
	finding_means(f,
		      own ? "net veth and net bridge are refused: a box has a network of its own, "
			    "but no way out of it"
			  : "a box has no network of its own");
	if (m->uid != 0)
		finding_fix(f, "sudo ctrsh");
}

const struct check check_network = {"network", "network", look_network, false};

/* The inodes of the first namespaces: PROC_*_INIT_INO of the kernel's
 * include/uapi/linux/nsfs.h, the same since 3.8. */
static void first_namespaces(char *buf, unsigned size)
{
	static const struct {
		const char *name;
		ino_t first;
	} known[] = {{"user", 0xEFFFFFFDU}, {"pid", 0xEFFFFFFCU}, {"cgroup", 0xEFFFFFFBU}};

	for (int i = 0; i < 3; i++) {
		ino_t now = ns_id(getpid(), ns_find(known[i].name));

		if (now && now != known[i].first)
			finding_add(buf, size, ", ", "its %s namespace is not the machine's first",
				    known[i].name);
	}
}

/* systemd's way to say so: container=NAME for PID 1, and this file. */
static void said_so(char *buf, unsigned size)
{
	auto_fclose FILE *f = fopen("/run/systemd/container", "re");
	auto_fclose FILE *env = fopen("/proc/1/environ", "re");
	const char *own = getenv("container");
	auto_free char *word = NULL;
	char line[64];
	size_t n = 0;

	if (f && fgets(line, sizeof(line), f))
		finding_add(buf, size, ", ", "/run/systemd/container says %.*s",
			    (int)strcspn(line, "\n"), line);
	while (env && getdelim(&word, &n, '\0', env) > 0)
		if (!strncmp(word, "container=", 10))
			finding_add(buf, size, ", ", "PID 1 has %.60s in its environment", word);
	if (own && *own)
		finding_add(buf, size, ", ", "the environment has container=%.40s", own);
}

static void group_path(char *buf, unsigned size)
{
	static const char *const marks[] = {"docker",     "kubepods",      "libpod", "lxc",
					    "containerd", "machine.slice", NULL};
	auto_free char *text = process_read(getpid(), "cgroup");
	struct membership m;
	char *rest = text;

	while (membership_next(&rest, &m))
		for (const char *const *mark = marks; *mark; mark++)
			if (strstr(m.path, *mark)) {
				finding_add(buf, size, ", ", "its control group is %.120s", m.path);
				return;
			}
}

/* Which signs there are that this is a container, in buf; false: none. */
static bool finding_container(char *buf, unsigned size)
{
	static const char *const files[] = {"/.dockerenv", "/run/.containerenv", "/.flatpak-info",
					    "/dev/lxd", NULL};

	*buf = '\0';
	first_namespaces(buf, size);
	for (const char *const *file = files; *file; file++)
		if (access(*file, F_OK) == 0)
			finding_add(buf, size, ", ", "there is %s", *file);
	said_so(buf, size);
	group_path(buf, size);
	return *buf != '\0';
}

static void look_container(const struct machine *m, struct finding *f)
{
	char signs[400];

	(void)m;
	if (!finding_container(signs, sizeof(signs))) {
		finding_set(f, FOUND_OK, "no sign of one");
		return;
	}
	finding_set(f, FOUND_LIMITED, "%s", signs);
	finding_means(f,
		      "this is inside of a container: what it lacks, no box in it has; the host "
		      "here is the container");
	finding_hint(f, "Where that hinders, start ctrsh outside of it");
}

const struct check check_container = {"container", "container", look_container, false};

static void look_kernel(const struct machine *m, struct finding *f)
{
	char list[300];
	int n = put_calls(m, CALL_MISSING, list, sizeof(list));

	finding_set(f, n ? FOUND_LIMITED : FOUND_OK, "Linux %.64s %.32s", m->uts.release,
		    m->uts.machine);
	if (!n)
		return;
	finding_add(f->found, sizeof(f->found), "; ", "it lacks %s", list);
	finding_means(f, "what needs these calls fails");
	finding_hint(f, "A kernel from 5.14 on has all that ctrsh uses");
}

const struct check check_kernel = {"kernel", "kernel", look_kernel, true};

static void look_libraries(const struct machine *m, struct finding *f)
{
	char means[200] = "";

	finding_set(f, FOUND_OK, "%s", "");
	for (int i = 0; machine_libraries[i]; i++) {
		bool there = !m->libraries[i].error[0];

		finding_add(f->found, sizeof(f->found), ", ", "%s",
			    there ? machine_libraries[i] : m->libraries[i].error);
		if (there)
			continue;
		f->state = FOUND_MISSING;
		finding_add(means, sizeof(means), "; ", "%s",
			    i == 0 ? "mounts take no options (ro, size=...)"
				   : "no tables (peek, status)");
	}
	if (f->state == FOUND_OK)
		return;
	finding_means(f, "%s", means);
	finding_fix(f, "sudo apt-get install libmount1 libsmartcols1");
}

const struct check check_libraries = {"libraries", "libraries", look_libraries, true};
