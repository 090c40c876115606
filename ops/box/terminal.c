/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The relay between the person's terminal and a new pseudo-terminal (boxpty.h).
 * While it relays, the person's terminal is raw (termios(3)): ^C and ^Z are
 * bytes for the line discipline inside.
 */
#include "ops/box/terminal.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "ops/box/box.h"
#include "ops/box/boxpty.h"
#include "ops/box/signals.h"
#include "ops/box/warden.h"
#include "ops/seccomp/notify.h"

static bool is_raw;
static struct termios before, raw;

bool terminal_is_raw(void)
{
	return is_raw;
}

static void copy_window_size(const struct terminal *t)
{
	struct winsize size;

	if (ioctl(t->person, TIOCGWINSZ, &size) == 0)
		ioctl(t->master, TIOCSWINSZ, &size);
}

static int open_pty(struct terminal *t, const struct session *s, struct err *err)
{
	struct termios mode;

	if (boxpty_open(s, &t->master, &t->slave, err) < 0)
		return -1;
	if (tcgetattr(t->person, &mode) == 0) {
		if (t->shared)
			mode.c_oflag &= ~(tcflag_t)OPOST; /* the person's terminal does it */
		tcsetattr(t->slave, TCSANOW, &mode);
	}
	copy_window_size(t);
	return 0;
}

/* In the background the terminal is not ours to change, or to read. One that is
 * not our controlling terminal, as behind setsid or su -c, has no background that
 * we could be in: tcgetpgrp(3) fails with ENOTTY. */
static bool in_background(void)
{
	pid_t foreground = tcgetpgrp(0);

	return foreground >= 0 && foreground != getpgrp();
}

static void make_raw(struct terminal *t, struct session *s)
{
	t->keyboard = t->keyboard && !in_background() && tcgetattr(0, &before) == 0;
	if (!t->keyboard)
		return;
	warden_guard_terminal(s, &before);
	raw = before;
	cfmakeraw(&raw);
	if (t->shared)
		raw.c_oflag = before.c_oflag;
	is_raw = tcsetattr(0, TCSADRAIN, &raw) == 0;
}

int terminal_open(struct terminal *t, struct session *s, struct err *err)
{
	static const int order[] = {1, 2, 0}; /* output goes to the first that is one */

	*t = (struct terminal){.master = -1, .slave = -1, .person = -1};
	for (int i = 0; i < 3 && t->person < 0; i++)
		if (isatty(order[i]))
			t->person = order[i];
	t->keyboard = isatty(0);
	t->shared = !isatty(0) || !isatty(1);
	if (t->person >= 0 && open_pty(t, s, err) < 0) {
		terminal_close(t);
		return -1;
	}
	for (int i = 0; i < 3; i++)
		t->streams[i] = isatty(i) ? t->slave : i;
	make_raw(t, s);
	return 0;
}

void terminal_handed_over(struct terminal *t)
{
	if (t->slave >= 0)
		close(t->slave);
	t->slave = -1;
}

static void write_all(int fd, const char *p, ssize_t n)
{
	while (n > 0) {
		ssize_t w = write(fd, p, (size_t)n);

		if (w < 0 && errno == EAGAIN) /* somebody made the terminal non-blocking */
			poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
		else if (w < 0 && errno != EINTR)
			return;
		p += w > 0 ? w : 0;
		n -= w > 0 ? w : 0;
	}
}

/* What a terminal shows of a key like ^C (ECHOCTL, termios(3)), and nothing behind it. */
static bool ends_with_key(const char *text, size_t n)
{
	return n >= 2 && text[n - 2] == '^' && text[n - 1] >= '@' && text[n - 1] <= '_';
}

/* A program that a key ended does not end the line: what we say of it begins a new one. */
static void end_line(struct terminal *t)
{
	if (t->key && !t->shared)
		write_all(t->person, "\r\n", 2);
	t->key = false;
}

/* false: nothing more will come. */
static bool output(struct terminal *t)
{
	char buf[4096];
	ssize_t n = read(t->master, buf, sizeof(buf));

	if (n > 0) {
		write_all(t->person, buf, n);
		t->key = ends_with_key(buf, (size_t)n);
	}
	return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

static void input(struct terminal *t)
{
	ssize_t n;

	if (!t->n_pending) {
		n = read(0, t->pending, sizeof(t->pending));
		if (n <= 0) {
			t->keyboard = n < 0 && (errno == EINTR || errno == EAGAIN);
			return;
		}
		t->n_pending = (unsigned)n;
	}
	n = write(t->master, t->pending, t->n_pending);
	if (n > 0 && (unsigned)n < t->n_pending)
		for (unsigned i = (unsigned)n; i < t->n_pending; i++)
			t->pending[i - (unsigned)n] = t->pending[i];
	t->n_pending -= n > 0 ? (unsigned)n : 0;
}

/* What was written before the end is in the pty's buffer, which holds less than
 * this; somebody left in the background may never stop. */
#define DRAIN_READS 64

static void drain(struct terminal *t)
{
	struct pollfd p = {.fd = t->master, .events = POLLIN};

	for (int i = 0; i < DRAIN_READS && t->master >= 0 && !t->held && poll(&p, 1, 0) > 0 &&
			(p.revents & POLLIN) && output(t);
	     i++)
		;
}

/* The window changed; or we were stopped and continued (SIGCONT), and the
 * person's shell has put the terminal's mode back. */
static void after_signal(const struct terminal *t)
{
	if (t->master >= 0)
		copy_window_size(t);
	if (is_raw && !in_background())
		tcsetattr(0, TCSANOW, &raw);
}

int terminal_wait(struct terminal *t, struct session *s, int fd)
{
	bool open = t->master >= 0;

	for (;;) {
		struct pollfd p[4] = {
			{.fd = fd, .events = POLLIN},
			{.fd = open && !t->held ? t->master : -1,
			 .events = (short)(POLLIN | (t->n_pending ? POLLOUT : 0))},
			{.fd = open && t->keyboard && !t->n_pending ? 0 : -1, .events = POLLIN},
			{.fd = s->notify.listener, .events = POLLIN},
		};

		/* SIGCHLD interrupts the wait, so none is missed. */
		if (fd < 0 && box_has_ended(s))
			break;
		if (signals_poll(p, 4) < 0) {
			if (signals_ending())
				return -1;
			after_signal(t);
			continue;
		}
		if (p[1].revents & (POLLIN | POLLHUP))
			/* EIO: everybody has closed the other side. */
			open = output(t);
		if (p[1].revents & POLLOUT || p[2].revents)
			input(t);
		if (p[3].revents & POLLIN)
			notify_answer(s);
		else if (p[3].revents) /* nobody is left who could make a call */
			notify_end(s);
		if (p[0].revents)
			break;
	}
	drain(t);
	end_line(t);
	return 0;
}

void terminal_close(struct terminal *t)
{
	t->held = false;
	drain(t);
	if (is_raw)
		tcsetattr(0, TCSADRAIN, &before);
	is_raw = false;
	terminal_handed_over(t);
	if (t->master >= 0)
		close(t->master);
	t->master = -1;
}
