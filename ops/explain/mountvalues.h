/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of the texts for mounts: file system type, source, directory, options
 * for mount(8), and flags and data as mount(2) gets them.
 */
#ifndef CTRSH_OPS_EXPLAIN_MOUNTVALUES_H
#define CTRSH_OPS_EXPLAIN_MOUNTVALUES_H

#include "ops/explain/explain.h"

void explain_put_type(const struct explaining *x, FILE *f);
void explain_put_src(const struct explaining *x, FILE *f);
void explain_put_dir(const struct explaining *x, FILE *f);
void explain_put_options_word(const struct explaining *x, FILE *f);
void explain_put_mount_flags(const struct explaining *x, FILE *f);
void explain_put_data(const struct explaining *x, FILE *f);

void explain_put_docker_options(const struct explaining *x, FILE *f);
void explain_put_overlay_flags(const struct explaining *x, FILE *f);
void explain_put_overlay_options(const struct explaining *x, FILE *f);
void explain_put_dev_dir(const struct explaining *x, FILE *f);
void explain_put_dev_tools(const struct explaining *x, FILE *f);
void explain_put_mask_tools(const struct explaining *x, FILE *f);
void explain_put_remount_tools(const struct explaining *x, FILE *f);
void explain_put_propagation_dir(const struct explaining *x, FILE *f);

/* The data of mount overlay, as mount(2) gets it. */
void explain_overlay_data(const struct explaining *x, char *data, size_t size);

/* A string as in C. */
void explain_quote(FILE *f, const char *text);

#endif
