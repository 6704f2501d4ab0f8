package measure

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

func TestWatch(t *testing.T) {
	worker := func(pid, began, seen int64, peak, resident int) Process {
		return Process{PID: pid, Began: began, Seen: seen, Worker: true, Peak: mb(peak), Resident: mb(resident)}
	}
	for _, row := range []struct {
		saw    []Process
		want   []Worker
		reason string
	}{
		{[]Process{worker(5, 1, 0, 10, 9), worker(5, 1, 3, 12, 4)}, []Worker{{PID: 5, Peak: mb(12), Resident: mb(9), Seconds: 3}}, "the largest of each look counts"},
		{[]Process{worker(5, 1, 0, 10, 9), worker(5, 2, 9, 3, 2)}, []Worker{{PID: 5, Peak: mb(10), Resident: mb(9)}, {PID: 5, Peak: mb(3), Resident: mb(2)}}, "an id that is used again is another worker"},
		{[]Process{worker(5, 1, 0, 10, 9), func() Process { p := worker(6, 2, 2, 20, 19); p.Parent = 5; return p }()},
			[]Worker{{PID: 5, Peak: mb(30), Resident: mb(28), Seconds: 2}}, "the pair of 1.10 is one worker"},
		{[]Process{func() Process { p := worker(6, 2, 2, 20, 19); p.Parent = 5; return p }()}, []Worker{{PID: 6, Peak: mb(20), Resident: mb(19)}}, "the other of the pair was not seen"},
		{[]Process{{PID: 7, Began: 1, Peak: mb(900), Flink: "1.20.5"}}, nil, "a TaskManager is no worker"},
	} {
		w := NewWatch()
		for _, p := range row.saw {
			w.Saw(p)
		}
		if diff := cmp.Diff(row.want, w.Measurement().Workers); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}

func mb(n int) flink.MemorySize { return flink.MemorySize(n) << 20 }

func TestContained(t *testing.T) {
	w := NewWatch()
	w.Contained(Container{Peak: 5})
	if w.Measurement().Container != nil {
		t.Error("without a limit there is no container")
	}
	w.Contained(Container{Limit: 9, Peak: 3})
	w.Contained(Container{Limit: 7})
	if got := *w.Measurement().Container; got != (Container{Limit: 7, Peak: 5}) {
		t.Errorf("the smallest limit and the largest peak: %+v", got)
	}
}

func TestLargest(t *testing.T) {
	a, b := &Measurement{Workers: []Worker{{Peak: 3}, {Peak: 9}}}, &Measurement{Workers: []Worker{{Peak: 4}}}
	if got := Largest([]*Measurement{a, b}); got != 9 {
		t.Error(got)
	}
	if got := Largest(nil); got != 0 {
		t.Error(got)
	}
}

// TestSeveral: a text may hold several Measurements.
func TestSeveral(t *testing.T) {
	one := "kind: Measurement\nworkers: [{peak: 5mb}]\n"
	all, problems := Read(source.NewFile("f", []byte(one+"---\n"+one)))
	if len(all) != 2 || problems != nil || all[1].Peak() != mb(5) {
		t.Errorf("%d, %v", len(all), problems)
	}
	if _, problems := Read(source.NewFile("f", []byte("kind: Measurement\nworkers: []\n"))); !problems.HasErrors() {
		t.Error("nothing was measured, and nobody is told")
	}
}

// FuzzRead: never a panic, places inside the text, and a worker that is worth using.
func FuzzRead(f *testing.F) {
	f.Add("udfplan measure 1\nlook 0\nworker 812 88213 VmHWM 171234 VmRSS 170000 share -1\ntaskmanager 700 1 VmHWM 5 flink 1.20.5\ncontainer limit 5 peak 4\n")
	f.Add("apiVersion: udfplan/v1\nkind: Measurement\nflinkVersion: \"1.20.5\"\ncontainer: {limit: 4gb}\ntaskManager: {peak: 1mb}\nworkers: [{pid: 1, peak: 1mb, share: -1, seconds: 2}]\n")
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("f", []byte(text))
		all, problems := Read(file)
		for _, d := range problems {
			if line, _ := file.Position(d.Place.Pos); d.Place.File != file || line < 1 || line > strings.Count(text, "\n")+strings.Count(text, "\r")+2 {
				t.Errorf("%s is at %s", d.Code, d.Place)
			}
		}
		if problems.HasErrors() {
			return
		}
		if len(all) == 0 {
			t.Error("nothing was read, and nobody is told")
		}
		for _, m := range all {
			if m.Peak() <= 0 {
				t.Errorf("a peak of %d", m.Peak())
			}
		}
	})
}
