# SPDX-License-Identifier: GPL-3.0-or-later
#
# make             builds ./ctrsh and installs nothing
# sudo make demo   installs what is missing, builds, and shows the first container
# sudo make check  the same for the tests
# sudo make check-vm  all tests on other kernels, in virtual machines: long
# make lint bench install clean
# SAN=1            with address and undefined-behaviour sanitizers, in build/san

CC ?= cc
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
OUT = build/release
BIN = ctrsh
LIBS = -lreadline -lcgroup -lseccomp -lcap -lnl-route-3 -lnl-3

ifdef SAN
OUT = build/san
BIN = build/san/ctrsh
CFLAGS = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
else
# As many of these statically as can be linked so: it starts and forks faster. Debian's libcgroup.a of 3.1 wants libsystemd,
# of which there is no archive. (libmount has none either: ops/files/libmount.h.)
STATIC = -Wl,-Bstatic $(1) -ltinfo -Wl,-Bdynamic
TRIED = '$(call STATIC,$(LIBS))' '-lcgroup $(call STATIC,$(filter-out -lcgroup,$(LIBS)))'
LIBS := $(shell for libs in $(TRIED) '$(LIBS)'; do \
	echo 'int cgroup_init(void), seccomp_init(int); int main(void) { return cgroup_init() + seccomp_init(0); }' | \
	$(CC) -x c -o /dev/null - $$libs 2>/dev/null && break; done; echo "$$libs")
endif
ifdef CI
WARN += -Werror
endif

SRC = $(wildcard ops/*.c ops/*/*.c repl/*.c repl/*/*.c)
OBJ = $(SRC:%.c=$(OUT)/%.o)
UNIT = $(patsubst %.c,$(OUT)/%,$(wildcard tests/unit/*.c))
NL = -isystem /usr/include/libnl3
COMPILE = $(CC) -std=gnu17 -D_GNU_SOURCE -iquote . $(NL) $(CPPFLAGS) $(WARN) $(CFLAGS) -MMD -MP

# V=1 shows the commands
ifeq ($(V),)
Q = @
say = @echo '  $(1)'
endif

all: $(BIN)

$(BIN): $(OBJ)
	$(call say,LD $@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC $<)
	$(Q)$(COMPILE) -c -o $@ $< || { scripts/setup build; exit 1; }

unit: $(UNIT)

$(OUT)/tests/unit/%: $(OUT)/tests/unit/%.o $(filter-out $(OUT)/repl/main.o,$(OBJ))
	$(call say,LD $@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

build/bench/bare: tests/bench/bare.c
	@mkdir -p $(@D)
	$(CC) -std=gnu17 -D_GNU_SOURCE -O2 -o $@ $<

demo:
	@scripts/setup demo
	@$(MAKE) --no-print-directory all
	@scripts/demo

check:
	@scripts/setup check
	@$(MAKE) --no-print-directory all unit
	@$(MAKE) --no-print-directory SAN=1 all unit
	@tests/check

check-vm:
	@scripts/setup check
	@$(MAKE) --no-print-directory all unit
	@tests/vm/check

bench: all build/bench/bare
	@tests/bench/run

lint:
	@tests/lint

install: all
	install -D -m 755 ctrsh $(DESTDIR)$(PREFIX)/bin/ctrsh
	install -D -m 644 repl/ctrsh.1 $(DESTDIR)$(PREFIX)/share/man/man1/ctrsh.1
	install -d $(DESTDIR)$(PREFIX)/share/ctrsh/scripts
	install -m 644 scripts/*.ctr $(DESTDIR)$(PREFIX)/share/ctrsh/scripts
	install -d $(DESTDIR)$(PREFIX)/share/ctrsh/scripts/walls
	install -m 644 scripts/walls/*.ctr $(DESTDIR)$(PREFIX)/share/ctrsh/scripts/walls
	install -m 755 scripts/mkrootfs $(DESTDIR)$(PREFIX)/share/ctrsh/scripts

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/ctrsh $(DESTDIR)$(PREFIX)/share/man/man1/ctrsh.1
	rm -rf $(DESTDIR)$(PREFIX)/share/ctrsh

clean:
	rm -rf build ctrsh

.PHONY: all unit demo check check-vm bench lint install uninstall clean
.SECONDARY:

-include $(OBJ:.o=.d) $(UNIT:=.d)
