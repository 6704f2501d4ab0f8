package measure

import (
	"udfplan/graph/flink"
)

// NoWorkerReason says where workers may be when none is seen.
const NoWorkerReason = "a worker's command line holds pyflink.fn_execution. and boot; `python job.py` without a cluster runs functions in the client's own process (loopback mode)"

// Process is one process at one look. All sizes are bytes.
type Process struct {
	PID   int64
	Began int64 // since the machine's start, in its ticks: ids are used again
	Seen  int64 // when the look was, in seconds
	// Worker: a Python worker, else a JVM that runs tasks.
	Worker                                  bool
	Peak, Resident, Anonymous, Proportional flink.MemorySize
	Share                                   flink.MemorySize // _PYTHON_WORKER_MEMORY_LIMIT
	Parent                                  int64            // another process that is part of the same worker, as in 1.10; 0: none
	Flink, Python                           string           // versions, where they show
}

// Watch adds up what is seen, one look after the other.
type Watch struct {
	m       Measurement
	workers []watched
	index   map[[2]int64]int
	looks   int
}

// watched is a worker while it is watched.
type watched struct {
	Worker
	first int64
	parts map[[2]int64]*Process // of one worker, several processes
}

// NewWatch is a Watch that has seen nothing.
func NewWatch() *Watch { return &Watch{index: map[[2]int64]int{}} }

// Look begins a look.
func (w *Watch) Look(int64) { w.looks++ }

// Looks is how many there were.
func (w *Watch) Looks() int { return w.looks }

// Saw adds a process. One that ended between two looks counts with what was seen of it last.
func (w *Watch) Saw(p Process) {
	if p.Flink != "" && w.m.FlinkVersion == "" {
		w.m.FlinkVersion = p.Flink
	}
	if !p.Worker {
		if w.m.TaskManager == nil {
			w.m.TaskManager = &TaskManager{}
		}
		t := w.m.TaskManager
		t.Resident, t.Peak = max(t.Resident, p.Resident), max(t.Peak, p.Peak)
		return
	}
	if p.Python != "" && len(p.Python) > len(w.m.Python) {
		w.m.Python = p.Python
	}
	i := w.workerOf(p)
	v := &w.workers[i]
	if part := v.parts[[2]int64{p.PID, p.Began}]; part == nil {
		v.parts[[2]int64{p.PID, p.Began}] = &p
	} else {
		part.Peak, part.Resident = max(part.Peak, p.Peak), max(part.Resident, p.Resident)
		part.Anonymous, part.Proportional = max(part.Anonymous, p.Anonymous), max(part.Proportional, p.Proportional)
	}
	if p.Share != 0 {
		v.Share = p.Share
	}
	v.Seconds = max(v.Seconds, p.Seen-v.first)
}

// workerOf is the worker that a process is, or is part of.
func (w *Watch) workerOf(p Process) int {
	key := [2]int64{p.PID, p.Began}
	if i, known := w.index[key]; known {
		return i
	}
	if p.Parent != 0 {
		for i := len(w.workers) - 1; i >= 0; i-- {
			if w.workers[i].PID == p.Parent {
				w.index[key] = i
				return i
			}
		}
	}
	w.index[key] = len(w.workers)
	w.workers = append(w.workers, watched{Worker: Worker{PID: p.PID}, first: p.Seen, parts: map[[2]int64]*Process{}})
	return len(w.workers) - 1
}

// Contained adds what the cgroup says; the smallest limit and the largest peak count.
func (w *Watch) Contained(c Container) {
	if w.m.Container == nil {
		w.m.Container = &Container{}
	}
	have := w.m.Container
	if c.Limit > 0 && (have.Limit == 0 || c.Limit < have.Limit) {
		have.Limit = c.Limit
	}
	have.Peak = max(have.Peak, c.Peak)
}

// Measurement is all that was seen.
func (w *Watch) Measurement() *Measurement {
	m := w.m
	if m.Container != nil && m.Container.Limit == 0 {
		m.Container = nil
	}
	for i := range w.workers {
		v := w.workers[i].Worker
		for _, part := range w.workers[i].parts {
			v.Peak, v.Resident = v.Peak+part.Peak, v.Resident+part.Resident
			v.Anonymous, v.Proportional = v.Anonymous+part.Anonymous, v.Proportional+part.Proportional
		}
		m.Workers = append(m.Workers, v)
	}
	return &m
}
