/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trying something out in a child of ours that is thrown away, with all that it
 * made: nothing of it stays, and nothing of ours changes.
 */
#ifndef CTRSH_OPS_DOCTOR_TRIAL_H
#define CTRSH_OPS_DOCTOR_TRIAL_H

#include <stdbool.h>
#include <stddef.h>

/* Has fn called in a child; what it writes to the size bytes at result is there
 * afterwards, also when the child did not come to the end. false: it did not (a
 * filter killed it, say, or two seconds were over). */
bool trial_run(void (*fn)(void *result), void *result, size_t size);

#endif
