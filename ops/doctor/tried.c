/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * unshare(2) one namespace after another, then mount(2) in a tmpfs that is seen
 * in the new mount namespace alone. The mounts are first made private: where
 * that fails nothing is mounted, for it could be seen on the host.
 */
#include "ops/doctor/tried.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/doctor/trial.h"
#include "ops/namespaces/ns.h"

const char *const tried_fs_names[] = {"tmpfs",  "proc",    "sysfs",   "devpts",
				      "mqueue", "cgroup2", "overlay", NULL};

static const char *const options[TRIED_FS] = {
	[TRY_DEVPTS] = "newinstance,ptmxmode=0666",
	[TRY_OVERLAY] = "lowerdir=lower,upperdir=upper,workdir=work",
};

static int put(const char *path, const char *text)
{
	auto_close int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) ? 0 : errno;
}

static int map_us(unsigned uid, unsigned gid)
{
	char line[64];
	int r;

	put("/proc/self/setgroups", "deny");
	snprintf(line, sizeof(line), "0 %u 1\n", uid);
	r = put("/proc/self/uid_map", line);
	snprintf(line, sizeof(line), "0 %u 1\n", gid);
	return r ? r : put("/proc/self/gid_map", line);
}

/* Does the kernel know it without loading a module? */
static bool is_known(const char *type)
{
	auto_fclose FILE *f = fopen("/proc/filesystems", "re");
	char line[128], name[64];

	while (f && fgets(line, sizeof(line), f))
		if ((sscanf(line, "nodev %63s", name) == 1 || sscanf(line, "%63s", name) == 1) &&
		    !strcmp(name, type))
			return true;
	return !f;
}

/* A directory to cover; what is below it is not touched. */
static int go_to_tmpfs(void)
{
	static const char *const places[] = {"/tmp", "/mnt", "/var", "/home", "/usr", NULL};
	struct stat st;

	for (const char *const *p = places; *p; p++)
		if (stat(*p, &st) == 0 && S_ISDIR(st.st_mode))
			return mount("ctrsh", *p, "tmpfs", MS_NOSUID | MS_NODEV, "size=64k") < 0 ||
					       chdir(*p) < 0
				       ? errno
				       : 0;
	return ENOENT;
}

static void try_mounts(struct tried *t)
{
	static const char *const layers[] = {"lower", "upper", "work"};

	t->private = mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ? errno : 0;
	if (t->private)
		return;
	t->fs[TRY_TMPFS] = go_to_tmpfs();
	if (t->fs[TRY_TMPFS])
		return;
	for (int i = 0; i < 3; i++)
		mkdir(layers[i], 0755);
	for (int i = TRY_PROC; i < TRIED_FS; i++) {
		const char *type = tried_fs_names[i];

		if (!is_known(type))
			t->fs[i] = NOT_LOADED;
		else if (mkdir(type, 0755) < 0 ||
			 mount(type, type, type, MS_NOSUID | MS_NOEXEC, options[i]) < 0)
			t->fs[i] = errno;
		else
			t->fs[i] = 0;
	}
}

/* As PID 1 of the new PID namespace: a proc shows that of its mounter. */
static void try_mounts_inside(struct tried *t)
{
	pid_t parent = getpid(), pid = fork();

	if (pid < 0)
		return;
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() == parent || getppid() == 0)
			try_mounts(t);
		_exit(0);
	}
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

static void try_namespaces(struct tried *t)
{
	int i = 0;

	for (const struct ns *ns = namespaces; ns->name; ns++, i++)
		if (ns->flag != CLONE_NEWUSER)
			t->ns[i] = unshare((int)ns->flag) < 0 ? errno : 0;
	if (tried_lacks(t, CLONE_NEWNS))
		return;
	if (tried_lacks(t, CLONE_NEWPID))
		try_mounts(t);
	else
		try_mounts_inside(t);
}

static void as_we_are(void *result)
{
	try_namespaces(result);
}

static void in_user_namespace(void *result)
{
	unsigned uid = geteuid(), gid = getegid();
	struct tried *t = result;

	t->user = unshare(CLONE_NEWUSER) < 0 ? errno : 0;
	if (t->user)
		return;
	t->map = map_us(uid, gid);
	try_namespaces(t);
}

void tried_look(struct tried *t, bool user)
{
	*t = (struct tried){.user = user ? NOT_TRIED : 0, .map = NOT_TRIED, .private = NOT_TRIED};
	for (int i = 0; i < TRIED_NS; i++)
		t->ns[i] = NOT_TRIED;
	for (int i = 0; i < TRIED_FS; i++)
		t->fs[i] = NOT_TRIED;
	trial_run(user ? in_user_namespace : as_we_are, t, sizeof(*t));
}

unsigned tried_lacks(const struct tried *t, unsigned mask)
{
	unsigned lacks = 0;
	int i = 0;

	for (const struct ns *ns = namespaces; ns->name; ns++, i++)
		if ((mask & ns->flag) && (ns->flag == CLONE_NEWUSER ? t->user : t->ns[i]) != 0)
			lacks |= ns->flag;
	return lacks;
}

int tried_errno(const struct tried *t, unsigned mask)
{
	unsigned lacks = tried_lacks(t, mask);
	int i = 0;

	for (const struct ns *ns = namespaces; ns->name; ns++, i++)
		if (lacks & ns->flag)
			return ns->flag == CLONE_NEWUSER ? t->user : t->ns[i];
	return 0;
}
