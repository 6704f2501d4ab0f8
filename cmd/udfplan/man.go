package main

import (
	"io"
	"runtime/debug"
	"strings"
	"time"

	mangokong "github.com/alecthomas/mango-kong"
	"github.com/muesli/roff"
)

type manCommand struct{}

func (manCommand) Help() string {
	return `Prints the manual page, in roff.

Examples:
  udfplan man | man -l -
  udfplan man > ~/.local/share/man/man1/udfplan.1`
}

func (manCommand) Run(s *session) error {
	return s.writeText("", manual(builtOf(debug.ReadBuildInfo()).date))
}

// manual is the manual page, made from what help is made from. Its date is that of the program's commit, if that is known: the same program prints
// the same page, whenever it is asked.
func manual(day time.Time) string {
	model := newParser(&cli{}, nil, io.Discard, io.Discard, func(int) {}).Model
	for _, command := range model.Leaves(true) {
		command.Detail = "\n" + command.Help + "\n\n" + command.Detail // mango puts the one far behind the other
		command.Help = ""
	}
	return mangokong.NewManPage(1, model).Build(manPage{roff.NewDocument(), day})
}

// manPage keeps the lines of examples and lists, which begin with blanks, and has a day of its own.
type manPage struct {
	*roff.Document
	day time.Time
}

// Heading has no room for what the program is for: that stands below NAME, and above it would run into the name.
func (p manPage) Heading(section uint, title, _ string, _ time.Time) {
	p.Document.Heading(section, title, "User Commands", p.day)
}

// Text writes lines; an empty one ends a paragraph. roff begins a new line where one begins with a blank.
func (p manPage) Text(text string) {
	text = strings.ReplaceAll(text, "%", "%%") // the document takes it for the format of fmt.Fprintf
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		switch {
		case line == "":
			p.Paragraph()
		case i == 0:
			p.Document.Text(line)
		default:
			p.EndSection()
			p.Document.Text(line)
		}
	}
}

func (p manPage) String() string {
	text := strings.ReplaceAll(p.Document.String(), "\n.RS 4\n.PP\n.RE", "") // where mango has the help that stands above
	if p.day.IsZero() {
		text = strings.Replace(text, time.Time{}.Format(time.DateOnly), "", 1)
	}
	return verbatim(text)
}

// verbatim keeps what readers copy as it is: lines that begin with a blank are not filled, and a hyphen stays the one of the keyboard,
// which groff would draw as U+2010.
func verbatim(page string) string {
	var lines []string
	kept := false
	for line := range strings.SplitSeq(page, "\n") {
		switch indented := strings.HasPrefix(line, " "); {
		case indented && !kept:
			lines = append(lines, ".nf")
		case !indented && kept:
			lines = append(lines, ".fi")
		}
		kept = strings.HasPrefix(line, " ")
		if !strings.HasPrefix(line, ".") {
			line = strings.ReplaceAll(line, "-", `\-`)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
