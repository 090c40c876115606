# SPDX-License-Identifier: GPL-3.0-or-later
#
# Running test files beside one another, each in a tests/run of its own, which
# tells its processes and control groups from the others' by CTRSH_RUN; and
# adding up what they print. For tests/run and tests/check, with tap.bash.
# shellcheck shell=bash

declare -A part_of=() # the file that a PID runs

# add_counts NAME STATUS LINE - adds LINE, `N passed, N failed, N skipped`, the last that NAME printed; STATUS is how it
# ended. Another line is a failure, and so is a status that the line does not tell.
add_counts() {
	local before=$failed
	if [[ $3 =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
		passed=$((passed + BASH_REMATCH[1]))
		failed=$((failed + BASH_REMATCH[2]))
		skipped=$((skipped + BASH_REMATCH[3]))
	else
		complain "$1: the run was cut short"
	fi
	[ "$2" -eq 0 ] || [ "$failed" -gt "$before" ] || complain "$1: ended with status $2"
}

# end_part - waits until one ends, and shows what it printed; the reasons of its skips are for the end of the whole.
end_part() {
	local pid status=0 log line
	wait -n -p pid "${!part_of[@]}" || status=$?
	log=$CTRSH_RUN/part.${part_of[$pid]//\//+}
	while read -r line; do skips+=("${line#skipped: }"); done < <(grep '^skipped: ' "$log")
	grep -v '^skipped: ' "$log" | sed '$d'
	add_counts "${part_of[$pid]}" "$status" "$(tail -n 1 "$log")"
	unset "part_of[$pid]"
}

# run_parts JOBS COMMAND... -- FILE... - COMMAND FILE for each FILE, JOBS at a time.
run_parts() {
	local jobs=$1 command=() file
	shift
	while [ "$1" != -- ]; do command+=("$1") && shift; done
	shift
	trap 'kill "${!part_of[@]}" 2>/dev/null; wait; exit 143' INT TERM HUP
	for file; do
		[ ${#part_of[@]} -lt "$jobs" ] || end_part
		"${command[@]}" "$file" >"$CTRSH_RUN/part.${file//\//+}" 2>&1 &
		part_of[$!]=$file
	done
	while [ ${#part_of[@]} -gt 0 ]; do end_part; done
}
