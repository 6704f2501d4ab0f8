package proc

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph/flink"
	"udfplan/spec/measure"
)

// fake is a process in a folder that looks like /proc.
type fake struct {
	pid, parent, began int
	command, environ   string // words and variables, parted by blanks
	exe                string
	figures            string // VmHWM VmRSS RssAnon Pss, kB
	cgroup             string
}

func lay(t *testing.T, root string, processes ...fake) {
	t.Helper()
	write := func(name, text string) {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range processes {
		folder := fmt.Sprintf("proc/%d/", p.pid)
		write(folder+"cmdline", strings.ReplaceAll(p.command, " ", "\x00")+"\x00")
		write(folder+"environ", strings.ReplaceAll(p.environ, " ", "\x00")+"\x00")
		write(folder+"stat", fmt.Sprintf("%d (a) b) S %d%s %d 0", p.pid, p.parent, strings.Repeat(" 0", 17), p.began))
		f := append(strings.Fields(p.figures), "0", "0", "0", "0")
		write(folder+"status", fmt.Sprintf("Name:\tx\nVmHWM:\t  %s kB\nVmRSS:\t%s kB\nRssAnon:\t%s kB\n", f[0], f[1], f[2]))
		write(folder+"smaps_rollup", "0-1 ---p [rollup]\nRss: 1 kB\nPss:  "+f[3]+" kB\n")
		write(folder+"cgroup", p.cgroup)
		if p.exe != "" {
			_ = os.Symlink(p.exe, filepath.Join(root, folder, "exe"))
		}
	}
}

const (
	boot = "/opt/venv/bin/python -m pyflink.fn_execution.beam.beam_boot --id=1-1 --provision_endpoint=localhost:1"
	java = "java -Xmx1g -classpath /opt/flink/lib/flink-dist-1.20.5.jar::: org.apache.flink.runtime.taskexecutor.TaskManagerRunner -D a=b"
)

func TestLook(t *testing.T) {
	for _, row := range []struct {
		processes []fake
		within    int64
		want      measure.Measurement
		loopback  bool
		reason    string
	}{
		{[]fake{{pid: 5, parent: 1, began: 9, command: boot, environ: "A=b _PYTHON_WORKER_MEMORY_LIMIT=77 C=d", exe: "/opt/3.11.7/bin/python3.11", figures: "40 30 20 10"},
			{pid: 4, command: java, figures: "90 80"}, {pid: 6, command: "tee log", figures: "1 1"}, {pid: 7, command: "bash pyflink-udf-runner.sh --id=1-1"}}, 0,
			measure.Measurement{FlinkVersion: "1.20.5", Python: "3.11.7", TaskManager: &measure.TaskManager{Peak: 90 << 10, Resident: 80 << 10},
				Workers: []measure.Worker{{PID: 5, Peak: 40 << 10, Resident: 30 << 10, Anonymous: 20 << 10, Proportional: 10 << 10, Share: 77}}}, false, "a worker and its TaskManager"},
		{[]fake{{pid: 8, parent: 5, command: "python -m pyflink.fn_execution.sdk_worker_main", figures: "40 40"}, {pid: 5, command: "python -m pyflink.fn_execution.boot --id=1", figures: "20 10"}}, 0,
			measure.Measurement{Workers: []measure.Worker{{PID: 5, Peak: 60 << 10, Resident: 50 << 10}}}, false, "1.10: two processes"},
		{[]fake{{pid: 5, command: boot, environ: "PYTHON_LOOPBACK_SERVER_ADDRESS=x", figures: "4 4"}}, 0, measure.Measurement{}, true, "the client runs the functions itself"},
		{[]fake{{pid: 5, command: boot, environ: "_PYTHON_WORKER_MEMORY_LIMIT=-1", figures: "4 4"}}, 0,
			measure.Measurement{Workers: []measure.Worker{{PID: 5, Peak: 4 << 10, Resident: 4 << 10, Share: -1}}}, false, "Flink reserves nothing"},
		{[]fake{{pid: 2, command: "python job.py"}, {pid: 3, parent: 2, command: "java PythonGatewayServer", figures: "7 7"}, {pid: 5, parent: 3, command: boot, figures: "4 4"},
			{pid: 6, parent: 1, command: boot, figures: "9 9"}}, 2,
			measure.Measurement{TaskManager: &measure.TaskManager{Peak: 7 << 10, Resident: 7 << 10}, Workers: []measure.Worker{{PID: 5, Peak: 4 << 10, Resident: 4 << 10}}}, false, "what a program started, and nobody else's"},
		{[]fake{{pid: 5, command: boot}}, 0, measure.Measurement{}, false, "a process that has just ended has no figures"},
		{[]fake{{pid: 5, command: "grep -m pyflink.fn_execution"}, {pid: 6, command: "sh -c pyflink.fn_execution.beam.beam_boot"}}, 0, measure.Measurement{}, false, "who only speaks of it"},
		{[]fake{{pid: 4, command: strings.Replace(java, "flink-dist-1.20.5", "flink-dist_2.12-1.14.6", 1), figures: "9 9"}}, 0,
			measure.Measurement{FlinkVersion: "1.14.6", TaskManager: &measure.TaskManager{Peak: 9 << 10, Resident: 9 << 10}}, false, "the older name of the distribution"},
	} {
		root := t.TempDir()
		lay(t, root, row.processes...)
		m, w := New(root), measure.NewWatch()
		m.Within = row.within
		if err := m.Look(w, time.Unix(100, 0)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(row.want, *w.Measurement()); diff != "" || m.Loopback != row.loopback {
			t.Errorf("%s: loopback %v (-want +got):\n%s", row.reason, m.Loopback, diff)
		}
	}
}

// TestLookAgain: a shell becomes Python under the same id; an id is used again; what is gone keeps what was seen of it.
func TestLookAgain(t *testing.T) {
	root := t.TempDir()
	m, w := New(root), measure.NewWatch()
	at := time.Unix(100, 0)
	look := func() {
		t.Helper()
		if err := m.Look(w, at); err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Second)
	}
	lay(t, root, fake{pid: 5, began: 9, command: "sh limiter"})
	look()
	lay(t, root, fake{pid: 5, began: 9, command: boot, figures: "40 30"})
	look()
	lay(t, root, fake{pid: 5, began: 9, command: boot, figures: "45 20"})
	look()
	lay(t, root, fake{pid: 5, began: 70, command: boot, figures: "10 10"})
	look()
	_ = os.RemoveAll(filepath.Join(root, "proc/5"))
	look()
	want := []measure.Worker{{PID: 5, Peak: 45 << 10, Resident: 30 << 10, Seconds: 1}, {PID: 5, Peak: 10 << 10, Resident: 10 << 10}}
	if diff := cmp.Diff(want, w.Measurement().Workers); diff != "" || w.Looks() != 5 {
		t.Errorf("%d looks (-want +got):\n%s", w.Looks(), diff)
	}
	if err := New(filepath.Join(root, "nowhere")).Look(w, at); err != ErrNoProc {
		t.Errorf("no /proc: %v", err)
	}
}

func TestContainer(t *testing.T) {
	for _, row := range []struct {
		cgroup string
		files  map[string]string
		want   measure.Container
		reason string
	}{
		{"0::/a/b\n", map[string]string{"a/b/memory.max": "9000\n", "a/b/memory.peak": "8000\n"}, measure.Container{Limit: 9000, Peak: 8000}, "version 2"},
		{"0::/a/b\n", map[string]string{"a/b/memory.max": "max\n", "a/memory.max": "7000", "a/memory.current": "50"}, measure.Container{Limit: 7000, Peak: 50}, "the group above has the limit; an older kernel has no peak"},
		{"0::/a/b\n", map[string]string{"a/b/memory.max": "9000", "a/memory.max": "7000", "a/memory.peak": "1"}, measure.Container{Limit: 7000, Peak: 1}, "the smallest on the way up"},
		{"0::/docker/x\n", map[string]string{"memory.max": "7000"}, measure.Container{Limit: 7000}, "a path of the machine outside: the root counts"},
		{"0::/\n", nil, measure.Container{}, "no limit"},
		{"11:cpu,cpuacct:/x\n4:memory:/k\n", map[string]string{"memory/k/memory.limit_in_bytes": "9000", "memory/k/memory.max_usage_in_bytes": "8000"}, measure.Container{Limit: 9000, Peak: 8000}, "version 1"},
		{"4:memory:/k\n", map[string]string{"memory/k/memory.limit_in_bytes": "9223372036854771712"}, measure.Container{}, "version 1 writes a number where there is none"},
		{"nonsense\n", nil, measure.Container{}, "what is no line of it"},
	} {
		root := t.TempDir()
		lay(t, root, fake{pid: 5, command: boot, figures: "1 1", cgroup: row.cgroup})
		for name, text := range row.files {
			path := filepath.Join(root, "sys/fs/cgroup", name)
			_ = os.MkdirAll(filepath.Dir(path), 0o777)
			_ = os.WriteFile(path, []byte(text), 0o666)
		}
		if got := New(root).Container(5); got != row.want {
			t.Errorf("%s: %+v, want %+v", row.reason, got, row.want)
		}
		w := measure.NewWatch()
		_ = New(root).Look(w, time.Now())
		if c := w.Measurement().Container; (c != nil) != (row.want.Limit > 0) || c != nil && c.Limit != row.want.Limit {
			t.Errorf("%s: in a Measurement %+v", row.reason, c)
		}
	}
	if flink.MemorySize(unlimited) < 1<<50 {
		t.Error("machines may have that")
	}
}

// BenchmarkLook is one look at this machine; four a second are the default rate.
func BenchmarkLook(b *testing.B) {
	m, w, now := New(""), measure.NewWatch(), time.Now()
	for b.Loop() {
		if err := m.Look(w, now); err != nil {
			b.Skip(err)
		}
		now = now.Add(time.Second / 4)
	}
	b.ReportMetric(100*4*float64(b.Elapsed())/float64(b.N)/float64(time.Second), "%core")
}
