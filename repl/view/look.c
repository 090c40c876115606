/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include <unistd.h>

#include "../../ops/box.h"

int look_inside(struct shell *sh, struct subject *s, struct err *err)
{
	if (box_has_ended(&sh->session))
		return box_gone(&sh->session, err);
	if (box_start(&sh->session, err) < 0)
		return -1;
	return subject_open(s, sh->session.box.pid, err);
}

int look_outside(struct subject *s, struct err *err)
{
	return subject_open(s, getpid(), err);
}
