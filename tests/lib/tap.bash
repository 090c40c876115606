# SPDX-License-Identifier: GPL-3.0-or-later
#
# Counting what the Test Anything Protocol says: results against plans, and
# how the program that printed them ended. For tests/run, which sets verbose.
# shellcheck shell=bash

passed=0 failed=0 skipped=0 skips=()

# complain TEXT - counts a failure that no test reported.
complain() {
	failed=$((failed + 1))
	echo "not ok - $1"
}

# tap_show FILE - all lines, or only the failures with what they say.
tap_show() {
	if [ -n "${verbose-}" ]; then
		cat "$1"
	else
		awk '/^(ok|not ok) / { bad = /^not/; n = 0 } bad && n++ < 60' "$1"
	fi
}

# tap_skips FILE NAME - remembers why tests were skipped.
tap_skips() {
	local line
	while read -r line; do
		skips+=("$2: $line")
	done < <(grep -iE '^ok .*# skip' "$1" | sed -E 's/^ok [0-9]+ *-? *//')
}

# tap_count FILE STATUS NAME - adds what FILE, the output of NAME, says; STATUS is how NAME ended.
tap_count() {
	local plan ok bad skip before=$failed
	plan=$(awk -F'\\.\\.' '/^1\.\.[0-9]+/ { n += $2 } END { print n + 0 }' "$1")
	bad=$(grep -cE '^not ok( |$)' "$1")
	skip=$(grep -ciE '^ok( .*)?# skip' "$1")
	ok=$(($(grep -cE '^ok( |$)' "$1") - skip))
	passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
	tap_show "$1"
	tap_skips "$1" "$3"
	if [ $((ok + bad + skip)) -eq 0 ]; then
		complain "$3: no tests"
	elif [ "$plan" -ne $((ok + bad + skip)) ]; then
		complain "$3: cut short: $plan planned, $((ok + bad + skip)) ran"
	fi
	if [ "$2" -gt 128 ] || { [ "$2" -ne 0 ] && [ "$failed" -eq "$before" ]; }; then
		complain "$3: ended with status $2"
	fi
	# What a broken file says stands outside of any test.
	[ "$failed" -eq "$((before + bad))" ] || [ -n "${verbose-}" ] || grep -vE '^(ok|not ok) ' "$1" | tail -n 40
	echo "$3: $ok passed, $((failed - before)) failed, $skip skipped"
}

# tap_summary - the reasons of skips, the last line, and the status of the run.
tap_summary() {
	[ ${#skips[@]} -eq 0 ] || printf 'skipped: %s\n' "${skips[@]}"
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
}
