package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"udfplan/graph/source"
)

// Paths lists the files that arguments name, in their order: a file, all of a folder, all that a glob matches. Each is there once,
// though a folder and a glob may both name it.
func Paths(args []string) (paths []string, problems source.List) {
	seen := map[string]bool{}
	for _, arg := range args {
		found, more := expand(arg)
		problems = append(problems, more...)
		for _, path := range found {
			if !seen[path] {
				seen[path] = true
				paths = append(paths, path)
			}
		}
	}
	return paths, problems
}

func expand(arg string) ([]string, source.List) {
	info, err := os.Stat(arg)
	switch {
	case arg == Stdin:
		return []string{arg}, nil
	case err == nil && info.IsDir():
		return folder(arg)
	case err != nil && strings.ContainsAny(arg, "*?["): // a file may have such a name
		return glob(arg)
	}
	return []string{filepath.Clean(arg)}, nil
}

// glob lists the files that a pattern matches, without the folders.
func glob(pattern string) ([]string, source.List) {
	paths, err := filepath.Glob(pattern)
	if err == nil && len(paths) == 0 {
		err = errors.New("no file matches")
	}
	if err != nil {
		return nil, unreadable(pattern, err)
	}
	return slices.DeleteFunc(paths, IsFolder), nil
}

// extensions are those of the files that are read from a folder.
var extensions = []string{".yaml", ".yml", ".json"}

// folder lists the files below a folder that may be input, sorted. What is hidden is left out.
func folder(root string) (paths []string, problems source.List) {
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			problems = append(problems, unreadable(path, err)...)
		case path != root && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir() && slices.Contains(extensions, strings.ToLower(filepath.Ext(path))):
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		return paths, append(problems, unreadable(root, err)...)
	}
	if len(paths) == 0 && !problems.HasErrors() {
		problems = append(problems, unreadable(root, errors.New("no *.yaml, *.yml or *.json file in this folder"))...)
		problems[len(problems)-1].Hint = NoJobHint([]string{root})
	}
	return paths, problems
}

// NoJobHint is what to do where folders hold no jobs: their program, if there is one, makes some.
func NoJobHint(roots []string) string {
	program := "" // the first that lies there
	for _, root := range roots {
		if !IsFolder(root) {
			continue
		}
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil // told when the folder was read
			case entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), "."):
				return fs.SkipDir
			case !entry.IsDir() && strings.EqualFold(filepath.Ext(path), ".py"):
				program = path
				return fs.SkipAll
			}
			return nil
		})
		if program != "" {
			return "make a job file of its program first: udfplan exporter > udfplan_export.py && python udfplan_export.py " + source.ShellWord(program) + " > job.yaml && udfplan compile job.yaml"
		}
	}
	return "name the file of a job: udfplan compile job.yaml"
}

func hasFiles(root string) bool {
	paths, _ := folder(root)
	return len(paths) > 0
}

// IsFolder says whether there is a folder at a path.
func IsFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// Exists says whether there is something at a path.
func Exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// FindAbove looks for a file of a name here and in the folders above, up to that of the repository; without a repository only here.
// It is "" if there is none.
func FindAbove(name string) string {
	here, err := os.Getwd()
	if err != nil {
		return ""
	}
	var found string
	for folder, up := here, ""; ; folder, up = filepath.Dir(folder), filepath.Join(up, "..") {
		if path := filepath.Join(up, name); found == "" && Exists(path) {
			found = path
		}
		if Exists(filepath.Join(folder, ".git")) {
			return found
		}
		if filepath.Dir(folder) == folder { // no repository
			if found == name {
				return found
			}
			return ""
		}
	}
}

// repositoryRoot is the root of the git repository here; "" if there is none.
func repositoryRoot() string {
	for folder := absolute("."); ; folder = filepath.Dir(folder) {
		if Exists(filepath.Join(folder, ".git")) {
			return folder
		}
		if filepath.Dir(folder) == folder {
			return ""
		}
	}
}

// InGit says whether there is a git repository here.
func InGit() bool { return repositoryRoot() != "" }

// InRepository makes of a path the one from the root of the repository, with slashes, as git and what shows a repository have it;
// where there is no repository, from here.
func InRepository() func(path string) string {
	root := repositoryRoot()
	if root == "" {
		root = absolute(".")
	}
	return func(path string) string {
		short, err := filepath.Rel(root, absolute(path))
		if err != nil { // another drive of Windows
			short = filepath.Clean(path)
		}
		return filepath.ToSlash(short)
	}
}
