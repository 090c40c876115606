/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/view/smartcols.h"

#include <dlfcn.h>

static struct smartcols functions;
static void *library;

static int load(struct err *err)
{
	void *lib = dlopen("libsmartcols.so.1", RTLD_NOW | RTLD_LOCAL);

	if (!lib) {
		err_kernel(err, 0, "%.300s", dlerror());
		err_why(err, "tables and trees are laid out by libsmartcols");
		err_fix(err,
			"install it: libsmartcols1 (Debian, Ubuntu, SUSE), libsmartcols "
			"(Fedora, Alpine), util-linux-libs (Arch)");
		return -1;
	}
/* dlsym(3): the way to make a function pointer of its result. */
#define FIND(name)                                                                                 \
	*(void **)&functions.name = dlsym(lib, "scols_" #name);                                    \
	if (!functions.name)                                                                       \
		return err_kernel(err, 0, "libsmartcols.so.1 has no scols_" #name);
	SMARTCOLS(FIND)
	library = lib;
	return 0;
}

const struct smartcols *smartcols(struct err *err)
{
	return library || load(err) == 0 ? &functions : NULL;
}
