/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The names of system calls, as libseccomp knows them, on this machine and for
 * the programs of other word sizes that it runs as well.
 */
#ifndef CTRSH_OPS_SYS_CALLNAME_H
#define CTRSH_OPS_SYS_CALLNAME_H

#include <stdbool.h>
#include <stdint.h>

#include "ops/err.h"

/* libseccomp's number of a call that programs can make here: below 0 where only
 * those of another word size can. -1 and *err for the op: there is none. */
int callname_number(const char *name, int *number, const char *op, struct err *err);

/* Its name, in buf. */
const char *callname_of(char *buf, unsigned size, int number);

/* For completion: these words, and then all names. NULL at the end. */
const char *const *callname_words(const char *const *first);

/* The architectures beside the native one whose programs run here, or 0: they
 * must be filtered, too, or they would be a way around. */
extern const uint32_t callname_others[];

/* 32-bit programs have other forms of some calls beside the one with this name:
 * their names, one for each i from 0; NULL after the last. ancient: also those
 * that no program of today uses. */
const char *callname_twin(const char *name, bool ancient, int i);

/* The name of which this is a twin, or NULL. */
const char *callname_today(const char *old);

/* An errno by its name or number, or 0 and *err for the op. */
int errno_number(const char *name, const char *op, struct err *err);

/* The other way round, in buf. */
const char *errno_text(char *buf, unsigned size, int errnum);

#endif
