# SPDX-License-Identifier: GPL-3.0-or-later
#
# Assertions about the last `run --separate-stderr`, which say what they found
# when they fail; and waiting for a condition.
# shellcheck disable=SC2154 # status, output and stderr are set by bats

# explain WANTED - the whole result of the last run. Always fails.
explain() {
	echo "wanted: $1"
	echo "status: $status"
	echo "stdout: ${output:0:2000}"
	echo "stderr: ${stderr:0:4000}"
	return 1
}

assert_status() { [ "$status" -eq "$1" ] || explain "status $1"; }

# assert_output TEXT - stdout is exactly TEXT.
assert_output() { [ "$output" = "$1" ] || explain "stdout \"$1\""; }

# assert_output_has TEXT... - stdout contains each TEXT.
assert_output_has() {
	local text
	for text in "$@"; do [[ $output == *"$text"* ]] || explain "stdout with \"$text\"" || return 1; done
}

# assert_stderr TEXT... - stderr contains each TEXT; TEXT '' alone: it is empty. Never a report of the undefined-behaviour
# sanitizer, which gcc's writes there whatever its log_path.
assert_stderr() {
	local text
	[[ $stderr != *'runtime error: '* ]] || explain "no report" || return
	if [ "$*" = '' ]; then
		[ -z "$stderr" ] || explain "nothing on stderr"
		return
	fi
	for text in "$@"; do [[ $stderr == *"$text"* ]] || explain "stderr with \"$text\"" || return 1; done
}

# assert_stderr_is TEXT - stderr is exactly TEXT.
assert_stderr_is() { [ "$stderr" = "$1" ] || explain "stderr \"$1\""; }

# assert_result STATUS STDOUT STDERR... - status and stdout exactly; stderr has each of these texts, or is empty where the one is.
assert_result() { assert_status "$1" && assert_output "$2" && assert_stderr "${@:3}"; }

# refute COMMAND... - COMMAND fails.
refute() { ! "$@" || { echo "should have failed: $*" && return 1; }; }

# ended STATUS PID - PID, a job of this shell, ends with that status.
ended() {
	local status=0
	wait "$2" || status=$?
	[ "$status" -eq "$1" ] || { echo "process $2 ended with status $status, wanted $1" && return 1; }
}

# end PID - kills it, a job of this shell or no PID at all, and waits for it. It may have ended.
end() {
	[ -n "$1" ] || return 0
	if kill -KILL "$1" 2>/dev/null; then :; fi
	if wait "$1" 2>/dev/null; then :; fi
}

# poll SECONDS COMMAND... - waits until COMMAND succeeds: SECONDS at most where nothing else runs, CTRSH_SLACK times as long
# as the machine may be busy, or emulated. COMMAND is looked at anew each time, what stands in $(...) is not.
poll() {
	local end=$((SECONDS + $1 * ${CTRSH_SLACK:-6}))
	shift
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || { echo "never came true: $*" && return 1; }
		sleep 0.05 # sleep-ok: polls
	done
}
