/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * audit: the ways that are open, beside what Docker leaves open, and the step
 * that would close most.
 */
#include "ops/audit/audit.h"

#include <string.h>

#include "ops/audit/probe.h"
#include "repl/command.h"
#include "repl/view/look.h"
#include "repl/view/page.h"

#define WAYS_MAX    64
#define SHOWS_CELL  6  /* the column with what shows it */
#define OTHER_CELLS 40 /* columns of the terminal before it */

struct result {
	struct finding list[WAYS_MAX];
	int n, of[WAY_OPEN + 1], docker; /* how many of each state; open in Docker */
	int closes,
		pivot; /* so many the next step would close; or pivot_root, were there a ./rootfs */
	char next[160], fresh[512];
};

static const char *sign(enum state state)
{
	static const char *const signs[] = {
		[WAY_UNKNOWN] = "?", [WAY_CLOSED] = "", [WAY_PARTLY] = "~", [WAY_OPEN] = "!"};

	return signs[state];
}

static void find(const struct audit *a, struct result *r)
{
	enum closer next;

	for (const struct way *w = ways; w->name && r->n < WAYS_MAX; w++) {
		audit_way(a, w, &r->list[r->n]);
		r->of[r->list[r->n].state]++;
		r->docker += audit_docker(w) == WAY_OPEN;
		r->pivot += r->list[r->n].state >= WAY_PARTLY &&
			    (r->list[r->n].steps & (STEP_PIVOT | STEP_FRESH)) == STEP_PIVOT &&
			    !audit_is_possible(a, STEP_PIVOT);
		r->n++;
	}
	if (!a->box)
		return; /* somebody else's: nothing is done there */
	next = audit_next(a, r->list, r->n, &r->closes);
	audit_step(a, next, NULL, r->next, sizeof(r->next));
	audit_fresh(a, r->list, r->n, r->fresh, sizeof(r->fresh));
}

/* Those that can be taken here. */
static unsigned steps_of(const struct audit *a, const struct finding *f)
{
	unsigned none = STEP_LATER | STEP_FRESH;

	if (!(f->steps & STEP_FRESH) && !audit_is_possible(a, STEP_PIVOT))
		none |= STEP_PIVOT;
	return f->steps & ~none;
}

/* The first of the steps: in the order of building. */
static const char *first_step(const struct audit *a, const struct finding *f, char *buf,
			      unsigned size)
{
	unsigned steps = steps_of(a, f);

	*buf = '\0';
	if (f->state >= WAY_PARTLY && steps)
		audit_step(a, steps & -steps, f, buf, size);
	return buf;
}

static const char *when(const struct audit *a, const struct finding *f)
{
	unsigned steps = steps_of(a, f);

	if (steps == STEP_USER || (f->steps & STEP_FRESH) ||
	    (a->box && audit_is_late(a, steps & -steps)))
		return "in a fresh box: ";
	return f->steps & STEP_LATER ? "later: " : "";
}

/* Goes on in rows of its own, broken between words: width columns at most, 0: no
 * matter. */
static void put_text(struct page *p, const char *text, size_t width, bool mark)
{
	size_t n = strlen(text), end = n;

	if (width && n > width) {
		end = width;
		while (end && text[end] != ' ')
			end--;
		end = end ? end : width;
	}
	page_cell(p, "%.*s", (int)end, text);
	if (mark)
		page_mark(p);
	text += end + strspn(text + end, " ");
	if (!*text)
		return;
	page_row(p, NULL);
	for (int i = 0; i < SHOWS_CELL; i++)
		page_cell(p, NULL);
	put_text(p, text, width, mark);
}

static void put_way(struct page *p, const struct audit *a, const struct way *w,
		    const struct finding *f)
{
	size_t width = page_width(p);
	char step[160], text[SHOWS_SIZE + sizeof(step) + 32];

	first_step(a, f, step, sizeof(step));
	page_row(p, NULL);
	page_cell(p, "%s", sign(f->state));
	page_cell(p, "%s", w->name);
	page_cell(p, "%s", w->title);
	page_cell(p, "%s", audit_word(f->state));
	page_cell(p, "%s", audit_word(audit_docker(w)));
	page_cell(p, f->tried ? "1" : "0");
	if (page_is_json(p)) {
		page_cell(p, "%s", f->shows);
		page_cell(p, *step ? "%s" : NULL, step);
		return;
	}
	snprintf(text, sizeof(text), "%s%s%s%s", f->shows, *step ? " -> " : "",
		 *step ? when(a, f) : "", step);
	put_text(p, text, width ? width - OTHER_CELLS : 0, f->state == WAY_OPEN);
}

