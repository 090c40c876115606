/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Clean-up that follows the scope: a variable marked auto_free or auto_close
 * is released when it goes out of scope; steal_fd() takes it out of the
 * scope's hands (it then belongs to whoever got it).
 */
#ifndef CTRSH_OPS_AUTO_H
#define CTRSH_OPS_AUTO_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static inline void auto_free_(void *p)
{
	free(*(void **)p);
}

static inline void auto_close_(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void auto_fclose_(FILE **f)
{
	if (*f)
		fclose(*f);
}

static inline void auto_closedir_(DIR **p)
{
	if (*p)
		closedir(*p);
}

#define auto_free     __attribute__((cleanup(auto_free_)))
#define auto_close    __attribute__((cleanup(auto_close_)))
#define auto_closedir __attribute__((cleanup(auto_closedir_)))
#define auto_fclose   __attribute__((cleanup(auto_fclose_)))

static inline int steal_fd(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}

#endif
