/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is common to all ways: who the process is, by /proc/PID/status, its
 * mounts, its root; and the steps.
 */
#include "ops/audit/audit.h"
#include "ops/namespaces/idmap.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "ops/auto.h"
#include "ops/doctor/control.h"
#include "ops/namespaces/ns.h"
#include "ops/privilege/capname.h"

static bool read_mounts(int proc, struct mount_entry **list, int *n)
{
	int fd = openat(proc, "mountinfo", O_RDONLY | O_CLOEXEC);
	auto_fclose FILE *f = fd < 0 ? NULL : fdopen(fd, "r");
	struct mount_entry e, *more;

	while (f && mountinfo_next(f, &e)) {
		more = reallocarray(*list, (size_t)*n + 1, sizeof(e));
		if (!more)
			return false;
		*list = more;
		(*list)[(*n)++] = e;
	}
	return f != NULL;
}

static uint64_t status_hex(const struct subject *who, const char *key)
{
	auto_free char *text = subject_status(who, key);

	return text ? strtoull(text, NULL, 16) : 0;
}

static unsigned status_number(const struct subject *who, const char *key, int column)
{
	auto_free char *text = subject_status(who, key);
	unsigned n[4] = {0};

	if (text)
		sscanf(text, "%u %u %u %u", &n[0], &n[1], &n[2], &n[3]);
	return n[column];
}

/* ID 0 inside: who executes a file as root gets what is bounding (capabilities(7),
 * "Capabilities and execution of programs by root"). */
static bool is_root_inside(const struct subject *who, unsigned uid)
{
	auto_free char *text = subject_read(who, "uid_map", NULL);
	struct idmap m;

	idmap_parse(text ? text : "", &m);
	for (int i = 0; i < m.n; i++)
		if (m.row[i].in == 0)
			return m.row[i].out == uid;
	return false;
}

static uint64_t program_caps(const struct audit *a)
{
	uint64_t permitted = status_hex(a->who, "CapPrm"), inh = status_hex(a->who, "CapInh");
	uint64_t gains = inh | status_hex(a->who, "CapBnd");

	if (!is_root_inside(a->who, a->uid))
		return a->box ? status_hex(a->who, "CapAmb") : permitted;
	if (!a->new_privs)
		gains &= permitted;
	return a->box ? gains : gains | permitted;
}

/* Limits are set from the host, by us. */
static unsigned possible_limits(void)
{
	static const struct {
		const char *controller;
		unsigned step;
	} all[] = {{"pids", STEP_PIDS}, {"memory", STEP_MEMORY}, {"cpu", STEP_CPU}};
	const struct controller *c;
	struct control control;
	unsigned steps = 0;

	control_look(&control);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		c = control_find(&control, all[i].controller);
		steps |= c && c->may ? all[i].step : 0;
	}
	return steps;
}

