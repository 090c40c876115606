/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which calls engines allow is taken from Docker's profile (moby/profiles,
 * seccomp/default_linux.go), by subject. What is not here is denied, above all
 * io_uring, kernel keys, userfaultfd, kexec, swap, quotas, modules, and what
 * makes or enters namespaces and mounts, unless a capability allows it.
 */
#include <linux/capability.h>
#include <stddef.h>

#include "ops/seccomp/profile.h"

const char profile_always[] =
	/* files by name */
	"access faccessat faccessat2 open openat openat2 creat stat lstat newfstatat statx "
	"readlink readlinkat link linkat symlink symlinkat unlink unlinkat rename renameat "
	"renameat2 mkdir mkdirat rmdir mknod mknodat chmod fchmodat fchmodat2 chown lchown "
	"fchownat truncate utime utimes utimensat futimesat chdir getcwd umask statfs "
	"name_to_handle_at getxattr lgetxattr setxattr lsetxattr listxattr llistxattr removexattr "
	"lremovexattr getxattrat setxattrat listxattrat removexattrat statmount listmount "
	/* files by descriptor */
	"read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek close "
	"close_range dup dup2 dup3 fcntl ioctl flock fstat fstatfs fchmod fchown fchdir ftruncate "
	"fallocate fadvise64 readahead fsync fdatasync sync syncfs sync_file_range getdents "
	"getdents64 sendfile splice tee vmsplice copy_file_range fgetxattr fsetxattr flistxattr "
	"fremovexattr pipe pipe2 cachestat "
	/* waiting for them */
	"select pselect6 poll ppoll epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_wait "
	"epoll_wait_old epoll_pwait epoll_pwait2 eventfd eventfd2 signalfd signalfd4 "
	"inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_mark io_setup "
	"io_destroy io_submit io_cancel io_getevents io_pgetevents "
	/* memory */
	"brk mmap munmap mremap mprotect madvise msync mincore mlock mlock2 mlockall munlock "
	"munlockall membarrier memfd_create memfd_secret remap_file_pages pkey_alloc pkey_free "
	"pkey_mprotect map_shadow_stack mseal shmget shmat shmdt shmctl "
	/* processes and threads */
	"fork vfork execve execveat exit exit_group wait4 waitid getpid getppid gettid getpgid "
	"getpgrp setpgid getsid setsid set_tid_address set_robust_list get_robust_list rseq "
	"futex futex_waitv futex_wait futex_wake futex_requeue restart_syscall prctl "
	"getpriority setpriority ioprio_get ioprio_set getrlimit setrlimit prlimit64 getrusage "
	"sched_yield sched_getaffinity sched_setaffinity sched_getattr sched_setattr "
	"sched_getparam sched_setparam sched_getscheduler sched_setscheduler "
	"sched_get_priority_max sched_get_priority_min sched_rr_get_interval getcpu pidfd_open "
	"pidfd_send_signal process_mrelease ptrace process_vm_readv process_vm_writev "
	/* signals */
	"kill tkill tgkill pause alarm sigaltstack rt_sigaction rt_sigpending rt_sigprocmask "
	"rt_sigqueueinfo rt_tgsigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait "
	/* who it is, and what it may do */
	"getuid geteuid getgid getegid getresuid getresgid getgroups setuid setgid setreuid "
	"setregid setresuid setresgid setfsuid setfsgid setgroups capget capset seccomp "
	"landlock_create_ruleset landlock_add_rule landlock_restrict_self "
	/* time; the clock itself is not set without CAP_SYS_TIME */
	"time times gettimeofday nanosleep getitimer setitimer clock_gettime clock_getres "
	"clock_nanosleep clock_adjtime adjtimex timer_create timer_delete timer_gettime "
	"timer_settime timer_getoverrun timerfd_create timerfd_gettime timerfd_settime "
	/* sockets, but for socket itself; queues and semaphores */
	"socketpair bind listen accept accept4 connect shutdown getsockname getpeername "
	"getsockopt setsockopt send sendto sendmsg sendmmsg recv recvfrom recvmsg recvmmsg "
	"socketcall mq_open mq_unlink mq_notify mq_getsetattr mq_timedsend mq_timedreceive "
	"msgget msgsnd msgrcv msgctl semget semop semtimedop semctl ipc "
	/* the machine */
	"uname sysinfo getrandom arch_prctl modify_ldt get_thread_area set_thread_area uretprobe "
	"arm_fadvise64_64 arm_sync_file_range sync_file_range2 breakpoint cacheflush set_tls "
	"riscv_flush_icache riscv_hwprobe swapcontext s390_pci_mmio_read s390_pci_mmio_write "
	"s390_runtime_instr";

const struct profile_caps profile_with[] = {
	{CAP_SYS_ADMIN,
	 "bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie "
	 "lsm_get_self_attr lsm_list_modules lsm_set_self_attr mount mount_setattr move_mount "
	 "open_tree perf_event_open quotactl quotactl_fd setdomainname sethostname setns syslog "
	 "umount2 unshare"},
	{CAP_SYS_PTRACE, "kcmp pidfd_getfd process_madvise"},
	{CAP_SYS_MODULE, "delete_module finit_module init_module"},
	{CAP_SYS_TIME, "clock_settime settimeofday"},
	{CAP_SYS_NICE, "get_mempolicy mbind set_mempolicy set_mempolicy_home_node"},
	{CAP_SYS_CHROOT, "chroot"},
	{CAP_SYS_BOOT, "reboot"},
	{CAP_SYS_PACCT, "acct"},
	{CAP_SYS_RAWIO, "ioperm iopl"},
	{CAP_SYS_TTY_CONFIG, "vhangup"},
	{CAP_DAC_READ_SEARCH, "open_by_handle_at"},
	{CAP_SYSLOG, "syslog"},
	{CAP_BPF, "bpf"},
	{CAP_PERFMON, "perf_event_open"},
	{0, NULL},
};
