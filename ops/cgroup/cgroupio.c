/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cgroup io: bytes and operations a second for a block device: one line of
 * io.max on v2, a file for each on v1 (blkio.throttle.*), where only what goes
 * to the disk directly is counted as the box's (the kernel's
 * cgroup-v1/blkio-controller.rst).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "ops/cgroup/group.h"
#include "ops/sys/sys.h"
#include "ops/text/size.h"

static const struct limit {
	const char *name, *v1;
} limits[] = {
	{"rbps", "blkio.throttle.read_bps_device"},
	{"wbps", "blkio.throttle.write_bps_device"},
	{"riops", "blkio.throttle.read_iops_device"},
	{"wiops", "blkio.throttle.write_iops_device"},
};

#define N_LIMITS (sizeof(limits) / sizeof(limits[0]))

/* "rbps=1M,wiops=max": values[i] -2 where limits[i] is not named. */
static int parse(const char *word, long long *values)
{
	char copy[256], *rest = copy;

	for (size_t i = 0; i < N_LIMITS; i++)
		values[i] = -2;
	if (strlen(word) >= sizeof(copy) || !*word)
		return -1;
	strcpy(copy, word);
	for (char *p = strsep(&rest, ","); p; p = strsep(&rest, ",")) {
		size_t len = strcspn(p, "="), i = 0;

		while (i < N_LIMITS &&
		       (strlen(limits[i].name) != len || strncmp(limits[i].name, p, len) != 0))
			i++;
		if (i == N_LIMITS || !p[len] || values[i] != -2 ||
		    size_parse(p + len + 1, &values[i]) < 0 || values[i] == 0)
			return -1;
	}
	return 0;
}

static bool is_numbers(const char *word)
{
	size_t major = strspn(word, "0123456789");
	size_t minor = word[major] == ':' ? strspn(word + major + 1, "0123456789") : 0;

	return major && major < 7 && minor && minor < 8 && !word[major + 1 + minor];
}

static int check(int argc, char **argv, struct err *err)
{
	long long values[N_LIMITS];

	(void)argc;
	if (!is_numbers(argv[1]) && !strchr(argv[1], '/'))
		return err_usage(err,
				 "cgroup io: not a block device, as 8:0 (its numbers) or /dev/sda: "
				 "\"%.100s\"",
				 argv[1]);
	if (parse(argv[2], values) < 0) {
		err_usage(err, "cgroup io: \"%.100s\" is no list of limits", argv[2]);
		err_why(err,
			"as rbps=1M,wbps=max,riops=100,wiops=100; 0 is none, each at most once");
		return -1;
	}
	return 0;
}

static int device(struct call *c, char *numbers, size_t size)
{
	struct stat st;
	int r;

	snprintf(numbers, size, "%s", c->argv[1]);
	if (is_numbers(c->argv[1]))
		return 0;
	r = stat(c->argv[1], &st);
	if (r < 0) {
		sys_report(c, r, errno, "stat(\"%s\")", c->argv[1]);
		if (c->err->errnum == ENOENT) {
			err_why(c->err, "there is no such device file on the host");
			err_fix(c->err, "!lsblk -d -o NAME,MAJ:MIN");
		}
		return -1;
	}
	if (!S_ISBLK(st.st_mode)) {
		err_kernel(c->err, 0, "%.200s is not a block device", c->argv[1]);
		err_why(c->err, "it is a file that lies on device %u:%u", major(st.st_dev),
			minor(st.st_dev));
		err_fix(c->err, "!lsblk -d -o NAME,MAJ:MIN");
		return -1;
	}
	snprintf(numbers, size, "%u:%u", major(st.st_rdev), minor(st.st_rdev));
	return 0;
}

static int write_v2(struct call *c, const struct opened *g, const char *numbers,
		    const long long *values)
{
	char line[256], text[24];
	size_t n = (size_t)snprintf(line, sizeof(line), "%s", numbers);

	for (size_t i = 0; i < N_LIMITS; i++)
		if (values[i] != -2)
			n += (size_t)snprintf(line + n, sizeof(line) - n, " %s=%s", limits[i].name,
					      size_text(text, values[i]));
	return group_write(c, g, "io.max", line);
}

/* 0 takes a limit off. */
static int write_v1(struct call *c, const struct opened *g, const char *numbers,
		    const long long *values)
{
	char line[64];

	for (size_t i = 0; i < N_LIMITS; i++) {
		if (values[i] == -2)
			continue;
		snprintf(line, sizeof(line), "%s %lld", numbers,
			 values[i] == SIZE_MAX_WORD ? 0 : values[i]);
		if (group_write(c, g, limits[i].v1, line) < 0)
			return -1;
	}
	return 0;
}

static int host(struct call *c)
{
	long long values[N_LIMITS];
	char numbers[32];
	struct opened g;
	bool v2 = true;

	if (device(c, numbers, sizeof(numbers)) < 0 || parse(c->argv[2], values) < 0)
		return -1;
	if (group_open(c, group_offers(c, "blkio", &v2) ? "blkio" : "io", &g) < 0)
		return -1;
	return group_close(c, &g, (g.v2 ? write_v2 : write_v1)(c, &g, numbers, values));
}

static const char *const names[] = {"rbps=", "wbps=", "riops=", "wiops=", NULL};

const struct op op_cgroup_io = {
	.name = "cgroup io",
	.usage = "cgroup io MAJ:MIN|DEVICE rbps=N,wbps=N,riops=N,wiops=N",
	.summary = "limit reading and writing on a block device",
	.detail =
		"Bytes (K, M, G) and operations a second, each a number or max; what is not named\n"
		"stays. The device is a whole disk, by its numbers (lsblk) or its name on the "
		"host.\n"
		"Writes io.max; on cgroup v1 the files blkio.throttle.*, where writes that go "
		"through\n"
		"the page cache do not count. See cgroups(7), and\n"
		"Documentation/admin-guide/cgroup-v2.rst of the kernel.",
	.argmin = 2,
	.argmax = 2,
	.args = {{ARG_HOST_FILE, NULL}, {ARG_WORD, names}},
	.check = check,
	.prepare = group_prepare,
	.host = host,
};