/* A directory with programs, where it stands. Through a link pivot_root does not go. */
static bool has_rootfs(const struct subject *who)
{
	struct stat st;

	return fstatat(who->proc, "cwd/rootfs", &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(st.st_mode) && faccessat(who->proc, "cwd/rootfs/bin", F_OK, 0) == 0;
}

/* A cgroup namespace that was made too early can be made again, and begins where the box is
 * now. */
static unsigned gains(const struct audit *a)
{
	bool hides = a->names.seen == a->names.below;
	bool cgroup = a->shared & CLONE_NEWCGROUP ? hides : hides && a->names.seen;
	unsigned others = a->shared & ~(unsigned)(CLONE_NEWUSER | CLONE_NEWCGROUP);

	return others | (cgroup ? CLONE_NEWCGROUP : 0);
}

int audit_begin(struct audit *a, const struct subject *who, bool box, struct items *tried,
		struct err *err)
{
	auto_subject struct subject self = {.proc = -1};

	*a = (struct audit){.who = who, .box = box, .root = -1, .tried = *tried};
	*tried = (struct items){0};
	if (subject_open(&self, getpid(), err) < 0)
		return -1;
	a->uid = status_number(who, "Uid", 1);
	a->new_privs = status_number(who, "NoNewPrivs", 0) == 0;
	a->caps = program_caps(a);
	a->holds = status_hex(who, "CapEff");
	a->rootfs = has_rootfs(who);
	a->limits = box ? possible_limits() : 0;
	a->told = read_mounts(who->proc, &a->mounts, &a->n_mounts);
	read_mounts(self.proc, &a->ours, &a->n_ours);
	a->root = openat(who->proc, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
	for (const struct ns *ns = namespaces; ns->name; ns++)
		if (!ns_differ(who->pid, getpid(), ns->flag) && ns_id(who->pid, ns))
			a->shared |= ns->flag;
	groupnames_read(who, a->shared & CLONE_NEWCGROUP, &a->names);
	a->gains = gains(a);
	return 0;
}

void audit_end(struct audit *a)
{
	free(a->mounts);
	free(a->ours);
	items_release(&a->tried);
	if (a->root >= 0)
		close(a->root);
	a->root = -1;
}

void found(struct finding *f, enum state state, unsigned steps, const char *fmt, ...)
{
	va_list ap;

	f->state = state;
	f->steps = steps;
	va_start(ap, fmt);
	vsnprintf(f->shows, sizeof(f->shows), fmt, ap);
	va_end(ap);
}

static const char *const words[] = {[WAY_UNKNOWN] = "unknown",
				    [WAY_CLOSED] = "closed",
				    [WAY_PARTLY] = "partly",
				    [WAY_OPEN] = "open"};

const char *audit_word(enum state state)
{
	return words[state];
}

void audit_way(const struct audit *a, const struct way *w, struct finding *f)
{
	const char *tried = items_find(&a->tried, w->name);

	const char *filter = items_find(&a->tried, "seccomp");

	*f = (struct finding){.state = WAY_UNKNOWN};
	w->look(a, f);
	/* It has one, and the default one could not do more. */
	if (filter && !strncmp(filter, "closed", 6) && !(a->caps & CAP_BIT(CAP_SYS_ADMIN)))
		f->steps &= ~(unsigned)STEP_SECCOMP;
	for (unsigned s = WAY_CLOSED; tried && s <= WAY_OPEN; s++) {
		size_t n = strlen(words[s]);

		if (strncmp(tried, words[s], n) != 0)
			continue;
		f->state = s;
		f->tried = true;
		if (tried[n])
			snprintf(f->shows, sizeof(f->shows), "%s", tried + n + 1);
	}
}

bool audit_has(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = strstr(list, word); p; p = strstr(p + 1, word))
		if ((p == list || p[-1] == ',') && (!p[n] || p[n] == ','))
			return true;
	return false;
}

int audit_at(const struct audit *a, const char *path)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC,
			       .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};

	return (int)syscall(SYS_openat2, a->root, path, &how, sizeof(how));
}

bool audit_sees(const struct audit *a, const struct mount_entry *e)
{
	auto_close int fd = audit_at(a, e->point);
	struct statx st;

	return fd >= 0 && statx(fd, "", AT_EMPTY_PATH, STATX_MNT_ID, &st) == 0 &&
	       st.stx_mnt_id == (uint64_t)e->id;
}

bool audit_can(const struct audit *a, int cap)
{
	return (a->shared & CLONE_NEWUSER) && (a->caps & CAP_BIT(cap));
}

unsigned audit_pivot(const struct audit *a)
{
	struct stat inside, outside;

	if (fstat(a->root, &inside) < 0 || stat("/", &outside) < 0 ||
	    inside.st_ino != outside.st_ino || inside.st_dev != outside.st_dev)
		return 0;
	return STEP_PIVOT | (a->shared & CLONE_NEWNS ? STEP_LATER : 0);
}
