package proc

import (
	"path"
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/spec/measure"
)

// unlimited: cgroup v1 writes a number of pages that no machine has.
const unlimited = 1 << 60

// Container is the memory limit that a process lives under, the smallest on the way up, and its peak; all 0 where there is
// none. Inside a container the path in /proc may be one of the machine outside: then the root counts.
func (m *Machine) Container(pid int64) (c measure.Container) {
	for line := range strings.Lines(m.read("proc", strconv.FormatInt(pid, 10), "cgroup")) {
		parts := strings.SplitN(strings.TrimRight(line, "\n"), ":", 3)
		if len(parts) < 3 {
			continue
		}
		files := controls{"", "memory.max", "memory.peak", "memory.current"}
		if parts[0] != "0" || parts[1] != "" {
			if !strings.Contains(","+parts[1]+",", ",memory,") {
				continue
			}
			files = controls{"memory", "memory.limit_in_bytes", "memory.max_usage_in_bytes", "memory.usage_in_bytes"}
		}
		if found := m.limits(files, parts[2]); found.Limit > 0 && (c.Limit == 0 || found.Limit < c.Limit) {
			c = found
		}
	}
	return c
}

// controls are the files of one version of cgroups.
type controls struct{ folder, limit, peak, current string }

func (m *Machine) limits(files controls, group string) (c measure.Container) {
	for group = path.Clean("/" + group); ; group = path.Dir(group) {
		read := func(name string) flink.MemorySize {
			n, err := strconv.ParseInt(strings.TrimSpace(m.read("sys/fs/cgroup", files.folder, group, name)), 10, 64)
			if err != nil || n >= unlimited { // v2 writes max
				return 0
			}
			return flink.MemorySize(n)
		}
		if limit := read(files.limit); limit > 0 && (c.Limit == 0 || limit < c.Limit) {
			c = measure.Container{Limit: limit, Peak: max(read(files.peak), read(files.current))}
		}
		if group == "/" {
			return c
		}
	}
}
