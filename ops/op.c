/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How an op reads its options, which stand first among its words (op.h).
 */
#include "ops/op.h"

#include <string.h>

const char *op_value(int argc, char **argv, const char *option)
{
	size_t n = strlen(option);

	for (int i = 1; i < argc && !strncmp(argv[i], "--", 2); i++)
		if (!strncmp(argv[i], option, n) && argv[i][n] == '=')
			return argv[i] + n + 1;
	return NULL;
}

int op_first(int argc, char **argv)
{
	int i = 1;

	while (i < argc && !strncmp(argv[i], "--", 2))
		i++;
	return i;
}
