/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Explained: namespaces, the maps of IDs, the name.
 */
#include "ops/explain/entry.h"

#define MAP_WORDS "which IDs outside are those inside; a map is written once"

#define WRITE_C(file, text) "dprintf(open(\"$proc/" file "\", O_WRONLY), " text ");"

#define USERNS_REMAP "docker run can't: the daemon maps for all its containers (userns-remap)"

/* $inuid, $ingid: what one's own IDs become. */
static const struct explain_step own_ids[] = {
	{"host write(...uid_map>, \"$inuid $uid 1\\n\", ...)",
	 "user $inuid inside is user $uid outside", NULL},
	{"host write(...setgroups>, \"deny\", 4)",
	 "nobody inside may drop a group that takes rights away", NULL},
	{"host write(...gid_map>, \"$ingid $gid 1\\n\", ...)",
	 "group $ingid inside is group $gid outside", NULL},
	{NULL, NULL, NULL}};

#define OWN_IDS_C                                                                                  \
	WRITE_C("uid_map", "\"$inuid $uid 1\\n\"")                                                 \
	" " WRITE_C("setgroups", "\"deny\"") " " WRITE_C("gid_map", "\"$ingid $gid 1\\n\"")

const struct explain explain_namespaces[] = {
	{.op = "unshare",
	 .steps = STEPS(
		 {"host open(\"/proc/$box/timens_offsets\", O_WRONLY|O_CLOEXEC)",
		  "the clocks are set from the host's /proc: the box may have none", "clocks"},
		 {"box unshare($flags)", "the box gets namespaces of its own: $isolates", NULL},
		 {"box mount(NULL, \"/\", NULL, MS_REC|MS_$how, NULL)",
		  "its mounts, a copy of the host's, propagate as $prop: while they are private, what "
		  "the box mounts does not appear on the host",
		  "mnt !unchanged"},
		 {"box write(...timens_offsets>, $clocks, ...)",
		  "sets the new clocks, while no process has seen them", "clocks"},
		 {"box clone(CLONE_PARENT|SIGCHLD)",
		  "only children enter: a new process, PID 1 there, takes the box's place; the old "
		  "one ends",
		  "pid !init"},
		 {"box clone(CLONE_PARENT|SIGCHLD)",
		  "only children enter: a new process takes the box's place; the old one ends",
		  "fork !pid !init"},
		 {"box fork()",
		  "only children enter: a child is the box from now on. The old process is PID 1 of "
		  "its namespace, and stays, or that would end",
		  "fork init"}),
	 .tools = "unshare(1): unshare $options$clockoptions",
	 .c = "unshare($flags);$propagationc$clocksc$forkc",
	 .docker = "$dockernamespaces"},
	{.op = "map root",
	 .steps = own_ids,
	 .tools = "unshare(1): unshare --user --map-root-user",
	 .c = OWN_IDS_C,
	 .docker = USERNS_REMAP},
	{.op = "map self",
	 .steps = own_ids,
	 .tools = "unshare(1): unshare --user --map-current-user",
	 .c = OWN_IDS_C,
	 .docker = USERNS_REMAP},
	{.op = "map auto",
	 .steps = STEPS(
		 {"host write(...uid_map>, \"0 ...\", ...)",
		  "you are 0 inside, your ranges of /etc/subuid follow", "root"},
		 {"host write(...gid_map>, \"0 ...\", ...)",
		  "the same for groups, with /etc/subgid", "root"},
		 {"host execve(\"...newuidmap\", ...)",
		  "you are 0 inside, your ranges of /etc/subuid follow: a privileged program writes "
		  "them",
		  "!root"},
		 {"host execve(\"...newgidmap\", ...)", "the same for groups, with /etc/subgid",
		  "!root"}),
	 .tools = "unshare(1): unshare --user --map-root-user --map-auto",
	 .docker = "docker run can't: the daemon does this for all its containers (userns-remap)"},
	{.op = "map uid",
	 .steps = STEPS({"host write(...uid_map>, $map, ...)", MAP_WORDS, NULL},
			{"box setresuid(0, 0, 0)",
			 "the box's own ID has no place in the map: it becomes 0 there, "
			 "root with its capabilities",
			 "becomesuser"}),
	 .tools = "newuidmap(1): newuidmap $box $rest",
	 .c = WRITE_C("uid_map", "$map") "$becomec",
	 .docker = USERNS_REMAP},
	{.op = "map gid",
	 .steps = STEPS({"host write(...gid_map>, $map, ...)", MAP_WORDS, NULL},
			{"box setgroups(0, [])",
			 "other groups have no place there; where setgroups is denied they stay",
			 "becomesgroup"},
			{"box setresgid(0, 0, 0)",
			 "the box's own group has no place in the map: it becomes 0 there",
			 "becomesgroup"}),
	 .tools = "newgidmap(1): newgidmap $box $rest",
	 .c = WRITE_C("gid_map", "$map") "$becomec",
	 .docker = USERNS_REMAP},
	{.op = "map setgroups",
	 .steps = STEPS({"host write(...setgroups>, $q1, ...)",
			 "setgroups(2) in this user namespace: $1; denied it stays denied", NULL}),
	 .tools = "unshare(1): unshare --user --setgroups $1",
	 .c = WRITE_C("setgroups", "$q1"),
	 .docker = "docker run can't"},
	{.op = "join",
	 .steps = STEPS({"host pidfd_open($1, 0)",
			 "the process is held: no other can take its number", "process"},
			{"host open($q1, O_RDONLY|O_NONBLOCK|O_CLOEXEC)",
			 "the namespace, on the host", "!process"},
			{"box setns(...)",
			 "the box leaves its namespaces for those; PID is for children "
			 "only, so it forks then",
			 NULL}),
	 .tools = "nsenter(1): $nsenter",
	 .docker =
		 "--network container:NAME, --pid container:NAME, --ipc container:NAME; all of them: "
		 "docker exec",
	 .c = "$setns"},
	{.op = "keep",
	 .steps = STEPS(
		 {"host open($q2, ...)", "the file that will stand for the namespace", NULL},
		 {"host mount(\"/proc/$box/ns/$1\", ..., NULL, MS_BIND, NULL)",
		  "as long as this mount is there the namespace lives, with or without a process",
		  NULL}),
	 .tools = "mount(8): touch $2; mount --bind /proc/$box/ns/$1 $2",
	 .docker = "docker run can't: a container's namespaces end with its processes",
	 .c = "close(open($q2, O_CREAT|O_RDONLY, 0600)); mount(\"$proc/ns/$1\", $q2, NULL, MS_BIND, "
	      "NULL);"},
	{.op = "unkeep",
	 .steps = STEPS({"host open($q1, O_PATH|O_NOFOLLOW|O_CLOEXEC)",
			 "is it a namespace? Else nothing is done", NULL},
			{"host umount2($q1, UMOUNT_NOFOLLOW)",
			 "lets go of the namespace: without a process in it, it ends", NULL},
			{"host unlink($q1)", "the file is of no more use", NULL}),
	 .tools = "umount(8): umount $1; rm $1",
	 .docker = "docker run can't"},
	{.op = "hostname",
	 .steps = STEPS({"box sethostname($q1, $n1)",
			 "the name in the box's UTS namespace, which uname(2) tells, is $1", NULL}),
	 .tools = "hostname(1): hostname $1",
	 .docker = "--hostname $1"},
	{0}};
