# SPDX-License-Identifier: GPL-3.0-or-later
#
# Which files run here; running them beside one another, each in a tests/run of
# its own, which tells its processes and control groups from the others' by
# CTRSH_RUN; and adding up what they print. For tests/run, tests/check and
# tests/vm/check, with tap.bash.
# shellcheck shell=bash disable=SC2154 # tests/run sets jobs, seconds, top, san and verbose

declare -A part_of=() # the file that a PID runs

# test_files BUILT - all of them: the unit test programs of that build, tests/cli and tests/tty.
test_files() {
	find "$1/tests/unit" -maxdepth 1 -type f -executable 2>/dev/null | sort
	find "$top/tests/cli" "$top/tests/tty" -maxdepth 1 -name '*.bats' 2>/dev/null | sort
}

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

# add_run LABEL COMMAND... - shows what it prints, and adds the counts of its last line.
add_run() {
	local label=$1 status log
	shift
	log=$(mktemp) || exit
	echo "== $label"
	"$@" 2>&1 | tee "$log"
	status=${PIPESTATUS[0]}
	add_counts "$label" "$status" "$(tail -n 1 "$log")"
	rm -f "$log"
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

# begin_part JOBS FILE COMMAND... - begins COMMAND for FILE when less than JOBS run.
begin_part() {
	local jobs=$1 file=$2
	shift 2
	[ ${#part_of[@]} -lt "$jobs" ] || end_part
	trap 'kill "${!part_of[@]}" 2>/dev/null; wait; exit 143' INT TERM HUP
	"$@" >"$CTRSH_RUN/part.${file//\//+}" 2>&1 &
	part_of[$!]=$file
}

end_parts() { while [ ${#part_of[@]} -gt 0 ]; do end_part; done; }

# begin_file FILE - runs it and counts, or begins that; or counts why not.
begin_file() {
	local why
	if why=$(reason_to_skip "$1"); then
		skip_file "$1" "$why"
	elif [ "$jobs" -gt 1 ]; then
		# shellcheck disable=SC2086 # an option or nothing
		begin_part "$jobs" "$1" env ROOTFS="$ROOTFS" CTRSH="$CTRSH" "$top/tests/run" $san $verbose -- "$1"
	else
		run_and_count "$1"
	fi
}

# vm_words FILE - what the line `# vm: WORDS` in its head says.
vm_words() { sed -n '1,15s/^# vm: //p' "$1" 2>/dev/null; }

# short_list KERNEL FILE... - those that belong to a short run on that kernel, with `# vm: short KERNEL...`.
short_list() {
	local kernel=$1 file words
	shift
	for file; do
		words=$(vm_words "$file")
		[[ $words != short\ * || " $words " != *" $kernel "* ]] || printf '%s\n' "$file"
	done
}

# reason_to_skip FILE - why the file is not run here; fails if it is. `# vm: no; WHY` in its head: not in a virtual
# machine (tests/vm/run sets CTRSH_VM).
reason_to_skip() {
	local words=''
	[ -z "${CTRSH_VM-}" ] || words=$(vm_words "$1")
	if [[ $words == no\;* ]]; then
		echo "not in a virtual machine:${words#no;}"
	elif [ -n "$seconds" ] && [ "$SECONDS" -ge "$seconds" ]; then
		echo "the $seconds s for this run are over"
	else
		return 1
	fi
}

# skip_file FILE WHY - counts all its tests as skipped.
skip_file() {
	local n=1
	[[ $1 != *.bats ]] || n=$(grep -c '^@test ' "$1")
	skipped=$((skipped + n))
	skips+=("${1#"$top/"}: all $n tests # skip $2")
}
