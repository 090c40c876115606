/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals (signal(7)). A disposition set to a handler is reset by execve(2),
 * one that is ignored stays ignored, and so does the mask: what a program in
 * the box finds is therefore put in order just before it is executed.
 */
#include "ops/box/signals.h"

#include <errno.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
#define N_ENDING (sizeof(ending) / sizeof(ending[0]))
static const int events[] = {SIGWINCH, SIGCHLD, SIGCONT};
#define N_EVENTS (sizeof(events) / sizeof(events[0]))

#define KERNEL_SIGNALS 64

static volatile sig_atomic_t ended_by;
static sigset_t waiting;           /* while the shell waits */
static sigset_t inherited_ignored; /* of ending[], ignored by our parent's wish */

static void on_ending(int sig)
{
	ended_by = sig;
}

/* A child that something inside stopped with SIGSTOP is continued: nobody but
 * us could. Stops by the keyboard are the affair of the person's shell. */
static void on_child(void)
{
	siginfo_t who = {0};

	while (waitid(P_ALL, 0, &who, WSTOPPED | WNOHANG) == 0 && who.si_pid) {
		if (who.si_status == SIGSTOP)
			kill(who.si_pid, SIGCONT);
		who.si_pid = 0;
	}
}

static void on_event(int sig)
{
	int saved = errno;

	if (sig == SIGCHLD)
		on_child();
	errno = saved; /* beyond that it only interrupts the wait */
}

void signals_shell(void)
{
	struct sigaction old;
	sigset_t block;

	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* EFBIG says it (setrlimit(2)) */
	sigemptyset(&waiting);
	sigemptyset(&inherited_ignored);
	sigemptyset(&block);
	for (size_t i = 0; i < N_ENDING; i++) {
		sigaction(ending[i], NULL, &old);
		if (old.sa_handler == SIG_IGN) {
			sigaddset(&inherited_ignored, ending[i]);
			continue;
		}
		sigaction(ending[i], &(struct sigaction){.sa_handler = on_ending}, NULL);
		sigaddset(&block, ending[i]);
	}
	for (size_t i = 0; i < N_EVENTS; i++) {
		sigaction(events[i], &(struct sigaction){.sa_handler = on_event}, NULL);
		sigaddset(&block, events[i]);
	}
	sigprocmask(SIG_SETMASK, &block, NULL);
}

void signals_box(void)
{
	static const int keyboard[] = {SIGINT, SIGQUIT, SIGHUP, SIGTSTP, SIGTTIN, SIGTTOU};

	for (size_t i = 0; i < sizeof(keyboard) / sizeof(keyboard[0]); i++)
		signal(keyboard[i], SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	signal(SIGWINCH, SIG_DFL);
	sigprocmask(SIG_SETMASK, &waiting, NULL);
}

/* The system call itself: the C library lets nobody change the two signals that
 * it uses internally, and posix_spawn(3) leaves them ignored. In the kernel's
 * struct sigaction zero is SIG_DFL, no flags, an empty mask (sigaction(2)). */
void signals_program(void)
{
	static const unsigned long standard[8];

	for (int sig = 1; sig <= KERNEL_SIGNALS; sig++)
		if (sigismember(&inherited_ignored, sig) != 1)
			syscall(SYS_rt_sigaction, sig, standard, NULL, KERNEL_SIGNALS / 8);
	sigprocmask(SIG_SETMASK, &waiting, NULL);
}

const sigset_t *signals_waiting(void)
{
	return &waiting;
}

int signals_ending(void)
{
	return ended_by;
}

void signals_forget(void)
{
	ended_by = 0;
}

int signals_poll(struct pollfd *fds, nfds_t n)
{
	return ppoll(fds, n, NULL, &waiting);
}

int signals_pause(long ns)
{
	ppoll(NULL, 0, &(struct timespec){.tv_nsec = ns}, &waiting);
	errno = EINTR;
	return ended_by ? -1 : 0;
}

int signals_wait(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	while (signals_poll(&p, 1) < 0)
		if (ended_by || errno != EINTR)
			return -1;
	return 0;
}
