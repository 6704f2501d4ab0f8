#!/bin/sh
# A Python that gives PyFlink's workers a memory limit of their own: what takes more gets Python's MemoryError, and Flink's failure
# message has its traceback; the container is not killed. Every other call is passed on as it is. Printed by udfplan limiter.
#
# Copy it to where the TaskManagers run, make it executable, and set in the job's configuration
#   python.executable: /path/to/this/file
#
# The limit of a worker is, strongest first: UDFPLAN_WORKER_LIMIT in its environment (bytes, or 512mb; none: no limit), Flink's own
# share of the slot (_PYTHON_WORKER_MEMORY_LIMIT), and this one:
limit=@LIMIT@
# Below this a worker cannot start, and a job would hang: such a limit is not set, but said in the worker's log.
least=@LEAST@
# 1: a worker whose limit cannot be set does not start.
strict=@STRICT@
python=${UDFPLAN_PYTHON:-@PYTHON@}

say() { printf 'udfplan limiter: %s\n' "$*" >&2; }

# bytes TEXT: a size such as 512mb in bytes; fails for what is none
bytes() {
  number=${1%%[!0-9]*}
  case $number in '' | ???????????????*) return 1 ;; esac
  case ${1#"$number"} in
    '' | b | B) echo "$number" ;;
    k | kb | K | KB) echo $((number * 1024)) ;;
    m | mb | M | MB) echo $((number * 1024 * 1024)) ;;
    g | gb | G | GB) echo $((number * 1024 * 1024 * 1024)) ;;
    *) return 1 ;;
  esac
}

# refuse TEXT: the limit cannot be set
refuse() {
  if [ "$strict" = 1 ]; then
    say "$1; the worker does not start (strict)"
    exit 1
  fi
  say "$1; the worker runs without a limit"
}

limit_worker() {
  wanted=$limit from='written into the limiter'
  case ${_PYTHON_WORKER_MEMORY_LIMIT:-} in
    '' | *[!0-9]* | 0) ;; # -1: Flink reserves nothing
    *) wanted=$_PYTHON_WORKER_MEMORY_LIMIT from="Flink's share of the slot" ;;
  esac
  if [ -n "${UDFPLAN_WORKER_LIMIT:-}" ]; then
    wanted=$UDFPLAN_WORKER_LIMIT from=UDFPLAN_WORKER_LIMIT
  fi
  case $wanted in '' | none | -1) return ;; esac
  if ! size=$(bytes "$wanted"); then
    refuse "$from is no memory size: $wanted"
    return
  fi
  if [ "$size" -lt "$least" ]; then
    refuse "$size bytes ($from) are below the $least bytes that a worker needs to start"
    return
  fi
  if [ "$(uname -s)" = Darwin ]; then
    refuse 'macOS does not keep to such limits'
    return
  fi
  # Thread stacks count as data, 8 MiB each by default: some 200 MiB that nobody uses.
  if ! ulimit -s 1024 2>/dev/null; then
    refuse 'the limit of stacks cannot be lowered'
    return
  fi
  if ! ulimit -d $((size / 1024)) 2>/dev/null; then
    refuse "a limit of $size bytes cannot be set here"
    return
  fi
  say "a limit of $size bytes ($from)"
}

previous=
for word in "$@"; do
  case $previous:$word in
    -m:pyflink.fn_execution.*boot)
      limit_worker
      break
      ;;
  esac
  previous=$word
done
exec "$python" "$@"
