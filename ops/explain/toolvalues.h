/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of texts that only the words of other tools, or C, need.
 */
#ifndef CTRSH_OPS_EXPLAIN_TOOLVALUES_H
#define CTRSH_OPS_EXPLAIN_TOOLVALUES_H

#include "ops/explain/explain.h"

void explain_put_clock_options(const struct explaining *x, FILE *f);
void explain_put_nsenter(const struct explaining *x, FILE *f);
void explain_put_setns(const struct explaining *x, FILE *f);
void explain_put_key(const struct explaining *x, FILE *f);
void explain_put_veth_addresses(const struct explaining *x, FILE *f);
void explain_put_bridge_tools(const struct explaining *x, FILE *f);
void explain_put_vlan_mode(const struct explaining *x, FILE *f);
void explain_put_vlan_tools(const struct explaining *x, FILE *f);
void explain_put_docker_namespaces(const struct explaining *x, FILE *f);
void explain_put_prlimit(const struct explaining *x, FILE *f);
void explain_put_docker_ulimit(const struct explaining *x, FILE *f);
void explain_put_rlimit(const struct explaining *x, FILE *f);
void explain_put_docker_sysctl(const struct explaining *x, FILE *f);
void explain_put_docker_ip(const struct explaining *x, FILE *f);
void explain_put_secbits(const struct explaining *x, FILE *f);

#endif
