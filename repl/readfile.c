/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file in memory. Its size is not asked for: it may be a pipe.
 */
#include "repl/readfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/box/signals.h"

#define FILE_LIMIT (16u << 20)

char *read_whole(int fd, const char *name, size_t *len, struct err *err)
{
	size_t size = 0;
	char *text = NULL;
	ssize_t n = 1;

	*len = 0;
	while (n != 0) {
		if (*len + 1 >= size) {
			char *more = size < FILE_LIMIT ? realloc(text, size ? size * 2 : 4096)
						       : NULL;

			if (!more) {
				free(text);
				err_usage(err, "%s: too large (%u MiB is the limit)", name,
					  FILE_LIMIT >> 20);
				return NULL;
			}
			text = more;
			size = size ? size * 2 : 4096;
		}
		n = read(fd, text + *len, size - *len - 1);
		if (n < 0 && (errno != EINTR || signals_ending())) {
			err_usage(err, "%s: %s", name, strerror(errno));
			free(text);
			return NULL;
		}
		*len += n > 0 ? (size_t)n : 0;
	}
	text[*len] = '\0';
	return text;
}
