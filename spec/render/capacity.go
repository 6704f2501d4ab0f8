package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
	"udfplan/spec/capacity"
	"udfplan/spec/taskmanager"
)

// CapacityFormats are all formats of `capacity`.
var CapacityFormats = []Format[*capacity.Assessment]{
	{"table", "for people: used, available and percent", writeCapacityTable},
	{"wide", "the table with all memory components and operators", writeCapacityWide},
	{"yaml", "the report as YAML", func(w io.Writer, r *capacity.Assessment, _ Options) error {
		return writeCapacity(&emitter{w: w}, r)
	}},
	{"json", "the same document as JSON", func(w io.Writer, r *capacity.Assessment, _ Options) error {
		return writeCapacity(&emitter{w: w, json: true}, r)
	}},
	{"markdown", "a table for a review comment", writeCapacityMarkdown},
	{"csv", "one row a slot sharing group, sizes in bytes", writeCapacityCSV},
	{"svg", "a drawing, to scale: slots and a TaskManager as stacked bars; of --sweep a heat map", writeCapacitySVG},
}

func writeCapacity(e *emitter, r *capacity.Assessment) error {
	c := capacityDocument{planDocument: planDocument{emitter: e}, report: r}
	c.write()
	e.buf = append(e.buf, '\n')
	return e.flush()
}

// capacityDocument writes design.md 4.4.
type capacityDocument struct {
	planDocument
	report *capacity.Assessment
}

func (c *capacityDocument) write() {
	c.mapping()
	c.keyWord("apiVersion", graph.APIVersion)
	c.keyWord("kind", "Capacity")
	c.body()
	c.close()
}

// body is what there is to say of one cluster.
func (c *capacityDocument) body() {
	if c.report.Version.Stated() {
		c.keyText("flinkVersion", c.report.Version.String())
	}
	c.taskManager()
	c.container()
	if len(c.report.Running) > 0 {
		c.list("running", len(c.report.Running), c.running)
	}
	if s := c.report.Shares; s != nil {
		c.flowAt("shares")
		c.keySize("python", s.Python)
		c.keySize("withOperators", s.WithOperators)
		c.keySize("withStateBackend", s.WithStateBackend)
		c.keySize("withBoth", s.WithBoth)
		c.close()
	}
	if len(c.report.Jobs) > 0 {
		c.list("jobs", len(c.report.Jobs), c.job)
		c.mappingAt("total")
		c.key("fits")
		c.boolean(c.report.Fits)
		c.keyInt("taskManagers", c.report.TaskManagers)
		c.keySize("totalProcess", c.report.TotalProcess)
		c.close()
	}
	if len(c.report.Recommendations) > 0 {
		c.list("recommendations", len(c.report.Recommendations), c.recommendation)
	}
}

// component is one part of a TaskManager's memory.
type component struct {
	name string
	size flink.MemorySize
}

func components(tm *taskmanager.Memory) []component {
	return []component{
		{"frameworkHeap", tm.FrameworkHeap}, {"taskHeap", tm.TaskHeap}, {"frameworkOffHeap", tm.FrameworkOffHeap},
		{"taskOffHeap", tm.TaskOffHeap}, {"network", tm.Network}, {"managed", tm.Managed},
		{"jvmMetaspace", tm.JVMMetaspace}, {"jvmOverhead", tm.JVMOverhead},
		{"totalFlink", tm.TotalFlink}, {"totalProcess", tm.TotalProcess},
	}
}

func (c *capacityDocument) taskManager() {
	tm := c.report.TaskManager
	c.mappingAt("taskManager")
	c.keyInt("slots", tm.Slots)
	c.mappingAt("memory")
	for _, part := range components(tm) {
		c.keySize(part.name, part.size)
	}
	c.close()
	c.flowAt("slot")
	c.keySize("taskHeap", tm.Slot.TaskHeap)
	c.keySize("taskOffHeap", tm.Slot.TaskOffHeap)
	c.keySize("managed", tm.Slot.Managed)
	c.keySize("network", tm.Slot.Network)
	c.close()
	c.close()
}

