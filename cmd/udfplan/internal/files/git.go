package files

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// AtRevision reads files as they were at a revision of the git repository that they lie in: of a folder all that would be taken
// from it now. A file that was not there is left out. paths are theirs, as they would be in the working tree.
func (in *Inputs) AtRevision(revision string, args []string, most int64) (files []*source.File, paths []string) {
	if err := git(nil, io.Discard, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}"); err != nil {
		in.gitFailed(revision, errors.New("no such revision, or no git repository here")).
			Hint = "is this a git repository, and was the revision fetched? (actions/checkout: fetch-depth: 0)"
		return nil, nil
	}
	paths, err := listAt(revision, args)
	var texts [][]byte
	if err == nil {
		texts, err = readAt(revision, paths)
	}
	if err != nil {
		in.gitFailed(revision, err)
		return nil, nil
	}
	var there []string
	for i, path := range paths {
		name := revision + ":" + path
		switch {
		case texts[i] == nil:
		case int64(len(texts[i])) > most:
			in.problems.Errorf(source.Place{File: &source.File{Name: name}}, "too-large", "is larger than %s", flink.MemorySize(most)).
				Hint = "raise --max-size"
		default:
			files, there = append(files, source.NewFile(name, texts[i])), append(there, path)
		}
	}
	return files, there
}

func (in *Inputs) gitFailed(revision string, err error) *source.Diagnostic {
	return in.problems.Errorf(source.Place{File: &source.File{Name: "--git " + revision}}, "unreadable", "%s", err)
}

// Relative is a path as git takes it, from the current folder.
func Relative(path string) string {
	if here, err := os.Getwd(); err == nil && filepath.IsAbs(path) {
		if path, err := filepath.Rel(here, path); err == nil {
			return path
		}
	}
	return filepath.Clean(path)
}

// listAt are the files that arguments name, each once: a file itself, of what was a folder the job files below it.
func listAt(revision string, args []string) ([]string, error) {
	wanted, err := wantedPaths(args)
	if err != nil || len(wanted) == 0 { // without a path, git would list them all
		return nil, err
	}
	var out bytes.Buffer
	if err := git(nil, &out, append([]string{"ls-tree", "-r", "--name-only", "-z", "--end-of-options", revision}, wanted...)...); err != nil {
		return nil, err
	}
	names := strings.FieldsFunc(filepath.FromSlash(out.String()), func(r rune) bool { return r == 0 })
	slices.Sort(names)
	return pick(wanted, names), nil
}

// wantedPaths are the arguments as git takes them; globs are those of the working tree.
func wantedPaths(args []string) (paths []string, err error) {
	for _, arg := range args {
		named := []string{arg}
		if strings.ContainsAny(arg, "*?[") && !Exists(arg) {
			if named, err = filepath.Glob(arg); err != nil {
				return nil, err
			}
		}
		for _, path := range named {
			paths = append(paths, Relative(path))
		}
	}
	return paths, nil
}

// pick are the names that belong to what is wanted, in that order and each once: a folder and a file may both name it.
func pick(wanted, names []string) (picked []string) {
	free := map[string]bool{}
	for _, name := range names {
		free[name] = true
	}
	for _, arg := range wanted {
		candidates := names
		if _, isFile := free[arg]; isFile {
			candidates = []string{arg}
		}
		for _, name := range candidates {
			if free[name] && (name == arg || takenFromFolder(arg, name)) {
				picked, free[name] = append(picked, name), false
			}
		}
	}
	return picked
}

// takenFromFolder tells whether a file below a folder is one that Inputs.Folder lists.
func takenFromFolder(folder, path string) bool {
	within, err := filepath.Rel(folder, path)
	if err != nil || !slices.Contains(extensions, strings.ToLower(filepath.Ext(path))) {
		return false
	}
	return !slices.ContainsFunc(strings.Split(filepath.ToSlash(within), "/"), func(part string) bool { return strings.HasPrefix(part, ".") })
}

// readAt reads files at a revision in one go; nil for one that is not there.
func readAt(revision string, paths []string) (texts [][]byte, err error) {
	var asked, answered bytes.Buffer
	for _, path := range paths {
		if strings.ContainsAny(path, "\n\r") {
			return nil, fmt.Errorf("%q: git cannot be asked for a name with a line break", source.Excerpt(path))
		}
		if asked.WriteString(revision + ":"); !strings.HasPrefix(path, "..") {
			asked.WriteString("./")
		}
		asked.WriteString(filepath.ToSlash(path) + "\n")
	}
	if err := git(&asked, &answered, "cat-file", "--batch"); err != nil {
		return nil, err
	}
	answers := bufio.NewReader(&answered)
	for range paths {
		text, err := blob(answers)
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}

// blob reads one answer of cat-file --batch: "OBJECT TYPE SIZE" and the text, or "NAME missing".
func blob(answers *bufio.Reader) ([]byte, error) {
	line, err := answers.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("git cat-file ended early: %w", err)
	}
	fields := strings.Fields(line)
	if len(fields) < 3 || fields[len(fields)-2] != "blob" {
		if strings.HasSuffix(line, " missing\n") {
			return nil, nil
		}
		return nil, fmt.Errorf("git cat-file: %q", strings.TrimSpace(line))
	}
	var size int
	if _, err := fmt.Sscan(fields[len(fields)-1], &size); err != nil {
		return nil, fmt.Errorf("git cat-file: %q", strings.TrimSpace(line))
	}
	text := make([]byte, size)
	if _, err := io.ReadFull(answers, text); err != nil {
		return nil, fmt.Errorf("git cat-file ended early: %w", err)
	}
	_, err = answers.Discard(1)
	return text, err
}

// git runs a git command in the current folder; its error is what git says.
func git(stdin io.Reader, stdout io.Writer, args ...string) error {
	var said bytes.Buffer
	command := exec.Command("git", args...)
	command.Stdin, command.Stdout, command.Stderr = stdin, stdout, &said
	err := command.Run()
	if text := strings.TrimSpace(said.String()); err != nil && text != "" {
		return errors.New(text)
	}
	return err
}
