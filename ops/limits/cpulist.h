/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_OPS_LIMITS_CPULIST_H
#define CTRSH_OPS_LIMITS_CPULIST_H

#include <sched.h>
#include <stdbool.h>

/* "0-2,5" to the set. false: malformed, or a number that the set has no room for. */
bool cpulist_parse(const char *list, cpu_set_t *set);

#endif
