// Package proc reads worker processes of PyFlink, the JVM beside them and their cgroup as Linux shows them, below /proc
// and /sys/fs/cgroup. Start with New and Look.
package proc

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec/measure"
)

// Machine is a machine, or a container, that is looked at again and again.
type Machine struct {
	root string // "" but in tests
	// Within is a process: only it and what it started count. 0: all do.
	Within int64
	// Loopback: a worker was seen that only told its client to run the functions itself.
	Loopback bool
	known    map[int64]*process
	looks    int
}

// process is what does not change of a process.
type process struct {
	began  int64
	seen   time.Time // first
	kind   kind
	parent int64
	told   bool // its figures were read before
	values measure.Process
}

type kind uint8

const (
	other kind = iota
	boots      // 1.10 to 1.13: waits for the process that works; later it is the worker itself
	works      // the other one of the two
	jvm
)

// settles is how long a process may go on to become another program: a shell that becomes Python keeps its id.
const settles = 10 * time.Second

// rollupEvery is how many looks go by from one reading of smaps_rollup to the next: the kernel walks all pages for it.
const rollupEvery = 20

// ErrNoProc: there is no /proc, as on macOS and Windows.
var ErrNoProc = errors.New("no /proc here: workers can be seen on Linux only, in the machine or the container that runs the TaskManager")

// New is a machine whose /proc and /sys are below a folder; "" is this one.
func New(root string) *Machine { return &Machine{root: root, known: map[int64]*process{}} }

func (m *Machine) path(parts ...string) string {
	return filepath.Join(append([]string{m.root + "/"}, parts...)...)
}

func (m *Machine) read(parts ...string) string {
	text, _ := os.ReadFile(m.path(parts...)) // a process may end any time: then nothing is known of it
	return string(text)
}

// Look sees what runs now.
func (m *Machine) Look(w *measure.Watch, now time.Time) error {
	folder, err := os.Open(m.path("proc"))
	if err != nil {
		return ErrNoProc
	}
	defer folder.Close()
	names, err := folder.Readdirnames(-1)
	if err != nil {
		return ErrNoProc
	}
	w.Look(now.Unix())
	m.looks++
	var ours []*process
	alive := map[int64]bool{}
	for _, name := range names {
		if pid, err := strconv.ParseInt(name, 10, 32); err == nil {
			alive[pid] = true
			if p := m.identify(pid, now); p.kind != other {
				ours = append(ours, p)
			}
		}
	}
	for pid := range m.known {
		if !alive[pid] {
			delete(m.known, pid)
		}
	}
	m.tell(w, ours, now)
	return nil
}

// identify says what a process is. Once it is old, that stays.
func (m *Machine) identify(pid int64, now time.Time) *process {
	p := m.known[pid]
	if p != nil && (p.kind != other || now.Sub(p.seen) > settles) && p.began == m.began(pid, p) {
		return p
	}
	if p == nil || p.kind != other {
		p = &process{seen: now}
	}
	began, parent := m.stat(pid)
	if p.began != 0 && p.began != began {
		p = &process{seen: now}
	}
	p.began, p.parent = began, parent
	m.known[pid] = p
	command := m.read("proc", strconv.FormatInt(pid, 10), "cmdline")
	if p.kind = kindOf(command); p.kind == other {
		return p
	}
	p.values = measure.Process{PID: pid, Began: began, Worker: p.kind != jvm}
	m.describe(p, command)
	return p
}

// began is when a process began; of one that is of no interest, the id is enough.
func (m *Machine) began(pid int64, p *process) int64 {
	if p.kind == other {
		return p.began
	}
	began, _ := m.stat(pid)
	return began
}

// stat reads a process's parent and its start. The command's name may hold anything, so what follows its last bracket counts.
func (m *Machine) stat(pid int64) (began, parent int64) {
	text := m.read("proc", strconv.FormatInt(pid, 10), "stat")
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
	if len(fields) < 20 {
		return 0, 0
	}
	parent, _ = strconv.ParseInt(fields[1], 10, 64)
	began, _ = strconv.ParseInt(fields[19], 10, 64)
	return began, parent
}

// JVMs that run tasks: of a session or application cluster, of YARN, of Kubernetes, and a client's own for `python job.py`.
var taskManagers = []string{"taskexecutor.TaskManagerRunner", "YarnTaskExecutorRunner", "KubernetesTaskExecutorRunner", "PythonGatewayServer"}

