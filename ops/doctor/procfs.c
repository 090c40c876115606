/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Is there a /proc that shows us? Most of what is looked at stands there; without
 * it nothing is said about that (proc(5)).
 */
#include <stdio.h>

#include "ops/doctor/finding.h"

static void look_procfs(const struct machine *m, struct finding *f)
{
	if (!m->no_proc) {
		finding_set(f, FOUND_OK, "mounted on /proc, and shows this process");
		return;
	}
	finding_set(f, FOUND_MISSING, "no procfs on /proc, or it is another PID namespace's");
	finding_means(f,
		      "ctrsh reads there what a box is, so little works, and little can be told");
	finding_fix(f, "%smount -t proc proc /proc", m->uid ? "sudo " : "");
	snprintf(f->brief, sizeof(f->brief), "there is no /proc here");
}

const struct check check_procfs = {"procfs", "procfs", look_procfs, true};
