package graph

// Matches remembers, over many jobs, which globs of Options named an operator.
type Matches struct{ python, groups []bool }

// Add takes in the globs that named an operator of a settled job.
func (m *Matches) Add(job *Job) { m.Join(&Matches{job.MatchedGlobs, job.MatchedGroups}) }

// Join takes in what another remembers, of the same Options.
func (m *Matches) Join(other *Matches) {
	m.python, m.groups = either(m.python, other.python), either(m.groups, other.groups)
}

func either(a, b []bool) []bool {
	if len(a) < len(b) {
		longer := make([]bool, len(b))
		copy(longer, a)
		a = longer
	}
	for i, yes := range b {
		a[i] = a[i] || yes
	}
	return a
}

// Missing are the globs that named no operator of any job: of Options.PythonOperators, and of Options.Groups.
func (m *Matches) Missing(o *Options) (python, groups []string) {
	for i, glob := range o.PythonOperators {
		if i >= len(m.python) || !m.python[i] {
			python = append(python, glob)
		}
	}
	for i, rule := range o.Groups {
		if i >= len(m.groups) || !m.groups[i] {
			groups = append(groups, rule.Glob)
		}
	}
	return python, groups
}