static void put_ways(struct page *p, const struct audit *a, const struct result *r, bool all)
{
	static const struct column columns[] = {
		{"sign", "", 0},
		{"name", NULL, 0},
		{"way", "way to the host", 0},
		{"here", "here", 0},
		{"docker", "Docker", 0},
		{"tried", NULL, COLUMN_BOOLEAN},
		{"shows", "found -> closes it", 0},
		{"step", NULL, 0},
		{NULL, NULL, 0},
	};

	page_table(p, "audit", NULL, columns);
	for (int i = 0; i < r->n; i++)
		if (all || page_is_json(p) || r->list[i].state != WAY_CLOSED)
			put_way(p, a, &ways[i], &r->list[i]);
}

static void put_summary(struct page *p, const struct result *r)
{
	static const struct column columns[] = {
		{"ways", "", COLUMN_NUMBER},
		{"open", "", COLUMN_NUMBER},
		{"partly", "", COLUMN_NUMBER},
		{"unknown", "", COLUMN_NUMBER},
		{"closed", "", COLUMN_NUMBER},
		{"docker", "", COLUMN_NUMBER},
		{"next", "", 0},
		{"closes", "", COLUMN_NUMBER},
		{"fresh", "", 0},
		{NULL, NULL, 0},
	};

	page_table(p, "summary", NULL, columns);
	page_row(p, NULL);
	page_cell(p, "%d", r->n);
	page_cell(p, "%d", r->of[WAY_OPEN]);
	page_cell(p, "%d", r->of[WAY_PARTLY]);
	page_cell(p, "%d", r->of[WAY_UNKNOWN]);
	page_cell(p, "%d", r->of[WAY_CLOSED]);
	page_cell(p, "%d", r->docker);
	page_cell(p, r->next[0] ? "%s" : NULL, r->next);
	page_cell(p, "%d", r->closes);
	page_cell(p, r->fresh[0] ? "%s" : NULL, r->fresh);
}

static void put_notes(struct page *p, const struct result *r, bool all)
{
	char partly[32] = "", unknown[48] = "";

	if (r->of[WAY_PARTLY])
		snprintf(partly, sizeof(partly), ", ~ %d partly", r->of[WAY_PARTLY]);
	if (r->of[WAY_UNKNOWN])
		snprintf(unknown, sizeof(unknown), ", ? %d can't be told", r->of[WAY_UNKNOWN]);
	page_note(p, "! %d of %d ways open%s%s; Docker's default leaves %d", r->of[WAY_OPEN], r->n,
		  partly, unknown, r->docker);
	if (!all && r->of[WAY_CLOSED])
		page_note(p, "closed: %d, shown by audit --all", r->of[WAY_CLOSED]);
	if (r->pivot)
		page_note(p,
			  "pivot_root would close %d, but there is no ./rootfs: mkrootfs fills one",
			  r->pivot);
	if (r->next[0])
		page_note(p, "next: %s (closes %d)", r->next, r->closes);
	if (r->fresh[0])
		page_note(p, "in a fresh box (reset, and the lines again): %s", r->fresh);
}

static int show(struct page *p, const struct audit *a, bool all)
{
	struct result r = {.n = 0};

	find(a, &r);
	put_ways(p, a, &r, all);
	if (page_is_json(p))
		put_summary(p, &r);
	else
		put_notes(p, &r, all);
	page_print(p);
	return 0;
}

static int do_audit(struct shell *sh, int argc, char **argv, struct err *err)
{
	auto_subject struct subject who = {.proc = -1};
	auto_items struct items tried = {0};
	bool all = false, json = false, box;
	struct audit a = {.root = -1};
	struct page *p;
	int r;

	for (int i = 1; i < op_first(argc, argv); i++) {
		all |= !strcmp(argv[i], "--all");
		json |= !strcmp(argv[i], "--json");
	}
	if (look_inside(sh, &who, err) < 0)
		return -1;
	box = who.pid == sh->session.box.pid && sh->session.box.sock >= 0;
	if (box && probe_ask(&sh->session, &tried, err) < 0)
		return -1;
	p = page_new(json, err);
	if (!p)
		return -1;
	r = audit_begin(&a, &who, box, &tried, err);
	if (r == 0)
		show(p, &a, all);
	audit_end(&a);
	return r;
}

static const char *const options[] = {"--all", "--json", NULL};

const struct command command_audit = {
	.name = "audit",
	.usage = "audit [--all] [--json]",
	.summary = "how far it is from a wall: each way to the host, open or closed",
	.detail =
		"Looks at the box from outside, and tries from inside what does no harm (a chroot\n"
		"escape, a device of the host's disk, ...), with the rights that a program started\n"
		"now would have. ! is open, ~ partly, ? can't be told; closed ways with --all.\n"
		"Beside it what Docker leaves a container by default, from its documentation. A\n"
		"process chosen by attach is only looked at. Changes nothing.",
	.options = options,
	.run = do_audit,
};
