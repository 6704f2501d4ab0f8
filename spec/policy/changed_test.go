package policy

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph"
	"udfplan/graph/source"
)

// changesOf are the changes from one limits file to another, loosened or tightened, by place.
func changesOf(t *testing.T, before, now string) (loosened, tightened []string) {
	t.Helper()
	o := Options{Limits: Inherit(limitsOf(t, before), limitsOf(t, now)), Inherit: true}
	for _, f := range sorted(o.policyChanges()) {
		line := strings.TrimPrefix(f.Place.String(), "limits.yaml:") + " " + f.Message
		if f.Severity == source.Error {
			loosened = append(loosened, line)
		} else {
			tightened = append(tightened, strings.TrimSuffix(line, "; in force once it is merged"))
		}
	}
	return loosened, tightened
}

// TestChanges: each way to loosen a limits file is told, and what tightens it is told apart.
func TestChanges(t *testing.T) {
	const override = "overrides: [{job: 'ml-*', limits: {worker: {memory: 2gb}}}, {job: 'prod-*', limits: {worker: {memory: 64mb}}}]\n"
	const base = "limits: {worker: {memory: 256mb}}\n"
	const waiver = "waivers: [{rule: worker-memory, job: 'a*', worker: w, reason: x, expires: 2027-01-31}]\n"
	for _, row := range []struct {
		reason, before, now string
		loosened, tightened []string
	}{
		{"nothing", base + override + waiver, base + override + waiver, nil, nil},
		{"a waiver's reason, and the order of its keys", waiver, "waivers: [{worker: w, job: 'a*', expires: 2027-01-31, reason: y, rule: worker-memory}]", nil, nil},
		{"a limit that a flow of aliases sets", "limits: {worker: &w {memory: 256mb}, slot: {pythonMemory: 1gb}}", "limits: {worker: {memory: 256mb}, slot: {pythonMemory: 1gb}}", nil, nil},
		{"a count", "limits: {worker: {operators: 4}}", "limits: {worker: {operators: 5}}", []string{"1:30 the limit of worker.operators is loosened from 4 to 5"}, nil},
		{"all limits", base, "limits: {}", []string{"1:27 the limit of worker.memory is loosened from 256mb to no limit"}, nil},
		{"one that is no bound at all", base, "limits: {worker: {memory: 9223372036854775807b}}", []string{"1:27 the limit of worker.memory is loosened from 256mb to 9223372036854775807b"}, nil},
		{"an override for some who have a smaller limit by another", base + override, base + override[:len(override)-2] + ", {job: '*-a', limits: {worker: {memory: 128mb}}}]\n",
			[]string{"2:151 the limit of worker.memory for jobs \"*-a\" is loosened from 64mb to 128mb"}, nil},
		{"an override for none of those", base + override, base + override[:len(override)-2] + ", {job: 'a-*', limits: {worker: {memory: 128mb}}}]\n",
			nil, []string{"2:151 the limit of worker.memory for jobs \"a-*\" is tightened from 256mb to 128mb"}},
		{"an override that bounds some is removed", base + override, base + "overrides: [{job: 'ml-*', limits: {worker: {memory: 2gb}}}]",
			[]string{"2:103 the limit of worker.memory for jobs \"prod-*\" is loosened from 64mb to 256mb"}, nil},
		{"an override that frees some is removed", base + override, base + "overrides: [{job: 'prod-*', limits: {worker: {memory: 64mb}}}]",
			nil, []string{"2:53 the limit of worker.memory for jobs \"ml-*\" is tightened from 2gb to 256mb"}},
		{"the glob of a bound is narrowed", base + override, base + strings.Replace(override, "prod-*", "prod-a", 1),
			[]string{"2:103 the limit of worker.memory for jobs \"prod-*\" is loosened from 64mb to 256mb"}, nil},
		{"the glob of a bound is widened", base + override, base + strings.Replace(override, "prod-*", "pro*", 1),
			nil, []string{"2:101 the limit of worker.memory for jobs \"pro*\" is tightened from 256mb to 64mb"}},
		{"an override is for other jobs", base + override, base + strings.Replace(override, "ml-*", "etl", 1),
			[]string{"2:52 the limit of worker.memory for jobs \"etl\" is loosened from 256mb to 2gb"}, []string{"2:52 the limit of worker.memory for jobs \"ml-*\" is tightened from 2gb to 256mb"}},
		{"an override of a second limit", override, strings.Replace(override, "2gb}}", "2gb}, slot: {workers: 9}}", 1), nil, []string{"1:75 the limit of slot.workers for jobs \"ml-*\" is tightened from no limit to 9"}},
		{"the looser override stands last", "overrides: [{job: 'a*', limits: {job: {slots: 9}}}, {job: '*b', limits: {job: {slots: 1}}}]", "overrides: [{job: '*b', limits: {job: {slots: 1}}}, {job: 'a*', limits: {job: {slots: 9}}}]",
			[]string{"1:87 the limit of job.slots is loosened from 1 to 9 for jobs that both \"*b\" and \"a*\" match: the later override is stronger"}, nil},
		{"the stricter one does", "overrides: [{job: '*b', limits: {job: {slots: 1}}}, {job: 'a*', limits: {job: {slots: 9}}}]", "overrides: [{job: 'a*', limits: {job: {slots: 9}}}, {job: '*b', limits: {job: {slots: 1}}}]", nil, nil},
		{"no job is of both", "overrides: [{job: a, limits: {job: {slots: 9}}}, {job: b, limits: {job: {slots: 1}}}]", "overrides: [{job: b, limits: {job: {slots: 1}}}, {job: a, limits: {job: {slots: 9}}}]", nil, nil},
		{"a severity below the rule's own", "{limits: {}}", "severities: {worker-memory: warning, unknown-option: error}",
			[]string{"1:29 the severity of worker-memory is loosened from error to warning"}, []string{"1:54 the severity of unknown-option is tightened from warning to error"}},
		{"a severity above the rule's own is gone", "severities: {unknown-option: error}", "{limits: {}}", []string{"1:30 the severity of unknown-option is loosened from error to warning"}, nil},
		{"a severity of some jobs", "severities: {worker-memory: note}", "severities: {worker-memory: note}\noverrides: [{job: a, severities: {worker-memory: off}}]",
			[]string{"2:50 the severity of worker-memory for jobs \"a\" is loosened from note to off"}, nil},
		{"a waiver that had no reason", "waivers: [{rule: job-slots}]", "waivers: [{rule: job-slots, reason: x}]", []string{"1:18 the waiver of job-slots for every job is given its reason, and waives something"}, nil},
		{"a waiver that loses it", "waivers: [{rule: job-slots, reason: x}]", "waivers: [{rule: job-slots}]", nil, nil},
		{"a waiver of another rule", waiver, strings.Replace(waiver, "worker-memory", "job-slots", 1),
			[]string{"1:18 the waiver of job-slots for job \"a*\", worker \"w\" is added, good until 2027-01-31"}, []string{"1:18 the waiver of worker-memory for job \"a*\", worker \"w\" is removed"}},
		{"a day sooner", waiver, strings.Replace(waiver, "01-31", "01-30", 1), nil, []string{"1:18 the waiver of worker-memory for job \"a*\", worker \"w\" is good until 2027-01-30, and was until 2027-01-31"}},
		{"for ever", waiver, strings.Replace(waiver, ", expires: 2027-01-31", "", 1), []string{"1:18 the waiver of worker-memory for job \"a*\", worker \"w\" is good for ever, and was until 2027-01-31"}, nil},
		{"the glob of its job", waiver, strings.Replace(waiver, "a*", "*", 1), []string{"1:18 the waiver of worker-memory for job \"a*\", worker \"w\" is now for job \"*\", worker \"w\""}, nil},
		{"the glob of its worker", waiver, strings.Replace(waiver, "worker: w", "worker: '?'", 1), []string{"1:18 the waiver of worker-memory for job \"a*\", worker \"w\" is now for job \"a*\", worker \"?\""}, nil},
		{"a part of its jobs", waiver, strings.Replace(waiver, "a*", "ab", 1), nil, []string{"1:18 the waiver of worker-memory for job \"a*\", worker \"w\" is now for job \"ab\", worker \"w\""}},
		{"a part of its jobs, and later", waiver, strings.Replace(strings.Replace(waiver, "a*", "ab", 1), "2027", "2028", 1),
			[]string{"1:18 the waiver of worker-memory for job \"a*\", worker \"w\" is now for job \"ab\", worker \"w\" and good until 2028-01-31, and was good until 2027-01-31"}, nil},
		{"a second one of the same", waiver, strings.Replace(waiver, "}]", "}, {rule: worker-memory, job: 'a*', worker: w, reason: x}]", 1), []string{"1:95 the waiver of worker-memory for job \"a*\", worker \"w\" is added, good for ever"}, nil},
	} {
		loosened, tightened := changesOf(t, row.before, row.now)
		if diff := cmp.Diff([][]string{row.loosened, row.tightened}, [][]string{loosened, tightened}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, diff)
		}
	}
}

