package policy

import (
	"cmp"
	"fmt"
	"slices"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
)

// over adds a finding of a limit's rule: more was found than is allowed.
func (k *checker) over(r *Rule, found spec.Quantity, at int32, about Subject, operators []int32, text string) *Finding {
	limit := k.set[r]
	f := k.report(r, k.at(k.job().Operators[at].Pos), about, operators, "%s; the limit is %s", text, limit.Most)
	f.Measured, f.Found, f.Limit = true, found, limit.Most
	if limit.Place.Pos != 0 { // a flag has no place
		f.Related = []source.Related{{Place: limit.Place, Message: "the limit is set here"}}
	}
	return f
}

// fix says what would make a finding pass: a change, where one is enough, or a higher limit.
func (f *Finding) fix(change string) {
	f.Fix = "a limit of " + f.Found.String()
	if change != "" {
		f.Fix = change + ", or " + f.Fix
	}
}

func (k *checker) operatorManaged(r *Rule) {
	limit := k.set[r]
	if !k.Spec.Known {
		k.notes.Notef(limit.Place, source.CodeLimitNotJudged, "the resources of streaming jobs are unknown: operator.managedOffHeap is judged in batch jobs only")
		return
	}
	for i := range k.Spec.Operators {
		managed := k.Spec.Operators[i].ManagedOffHeap
		if int64(managed) <= limit.Most.N {
			continue
		}
		op, at := &k.job().Operators[i], int32(i)
		f := k.over(r, spec.Bytes(managed), at, Subject{AboutOperator, op.ID}, []int32{at},
			fmt.Sprintf("operator %q reserves %s of managed off-heap memory", source.Excerpt(op.ID), managed))
		if op.Python == nil {
			f.fix(fmt.Sprintf("managedOffHeap of its resources at most %s", limit.Most))
			continue
		}
		f.fix(k.lessUserMemory(f, at))
	}
}

func (k *checker) workerMemory(r *Rule) {
	limit := k.set[r]
	for w := range k.Spec.Workers {
		memory := k.Spec.Workers[w].Memory
		if int64(memory) <= limit.Most.N {
			continue
		}
		worker := &k.Spec.Plan.Workers[w]
		at := k.heaviest(worker.Operators, worker.LaunchedBy)
		f := k.over(r, spec.Bytes(memory), at, Subject{AboutWorker, worker.ID}, worker.Operators,
			fmt.Sprintf("Python worker %q needs %s", source.Excerpt(worker.ID), memory))
		change := k.lessUserMemory(f, at)
		if change == "" {
			change = k.fewerOperators(worker.Operators, k.fitting(w, limit))
		}
		f.fix(change)
	}
}

// fitting is how many of a worker's operators, lightest first, a limit of its memory leaves room for.
func (k *checker) fitting(w int, limit Limit) int {
	var each []int64
	for _, i := range k.Spec.Plan.Workers[w].Operators {
		each = append(each, int64(k.Spec.Buffer)+int64(k.Spec.UserMemory(i)))
	}
	slices.Sort(each)
	n, room := 0, limit.Most.N-int64(k.Spec.Framework)
	for n < len(each) && each[n] <= room {
		room -= each[n]
		n++
	}
	return n
}

func (k *checker) workerOperators(r *Rule) {
	limit := k.set[r]
	for w := range k.Spec.Plan.Workers {
		worker := &k.Spec.Plan.Workers[w]
		n := int64(len(worker.Operators))
		if n <= limit.Most.N {
			continue
		}
		f := k.over(r, spec.Count(n), worker.Operators[limit.Most.N], Subject{AboutWorker, worker.ID}, worker.Operators,
			fmt.Sprintf("Python worker %q serves %s", source.Excerpt(worker.ID), source.Count(n, "operator")))
		f.fix(k.fewerOperators(worker.Operators, int(limit.Most.N)))
	}
}

// fewerOperators says how operators of a worker get one of their own; empty where not even one may stay.
func (k *checker) fewerOperators(operators []int32, most int) string {
	if most < 1 || len(operators) <= most {
		return ""
	}
	how := "give the others a worker of their own (python: {worker: NAME})"
	if v := k.job().Version; v.Stated() && flink.WorkerPerSlot.In(v) {
		how = "move the others into another slot sharing group"
	}
	return fmt.Sprintf("only %d of its %d operators: %s", most, len(operators), how)
}

func (k *checker) slotMemory(r *Rule) {
	limit := k.set[r]
	for g := range k.Spec.Groups {
		memory := k.Spec.Groups[g].PythonMemory
		if int64(memory) <= limit.Most.N {
			continue
		}
		python := k.pythonOf(int32(g))
		at := k.heaviest(python, k.largestLauncher(python))
		f := k.over(r, spec.Bytes(memory), at, k.group(g), python,
			fmt.Sprintf("the Python workers of a slot of %q need %s", source.Excerpt(k.Spec.Plan.Groups[g].Name), memory))
		f.fix(k.lessUserMemory(f, at))
	}
}

func (k *checker) slotWorkers(r *Rule) {
	limit := k.set[r]
	for g := range k.Spec.Groups {
		n := k.Spec.Groups[g].Workers
		if n <= limit.Most.N {
			continue
		}
		python := k.pythonOf(int32(g))
		f := k.over(r, spec.Count(n), k.launchers(python)[limit.Most.N], k.group(g), python,
			fmt.Sprintf("a slot of %q runs %s", source.Excerpt(k.Spec.Plan.Groups[g].Name), source.Count(n, "Python worker")))
		f.fix(fmt.Sprintf("move operators into another slot sharing group, or let them share: %s", k.sharingHelp()))
	}
}

