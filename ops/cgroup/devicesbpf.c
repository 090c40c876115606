/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules as a program of BPF_PROG_TYPE_CGROUP_DEVICE (bpf(2), linux/bpf.h),
 * which the kernel runs for each open(2) and mknod(2) of a device in the group.
 * It gets type and access in one word, and the numbers; 1 lets it pass. What is
 * wanted is taken off bit by bit, from the last rule to the first, and what no
 * rule speaks of is allowed, as without a program.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ops/auto.h"
#include "ops/cgroup/devices.h"
#include "ops/cgroup/group.h"
#include "ops/sys/sys.h"

#define PER_RULE 8 /* instructions at most */
#define ROOM     (8 + PER_RULE * DEVICES_MAX)

enum {
	TYPE = BPF_REG_2,
	WANTED = BPF_REG_3,
	MAJOR = BPF_REG_4,
	MINOR = BPF_REG_5,
	PART = BPF_REG_6
};

struct program {
	struct bpf_insn at[ROOM];
	unsigned n;
};

static void put(struct program *p, int code, int dst, int src, int off, int imm)
{
	p->at[p->n++] = (struct bpf_insn){.code = (__u8)code,
					  .dst_reg = (__u8)(dst & 15),
					  .src_reg = (__u8)(src & 15),
					  .off = (__s16)off,
					  .imm = imm};
}

static void put_load(struct program *p, int reg, size_t off)
{
	put(p, BPF_LDX | BPF_MEM | BPF_W, reg, BPF_REG_1, (int)off, 0);
}

static void put_return(struct program *p, bool allow)
{
	put(p, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, allow);
	put(p, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
}

static void put_start(struct program *p)
{
	put_load(p, TYPE, offsetof(struct bpf_cgroup_dev_ctx, access_type));
	put_load(p, MAJOR, offsetof(struct bpf_cgroup_dev_ctx, major));
	put_load(p, MINOR, offsetof(struct bpf_cgroup_dev_ctx, minor));
	put(p, BPF_ALU64 | BPF_MOV | BPF_X, WANTED, TYPE, 0, 0);
	put(p, BPF_ALU64 | BPF_RSH | BPF_K, WANTED, 0, 0, 16);
	put(p, BPF_ALU64 | BPF_AND | BPF_K, TYPE, 0, 0, 0xffff);
}

/* Jumps that lead behind the rule are written without their distance first. */
static void put_rule(struct program *p, const struct device_rule *r)
{
	unsigned start = p->n;

	if (r->type != 'a')
		put(p, BPF_JMP | BPF_JNE | BPF_K, TYPE, 0, 0,
		    r->type == 'b' ? BPF_DEVCG_DEV_BLOCK : BPF_DEVCG_DEV_CHAR);
	if (r->major != DEVICES_ANY)
		put(p, BPF_JMP | BPF_JNE | BPF_K, MAJOR, 0, 0, (int)r->major);
	if (r->minor != DEVICES_ANY)
		put(p, BPF_JMP | BPF_JNE | BPF_K, MINOR, 0, 0, (int)r->minor);
	if (r->allow) {
		put(p, BPF_ALU64 | BPF_AND | BPF_K, WANTED, 0, 0, (int)(ACCESS_ALL & ~r->access));
		put(p, BPF_JMP | BPF_JNE | BPF_K, WANTED, 0, 0, 0);
	} else {
		put(p, BPF_ALU64 | BPF_MOV | BPF_X, PART, WANTED, 0, 0);
		put(p, BPF_ALU64 | BPF_AND | BPF_K, PART, 0, 0, (int)r->access);
		put(p, BPF_JMP | BPF_JEQ | BPF_K, PART, 0, 0, 0);
	}
	put_return(p, r->allow);
	for (unsigned i = start; i < p->n; i++)
		if (BPF_CLASS(p->at[i].code) == BPF_JMP && BPF_OP(p->at[i].code) != BPF_EXIT)
			p->at[i].off = (__s16)(p->n - i - 1);
}

static int load(struct call *c, const struct devices *d)
{
	struct program p = {.n = 0};
	union bpf_attr attr;
	int fd;

	put_start(&p);
	for (int i = d->n - 1; i >= 0; i--)
		put_rule(&p, &d->rules[i]);
	put_return(&p, true);
	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
	attr.insn_cnt = p.n;
	attr.insns = (__u64)(unsigned long)p.at;
	attr.license = (__u64)(unsigned long)"GPL";
	fd = (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr));
	return sys_report(c, fd, fd < 0 ? errno : 0,
			  "bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_CGROUP_DEVICE, "
			  "insn_cnt=%u, insns=..., license=\"GPL\"}, %zu)",
			  p.n, sizeof(attr));
}

/* Beside the programs of others (BPF_F_ALLOW_MULTI): each of them must let it pass. */
static int attach(struct call *c, const struct opened *g, int program, int before)
{
	auto_close int dir = open(g->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	union bpf_attr attr;
	int r;

	if (sys_report(c, dir, dir < 0 ? errno : 0, "open(\"%s\", O_RDONLY|O_DIRECTORY|O_CLOEXEC)",
		       g->dir) < 0)
		return -1;
	memset(&attr, 0, sizeof(attr));
	attr.target_fd = (__u32)dir;
	attr.attach_bpf_fd = (__u32)program;
	attr.attach_type = BPF_CGROUP_DEVICE;
	attr.attach_flags = BPF_F_ALLOW_MULTI | (before ? BPF_F_REPLACE : 0);
	attr.replace_bpf_fd = (__u32)before;
	r = (int)syscall(SYS_bpf, BPF_PROG_ATTACH, &attr, sizeof(attr));
	return sys_report(c, r, r < 0 ? errno : 0,
			  "bpf(BPF_PROG_ATTACH, {target_fd=%d, attach_bpf_fd=%d, "
			  "attach_type=BPF_CGROUP_DEVICE, attach_flags=BPF_F_ALLOW_MULTI%s, "
			  "replace_bpf_fd=%d}, %zu)",
			  dir, program, before ? "|BPF_F_REPLACE" : "", before, sizeof(attr));
}

int devices_attach(struct call *c, const struct opened *g, struct devices *d)
{
	int program = load(c, d);

	if (program < 0)
		return -1;
	if (attach(c, g, program, d->program) < 0) {
		close(program);
		return -1;
	}
	if (d->program)
		close(d->program);
	d->program = program;
	return 0;
}
