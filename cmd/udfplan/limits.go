package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"udfplan/cmd/udfplan/internal/render"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// limitsName is what a limits file is called that is found by itself.
const limitsName = ".udfplan.yaml"

// limitFlags are the limits of a one-liner; one for each of policy.LimitRules.
type limitFlags struct {
	MaxOperatorManagedOffHeap sizeLimit  `placeholder:"SIZE" help:"Most managed off-heap memory that one subtask of an operator reserves."`
	MaxWorkerMemory           sizeLimit  `placeholder:"SIZE" help:"Most memory of a Python worker."`
	MaxWorkerOperators        countLimit `placeholder:"N" help:"Most operators that a Python worker serves."`
	MaxSlotPythonMemory       sizeLimit  `placeholder:"SIZE" help:"Most memory of the Python workers of a slot."`
	MaxSlotWorkers            countLimit `placeholder:"N" help:"Most Python workers of a slot."`
	MaxJobPythonMemory        sizeLimit  `placeholder:"SIZE" help:"Most memory of all Python workers of a job."`
	MaxJobWorkers             countLimit `placeholder:"N" help:"Most Python workers of a job."`
	MaxJobSlots               countLimit `placeholder:"N" help:"Most slots of a job."`
}

// of is the flag of a rule, which kong names --max- and the rule's ID.
func (f *limitFlags) of(r *policy.Rule) limitFlag {
	field := "Max"
	for part := range strings.SplitSeq(r.ID, "-") {
		field += strings.ToUpper(part[:1]) + part[1:]
	}
	flag := reflect.ValueOf(f).Elem().FieldByName(field).Interface()
	if size, is := flag.(sizeLimit); is {
		return limitFlag(size)
	}
	return limitFlag(flag.(countLimit))
}

// limitFlag is a limit, or none.
type limitFlag struct {
	set  bool
	most int64
}

type (
	sizeLimit  limitFlag
	countLimit limitFlag
)

func (f *sizeLimit) UnmarshalText(text []byte) error {
	size, err := flink.ParseMemorySize(string(text))
	*f = sizeLimit{true, int64(size)}
	return err
}

func (f *countLimit) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || n < 0 {
		return fmt.Errorf("must be a whole number; found %q", source.Excerpt(string(text)))
	}
	*f = countLimit{true, n}
	return nil
}

// limits reads the limits file that is named or found, the flags over it.
func (s *session) limits(c *checkCommand) *policy.Limits {
	limits, path := &policy.Limits{}, c.Limits
	if path == "" {
		if path = findLimits(); path != "" {
			s.problems.Notef(source.Place{File: &source.File{Name: path}}, "limits", "these limits are used")
		}
	}
	if path != "" {
		if file, ok := s.readOne(path, int64(c.MaxSize)); ok {
			read, problems := policy.ReadLimits(file)
			limits = read
			s.problems = append(s.problems, problems...)
		}
	}
	for _, rule := range policy.LimitRules() {
		if flag := c.of(rule); flag.set {
			limits.Set(rule, flag.most, "--max-"+rule.ID)
		}
	}
	return limits
}

// findLimits looks for a limits file here and in the folders above, up to that of the repository; without a repository only
// here. Empty: there is none.
func findLimits() string {
	here, err := os.Getwd()
	if err != nil {
		return ""
	}
	var found string
	for folder, up := here, ""; ; folder, up = filepath.Dir(folder), filepath.Join(up, "..") {
		if path := filepath.Join(up, limitsName); found == "" && exists(path) {
			found = path
		}
		if exists(filepath.Join(folder, ".git")) {
			return found
		}
		if filepath.Dir(folder) == folder { // no repository
			if found == limitsName {
				return found
			}
			return ""
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// withoutCompanions leaves out the files that were read already: a folder of jobs may hold the limits and the cluster's configuration too.
func (s *session) withoutCompanions(paths []string) []string {
	rest := slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		base := filepath.Base(path)
		return slices.ContainsFunc(s.inputs, func(in fs.FileInfo) bool { return in.Name() == base }) && s.isInput(path)
	})
	if len(rest) == 0 {
		return paths // somebody meant them
	}
	return rest
}

// levelFlag are the severities that are asked for.
type levelFlag map[string]policy.Level

func (f levelFlag) levels() map[string]policy.Level { return f }

// Decode reads one RULE=LEVEL.
func (f *levelFlag) Decode(context *kong.DecodeContext) error {
	var text string
	if err := context.Scan.PopValueInto("RULE=LEVEL", &text); err != nil {
		return err
	}
	id, word, found := strings.Cut(text, "=")
	if !found {
		return fmt.Errorf("must be RULE=LEVEL; found %q", source.Excerpt(text))
	}
	if _, known := policy.Lookup(id); !known {
		return oneOfRules(id)
	}
	level := slices.Index(policy.LevelWords, word)
	if err := oneOf(level >= 0, []byte(word), policy.LevelWords...); err != nil {
		return err
	}
	if *f == nil {
		*f = levelFlag{}
	}
	(*f)[id] = policy.Level(level)
	return nil
}

// oneOfRules says that an ID is no rule's.
func oneOfRules(id string) error {
	text := fmt.Sprintf("%q is no rule", source.Excerpt(id))
	if near, found := source.Nearest(id, policy.RuleIDs()); found {
		return fmt.Errorf("%s; did you mean %s?", text, near)
	}
	return fmt.Errorf("%s; udfplan rules lists them", text)
}

// reportFlags are the files that reports go to.
type reportFlags []reportFlag

type reportFlag struct {
	format string // empty: that of -o, or of the file's ending
	path   string
}

// Decode reads one FORMAT=FILE, or FILE.
func (f *reportFlags) Decode(context *kong.DecodeContext) error {
	var text string
	if err := context.Scan.PopValueInto("FORMAT=FILE", &text); err != nil {
		return err
	}
	to := reportFlag{path: text}
	if format, path, found := strings.Cut(text, "="); found {
		var names []string
		for _, f := range render.CheckFormats {
			names = append(names, f.Name)
		}
		if err := oneOf(slices.Contains(names, format), []byte(format), names...); err != nil {
			return fmt.Errorf("FORMAT=FILE: the format %w", err)
		}
		to = reportFlag{format, path}
	}
	if to.path == "" {
		return fmt.Errorf("must be FORMAT=FILE; found %q", source.Excerpt(text))
	}
	if slices.ContainsFunc(*f, func(other reportFlag) bool { return filepath.Clean(other.path) == filepath.Clean(to.path) }) {
		return fmt.Errorf("%q is there twice", source.Excerpt(to.path))
	}
	*f = append(*f, to)
	return nil
}
