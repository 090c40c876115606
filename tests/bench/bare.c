/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first recipe as a bare C program: the same system calls in the same
 * order, nothing checked that need not be, nothing shown. What ctrsh costs is
 * measured against it.
 *
 * usage: bare CGROUP-PARENT ROOTFS PROGRAM
 */
#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void put(const char *dir, const char *file, const char *value)
{
	char path[512];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		err(1, "%s", path);
	close(fd);
}

static void limit(const char *group, pid_t pid)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", (int)pid);
	if (mkdir(group, 0755) < 0)
		err(1, "mkdir %s", group);
	put(group, "pids.max", "20");
	put(group, "cgroup.procs", number);
}

static _Noreturn void inside(const char *root, char *program, int go)
{
	char c;

	if (sethostname("box", 3) < 0 || read(go, &c, 1) != 1)
		err(1, "sethostname");
	if (chroot(root) < 0 || chdir("/") < 0)
		err(1, "chroot");
	if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0)
		err(1, "mount");
	execv(program, (char *[]){program, NULL});
	err(127, "%s", program);
}

int main(int argc, char **argv)
{
	char group[512];
	int go[2], status;
	pid_t pid;

	if (argc != 4 || pipe2(go, O_CLOEXEC) < 0)
		return 2;
	snprintf(group, sizeof(group), "%s/bare-%d", argv[1], (int)getpid());
	if (unshare(CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS) < 0)
		err(1, "unshare");
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		err(1, "mount private");
	pid = fork();
	if (pid == 0)
		inside(argv[2], argv[3], go[0]);
	limit(group, pid);
	if (write(go[1], "", 1) != 1 || waitpid(pid, &status, 0) != pid)
		err(1, "wait");
	while (rmdir(group) < 0)
		usleep(1000);
	return status != 0;
}
