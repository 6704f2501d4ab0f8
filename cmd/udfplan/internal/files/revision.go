package files

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"

	"udfplan/graph/source"
)

// Revision is a commit of the repository that the current folder lies in. What it had is asked for by paths of the working tree.
type Revision struct {
	// Name is how people see it: as it was given, a whole hash cut short.
	Name   string
	commit string // its hash: no option, and the same commit all along
	here   string // the current folder as git has it, from the top: "", or "jobs/"
}

// OpenRevision finds a revision. flag is what names it, for people.
func OpenRevision(flag, given string) (*Revision, source.List) {
	r := &Revision{Name: given}
	var problems source.List
	fail := func(hint, format string, args ...any) (*Revision, source.List) {
		problems.Errorf(source.Place{File: &source.File{Name: flag + " " + given}}, source.CodeUnreadable, format, args...).Hint = hint
		return nil, problems
	}
	where, err := gitSays("rev-parse", "--is-inside-work-tree", "--show-prefix")
	if err == nil && !strings.HasPrefix(where, "true") {
		err = errors.New("this folder lies in no working tree")
	}
	if err != nil {
		return fail("it is about a git repository, and this folder lies in none that git opens", "%s", err)
	}
	_, r.here, _ = strings.Cut(where, "\n")
	commit, err := gitSays("rev-parse", "--verify", "--quiet", "--end-of-options", given+"^{commit}")
	if err != nil {
		hint := "was it fetched? git fetch origin REVISION"
		if shallow, _ := gitSays("rev-parse", "--is-shallow-repository"); shallow == "true" {
			hint = "this clone is shallow, without history: fetch it whole (actions/checkout: fetch-depth: 0)"
		}
		return fail(hint, "there is no such revision here")
	}
	if r.commit = commit; strings.HasPrefix(commit, given) {
		r.Name = given[:min(len(given), 12)]
	}
	return r, problems
}

// gitSays is the one line that a git command prints.
func gitSays(args ...string) (string, error) {
	var out bytes.Buffer
	err := git(nil, &out, args...)
	return strings.TrimSuffix(out.String(), "\n"), err
}

// Has says whether a path lies in the repository, whatever the revision has there. What is outside, no change of the repository changes.
func (r *Revision) Has(path string) bool { return r.fromTop(path) != "" }

// fromTop is a path as the revision has it; "" lies outside.
func (r *Revision) fromTop(name string) string {
	if name == Stdin {
		return ""
	}
	whole := path.Join(r.here, filepath.ToSlash(Relative(name))) // where ../ leads above the top, it is outside
	if whole == ".." || strings.HasPrefix(whole, "../") || path.IsAbs(whole) || filepath.VolumeName(whole) != "" {
		return ""
	}
	return whole
}

// fromHere is the path of the working tree of a path of the revision.
func (r *Revision) fromHere(whole string) string {
	if within, below := strings.CutPrefix(whole, r.here); below {
		return filepath.FromSlash(within)
	}
	short, err := filepath.Rel(filepath.FromSlash("/"+r.here), filepath.FromSlash("/"+whole))
	if err != nil {
		return filepath.FromSlash(whole)
	}
	return short
}

// Above are the paths of a name here and in every folder above, up to the repository's.
func (r *Revision) Above(name string) (paths []string) {
	up := ""
	for range strings.Count(r.here, "/") + 1 {
		paths, up = append(paths, filepath.Join(up, name)), filepath.Join(up, "..")
	}
	return paths
}

// Read reads files as they were, one for each path: nil where the revision has none there. A symbolic link is followed within the
// revision; one that leads out of it is a problem, as is a file that is too large.
func (r *Revision) Read(paths []string, most int64) ([]*source.File, source.List) {
	read := make([]*source.File, len(paths))
	var problems source.List
	var asked, answered bytes.Buffer
	var wanted []int
	for i, path := range paths {
		switch whole := r.fromTop(path); {
		case strings.ContainsAny(whole, "\n\r"):
			problems = append(problems, unreadable(path, errors.New("git cannot be asked for a name with a line break"))...)
		case whole != "":
			wanted = append(wanted, i)
			asked.WriteString(r.commit + ":" + whole + "\n")
		}
	}
	if asked.Len() == 0 {
		return read, problems
	}
	if err := git(&asked, &answered, "cat-file", "--batch", "--follow-symlinks"); err != nil {
		problems.Errorf(source.Place{File: &source.File{Name: r.Name}}, source.CodeUnreadable, "%s", err)
		return read, problems
	}
	answers := bufio.NewReader(&answered)
	for _, i := range wanted {
		name := r.Name + ":" + filepath.ToSlash(Relative(paths[i]))
		text, err := linkedBlob(answers)
		if err != nil {
			problems = append(problems, unreadable(name, err)...)
		} else if text != nil {
			var tooLarge source.List
			read[i], tooLarge = bounded(name, string(text), most)
			problems = append(problems, tooLarge...)
		}
	}
	return read, problems
}

// linkedBlob reads one answer of cat-file --batch --follow-symlinks: what blob reads, or where a link leads that git cannot follow, as
// "symlink SIZE" and the text. Whatever is no file is nil, as if nothing were there.
func linkedBlob(answers *bufio.Reader) ([]byte, error) {
	line, err := answers.ReadString('\n')
	fields := strings.Fields(line)
	if err != nil {
		return nil, fmt.Errorf("git cat-file ended early: %w", err)
	}
	if strings.HasSuffix(line, " missing\n") {
		return nil, nil
	}
	var size int
	if _, err := fmt.Sscan(line[strings.LastIndexByte(line, ' ')+1:], &size); err != nil || size < 0 {
		return nil, fmt.Errorf("git cat-file: %q", strings.TrimSpace(line))
	}
	text := make([]byte, size)
	if _, err = io.ReadFull(answers, text); err == nil {
		_, err = answers.Discard(1)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("git cat-file ended early: %w", err)
	case fields[0] == "symlink":
		return nil, errors.New("it is a symbolic link that leads out of the repository")
	case len(fields) < 3 || fields[1] != "blob": // dangling, loop, notdir; a folder
		return nil, nil
	}
	return text, nil
}

// Renamed says of files of the working tree, by path, what the revision called them. git tells them by what is in them, and each file
// of the revision has at most one that it became.
func (r *Revision) Renamed() (map[string]string, source.List) {
	var out bytes.Buffer
	var problems source.List
	if err := git(nil, &out, "diff", "--no-ext-diff", "--no-relative", "--find-renames", "--diff-filter=R", "--name-status", "-z", r.commit, "--"); err != nil {
		problems.Errorf(source.Place{File: &source.File{Name: r.Name}}, source.CodeUnreadable, "%s", err)
		return nil, problems
	}
	was := map[string]string{}
	fields := strings.Split(out.String(), "\x00") // R087, before, now
	for i := 0; i+2 < len(fields); i += 3 {
		was[r.fromHere(fields[i+2])] = r.fromHere(fields[i+1])
	}
	return was, problems
}
