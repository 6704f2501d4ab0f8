package capacity

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"udfplan/graph/flink"
	"udfplan/spec/taskmanager"
)

// Recommendation is a change of the cluster, LeverTogether or the smallest of one lever, after which everything fits; proven by
// assessing again (Cluster.Recommend).
type Recommendation struct {
	Lever string // the option
	// Set are the options to set, Remove those that must go for them to count.
	Set    flink.Config
	Remove []string
	Fits   bool
	Why    string // why this lever cannot do it
	// TotalProcess is the memory of all TaskManagers then, in bytes; where it Fits.
	TotalProcess flink.MemorySize
	// Job and Operator say of LeverGroup which operator moves into a slot sharing group of its own.
	Job, Operator string
}

// LeverGroup is a slot sharing group of its own for one Python operator; what is to be set comes with it.
const LeverGroup = "slotSharingGroup"

// lever is one way to give Python workers more memory.
type lever struct {
	key    string
	remove []string
	// serves says whether the lever can matter for the pools that jobs take from, why why it cannot.
	serves func(pools map[Pool]bool) bool
	why    string
	// values from low (what is set now, as a number of units) up to most are tried; text writes one.
	most func(r *recommender) int64
	low  func(r *recommender) int64
	text func(r *recommender, n int64) string
	down bool // smaller values give more
}

const notManaged = "the jobs' workers do not live in managed memory"

func fromManaged(pools map[Pool]bool) bool {
	return pools[OfOperator] || pools[OfSlot] || pools[AsNeeded]
}
func always(map[Pool]bool) bool { return true }

func sizeText(_ *recommender, n int64) string { return flink.MemorySize(n).String() }
func mebibytes(_ *recommender, n int64) string {
	return flink.MemorySize(n << 20).String()
}

// levers, cheapest first: who gets the memory that is there, then how it is cut, then how many share it, then more of it.
var levers = []lever{
	{key: flink.KeyConsumerWeights, serves: func(p map[Pool]bool) bool { return p[OfSlot] }, why: "the jobs' workers have no share by weights",
		low: (*recommender).pythonWeight, most: func(*recommender) int64 { return 1_000_000 }, text: (*recommender).weightsText},
	{key: flink.KeyTaskOffHeap, serves: func(p map[Pool]bool) bool { return p[TaskOffHeap] }, why: "the jobs' workers live in managed memory",
		low: func(r *recommender) int64 { return int64(r.now.TaskOffHeap) }, most: func(r *recommender) int64 { return int64(r.now.TotalFlink) }, text: sizeText},
	{key: flink.KeyManagedSize, remove: []string{flink.KeyManagedFraction, flink.KeyOlderManagedSize}, serves: fromManaged, why: notManaged,
		low: func(r *recommender) int64 { return int64(r.now.Managed) }, most: func(r *recommender) int64 { return int64(r.now.TotalFlink) }, text: sizeText},
	{key: flink.KeyManagedFraction, remove: []string{flink.KeyManagedSize, flink.KeyOlderManagedSize}, serves: fromManaged, why: notManaged,
		low: func(*recommender) int64 { return 1 }, most: func(*recommender) int64 { return 99 },
		text: func(_ *recommender, n int64) string { return strconv.FormatFloat(float64(n)/100, 'f', -1, 64) }},
	{key: flink.KeySlots, serves: always, down: true,
		low: func(r *recommender) int64 { return r.now.Slots - 1 }, most: func(*recommender) int64 { return 1 },
		text: func(_ *recommender, n int64) string { return strconv.FormatInt(n, 10) }},
	{key: flink.KeyProcessSize, serves: fromManaged, why: notManaged,
		low: func(r *recommender) int64 { return int64(r.now.TotalProcess >> 20) }, most: func(*recommender) int64 { return 16 << 20 }, text: mebibytes},
	{key: flink.KeyFlinkSize, serves: fromManaged, why: notManaged,
		low: func(r *recommender) int64 { return int64(r.now.TotalFlink >> 20) }, most: func(*recommender) int64 { return 16 << 20 }, text: mebibytes},
}

// recommender tries what a lever does.
type recommender struct {
	config  flink.Config
	version flink.Version
	now     *taskmanager.Memory
	pools   map[Pool]bool // that jobs take from which do not fit
	// try says whether everything fits on a configuration, and if Flink refuses it, why.
	try func(config flink.Config) (fits bool, refused *flink.Refusal)
	// cost is the memory of one TaskManager on a configuration that was tried, and of all, in bytes.
	cost  func(config flink.Config) (one, all flink.MemorySize)
	bound Bound
}

// all pulls every lever: those that can do it first, the least memory of all TaskManagers first.
func (r *recommender) all() (out []Recommendation) {
	for i := range levers {
		l := &levers[i]
		switch {
		case !r.offers(l):
		case !l.serves(r.pools):
			out = append(out, Recommendation{Lever: l.key, Why: l.why})
		default:
			out = append(out, r.pull(l))
		}
	}
	slices.SortStableFunc(out, func(a, b Recommendation) int {
		switch {
		case a.Fits != b.Fits && a.Fits:
			return -1
		case a.Fits != b.Fits:
			return 1
		}
		return cmp.Compare(a.TotalProcess, b.TotalProcess)
	})
	return out
}

