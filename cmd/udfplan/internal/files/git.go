package files

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"udfplan/graph/source"
)

// AtRevision reads files as they were at a revision of the git repository they lie in: of a folder, all that would be read from it
// now. A file that was not there is left out. paths is where each lies in the working tree.
func AtRevision(revision string, args []string, most int64) (read []*source.File, paths []string, problems source.List) {
	if err := git(nil, io.Discard, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}"); err != nil {
		gitFailed(&problems, revision, errors.New("no such revision, or no git repository here")).
			Hint = "is this a git repository, and was the revision fetched? (actions/checkout: fetch-depth: 0)"
		return nil, nil, problems
	}
	names, err := listAt(revision, args)
	var texts [][]byte
	if err == nil {
		texts, err = readAt(revision, names)
	}
	if err != nil {
		gitFailed(&problems, revision, err)
		return nil, nil, problems
	}
	for i, path := range names {
		if texts[i] == nil {
			continue
		}
		file, tooLarge := bounded(revision+":"+path, string(texts[i]), most)
		if problems = append(problems, tooLarge...); file != nil {
			read, paths = append(read, file), append(paths, path)
		}
	}
	return read, paths, problems
}

func gitFailed(problems *source.List, revision string, err error) *source.Diagnostic {
	return problems.Errorf(source.Place{File: &source.File{Name: "--git " + revision}}, source.CodeUnreadable, "%s", err)
}

// Remaining leaves out the arguments that are gone: a revision had files of them, the working tree has none.
func Remaining(args, before []string) (left []string) {
	for _, arg := range args {
		switch {
		case !Exists(arg) && slices.Contains(before, Relative(arg)): // a file that was removed since
		case IsFolder(arg) && len(before) > 0 && !hasFiles(arg): // all of it was
		default:
			left = append(left, arg)
		}
	}
	return left
}

// Relative is a path as git writes it, the shortest from the current folder: git calls ../here/a.yaml a.yaml.
func Relative(path string) string {
	short, err := filepath.Rel(absolute("."), absolute(path))
	if err != nil { // another drive of Windows
		return filepath.Clean(path)
	}
	return short
}

func absolute(path string) string {
	whole, err := filepath.Abs(path)
	if err != nil { // there is no current folder
		return filepath.Clean(path)
	}
	return whole
}

// listAt lists the files that arguments name, each once: a file itself, and of what was a folder the files that would be read from it.
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

// pick takes the names that are wanted, in the order of the wishes and each once: a folder and a file may both name it.
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

// takenFromFolder says whether folder would list a file of that path.
func takenFromFolder(folder, path string) bool {
	if !slices.Contains(extensions, strings.ToLower(filepath.Ext(path))) {
		return false
	}
	within, err := filepath.Rel(absolute(folder), absolute(path)) // begins with .. where it lies elsewhere
	return err == nil && !slices.ContainsFunc(strings.Split(filepath.ToSlash(within), "/"), func(part string) bool { return strings.HasPrefix(part, ".") })
}

// readAt reads files at a revision with one call of git; the text of one that is not there is nil.
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
