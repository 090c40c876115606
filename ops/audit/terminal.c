/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The person's terminal: who has it open reads what is typed there, and may type
 * itself (TIOCSTI, ioctl_tty(2); since Linux 6.2 dev.tty.legacy_tiocsti can forbid
 * it). What a program of ours gets in its place is a terminal made for it alone: what
 * is typed into that ends with it.
 */
#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ops/audit/look.h"
#include "ops/auto.h"

/* Unix98 pseudo-terminals (devices.txt of the kernel). */
static bool is_pseudo(dev_t device)
{
	return major(device) >= 136 && major(device) <= 143;
}

static bool is_hosts_terminals(const struct audit *a, const char *device)
{
	for (int i = 0; i < a->n_ours; i++)
		if (!strcmp(a->ours[i].type, "devpts") && !strcmp(a->ours[i].device, device))
			return true;
	return false;
}

/* A console or a serial line: its file works in any directory. 0: the person's is no
 * such terminal. */
static dev_t console(void)
{
	struct stat st;

	for (int fd = 0; fd < 3; fd++)
		if (isatty(fd) && fstat(fd, &st) == 0 && !is_pseudo(st.st_rdev))
			return st.st_rdev;
	return 0;
}

static bool has_console(const struct audit *a, dev_t device, char *path, size_t size)
{
	auto_close int dev = audit_at(a, "/dev");
	int fd = dev < 0 ? -1 : openat(dev, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	bool has = false;
	struct dirent *e;
	struct stat st;

	if (!d && fd >= 0)
		close(fd);
	while (d && device && !has && (e = readdir(d)))
		if (fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISCHR(st.st_mode) &&
		    st.st_rdev == device) {
			has = true;
			snprintf(path, size, "/dev/%.100s", e->d_name);
		}
	if (d)
		closedir(d);
	return has;
}

/* A descriptor of another process on a terminal of the host's, as who started it from
 * there passed it on. */
static bool holds_terminal(const struct audit *a, char *text, size_t size)
{
	auto_close int dir = openat(a->who->proc, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = dir < 0 ? NULL : fdopendir(dup(dir));
	bool has = false;
	struct dirent *e;
	struct stat st;
	char device[32], name[32], to[100] = "";

	while (d && !has && (e = readdir(d))) {
		if (fstatat(dir, e->d_name, &st, 0) < 0 || !S_ISCHR(st.st_mode))
			continue;
		snprintf(device, sizeof(device), "%u:%u", major(st.st_dev), minor(st.st_dev));
		snprintf(name, sizeof(name), "fd/%.20s", e->d_name);
		has = is_pseudo(st.st_rdev) && is_hosts_terminals(a, device);
		if (has && subject_link(a->who, name, to, sizeof(to)))
			snprintf(text, size, "descriptor %.20s is %s", e->d_name, to);
	}
	if (d)
		closedir(d);
	return has;
}

void look_terminal(const struct audit *a, struct finding *f)
{
	char text[200] = "";

	for (int i = 0; i < a->n_mounts; i++) {
		const struct mount_entry *e = &a->mounts[i];

		if (strcmp(e->type, "devpts") != 0 || !is_hosts_terminals(a, e->device))
			continue;
		found(f, WAY_OPEN, audit_pivot(a), "%s has the host's terminals", e->point);
		return;
	}
	if (!a->told || a->root < 0)
		found(f, WAY_UNKNOWN, 0, AUDIT_UNREADABLE);
	else if (has_console(a, console(), text, sizeof(text)))
		found(f, WAY_OPEN, audit_pivot(a), "%s is it", text);
	else if (a->box && console() && audit_can(a, CAP_MKNOD))
		found(f, WAY_OPEN, STEP_MKNOD, "CAP_MKNOD makes its device");
	else if (!a->box && holds_terminal(a, text, sizeof(text)))
		found(f, WAY_PARTLY, 0, "%s, a terminal of the host's", text);
	else if (a->box)
		found(f, WAY_CLOSED, 0, "no devpts of the host's; run gives a terminal of its own");
	else
		found(f, WAY_CLOSED, 0,
		      "no devpts of the host's, no descriptor of a terminal there");
}