// first is the first of these levers, in the order of all, that can do it.
func (r *recommender) first(keys ...string) (Recommendation, bool) {
	for i := range levers {
		if l := &levers[i]; slices.Contains(keys, l.key) && r.offers(l) && l.serves(r.pools) {
			if found := r.pull(l); found.Fits {
				return found, true
			}
		}
	}
	return Recommendation{}, false
}

// offers: of the two totals, the one that is configured is the one to raise.
func (r *recommender) offers(l *lever) bool {
	return l.key != flink.KeyFlinkSize && l.key != flink.KeyProcessSize || (l.key == flink.KeyFlinkSize) == r.byFlinkSize()
}

func (r *recommender) byFlinkSize() bool {
	_, process := r.config.Get(flink.KeyProcessSize)
	_, flinkSize := r.config.Get(flink.KeyFlinkSize)
	return flinkSize && !process
}

func (r *recommender) pythonWeight() int64 {
	w, refused := taskmanager.ReadWeights(r.config, r.version)
	if refused != nil {
		return 0
	}
	weight, _ := w.Of(taskmanager.PythonUse)
	return int64(weight)
}

// weightsText keeps the other weights.
func (r *recommender) weightsText(python int64) string {
	w, _ := taskmanager.ReadWeights(r.config, r.version) // pythonWeight has read them
	operator, _ := w.Of(taskmanager.OperatorUse)
	state, _ := w.Of(taskmanager.StateBackendUse)
	if flink.DataprocWeights.In(r.version) {
		return fmt.Sprintf("DATAPROC:%d,PYTHON:%d", operator, python)
	}
	return fmt.Sprintf("OPERATOR:%d,STATE_BACKEND:%d,PYTHON:%d", operator, state, python)
}

// with is the configuration with one option set, and without those that are stronger.
func (r *recommender) with(l *lever, value string) flink.Config {
	return without(r.config, l.remove).With(flink.Config{{Key: l.key, Value: value}})
}

// without is a copy without some options.
func without(c flink.Config, keys []string) flink.Config {
	return slices.DeleteFunc(slices.Clone(c), func(e flink.Entry) bool { return slices.Contains(keys, e.Key) })
}

func (r *recommender) removed(l *lever) (keys []string) {
	for _, key := range l.remove {
		if _, set := r.config.Get(key); set {
			keys = append(keys, key)
		}
	}
	return keys
}

// pull tries one lever: the least value that fits, by halving, as more of a lever never gives less. Beyond some
// value Flink may refuse the configuration; what fits lies below that, or nowhere.
func (r *recommender) pull(l *lever) Recommendation {
	out := Recommendation{Lever: l.key}
	if l.down {
		return r.fewerSlots(l, out)
	}
	low, high := l.low(r), l.most(r)
	fits, refused := r.at(l, high)
	if refused != nil && high > low {
		high = r.largestTaken(l, low, high)
		fits, _ = r.at(l, high)
	}
	if !fits {
		out.Why = r.whyNot(l, high, refused)
		return out
	}
	for low < high {
		middle := low + (high-low)/2
		if yes, _ := r.at(l, middle); yes {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return r.found(l, high)
}

func (r *recommender) at(l *lever, n int64) (bool, *flink.Refusal) {
	return r.try(r.with(l, l.text(r, n)))
}

func (r *recommender) largestTaken(l *lever, low, high int64) int64 {
	for low < high {
		middle := low + (high-low+1)/2
		if _, refused := r.at(l, middle); refused != nil {
			high = middle - 1
		} else {
			low = middle
		}
	}
	return low
}

func (r *recommender) whyNot(l *lever, most int64, refused *flink.Refusal) string {
	if refused != nil {
		return fmt.Sprintf("not even %s is enough, and Flink refuses more", l.text(r, most))
	}
	return fmt.Sprintf("not even %s is enough", l.text(r, most))
}

func (r *recommender) found(l *lever, n int64) Recommendation {
	value := l.text(r, n)
	one, all := r.cost(r.with(l, value))
	if !r.bound.Allows(one) {
		return Recommendation{Lever: l.key, Why: fmt.Sprintf("with %s a TaskManager has %s, more than %s", value, one, r.bound.Process)}
	}
	return Recommendation{Lever: l.key, Set: flink.Config{{Key: l.key, Value: value}}, Remove: r.removed(l), Fits: true, TotalProcess: all}
}

func (r *recommender) fewerSlots(l *lever, out Recommendation) Recommendation {
	n := below(flink.MemorySize(l.low(r)), func(n flink.MemorySize) bool {
		if n < 1 {
			return true
		}
		fits, _ := r.at(l, int64(n))
		return fits
	})
	if n >= 1 {
		return r.found(l, int64(n))
	}
	out.Why = "not even one slot is enough"
	if r.now.Slots == 1 {
		out.Why = "there is only one slot already"
	}
	return out
}
