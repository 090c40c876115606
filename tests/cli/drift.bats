#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Drift: every op and command is in help, README, manual and a test; every
# option in --help, the manual and a test; and nothing is in them that is not.
# vm: no; it reads the documentation

# Lines of ctrsh and other shells' stand in single quotes; bats sets status, output and stderr.
# shellcheck disable=SC1003,SC1010,SC2013,SC2015,SC2016,SC2030,SC2031,SC2046,SC2059,SC2154,SC2317

load ../lib/common

setup() {
	common_setup
	ct -c help
	assert_status 0
	usages=$(sed -nE 's/^  ([a-z].*)/\1/p' <<<"$output")
	words=$(sed -nE 's/^([a-z_]+)( .*)?$/\1/p' <<<"$usages" | sort -u)
	[ "$(wc -w <<<"$words")" -ge 18 ]
	full=$(names $(op_files) "$TOP"/repl/*.c "$TOP"/repl/view/*.c)
	[ "$(wc -l <<<"$full")" -ge 18 ]
	ct --help
	options=$(sed -nE 's/^  (-[a-z]|--[a-z-]+)( .*)?$/\1/p' <<<"$output")
	[ "$(wc -w <<<"$options")" -ge 8 ]
}

# names FILE... - the names of the ops in these files, a line each.
names() { sed -nE 's/^\t*\{?\.name = "([a-z0-9_ ]+)",.*$/\1/p' "$@"; }

# all WORDS COMMAND... - COMMAND holds for each of them.
all() {
	local missing=() word words=$1
	shift
	while read -r word; do "$@" "$word" || missing+=("$word"); done <<<"$words"
	[ ${#missing[@]} -eq 0 ] || { echo "missing: ${missing[*]}" && return 1; }
}

@test "drift: no line of help is longer than 100 columns where there is no terminal" {
	for word in help 'help mount' 'help net' 'help cgroup' 'help caps' 'help seccomp' 'help unshare' 'help mount overlay'; do
		ct -c "$word"
		assert_status 0
		[ "$(wc -l <<<"$output")" -gt 5 ]
		run ! grep -E '.{101}' <<<"$output"
	done
}

@test "drift: the table of ops is what help lists" {
	for file in $(op_files); do
		while read -r name; do
			grep -qE "^$name( |\$)" <<<"$usages" || { echo "not in help: $name" && return 1; }
		done < <(names "$file")
	done
}

@test "drift: help explains each op and command, with usage and man page" {
	explained() {
		ct -c "help $1"
		assert_status 0 && assert_stderr '' && [[ $output == "$1"* ]] || return
	}
	all "$words" explained
	while read -r name; do
		ct -c "help $name"
		[[ $output == "${name%% *}"* && $output =~ [Ss]ee\ .*\([1-8]\) ]] || { echo "no man page in: help $name" && return 1; }
	done < <(names $(op_files))
}

@test "drift: each op and command is in README.md" {
	in_readme() { grep -qE "(^|[^a-z])$1([^a-z]|\$)" "$TOP/README.md"; }
	all "$full" in_readme
}

@test "drift: each op and command is in the manual" {
	manual=$(sed -nE 's/^\.It (Ic|Cm) //; T; s/ (Ic|Cm) / /g; s/ Oo .* Oc / /; p' "$TOP/repl/ctrsh.1")
	in_manual() { grep -qE "^$1( |\$)" <<<"$manual"; }
	all "$full" in_manual
}

@test "drift: each op and command is used in a test" {
	used() { grep -qE "[\"' ;(-]$1([\"' ;]|\$)" "$TOP"/tests/cli/*.bats "$TOP"/tests/tty/* 2>/dev/null; }
	all "$full" used
}

@test "drift: each option is in the manual" {
	in_manual() { sed 's/\\-/-/g; s/^\.It Fl -/.It Fl --/; s/Fl -\([a-z]\)/--\1/g; s/Fl \([a-z]\)/-\1/g' "$TOP/repl/ctrsh.1" | grep -qE -- "(^|[^a-z-])$1([^a-z-]|\$)"; }
	all "$options" in_manual
}

@test "drift: each option is used in a test" {
	used() { grep -qF -- " $1" "$TOP/tests/cli/options.bats"; }
	all "$options" used
}

@test "drift: --help names every option that is taken" {
	names=$(sed -nE 's/^\t\{"([a-z-]+)", (no|required)_argument,.*/--\1/p' "$TOP/repl/options.c")
	[ "$(wc -w <<<"$names")" -ge 4 ]
	letters=$(sed -nE 's/.*getopt_long\(argc, argv, "\+?([a-z:]+)".*/\1/p' "$TOP/repl/options.c" | grep -o '[a-z]' | sed 's/^/-/')
	[ "$(wc -w <<<"$letters")" -ge 4 ]
	taken() { grep -qx -- "$1" <<<"$options"; }
	all "$names"$'\n'"$letters" taken
}
