package policy

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestNothingWaivedUnseen: whatever the waivers of a limits file become, where more is waived than before somebody is told, and where
// nothing changes nobody is.
func TestNothingWaivedUnseen(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	one := func(words ...string) string { return words[random.IntN(len(words))] }
	text := func() string {
		waivers := []string{}
		for range random.IntN(3) {
			waivers = append(waivers, "{rule: "+one("job-slots", "job-slots", "job-workers")+one("", ", job: a", ", job: 'a*'", ", job: '*'")+
				one("", ", operator: x", ", operator: '?'")+one("", ", reason: r", ", reason: r")+one("", ", expires: 2027-01-01", ", expires: 2027-01-02")+"}")
		}
		return fmt.Sprintf("waivers: [%s]", strings.Join(waivers, ", "))
	}
	waives := func(l *Limits, rule, job, operator string, day Day) bool {
		for i := range l.Waivers {
			w := &l.Waivers[i]
			matches := w.Rules[0] == rule && w.good(day) && (w.job == nil || w.job.MatchString(job))
			for _, s := range w.subjects {
				matches = matches && s.glob.MatchString(operator)
			}
			if matches {
				return true
			}
		}
		return false
	}
	more, told := 0, 0
	for range 5_000 {
		before, now := text(), text()
		was, is := limitsOf(t, before), limitsOf(t, now)
		loosened, tightened := changesOf(t, before, now)
		if same, _ := changesOf(t, before, before); same != nil {
			t.Fatalf("nothing changes: %v\n%s", same, before)
		}
		wider := false
		for _, rule := range []string{"job-slots", "job-workers"} {
			for _, job := range []string{"a", "ab", "b"} {
				for _, operator := range []string{"x", "y", "xy"} {
					for _, day := range []Day{"2027-01-01", "2027-01-02", "2027-01-03"} {
						wider = wider || !waives(was, rule, job, operator, day) && waives(is, rule, job, operator, day)
					}
				}
			}
		}
		if wider && loosened == nil {
			t.Fatalf("more is waived, and nobody is told but %v\n%s\n%s", tightened, before, now)
		}
		if wider {
			more++
		}
		if loosened != nil {
			told++
		}
	}
	if more < 1_000 || told-more > more/2 {
		t.Errorf("of 5000 changes %d waive more, and %d are told", more, told)
	}
}