// container is what a TaskManager adds up to at worst, against the limit of its container.
func (c *capacityDocument) container() {
	k := c.report.Container
	if k == nil {
		return
	}
	c.mappingAt("container")
	c.keySize("limit", k.Limit)
	c.keyWord("limitFrom", limitFrom(k))
	c.keySize("worst", k.Worst)
	if over := k.Over(); over > 0 {
		c.keySize("over", over)
	} else {
		c.keySize("spare", -over)
	}
	c.flowAt("parts")
	for _, p := range k.Parts {
		c.key(partKey(p.Name))
		c.size(p.Size)
	}
	c.close()
	c.close()
}

func limitFrom(k *capacity.Container) string {
	if k.Measured {
		return "measurement"
	}
	return "totalProcess"
}

func partKey(name string) string {
	switch name {
	case capacity.PythonWorkers:
		return "pythonWorkers"
	case capacity.OtherManaged:
		return "managedOfOthers"
	}
	return name
}

func (c *capacityDocument) job(i int) {
	f := c.report.Jobs[i]
	c.mapping()
	c.keyText("job", f.Spec.Plan.Job.Name)
	c.key("fits")
	c.boolean(f.Fits)
	c.keyInt("taskManagers", f.TaskManagers)
	c.keySize("totalProcess", f.TotalProcess)
	c.keyInt("workers", f.Spec.Total.Workers)
	c.list("slotSharingGroups", len(f.Groups), func(g int) { c.group(f, g) })
	if f.Filled != nil {
		c.list("filled", len(f.Filled), func(k int) { c.filled(f, k) })
	}
	c.list("operators", len(f.Operators), func(k int) { c.operatorFit(f, k) })
	c.close()
}

func (c *capacityDocument) group(f *capacity.Fit, g int) {
	group := &f.Groups[g]
	c.mapping()
	c.keyText("name", f.Spec.Plan.Groups[g].Name)
	c.keyInt("slots", f.Spec.Groups[g].Slots)
	if f.Filled != nil {
		c.slotSize(&group.Size)
	}
	if f.Pool == capacity.OfSlot {
		c.flowSequenceAt("useCases")
		for _, u := range group.UseCases {
			c.next()
			c.word(useCaseWord(u))
		}
		c.close()
	}
	if group.Workers > 0 {
		c.flowAt("python")
		c.keyInt("workers", group.Workers)
		c.given(group.Needs, group.Gets, f.Spec.NeedsFrom)
		c.close()
	}
	c.close()
}

func useCaseWord(u taskmanager.UseCase) string {
	return map[taskmanager.UseCase]string{taskmanager.OperatorUse: "operator", taskmanager.StateBackendUse: "stateBackend", taskmanager.PythonUse: "python"}[u]
}

// given writes what is needed and given, and the difference.
func (c *capacityDocument) given(needs, gets flink.MemorySize, from spec.NeedsFrom) {
	c.keySize("needs", needs)
	if from != "" {
		c.keyWord("needsFrom", string(from))
	}
	c.keySize("gets", gets)
	if gets < needs {
		c.keySize("short", needs-gets)
	} else {
		c.keySize("spare", gets-needs)
	}
}

func (c *capacityDocument) operatorFit(f *capacity.Fit, k int) {
	o := &f.Operators[k]
	c.mapping()
	c.keyText("id", f.Spec.Plan.Job.Operators[o.Operator].ID)
	switch {
	case f.Pool == capacity.OfSlot || f.Pool == capacity.TaskOffHeap && flink.WorkerPerSlot.In(f.Spec.Plan.Job.Settings.Version):
		c.flowAt("fractions")
		c.keyDouble("operator", o.Fractions.OfOperator)
		c.keyDouble("stateBackend", o.Fractions.OfState)
		c.keyDouble("python", o.Fractions.OfPython)
		c.close()
	default:
		c.keyDouble("fraction", o.Fractions.Whole)
	}
	if o.Own {
		c.given(o.Needs, o.Gets, "")
		c.key("fits")
		c.boolean(o.Fits)
	}
	c.close()
}

// keyDouble writes one of Flink's doubles with all its digits.
func (c *capacityDocument) keyDouble(key string, value float64) {
	c.key(key)
	c.value()
	c.buf = strconv.AppendFloat(c.buf, value, 'g', -1, 64)
}

