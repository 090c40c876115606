/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was perhaps meant by a word that is unknown.
 */
#ifndef CTRSH_OPS_TEXT_NEAREST_H
#define CTRSH_OPS_TEXT_NEAREST_H

#include <stdbool.h>

#define NEAREST_FAR 32 /* before any candidate was tried */

/* Is the candidate near enough to the word to be meant, and nearer than *best?
 * Then *best is its distance from now on. */
bool nearest_is(const char *word, const char *candidate, int *best);

/* The nearest of the list (NULL at its end), or NULL. */
const char *nearest_of(const char *const *list, const char *word);

#endif