// kindOf tells a process by its command line, whose words end in NUL.
func kindOf(command string) kind {
	words := strings.Split(command, "\x00")
	for i, word := range words {
		if word == "-m" && i+1 < len(words) && strings.HasPrefix(words[i+1], "pyflink.fn_execution.") {
			switch module := words[i+1]; {
			case strings.HasSuffix(module, "boot"):
				return boots
			case strings.HasSuffix(module, "sdk_worker_main"):
				return works
			}
		}
		for _, class := range taskManagers {
			if strings.HasSuffix(word, class) {
				return jvm
			}
		}
	}
	return other
}

var (
	flinkDist     = source.Pattern(`flink-dist(?:_[\d.]+)?-(\d+\.\d+(?:\.\d+)?)[^/:]*\.jar`)
	pythonVersion = source.Pattern(`(?:^|/|python-?)(\d+\.\d+\.\d+)(?:/|$)|python(\d+\.\d+)$`)
)

// describe reads what a process will say of itself as long as it runs.
func (m *Machine) describe(p *process, command string) {
	pid := strconv.FormatInt(p.values.PID, 10)
	if p.kind == jvm {
		if found := flinkDist().FindStringSubmatch(command); found != nil {
			p.values.Flink = found[1]
		}
		return
	}
	for variable := range strings.SplitSeq(m.read("proc", pid, "environ"), "\x00") {
		name, value, _ := strings.Cut(variable, "=")
		switch name {
		case "_PYTHON_WORKER_MEMORY_LIMIT":
			share, _ := strconv.ParseInt(value, 10, 64)
			p.values.Share = flink.MemorySize(share)
		case "PYTHON_LOOPBACK_SERVER_ADDRESS":
			m.Loopback, p.kind = true, other
			return
		}
	}
	if p.kind == works {
		p.values.Parent = p.parent
	}
	program, _ := os.Readlink(m.path("proc", pid, "exe"))
	if found := pythonVersion().FindStringSubmatch(program); found != nil {
		p.values.Python = found[1] + found[2]
	}
}

// tell reads the figures of processes, and those of the cgroup of the first.
func (m *Machine) tell(w *measure.Watch, ours []*process, now time.Time) {
	ours = slices.DeleteFunc(ours, func(p *process) bool { return !m.within(p) })
	for _, second := range []bool{false, true} { // the part that waits comes first
		for _, p := range ours {
			if second != (p.kind == works) {
				continue
			}
			v := p.values
			v.Seen = now.Unix()
			if m.figures(&v); v.Peak > 0 { // a process that has just ended has none
				w.Saw(v)
			}
		}
	}
	if len(ours) > 0 {
		if c := m.Container(ours[0].values.PID); c.Limit > 0 {
			w.Contained(c)
		}
	}
}

// within reports whether a process counts: it was started by the one that is watched, or by what that started.
func (m *Machine) within(p *process) bool {
	if m.Within == 0 || p.values.PID == m.Within {
		return true
	}
	for parent, steps := p.parent, 0; parent > 1 && steps < 100; steps++ {
		if parent == m.Within {
			return true
		}
		_, parent = m.stat(parent)
	}
	return false
}

// figures reads the memory of a process, in bytes.
func (m *Machine) figures(v *measure.Process) {
	pid := strconv.FormatInt(v.PID, 10)
	kilobytes(m.read("proc", pid, "status"), map[string]*flink.MemorySize{"VmHWM": &v.Peak, "VmRSS": &v.Resident, "RssAnon": &v.Anonymous})
	if p := m.known[v.PID]; v.Worker && (m.looks%rollupEvery == 1 || !p.told) {
		p.told = true
		kilobytes(m.read("proc", pid, "smaps_rollup"), map[string]*flink.MemorySize{"Pss": &v.Proportional})
	}
	v.Peak = max(v.Peak, v.Resident)
}

// kilobytes reads lines such as `VmHWM:   161300 kB`.
func kilobytes(text string, into map[string]*flink.MemorySize) {
	for line := range strings.Lines(text) {
		name, rest, _ := strings.Cut(line, ":")
		number, wanted := into[name]
		if !wanted {
			continue
		}
		if fields := strings.Fields(rest); len(fields) > 0 {
			n, _ := strconv.ParseInt(fields[0], 10, 64)
			*number = flink.MemorySize(n) << 10
		}
	}
}
