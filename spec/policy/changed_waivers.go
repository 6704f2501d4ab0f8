package policy

import (
	"fmt"
	"slices"
	"strings"

	"udfplan/graph/source"
)

// toldWaiver is a waiver of the limits file as it stands there now, and which of those that are in force it is; -1: none.
type toldWaiver struct {
	*Waiver
	inForce int
}

// written are the waivers of the limits file as people see it.
func (l *Limits) written() []toldWaiver {
	if l.told != nil {
		return l.told
	}
	told := make([]toldWaiver, len(l.Waivers))
	for i := range l.Waivers {
		told[i] = toldWaiver{&l.Waivers[i], i}
	}
	return told
}

// waivers compares those of the limits files. Two of the same rule for the same are one; what is left of a rule has another scope.
func (c *comparison) waivers() {
	old := c.before.Waivers
	c.before.told = matchWaivers(old, c.now.Waivers)
	left := map[string][]int{} // by rule
	stands := map[int]bool{}
	for _, told := range c.before.told {
		stands[told.inForce] = true
	}
	for i := range old {
		if !stands[i] {
			left[old[i].rule()] = append(left[old[i].rule()], i)
		}
	}
	for _, told := range c.before.told {
		switch same := left[told.rule()]; {
		case told.inForce >= 0:
			c.renewed(&old[told.inForce], told.Waiver)
		case len(same) > 0:
			left[told.rule()], stands[same[0]] = same[1:], true
			c.rescoped(&old[same[0]], told.Waiver)
		default:
			c.waiverAdded(told.Waiver)
		}
	}
	for i := range old {
		if !stands[i] && old[i].Reason != "" {
			c.waiver(false, old[i].Place, &old[i], "is removed")
		}
	}
}

// matchWaivers says of each waiver which of the older ones it is: that of the same rule and scope, in order.
func matchWaivers(old, now []Waiver) []toldWaiver {
	told, free := []toldWaiver{}, map[string][]int{}
	for i := range old {
		key := old[i].key()
		free[key] = append(free[key], i)
	}
	for i := range now {
		match, key := -1, now[i].key()
		if same := free[key]; len(same) > 0 {
			free[key], match = same[1:], same[0]
		}
		told = append(told, toldWaiver{&now[i], match})
	}
	return told
}

func (w *Waiver) rule() string { return strings.Join(w.Rules, ", ") }

// sorted are the subjects in the order of their kinds.
func (w *Waiver) sorted() []subjectGlob {
	subjects := slices.Clone(w.subjects)
	slices.SortFunc(subjects, func(a, b subjectGlob) int { return int(a.kind) - int(b.kind) })
	return subjects
}

// key is the same for two waivers that waive the same.
func (w *Waiver) key() string {
	key := fmt.Sprintf("%q %q", w.Rules, w.Job)
	for _, s := range w.sorted() {
		key += fmt.Sprintf(" %d %q", s.kind, s.text)
	}
	return key
}

// scope is what a waiver is for, for people.
func (w *Waiver) scope() string {
	var parts []string
	if w.Job != "" {
		parts = append(parts, fmt.Sprintf("job %q", source.Excerpt(w.Job)))
	}
	for _, s := range w.sorted() {
		parts = append(parts, fmt.Sprintf("%s %q", s.kind, source.Excerpt(s.text)))
	}
	if len(parts) == 0 {
		return "every job"
	}
	return strings.Join(parts, ", ")
}

// within reports whether a waiver is for no more than another.
func (w *Waiver) within(other *Waiver) bool {
	if !globCovers(other.Job, w.Job) {
		return false
	}
	for _, wide := range other.subjects {
		if !slices.ContainsFunc(w.subjects, func(s subjectGlob) bool { return s.kind == wide.kind && globCovers(wide.text, s.text) }) {
			return false
		}
	}
	return true
}

// waiver adds a finding about one.
func (c *comparison) waiver(loosened bool, at source.Place, w *Waiver, format string, args ...any) *Finding {
	text := fmt.Sprintf("the waiver of %s for %s ", w.rule(), w.scope()) + fmt.Sprintf(format, args...)
	c.found = append(c.found, changed(at, loosened, Subject{AboutWaiver, w.rule()}, text))
	return &c.found[len(c.found)-1]
}

// renewed compares two of the same scope; the older one is in force, and stands where the newer does.
func (c *comparison) renewed(old, w *Waiver) {
	text, loosened := old.change(w)
	if text != "" {
		c.waiver(loosened, w.Place, w, "%s", text).Related = []source.Related{{Place: old.Place, Message: "before"}}
	}
	old.Place = w.Place
}

// change says what a waiver waives more than another of its scope, or less; empty: nothing.
func (w *Waiver) change(now *Waiver) (text string, loosened bool) {
	switch {
	case now.Reason == "": // which is a finding of its own
		return "", false
	case w.Reason == "":
		return "is given its reason, and waives something", true
	case now.Expires == w.Expires:
		return "", false
	}
	return fmt.Sprintf("is good %s, and was %s", until(now.Expires), until(w.Expires)), now.outlives(w)
}

func (w *Waiver) outlives(other *Waiver) bool {
	return other.Expires != "" && (w.Expires == "" || w.Expires > other.Expires)
}

func until(day Day) string {
	if day == "" {
		return "for ever"
	}
	return "until " + string(day)
}

// rescoped compares two of the same rule that are for something else.
func (c *comparison) rescoped(old, w *Waiver) {
	loosened := w.Reason != "" && (old.Reason == "" || !w.within(old) || w.outlives(old))
	text, args := "is now for %s", []any{w.scope()}
	if w.Expires != old.Expires {
		text, args = text+" and good %s, and was good %s", append(args, until(w.Expires), until(old.Expires))
	}
	c.waiver(loosened, w.Place, old, text, args...).Related = []source.Related{{Place: old.Place, Message: "before"}}
}

func (c *comparison) waiverAdded(w *Waiver) {
	if w.Reason != "" && len(w.Rules) > 0 {
		c.waiver(true, w.Place, w, "is added, good %s", until(w.Expires))
	}
}
