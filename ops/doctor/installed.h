/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the scripts that come with ctrsh are: beside the program in a source
 * tree, else in share/ctrsh.
 */
#ifndef CTRSH_OPS_DOCTOR_INSTALLED_H
#define CTRSH_OPS_DOCTOR_INSTALLED_H

#include <stdbool.h>

/* Their directory, in buf. false: nowhere. */
bool installed_scripts(char *buf, unsigned size);

#endif
