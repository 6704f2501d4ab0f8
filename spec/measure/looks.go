package measure

import (
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// What the shell program prints (udfplan measure --script) is a line for each process that it sees at each look:
//
//	udfplan measure 1
//	look 1764207127
//	worker 812 88213 VmHWM 471234 VmRSS 470000 RssAnon 400000 Pss 450000 share 268435460
//	taskmanager 700 88000 VmHWM 1400000 VmRSS 1390000 flink 1.20.5
//	container limit 4294967296 peak 4080000000
//
// A process is its id and when it began (in ticks of its machine). Figures of processes are kB, as /proc has them; others bytes.
const looksMark = "udfplan measure 1"

func isLooks(text string) bool { return strings.HasPrefix(text, looksMark) }

// readLooks adds up the looks of a text.
func readLooks(f *source.File) (*Measurement, source.List) {
	r := looksReader{file: f, watch: NewWatch()}
	at := 0
	for line := range strings.Lines(f.Text) {
		text := strings.TrimRight(line, "\r\n")
		if at > 0 && strings.TrimSpace(text) != "" {
			r.line(text, at)
		}
		at += len(line)
	}
	m := r.watch.Measurement()
	if len(m.Workers) == 0 && !r.problems.HasErrors() {
		r.problems.Errorf(source.Place{File: f, Pos: source.AtLine(1)}, source.CodeNoWorkers, "no worker was seen: %s", NoWorkerReason)
	}
	return m, r.problems
}

type looksReader struct {
	file     *source.File
	watch    *Watch
	seconds  int64
	problems source.List
}

// word is a word of a line, with its offset in the file.
type word struct {
	text string
	at   int
}

func words(text string, at int) (out []word) {
	for start := 0; start < len(text); {
		if text[start] == ' ' || text[start] == '\t' {
			start++
			continue
		}
		end := start
		for end < len(text) && text[end] != ' ' && text[end] != '\t' {
			end++
		}
		out = append(out, word{text[start:end], at + start})
		start = end
	}
	return out
}

func (r *looksReader) fail(w word, format string, args ...any) {
	r.problems.Errorf(source.Place{File: r.file, Pos: source.At(w.at)}, source.CodeBadLook, format, args...)
}

func (r *looksReader) line(text string, at int) {
	all := words(text, at)
	first := all[0]
	switch first.text {
	case "look":
		if len(all) != 2 {
			r.fail(first, "a look is `look SECONDS`")
			return
		}
		r.seconds = r.number(all[1])
		r.watch.Look(r.seconds)
	case "worker", "taskmanager":
		if len(all) < 3 {
			r.fail(first, "a %s is followed by its process id and when it began", first.text)
			return
		}
		p := Process{PID: r.number(all[1]), Began: r.number(all[2]), Seen: r.seconds, Worker: first.text == "worker"}
		before := len(r.problems)
		r.figures(all[3:], p.field)
		if p.Peak <= 0 && len(r.problems) > before {
			return // its figure is there, and wrong
		}
		if p.Peak <= 0 {
			r.fail(first, "a %s has no VmHWM", first.text)
			return
		}
		r.watch.Saw(p)
	case "container":
		var c Container
		r.figures(all[1:], c.field)
		r.watch.Contained(c)
	default:
		r.fail(first, "a line begins with look, worker, taskmanager or container; found %q", source.Excerpt(first.text))
	}
}

// figures reads pairs of a name and its value.
func (r *looksReader) figures(pairs []word, field func(name string) (number *flink.MemorySize, unit int64, text *string)) {
	for i := 0; i < len(pairs); i += 2 {
		number, unit, text := field(pairs[i].text)
		switch {
		case number == nil && text == nil:
			r.fail(pairs[i], "unknown figure %q", source.Excerpt(pairs[i].text))
		case i+1 == len(pairs):
			r.fail(pairs[i], "%s has no value", pairs[i].text)
		case text != nil:
			*text = pairs[i+1].text
		default:
			*number = flink.MemorySize(r.scaled(pairs[i+1], unit))
		}
	}
}

func (r *looksReader) number(w word) int64 { return r.scaled(w, 1) }

// scaled reads a number of some unit; -1 stays what it is.
func (r *looksReader) scaled(w word, unit int64) int64 {
	n, err := strconv.ParseInt(w.text, 10, 64)
	switch {
	case err != nil || n < -1:
		r.fail(w, "expected a number, found %q", source.Excerpt(w.text))
		return 0
	case n > (1<<62)/unit:
		r.fail(w, "%s is more than any machine has", source.Excerpt(w.text))
		return 0
	case n == -1:
		return n
	}
	return n * unit
}

// field is where a figure of a process goes.
func (p *Process) field(name string) (number *flink.MemorySize, unit int64, text *string) {
	switch name {
	case "VmHWM":
		return &p.Peak, 1024, nil
	case "VmRSS":
		return &p.Resident, 1024, nil
	case "RssAnon":
		return &p.Anonymous, 1024, nil
	case "Pss":
		return &p.Proportional, 1024, nil
	case "share":
		return &p.Share, 1, nil
	case "flink":
		return nil, 0, &p.Flink
	case "python":
		return nil, 0, &p.Python
	}
	return nil, 0, nil
}

func (c *Container) field(name string) (number *flink.MemorySize, unit int64, text *string) {
	switch name {
	case "limit":
		return &c.Limit, 1, nil
	case "peak":
		return &c.Peak, 1, nil
	}
	return nil, 0, nil
}
