#!/bin/sh
# What the PyFlink workers of this machine or container take, read from /proc with nothing but a POSIX shell (and sleep).
#
#   sh udfplan_measure.sh [SECONDS [EVERY]] > looks.txt     watches SECONDS (0: one look), a look EVERY seconds (1)
#   udfplan measure - < looks.txt                           makes a Measurement of it
#
# Printed by udfplan measure --script. One line a process and look, in kB as /proc has it; see docs/design.md 4.6.
set -u
seconds=${1:-0}
every=${2:-1}
echo 'udfplan measure 1'

# figure FILE NAME...: NAME VALUE of lines such as `VmHWM:   161300 kB`
figure() {
  file=$1
  shift
  while read -r name value rest; do
    for wanted in "$@"; do
      [ "$name" = "$wanted:" ] && printf ' %s %s' "$wanted" "$value"
    done
  done 2>/dev/null <"$file"
}

# number FILE: what stands in it, if it is a number that a machine can have
number() {
  [ -r "$1" ] && read -r value 2>/dev/null <"$1" || return 1
  case $value in
    '' | *[!0-9]*) return 1 ;;
  esac
  [ ${#value} -lt 19 ]
}

# contained PID: the limit of its cgroup, version 2 or 1, the nearest on the way up
contained() {
  while IFS=: read -r id controllers group; do
    case $id:,$controllers, in
      0:,,) base=/sys/fs/cgroup limit=memory.max peak=memory.peak ;;
      *,memory,*) base=/sys/fs/cgroup/memory limit=memory.limit_in_bytes peak=memory.max_usage_in_bytes ;;
      *) continue ;;
    esac
    while :; do
      if number "$base$group/$limit"; then
        printf 'container limit %s' "$value"
        number "$base$group/$peak" && printf ' peak %s' "$value"
        echo
        return
      fi
      case $group in
        '' | /) break ;;
      esac
      group=${group%/*}
    done
  done 2>/dev/null <"/proc/$1/cgroup"
}

# began PID: when the process began. Its name stands in brackets and may hold anything.
began() {
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
  set -f
  # shellcheck disable=SC2086 # its words are wanted
  set -- ${stat##*) }
  set +f
  printf ' %s' "${20}"
}

# share PID: Flink's own number, from the environment; fails for a worker that only tells its client to do the work
share() {
  found=
  while read -r line || [ -n "$line" ]; do
    case $line in
      *PYTHON_LOOPBACK_SERVER_ADDRESS=*) return 1 ;;
      *_PYTHON_WORKER_MEMORY_LIMIT=*)
        found=${line#*_PYTHON_WORKER_MEMORY_LIMIT=}
        sign=
        case $found in -*) sign=- found=${found#-} ;; esac
        found=$sign${found%%[!0-9]*}
        ;;
    esac
    line=
  done 2>/dev/null <"/proc/$1/environ"
  [ -z "$found" ] || printf ' share %s' "$found"
}

look() {
  first=
  for folder in /proc/[0-9]*; do
    pid=${folder#/proc/}
    command=
    # The words of a command line end in NUL, which read leaves out.
    read -r command 2>/dev/null <"$folder/cmdline" || [ -n "$command" ] || continue
    case $command in
      *-mpyflink.fn_execution.*boot* | *-mpyflink.fn_execution.*sdk_worker_main*)
        given=$(share "$pid") || continue
        figures=$(figure "$folder/status" VmHWM VmRSS RssAnon; figure "$folder/smaps_rollup" Pss)
        case $figures in
          *VmHWM*) echo "worker $pid$(began "$pid")$figures$given" ;;
          *) continue ;;
        esac
        ;;
      *taskexecutor.TaskManagerRunner* | *YarnTaskExecutorRunner* | *KubernetesTaskExecutorRunner* | *PythonGatewayServer*)
        figures=$(figure "$folder/status" VmHWM VmRSS)
        version=
        case $command in
          *flink-dist*.jar*)
            version=${command#*flink-dist}
            version=${version%%.jar*}
            version=" flink ${version##*-}"
            ;;
        esac
        case $figures in
          *VmHWM*) echo "taskmanager $pid$(began "$pid")$figures$version" ;;
          *) continue ;;
        esac
        ;;
      *) continue ;;
    esac
    [ -n "$first" ] || first=$pid
  done
  [ -z "$first" ] || contained "$first"
}

passed=0
while :; do
  echo "look $passed"
  look
  [ "$passed" -lt "$seconds" ] || break
  sleep "$every"
  passed=$((passed + every))
done
