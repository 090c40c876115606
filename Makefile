# SPDX-License-Identifier: GPL-3.0-or-later
#
# make           builds ./ctrsh, installs nothing
# make SAN=1     the same with address and undefined-behaviour sanitizers, in build/san
CC ?= cc
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
OUT = build/release
BIN = ctrsh

ifdef SAN
OUT = build/san
BIN = build/san/ctrsh
CFLAGS = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
endif
ifdef CI
WARN += -Werror
endif

OPS = $(wildcard ops/*.c)
REPL = $(wildcard repl/*.c)
OBJ = $(patsubst %.c,$(OUT)/%.o,$(OPS) $(REPL))
CPPFLAGS += -D_GNU_SOURCE

all: $(BIN)

$(BIN): $(OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lreadline -lcgroup

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) -std=gnu17 $(CPPFLAGS) $(WARN) $(CFLAGS) -MMD -MP -c -o $@ $<

-include $(OBJ:.o=.d)
