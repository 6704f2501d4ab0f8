package policy

import (
	"fmt"

	"udfplan/graph/source"
)

// Level is a severity, or Off.
type Level uint8

// The levels, by their words.
const (
	ErrorLevel   = Level(source.Error)
	WarningLevel = Level(source.Warning)
	NoteLevel    = Level(source.Note)
	Off          = NoteLevel + 1
)

// LevelWords are the words of the levels, in order.
var LevelWords = []string{ErrorLevel: "error", WarningLevel: "warning", NoteLevel: "note", Off: "off"}

func (l Level) String() string { return LevelWords[l] }

// levelSet has the severities that a limits file gives to rules.
type levelSet map[*Rule]setLevel

// setLevel is a severity, and where it is set.
type setLevel struct {
	level Level
	place source.Place
}

// level is how severe a rule is in a job with these severities of the limits file: the command line is stronger, the rule's own
// is the weakest.
func (o *Options) level(r *Rule, set levelSet) Level {
	if level, asked := o.Levels[r.ID]; asked {
		return level
	}
	if of, is := set[r]; is {
		return of.level
	}
	return Level(r.Severity)
}

// generalLevel is how severe a rule is where no job in particular is meant; asked: somebody has said so.
func (o *Options) generalLevel(r *Rule) (level Level, asked bool) {
	_, byFlag := o.Levels[r.ID]
	_, byFile := o.Limits.levels[r]
	return o.level(r, o.Limits.levels), byFlag || byFile
}

// levelsOf are the severities of a job.
func (l *Limits) levelsOf(job string) levelSet {
	set := l.levels
	for _, i := range l.overrideOf.candidates(job) {
		if o := &l.overrides[i]; len(o.levels) > 0 && o.job.MatchString(job) {
			set = over(set, o.levels)
		}
	}
	return set
}

// severities reads severities by rule.
func (r *limitsReader) severities(n source.Node) levelSet {
	if !r.Mapping(n, "severities") {
		return nil
	}
	set := levelSet{}
	for key, value := range n.Fields() {
		level := r.Word(value, "the severity of "+source.Excerpt(key.Text()), levelWords)
		if problem := unranked(key.Text()); problem != "" {
			r.Problems.Errorf(key.Place(), source.CodeUnknownRule, "%s", problem)
		} else if rule, _ := Lookup(key.Text()); level > 0 {
			set[rule] = setLevel{Level(level - 1), value.Place()}
		}
	}
	return set
}

// unranked says why a limits file cannot give a rule a severity; empty: it can.
func unranked(id string) string {
	rule, known := Lookup(id)
	switch {
	case !known:
		return noRule(id)
	case rule.Scope == OfDiff:
		return id + " is judged by udfplan diff, which reads no limits file"
	}
	return ""
}

// noRule says that no rule has an ID, and which has one like it.
func noRule(id string) string {
	text := fmt.Sprintf("%q is no rule", source.Excerpt(id))
	if near, ok := source.Nearest(id, RuleIDs()); ok {
		text += "; did you mean " + near + "?"
	}
	return text
}
