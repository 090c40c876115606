/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CTRSH_OPS_LIMITS_PERSONALITY_H
#define CTRSH_OPS_LIMITS_PERSONALITY_H

/* The argument of personality(2) that a line means, and in text as the kernel's
 * constants joined by |. argv as the op has it, checked. */
unsigned long personality_parse(int argc, char **argv, char *text, unsigned size);

#endif
