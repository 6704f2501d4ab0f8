package graph

import (
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// Options are what the command line says beside a job; the zero value says nothing.
type Options struct {
	Mode    Mode          // stronger than the job's
	Version flink.Version // stronger than the job's
	Sharing Sharing       // stronger than the job's
	// Overrides are the -D options, stronger than the job's config.
	Overrides flink.Config
	// Base is weaker than the job's config: the cluster's.
	Base flink.Config
	// Own is the job's too: what Flink says of its configuration elsewhere than in the document; the document is stronger.
	Own flink.Config
	// PythonOperators are globs (* and ?): an operator whose name or id matches one is a Python operator.
	// Which of them did is told by Job.MatchedGlobs.
	PythonOperators []string
	// Parallelism is stronger than the job's default, not than what an operator says; 0 says nothing.
	Parallelism int32
	// Groups put operators into slot sharing groups; a later one is stronger than an earlier.
	Groups []GroupRule
}

// GroupRule puts the operators whose name or id matches a glob into a slot sharing group. Of a chain that
// Flink has made, all operators go along.
type GroupRule struct{ Glob, Name string }

// MaxParallelismBound is KeyGroupRangeAssignment.UPPER_BOUND_MAX_PARALLELISM: no operator can have more subtasks.
const MaxParallelismBound = 1 << 15

// Settle fills what a job leaves open: the command line is stronger than the job, its configuration and Flink's
// defaults are weaker. It is the same for every document and for a job built by hand, and changes the job. What it tells
// is worth planning on only if no problem is an error; Check then says whether the job is valid.
func Settle(job *Job, o Options) source.List {
	s := settler{job: job, options: &o}
	s.configuration()
	s.defaults()
	s.pythonGlobs()
	s.groups()
	s.fineGrained()
	job.settled = true
	return s.problems
}

type settler struct {
	job      *Job
	options  *Options
	problems source.List
}

func (s *settler) at(p source.Pos) source.Place {
	return source.Place{File: s.job.Place.File, Pos: p}
}

// configuration lets the command line win, and reads what the configuration then means.
func (s *settler) configuration() {
	job, o := s.job, s.options
	if o.Version.Stated() {
		job.Version = o.Version
	}
	if o.Sharing != SharingDefault {
		job.Sharing = o.Sharing
	}
	job.Config = flink.Effective(o.Base, o.Own.With(job.Config), o.Overrides)
	if job.Version.Stated() && job.Version.Planned() != job.Version {
		at := job.Place
		if o.Version.Stated() {
			at = source.Place{} // the flag's
		}
		s.problems.Warnf(at, source.CodeUnknownVersion, "Flink %s is not known; planned as %s", job.Version, job.Version.Planned())
	}
	s.problems = append(s.problems, job.Config.Check(job.Version)...)
	job.Mode = s.mode()
	settings, problems := flink.ReadSettings(job.Version, job.Mode == Batch, job.API != DataStream, job.Config)
	job.Settings = settings
	s.problems = append(s.problems, problems...)
}

// mode is, strongest first: --mode, the job's, execution.runtime-mode, Flink's default.
func (s *settler) mode() Mode {
	if s.options.Mode != ModeUnset {
		return s.options.Mode
	}
	if s.job.Mode != ModeUnset {
		return s.job.Mode
	}
	e, set := s.job.Config.Get(flink.KeyRuntimeMode)
	if !set || s.job.Version.Stated() && !flink.DataStreamBatch.In(s.job.Version) {
		return Streaming
	}
	switch strings.ToUpper(e.Value) {
	case "BATCH":
		return Batch
	case "STREAMING":
	case "AUTOMATIC":
		s.problems.Warnf(e.ValuePlace, source.CodeAutomaticMode, "%s is %s: Flink decides by the sources, which udfplan does not see; planned as streaming", e.Key, e.Value).
			Hint = "say --mode batch or --mode streaming"
	default:
		s.problems.Errorf(e.ValuePlace, source.CodeBadOptionValue, "Could not parse value '%s' for key '%s'.", e.Value, e.Key).
			Hint = "allowed: STREAMING, BATCH, AUTOMATIC"
	}
	return Streaming
}

// defaults gives every operator a parallelism, a maxParallelism, a name and, if Python, a mode.
func (s *settler) defaults() {
	job := s.job
	if name, set := job.Config.Get(flink.KeyName); job.Name == "" && set {
		job.Name = name.Value
	}
	if job.Name == "" {
		job.Name = Unnamed
	}
	parallelism := s.options.Parallelism
	if parallelism == 0 {
		parallelism = s.fallback(job.Parallelism, flink.KeyParallelism, 1)
	}
	maxParallelism := s.fallback(job.MaxParallelism, flink.KeyMaxParallelism, -1)
	for i := range job.Operators {
		op := &job.Operators[i]
		if op.Name == "" {
			op.Name = op.ID
		}
		if op.Parallelism == 0 {
			op.Parallelism = parallelism
		}
		if op.MaxParallelism == 0 {
			op.MaxParallelism = maxParallelism
		}
		if op.Python != nil {
			s.pythonMode(op)
		}
	}
}

// fallback is a number of the job, else of the configuration, else Flink's default.
func (s *settler) fallback(said int32, key string, byDefault int32) int32 {
	if said != 0 {
		return said
	}
	value, set, problems := s.job.Config.PositiveInt(key, MaxParallelismBound)
	s.problems = append(s.problems, problems...)
	if !set {
		return byDefault
	}
	return int32(value)
}

// pythonMode settles process or thread; a Flink that knows no threads runs a process.
func (s *settler) pythonMode(op *Operator) {
	p := op.Python
	if p.Mode == PythonModeUnset {
		p.Mode = Process
		if s.job.Settings.Thread {
			p.Mode = Thread
		}
	}
	if p.Mode == Thread && s.job.Version.Stated() && !flink.ThreadMode.In(s.job.Version) {
		s.problems.Warnf(s.at(p.Pos), source.CodeNoThreadMode, "thread mode exists from Flink %s on; %q is planned in process mode",
			flink.ThreadMode.Since, source.Excerpt(op.ID))
		p.Mode = Process
	}
}

// matches calls f for every operator whose name or id matches a glob, and says whether there was one.
func (s *settler) matches(glob string, f func(i int, op *Operator)) (any bool) {
	pattern := GlobPattern(glob)
	for i := range s.job.Operators {
		if op := &s.job.Operators[i]; pattern.MatchString(op.ID) || pattern.MatchString(op.Name) {
			any = true
			f(i, op)
		}
	}
	return any
}

// pythonGlobs makes Python operators of those that --python-operator names.
func (s *settler) pythonGlobs() {
	s.job.MatchedGlobs = make([]bool, len(s.options.PythonOperators))
	for g, glob := range s.options.PythonOperators {
		s.job.MatchedGlobs[g] = s.matches(glob, func(_ int, op *Operator) {
			if op.Python == nil {
				op.Python = &Python{Pos: op.Pos, Alone: op.IsMultipleInput()}
				s.pythonMode(op)
			}
		})
	}
}

// groups does what --slot-sharing-group asks for.
func (s *settler) groups() {
	s.job.MatchedGroups = make([]bool, len(s.options.Groups))
	for g, rule := range s.options.Groups {
		tasks, named := map[int32]bool{}, map[int32]bool{}
		s.job.MatchedGroups[g] = s.matches(rule.Glob, func(i int, op *Operator) {
			named[int32(i)] = true
			if op.Task > 0 {
				tasks[op.Task] = true
			}
		})
		for i := range s.job.Operators {
			if tasks[s.job.Operators[i].Task] {
				named[int32(i)] = true
			}
		}
		for i := range named {
			s.job.Operators[i].SlotSharingGroup = rule.Name
		}
		s.job.Guesses = slices.DeleteFunc(s.job.Guesses, func(guess Guess) bool { return guess.Key == "slotSharingGroup" && named[guess.Operator] })
	}
}
