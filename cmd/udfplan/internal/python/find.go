// Package python finds the Python that has PyFlink, runs a program with it, and says what to do where that fails. Start with Find;
// Run then runs, and Advice reads what was said.
package python

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"udfplan/cmd/udfplan/internal/files"
)

// Interpreter is a Python, and the PyFlink it has.
type Interpreter struct {
	Path    string
	PyFlink string // its version; empty: it has none
}

// candidates are the Pythons that are looked at: that of the active virtual environment, then those of the search path.
func candidates() (paths []string) {
	add := func(path string) {
		if !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	for _, variable := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if folder := os.Getenv(variable); folder != "" {
			for _, path := range []string{filepath.Join(folder, "bin", "python"), filepath.Join(folder, "Scripts", "python"+ofWindows), filepath.Join(folder, "python"+ofWindows)} {
				if files.Exists(path) && !files.IsFolder(path) {
					add(path)
				}
			}
		}
	}
	for _, name := range []string{"python3", "python"} {
		if path, err := exec.LookPath(name); err == nil {
			add(path)
		}
	}
	return paths
}

const ofWindows = ".exe"

// Find is the Python that is named, or else the first that has PyFlink. The error says which were looked at, and what to do.
func Find(named string) (Interpreter, error) {
	if named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return Interpreter{}, fmt.Errorf("%s cannot be run: there is no such program", named)
		}
		found := Interpreter{path, pyflinkOf(path)}
		if found.PyFlink == "" {
			return found, fmt.Errorf("%s has no PyFlink: name another with --python, or install it: %s -m pip install apache-flink", path, path)
		}
		return found, nil
	}
	tried := candidates()
	for _, path := range tried {
		if version := pyflinkOf(path); version != "" {
			return Interpreter{path, version}, nil
		}
	}
	if len(tried) == 0 {
		return Interpreter{}, fmt.Errorf("there is no Python here: neither a virtual environment is active nor is there a python3 or python; name one with --python")
	}
	return Interpreter{}, fmt.Errorf("no PyFlink in %s: activate the virtual environment that has it, or name its Python with --python", strings.Join(tried, ", "))
}

// pyflinkOf is the version of PyFlink that a Python has. Only the version's own file is read: all of PyFlink takes seconds.
func pyflinkOf(path string) string {
	const program = `import importlib.util, os
s = importlib.util.find_spec("pyflink")
for folder in (s.submodule_search_locations if s else []):
    d = {}
    exec(open(os.path.join(folder, "version.py")).read(), d)
    print("pyflink", d["__version__"])`
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "-c", program).Output()
	if err != nil {
		return ""
	}
	for _, line := range strings.Split(string(out), "\n") {
		if version, ok := strings.CutPrefix(strings.TrimSpace(line), "pyflink "); ok {
			return version
		}
	}
	return ""
}
