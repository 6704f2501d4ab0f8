package render

import (
	"io"
	"strconv"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/spec/measure"
)

// MeasureFormats are all formats of `measure`.
var MeasureFormats = []Format[[]*measure.Measurement]{
	{"yaml", "the Measurement as YAML", func(w io.Writer, all []*measure.Measurement, _ Options) error {
		return writeMeasurements(w, all, false)
	}},
	{"json", "the same document as JSON", func(w io.Writer, all []*measure.Measurement, _ Options) error {
		return writeMeasurements(w, all, true)
	}},
	{"table", "for people: a row a worker", writeMeasureTable},
}

func writeMeasurements(w io.Writer, all []*measure.Measurement, json bool) error {
	e := &emitter{w: w, json: json}
	for i, m := range all {
		if i > 0 && !json {
			e.buf = append(e.buf, "---\n"...)
		}
		d := measureDocument{planDocument{emitter: e}}
		d.measurement(m)
		e.buf = append(e.buf, '\n')
		if err := e.flush(); err != nil {
			return err
		}
	}
	return nil
}

type measureDocument struct{ planDocument }

func (d measureDocument) measurement(m *measure.Measurement) {
	d.mapping()
	d.keyWord("apiVersion", graph.APIVersion)
	d.keyWord("kind", measure.Kind)
	d.keyVersion("flinkVersion", m.FlinkVersion)
	d.keyVersion("python", m.Python)
	if c := m.Container; c != nil {
		d.flowAt("container")
		d.keySize("limit", c.Limit)
		d.keySeen("peak", c.Peak)
		d.close()
	}
	if t := m.TaskManager; t != nil {
		d.flowAt("taskManager")
		d.keySize("resident", t.Resident)
		d.keySize("peak", t.Peak)
		d.close()
	}
	d.list("workers", len(m.Workers), func(i int) { d.worker(&m.Workers[i]) })
	d.close()
}

func (d measureDocument) worker(w *measure.Worker) {
	d.flow()
	d.keyInt("pid", w.PID)
	d.keySize("peak", w.Peak)
	d.keySeen("resident", w.Resident)
	d.keySeen("anonymous", w.Anonymous)
	d.keySeen("proportional", w.Proportional)
	switch {
	case w.Share < 0:
		d.keyInt("share", -1)
	case w.Share > 0:
		d.key("share")
		d.word(w.Share.String())
	}
	d.keyInt("seconds", w.Seconds)
	d.close()
}

// keySeen writes a size that was seen.
func (d measureDocument) keySeen(key string, size flink.MemorySize) {
	if size > 0 {
		d.keySize(key, size)
	}
}

// keyVersion writes a version as text: 3.10 is no number.
func (d measureDocument) keyVersion(key, version string) {
	if version != "" {
		d.key(key)
		d.raw(appendQuoted(nil, version))
	}
}

func writeMeasureTable(w io.Writer, all []*measure.Measurement, o Options) error {
	var out strings.Builder
	style := tableStyle{color: o.Color}
	for i, m := range all {
		if i > 0 {
			out.WriteByte('\n')
		}
		g := &grid{header: []string{"WORKER", "PEAK", "RESIDENT", "ANONYMOUS", "PROPORTIONAL", "FLINK'S SHARE", "SECONDS"},
			right: []bool{true, true, true, true, true, true, true}, paint: func(text string) string { return style.paint(bold, text) }}
		for k := range m.Workers {
			v := &m.Workers[k]
			g.add(strconv.FormatInt(v.PID, 10), about(v.Peak), seen(v.Resident), seen(v.Anonymous), seen(v.Proportional), shareText(v.Share), strconv.FormatInt(v.Seconds, 10))
		}
		if err := g.write(&out); err != nil {
			return err
		}
		out.WriteString("\n" + measureLine(m))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// seen is a size, empty if it was not seen.
func seen(size flink.MemorySize) string {
	if size == 0 {
		return ""
	}
	return about(size)
}

func shareText(share flink.MemorySize) string {
	if share < 0 {
		return "none"
	}
	return seen(share)
}

// measureLine says what was seen beside the workers.
func measureLine(m *measure.Measurement) string {
	parts := []string{"largest peak " + about(m.Peak())}
	if t := m.TaskManager; t != nil {
		parts = append(parts, "TaskManager "+about(t.Peak))
	}
	if c := m.Container; c != nil {
		text := "container limit " + about(c.Limit)
		if c.Peak > 0 {
			text += ", peak " + about(c.Peak)
		}
		parts = append(parts, text)
	}
	if m.FlinkVersion != "" {
		parts = append(parts, "Flink "+Sanitize(m.FlinkVersion))
	}
	if m.Python != "" {
		parts = append(parts, "Python "+Sanitize(m.Python))
	}
	return strings.Join(parts, "; ") + "\n"
}