// percent is the used part of what is there, in the manner of kube-capacity.
func percent(used, available flink.MemorySize) string {
	if available == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f%%", 100*float64(used)/float64(available))
}

var capacityHeader = []string{"JOB / SLOT SHARING GROUP", "SLOTS", "WORKERS/SLOT", "NEEDS", "GETS", "USED", "VERDICT"}

// capacityRow is one row a slot sharing group; text writes sizes.
func capacityRow(f *capacity.Fit, g int, text func(flink.MemorySize) string) []string {
	group := &f.Groups[g]
	row := []string{f.Spec.Plan.Groups[g].Name, strconv.FormatInt(f.Spec.Groups[g].Slots, 10), strconv.FormatInt(group.Workers, 10)}
	if group.Workers == 0 {
		return append(row, "", "", "", "no Python")
	}
	verdict := "fits, " + text(group.Gets-group.Needs) + " spare"
	if !group.Fits {
		verdict = "short by " + text(group.Needs-group.Gets)
	}
	if !group.Fits && group.Gets >= group.Needs {
		verdict = "an operator is short"
		if f.Pool == capacity.OfSlot {
			verdict = text(group.Outside) + " outside the share are short"
		}
	}
	return append(row, text(group.Needs), text(group.Gets), percent(group.Needs, group.Gets), verdict)
}

func writeCapacityCSV(w io.Writer, r *capacity.Assessment, _ Options) error {
	t := newCSV(w, "job", "slotSharingGroup", "slots", "workersPerSlot", "needs", "gets", "fits", "taskManagers")
	for _, f := range r.Jobs {
		for g := range f.Groups {
			group := &f.Groups[g]
			t.row(f.Spec.Plan.Job.Name, f.Spec.Plan.Groups[g].Name, strconv.FormatInt(f.Spec.Groups[g].Slots, 10),
				strconv.FormatInt(group.Workers, 10), strconv.FormatInt(int64(group.Needs), 10), strconv.FormatInt(int64(group.Gets), 10),
				strconv.FormatBool(group.Fits), strconv.FormatInt(f.TaskManagers, 10))
		}
	}
	return t.end()
}

func writeCapacityMarkdown(w io.Writer, r *capacity.Assessment, o Options) error {
	var out strings.Builder
	rows := [][]string{capacityHeader}
	for _, f := range r.Jobs {
		for g := range f.Groups {
			row := capacityRow(f, g, about)
			row[0] = jobTitle(f, r) + " / " + row[0]
			rows = append(rows, row)
		}
	}
	t := markdownTable{&out}
	t.header("", rows[0]...)
	for _, row := range rows[1:] {
		t.texts(row...)
	}
	if len(r.Running) > 0 {
		out.WriteByte('\n')
		t.header("", runningHeader...)
		for i := range r.Running {
			t.texts(runningRow(r, i)...)
		}
	}
	fmt.Fprintf(&out, "\n%s\n", clusterLine(r))
	if advice := adviceList(r, adviceStyle{all: o.Verbose, patches: r.ForDeployment, title: func(text string) string { return text }}); advice != "" {
		fmt.Fprintf(&out, "\n```\n%s```\n", strings.TrimPrefix(strings.ReplaceAll(advice, "`", "'"), "\n"))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// jobTitle is a job's name for people; of one that has none, as most execution plans, its file, which is all that tells it from others.
func jobTitle(f *capacity.Fit, among *capacity.Assessment) string {
	job := f.Spec.Plan.Job
	if len(among.Jobs) > 1 && job.Name == graph.Unnamed && job.Place.File != nil {
		return job.Place.File.Name
	}
	return job.Name
}

// clusterLine says in a line what there is.
func clusterLine(r *capacity.Assessment) string {
	tm := r.TaskManager
	text := fmt.Sprintf("TaskManager %s, managed %s in %s", tm.TotalProcess, tm.Managed, source.Count(tm.Slots, "slot"))
	if len(r.Jobs) > 0 {
		of := ""
		switch {
		case len(r.Jobs) == 1:
		case r.Shared:
			of = " by all jobs together"
		default:
			of = ", each job its own"
		}
		text += fmt.Sprintf("; %s needed%s, %s", source.Count(r.TaskManagers, "TaskManager"), of, r.TotalProcess)
	}
	return text
}