// TestNothingLoosensUnseen: whatever a limits file becomes, a job that may do more by it than before is told of; and what is in force is
// what the older one says.
func TestNothingLoosensUnseen(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	globs := []string{"a", "ab", "a*", "*b", "*", "?", "b?", "a?*"}
	text := func() string {
		some := func() string {
			set := []string{}
			for _, key := range []string{"slots", "workers"} {
				if random.IntN(3) > 0 {
					set = append(set, fmt.Sprintf("%s: %d", key, random.IntN(4)))
				}
			}
			level := LevelWords[random.IntN(4)]
			return fmt.Sprintf("limits: {job: {%s}}, severities: {unknown-option: %s}", strings.Join(set, ", "), level)
		}
		overrides := []string{}
		for range random.IntN(4) {
			overrides = append(overrides, fmt.Sprintf("{job: %q, %s}", globs[random.IntN(len(globs))], some()))
		}
		return fmt.Sprintf("{%s, overrides: [%s]}", some(), strings.Join(overrides, ", "))
	}
	unknownOption, _ := Lookup("unknown-option")
	loosened := 0
	for range 1_000 {
		before, now := text(), text()
		was, is := limitsOf(t, before), limitsOf(t, now)
		told, _ := changesOf(t, before, now)
		inForce := Inherit(limitsOf(t, before), limitsOf(t, now))
		for _, job := range []string{"a", "b", "ab", "bb", "ba", "aab", "c"} {
			looser := false
			for _, k := range []knob{{limitOf("job", "slots"), false}, {limitOf("job", "workers"), false}, {unknownOption, true}} {
				then, today, forced := was.effective(k, job), is.effective(k, job), inForce.effective(k, job)
				looser = looser || today > then
				if forced != then {
					t.Fatalf("%s of %s is %d, was %d\n%s\n%s", k, job, forced, then, before, now)
				}
			}
			if looser && len(told) == 0 {
				t.Fatalf("job %s is looser, and nobody is told\n%s\n%s", job, before, now)
			}
		}
		if len(told) > 0 {
			loosened++
		}
	}
	if loosened < 300 || loosened > 995 {
		t.Errorf("%d of 1000 changes loosen something", loosened)
	}
}

