/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three functions of libmount, which knows the words of mount(8) and their
 * quoting: which are flags of mount(2), which are its own, and the rest.
 */
#include "ops/files/libmount.h"

#include <dlfcn.h>
#include <libmount/libmount.h>
#include <linux/mount.h>
#include <stdio.h>
#include <string.h>

#include "ops/auto.h"

/* What ops of their own do. */
#define OTHER_OPS                                                                                  \
	(MS_REMOUNT | MS_BIND | MS_MOVE | MS_REC | MS_UNBINDABLE | MS_PRIVATE | MS_SLAVE |         \
	 MS_SHARED)

static struct {
	void *handle;
	typeof(mnt_split_optstr) *split;
	typeof(mnt_optstr_get_flags) *flags;
	typeof(mnt_get_builtin_optmap) *map;
} lib;

static int load(const char *name, struct err *err)
{
	if (lib.handle)
		return 0;
	lib.handle = dlopen("libmount.so.1", RTLD_NOW | RTLD_LOCAL);
	if (!lib.handle) {
		err_kernel(err, 0, "%s: %.300s", name, dlerror());
		err_why(err, "options are taken apart by libmount");
		err_fix(err,
			"install it: libmount1 (Debian, Ubuntu), libmount (Fedora, SUSE, "
			"Alpine), util-linux-libs (Arch)");
		return -1;
	}
	/* dlsym(3): the way to make a function pointer of its result. */
	*(void **)&lib.split = dlsym(lib.handle, "mnt_split_optstr");
	*(void **)&lib.flags = dlsym(lib.handle, "mnt_optstr_get_flags");
	*(void **)&lib.map = dlsym(lib.handle, "mnt_get_builtin_optmap");
	if (lib.split && lib.flags && lib.map)
		return 0;
	dlclose(lib.handle);
	lib.handle = NULL;
	return err_kernel(err, 0, "%s: libmount.so.1 lacks a function of its interface", name);
}

static int take_flags(const char *name, const char *text, struct mount_words *w, struct err *err)
{
	const struct libmnt_optmap *map = lib.map(MNT_LINUX_MAP);
	unsigned long kept = ~0UL;

	w->set = 0;
	if (lib.flags(text, &w->set, map) < 0 || lib.flags(text, &kept, map) < 0)
		return err_usage(err, "%s: not a list of options: %.200s", name, text);
	w->clear = ~kept;
	if (!(w->set & OTHER_OPS))
		return 0;
	err_usage(err, "%s: no option here, but an op of its own: %.200s", name, text);
	err_fix(err, "mount bind, mount rbind, remount, propagation");
	return -1;
}

int mount_words(const char *name, const char *text, struct mount_words *w, struct err *err)
{
	auto_free char *user = NULL, *vfs = NULL, *data = NULL;

	*w = (struct mount_words){0};
	if (!text || !*text)
		return 0;
	if (load(name, err) < 0)
		return -1;
	if (lib.split(text, &user, &vfs, &data, 0, 0) < 0)
		return err_usage(err, "%s: not a list of options: %.200s", name, text);
	if (user && *user) {
		err_usage(err, "%s: not for the kernel: %.200s", name, user);
		err_why(err, "mount(8) acts on such options itself, or passes them over");
		return -1;
	}
	if (data && strlen(data) >= MOUNT_DATA)
		return err_usage(err, "%s: the kernel takes %d bytes of options", name,
				 MOUNT_DATA - 1);
	snprintf(w->data, sizeof(w->data), "%s", data ? data : "");
	return vfs && *vfs ? take_flags(name, vfs, w, err) : 0;
}

static const struct {
	unsigned long flag;
	uint64_t attribute;
} attributes[] = {
	{MS_RDONLY, MOUNT_ATTR_RDONLY},         {MS_NOSUID, MOUNT_ATTR_NOSUID},
	{MS_NODEV, MOUNT_ATTR_NODEV},           {MS_NOEXEC, MOUNT_ATTR_NOEXEC},
	{MS_NODIRATIME, MOUNT_ATTR_NODIRATIME}, {MS_NOSYMFOLLOW, MOUNT_ATTR_NOSYMFOLLOW},
};

int mount_attributes(const struct mount_words *w, struct mount_attributes *a)
{
	const unsigned long atime = MS_NOATIME | MS_RELATIME | MS_STRICTATIME;
	unsigned long left = (w->set | w->clear) & ~atime;

	*a = (struct mount_attributes){0};
	for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
		a->set |= w->set & attributes[i].flag ? attributes[i].attribute : 0;
		a->clear |= w->clear & attributes[i].flag ? attributes[i].attribute : 0;
		left &= ~attributes[i].flag;
	}
	/* One of three; MOUNT_ATTR_RELATIME is 0, so the others are cleared. */
	if ((w->set | w->clear) & atime)
		a->clear |= MOUNT_ATTR__ATIME;
	if (w->set & MS_NOATIME)
		a->set |= MOUNT_ATTR_NOATIME;
	else if (w->set & MS_STRICTATIME)
		a->set |= MOUNT_ATTR_STRICTATIME;
	return left ? -1 : 0;
}

int mount_only_attributes(const char *name, const char *options, struct mount_attributes *a,
			  struct err *err)
{
	struct mount_words w;

	if (mount_words(name, options, &w, err) < 0)
		return -1;
	if (*w.data) {
		err_usage(err, "%s: no option of a bind mount: %.200s", name, w.data);
		err_why(err,
			"a bind mount is the same file system once more; only ro, nosuid, "
			"nodev, noexec and the like are its own");
		return -1;
	}
	if (mount_attributes(&w, a) == 0)
		return 0;
	err_usage(err, "%s: not of one mount, but of its whole file system: %.200s", name, options);
	return -1;
}
