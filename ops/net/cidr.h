/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses as people write them: IPv4 or IPv6, with the length of the network
 * part (RFC 4632, RFC 4291). Looks at nothing but the text.
 */
#ifndef CTRSH_OPS_NET_CIDR_H
#define CTRSH_OPS_NET_CIDR_H

#include <stdbool.h>

#include "ops/err.h"

#define CIDR_TEXT 64

struct cidr {
	int family;    /* AF_INET or AF_INET6 */
	unsigned size; /* of its addresses: 4 or 16 bytes */
	unsigned prefix;
	unsigned char bytes[16];
};

/* ADDRESS/LENGTH; ADDRESS alone. op: for the message. 0, or -1 and *err. */
int cidr_parse(const char *op, const char *text, struct cidr *out, struct err *err);
int cidr_parse_ip(const char *op, const char *text, struct cidr *out, struct err *err);

/* The network that it lies in: the bits after the prefix are 0. */
struct cidr cidr_network(const struct cidr *c);

/* Does the network of c hold the address? */
bool cidr_contains(const struct cidr *c, const struct cidr *address);

bool cidr_is_linklocal(const struct cidr *c);

/* ADDRESS/LENGTH, as the kernel's tools write it. */
const char *cidr_text(const struct cidr *c, char buf[CIDR_TEXT]);

#endif