// effective is what a knob is set to for a job.
func (l *Limits) effective(k knob, job string) int64 {
	if s, set := (part{limits: l.of(job), levels: l.levelsOf(job)}).at(k); set {
		return s.n
	}
	return k.unset().n
}

// TestGlobs: two globs are compared as their names are: against all short names of three letters.
func TestGlobs(t *testing.T) {
	letters := []string{"a", "b", "?", "*"}
	globs, names := []string{""}, []string{""}
	for range 3 {
		for _, g := range globs {
			for _, l := range letters {
				globs = append(globs, g+l)
			}
		}
		for _, n := range names {
			names = append(names, n+"a", n+"b", n+"c")
		}
	}
	globs = globs[1:] // an empty one is for every name
	matches := map[string][]bool{}
	for _, g := range globs {
		pattern := graph.GlobPattern(g)
		for _, name := range names {
			matches[g] = append(matches[g], pattern.MatchString(name))
		}
	}
	for _, a := range globs {
		for _, b := range globs {
			meet, covers := false, true
			for i := range names {
				x, y := matches[a][i], matches[b][i]
				meet, covers = meet || x && y, covers && (x || !y)
			}
			if globsMeet(a, b) != meet && len(a)+len(b) < 4 || meet && !globsMeet(a, b) {
				t.Fatalf("%q and %q meet: %v", a, b, meet)
			}
			if globCovers(a, b) && !covers {
				t.Fatalf("%q does not cover %q", a, b)
			}
		}
	}
	long := strings.Repeat("a*", 10_000)
	if !globsMeet(long, long+"b") || globCovers(long, long+"b") {
		t.Error("too long to compare: they may meet, and none covers the other")
	}
	for _, row := range [][2]string{{"*", "a"}, {"", "a*"}, {"*", ""}, {"a*", "a*b"}, {"a?", "ab"}, {"?*", "a*"}, {"*a*", "bab"}} {
		if !globCovers(row[0], row[1]) {
			t.Errorf("%q covers %q", row[0], row[1])
		}
	}
}
