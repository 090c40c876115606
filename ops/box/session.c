/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of what the shell holds for a box: what was made last is released
 * first, and a control group only once nothing is left in it.
 */
#include "ops/box/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ops/box/box.h"
#include "ops/box/children.h"
#include "ops/box/warden.h"
#include "ops/cgroup/group.h"
#include "ops/net/links.h"
#include "ops/seccomp/notify.h"

int session_init(struct session *s)
{
	memset(s, 0, sizeof(*s));
	s->made = mmap(NULL, sizeof(*s->made), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       -1, 0);
	if (s->made == MAP_FAILED)
		return -1;
	s->box.sock = -1;
	s->notify.listener = -1;
	s->shell = getpid();
	s->shell_group = getpgrp();
	s->n_earlier = children_list(&s->earlier);
	return 0;
}

void session_clean(struct session *s, char *left)
{
	char links[SESSION_LEFT];

	links_remove(s, links);
	group_remove(s, left);
	if (links[0])
		snprintf(left + strlen(left), SESSION_LEFT - strlen(left), "%s%s",
			 left[0] ? ", " : "", links);
}

void session_reset(struct session *s, char *left)
{
	notify_end(s);
	s->notify.n = 0;
	box_end(s);
	session_clean(s, left);
	s->oom_seen = 0;
	s->oom_limit = 0;
	devices_forget(&s->devices);
}

void session_release(struct session *s, char *left)
{
	session_reset(s, left);
	warden_dismiss(s);
	munmap(s->made, sizeof(*s->made));
	s->made = NULL;
	free(s->earlier);
	s->earlier = NULL;
}
