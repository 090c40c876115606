/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * swap A B - exchanges two names (renameat2(2), RENAME_EXCHANGE) again and again, as fast as it
 * goes, until it is killed or its parent ends.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>

int main(int argc, char **argv)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (argc != 3)
		return 2;
	while (renameat2(AT_FDCWD, argv[1], AT_FDCWD, argv[2], RENAME_EXCHANGE) == 0)
		;
	perror("renameat2");
	return 1;
}
