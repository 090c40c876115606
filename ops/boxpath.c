/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Through /proc/PID/root and /proc/PID/cwd of the box (proc(5)).
 */
#include "boxpath.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "auto.h"
#include "box.h"

int boxpath_open(const struct session *s, const char *path, uint64_t resolve)
{
	bool rooted = path[0] == '/';
	struct open_how how = {.flags = O_PATH | O_CLOEXEC,
			       .resolve = resolve | (rooted ? RESOLVE_IN_ROOT : 0)};
	auto_close int base = -1;
	char proc[64];

	box_proc(s, proc, sizeof(proc), rooted ? "root" : "cwd");
	base = open(proc, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return base < 0 ? -1 : (int)syscall(SYS_openat2, base, path, &how, sizeof(how));
}
