/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fork(2); what the child finds out it writes to memory that both share
 * (mmap(2)), so that nothing is lost should a filter kill it in the middle.
 */
#include "ops/doctor/trial.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/box/signals.h"

#define SECONDS 2

static _Noreturn void child(void (*fn)(void *result), void *result, pid_t parent)
{
	signals_program();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 1); /* or its maps would belong to root */
	setrlimit(RLIMIT_CORE, &(struct rlimit){0});
	alarm(SECONDS);
	if (getppid() == parent)
		fn(result);
	_exit(0);
}

bool trial_run(void (*fn)(void *result), void *result, size_t size)
{
	void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t parent = getpid(), pid, r;
	int status = -1;

	if (shared == MAP_FAILED)
		return false;
	memcpy(shared, result, size);
	pid = fork();
	if (pid == 0)
		child(fn, shared, parent);
	do
		r = pid > 0 ? waitpid(pid, &status, 0) : -1;
	while (r < 0 && pid > 0 && errno == EINTR);
	memcpy(result, shared, size);
	munmap(shared, size);
	return r == pid && pid > 0 && status == 0;
}
