/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses: inet_pton(3) reads them, the length of the prefix comes after a
 * slash. There is no default for it: one that is guessed wrong (the kernel's
 * tools take a host of its own) makes a network in which nobody answers.
 */
#include "ops/net/cidr.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_address(const char *text, struct cidr *out)
{
	*out = (struct cidr){.family = strchr(text, ':') ? AF_INET6 : AF_INET};
	out->size = out->family == AF_INET ? 4 : 16;
	out->prefix = out->size * 8;
	return inet_pton(out->family, text, out->bytes) == 1;
}

int cidr_parse_ip(const char *op, const char *text, struct cidr *out, struct err *err)
{
	if (read_address(text, out))
		return 0;
	err_usage(err, "%s: not an IP address: \"%.100s\"", op, text);
	if (strchr(text, '/'))
		err_why(err, "it has a prefix length, and a single address is wanted here");
	return -1;
}

int cidr_parse(const char *op, const char *text, struct cidr *out, struct err *err)
{
	const char *slash = strchr(text, '/');
	size_t n = slash ? (size_t)(slash - text) : strlen(text);
	char address[CIDR_TEXT], *end;
	unsigned long prefix;

	snprintf(address, sizeof(address), "%.*s", n < sizeof(address) ? (int)n : 0, text);
	if (!read_address(address, out))
		return err_usage(err,
				 "%s: not an address and prefix length, as 10.0.0.2/24: \"%.100s\"",
				 op, text);
	if (!slash) {
		err_usage(err,
			  "%s: %.60s has no prefix length: how many of its bits are the network's?",
			  op, text);
		err_fix(err, "%s/%d, say", address, out->family == AF_INET ? 24 : 64);
		return -1;
	}
	prefix = strtoul(slash + 1, &end, 10);
	if (slash[1] < '0' || slash[1] > '9' || *end || prefix > out->prefix)
		return err_usage(err, "%s: the prefix length is a number from 0 to %u: \"%.100s\"",
				 op, out->prefix, text);
	out->prefix = (unsigned)prefix;
	return 0;
}

struct cidr cidr_network(const struct cidr *c)
{
	struct cidr net = *c;

	for (unsigned bit = net.prefix; bit < net.size * 8; bit++)
		net.bytes[bit / 8] &= (unsigned char)~(0x80 >> bit % 8);
	return net;
}

bool cidr_contains(const struct cidr *c, const struct cidr *address)
{
	struct cidr net = cidr_network(c), other = *address;

	other.prefix = net.prefix;
	other = cidr_network(&other);
	return net.family == other.family && !memcmp(net.bytes, other.bytes, net.size);
}

bool cidr_is_linklocal(const struct cidr *c)
{
	return c->family == AF_INET6 && c->bytes[0] == 0xfe && (c->bytes[1] & 0xc0) == 0x80;
}

const char *cidr_text(const struct cidr *c, char buf[CIDR_TEXT])
{
	char address[INET6_ADDRSTRLEN] = "?";

	inet_ntop(c->family, c->bytes, address, sizeof(address));
	snprintf(buf, CIDR_TEXT, "%s/%u", address, c->prefix);
	return buf;
}
