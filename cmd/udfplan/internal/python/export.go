package python

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Export is a run of the exporter.
type Export struct {
	Python   Interpreter
	Exporter string   // its source
	Options  []string // of the exporter
	Program  string
	Args     []string // of the program
	PyFiles  []string // what it imports beside itself: files, folders and archives
	Stdin    io.Reader
	Stderr   io.Writer
	Quiet    bool
	Timeout  time.Duration
}

// Run runs it: the job files that it wrote, also where it then failed, and how it ended. An error: it could not be run.
func (e *Export) Run() (jobs []byte, ended Ended, err error) {
	folder, err := os.MkdirTemp("", "udfplan-export-")
	if err != nil {
		return nil, ended, err
	}
	defer os.RemoveAll(folder)
	exporter, output := filepath.Join(folder, "udfplan_export.py"), filepath.Join(folder, "jobs.yaml")
	if err := os.WriteFile(exporter, []byte(e.Exporter), 0o600); err != nil {
		return nil, ended, err
	}
	args := append([]string{exporter, "-o", output}, e.Options...)
	ended, err = Run(&Program{Path: e.Python.Path, Args: append(append(args, e.Program), e.Args...), Env: e.env(), Stdin: e.Stdin, Stderr: e.Stderr, Quiet: e.Quiet, Timeout: e.Timeout})
	if err != nil {
		return nil, ended, err
	}
	jobs, err = os.ReadFile(output)
	if os.IsNotExist(err) {
		err = nil
	}
	return jobs, ended, err
}

// env puts what the program imports on Python's path, as flink run --pyfiles does for its client.
func (e *Export) env() (env []string) {
	if len(e.PyFiles) == 0 {
		return nil
	}
	var path []string
	for _, file := range e.PyFiles {
		if absolute, err := filepath.Abs(file); err == nil {
			file = absolute
		}
		if filepath.Ext(file) == ".py" {
			file = filepath.Dir(file)
		}
		path = append(path, file)
	}
	if before := os.Getenv("PYTHONPATH"); before != "" {
		path = append(path, before)
	}
	return []string{"PYTHONPATH=" + strings.Join(path, string(os.PathListSeparator))}
}
