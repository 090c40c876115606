/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of what the shell holds for a box: what was made last is released
 * first, and a control group only once nothing is left in it.
 */
#include "session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box.h"
#include "children.h"
#include "warden.h"

void session_init(struct session *s)
{
	memset(s, 0, sizeof(*s));
	s->box.sock = -1;
	s->shell = getpid();
	s->shell_group = getpgrp();
	s->n_earlier = children_list(&s->earlier);
}

void session_reset(struct session *s, char *left)
{
	box_end(s);
	warden_clean(s, left);
}

void session_release(struct session *s, char *left)
{
	session_reset(s, left);
	warden_dismiss(s);
	free(s->earlier);
	s->earlier = NULL;
}