// sharingHelp says what lets operators share a worker.
func (k *checker) sharingHelp() string {
	switch v := k.job().Version; {
	case k.job().Sharing == graph.SharingNone:
		return "another sharing than none"
	case v.Stated() && !flink.WorkerPerSlot.In(v):
		return "one operator for several functions, or Flink 1.12 and later"
	}
	return "one environment, managed Python memory"
}

func (k *checker) jobMemory(r *Rule) {
	limit := k.set[r]
	total := k.Spec.Total.PythonMemory
	if int64(total) <= limit.Most.N {
		return
	}
	w := k.mostOf(func(w int) int64 { return int64(k.Spec.Workers[w].Memory) * int64(k.Spec.Workers[w].Instances) })
	f := k.over(r, spec.Bytes(total), k.Spec.Plan.Workers[w].LaunchedBy, Subject{AboutJob, k.job().Name}, k.pythonOperators(),
		fmt.Sprintf("the Python workers of the job need %s", total))
	each, parallelism := int64(k.Spec.Workers[w].Memory), int64(k.Spec.Workers[w].Instances)
	change := ""
	if each > 0 && k.sameParallelism(w) { // else the product may be more than the total
		if n := (limit.Most.N - (int64(total) - each*parallelism)) / each; n >= 1 {
			change = k.lowerParallelism(w, n)
		}
	}
	f.fix(change)
}

func (k *checker) jobWorkers(r *Rule) {
	limit := k.set[r]
	total := k.Spec.Total.Workers
	if total <= limit.Most.N {
		return
	}
	w := k.mostOf(func(w int) int64 { return int64(k.Spec.Workers[w].Instances) })
	f := k.over(r, spec.Count(total), k.Spec.Plan.Workers[w].LaunchedBy, Subject{AboutJob, k.job().Name}, k.pythonOperators(),
		"the job runs "+source.Count(total, "Python worker"))
	change := ""
	if n := limit.Most.N - (total - int64(k.Spec.Workers[w].Instances)); n >= 1 {
		change = k.lowerParallelism(w, n)
	}
	f.fix(change)
}

func (k *checker) lowerParallelism(w int, n int64) string {
	return fmt.Sprintf("parallelism at most %d (now %d) of the operators of worker %q", n, k.Spec.Workers[w].Instances, source.Excerpt(k.Spec.Plan.Workers[w].ID))
}

func (k *checker) jobSlots(r *Rule) {
	limit := k.set[r]
	total := k.Spec.Total.Slots
	if total <= limit.Most.N {
		return
	}
	largest := 0
	for g := range k.Spec.Groups {
		if k.Spec.Groups[g].Slots > k.Spec.Groups[largest].Slots {
			largest = g
		}
	}
	slots, group := k.Spec.Groups[largest].Slots, &k.Spec.Plan.Groups[largest]
	at := group.Operators[slices.IndexFunc(group.Operators, func(i int32) bool { return int64(k.job().Operators[i].Parallelism) == slots })]
	f := k.over(r, spec.Count(total), at, Subject{AboutJob, k.job().Name}, group.Operators, "the job needs "+source.Count(total, "slot"))
	change := ""
	if n := limit.Most.N - (total - slots); n >= 1 {
		change = fmt.Sprintf("parallelism at most %d (now %d) in slot sharing group %q", n, slots, source.Excerpt(group.Name))
	}
	f.fix(change)
}

func (k *checker) group(g int) Subject { return Subject{AboutGroup, k.Spec.Plan.Groups[g].Name} }

// heaviest is the operator with the most memory of its own, else another.
func (k *checker) heaviest(operators []int32, otherwise int32) int32 {
	best, most := otherwise, flink.MemorySize(0)
	for _, i := range operators {
		if user := k.Spec.UserMemory(i); user > most {
			best, most = i, user
		}
	}
	return best
}

// lessUserMemory says what userMemory of an operator would be low enough; empty where it cannot be.
func (k *checker) lessUserMemory(f *Finding, i int32) string {
	user, over := k.Spec.UserMemory(i), flink.MemorySize(f.Found.N-f.Limit.N)
	if user < over || k.Spec.NeedsFrom == spec.FromMeasurement { // what was measured is nobody's to choose
		return ""
	}
	return fmt.Sprintf("userMemory of %q at most %s (now %s)", source.Excerpt(k.job().Operators[i].ID), user-over, user)
}

// launchers are the operators that launch the workers of some operators, in order.
func (k *checker) launchers(operators []int32) (launchers []int32) {
	for _, i := range operators {
		if k.launches(i) {
			launchers = append(launchers, i)
		}
	}
	return launchers
}

func (k *checker) launches(i int32) bool {
	w := k.Spec.Plan.Operators[i].Worker
	return k.Spec.Plan.Workers[w].LaunchedBy == i
}

// largestLauncher launches the largest of the workers of some operators.
func (k *checker) largestLauncher(operators []int32) int32 {
	return slices.MaxFunc(k.launchers(operators), func(a, b int32) int {
		memory := func(i int32) flink.MemorySize { return k.Spec.Workers[k.Spec.Plan.Operators[i].Worker].Memory }
		return cmp.Compare(memory(a), memory(b))
	})
}

// mostOf is the first worker of which there is most.
func (k *checker) mostOf(measure func(w int) int64) (best int) {
	for w := range k.Spec.Workers {
		if measure(w) > measure(best) {
			best = w
		}
	}
	return best
}

func (k *checker) sameParallelism(w int) bool {
	for _, i := range k.Spec.Plan.Workers[w].Operators {
		if int(k.job().Operators[i].Parallelism) != k.Spec.Workers[w].Instances {
			return false
		}
	}
	return true
}
