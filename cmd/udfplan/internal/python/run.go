package python

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// Program is a run of Python.
type Program struct {
	Path    string   // of the interpreter
	Args    []string // all of its arguments
	Env     []string // over the environment of udfplan
	Stdin   io.Reader
	Stderr  io.Writer // gets what the program says
	Quiet   bool      // without what PyFlink, Beam and the JVM print at their start
	Timeout time.Duration
}

// Ended is how it ended.
type Ended struct {
	Code    int
	Said    string // the end of what it said
	TimeOut bool
	Stopped bool // by the user
}

// Run runs a program until it ends, or ends it with all that it started. An error: it could not be started.
func Run(p *Program) (Ended, error) {
	said := &tail{to: p.Stderr, quiet: p.Quiet}
	c := exec.Command(p.Path, p.Args...)
	c.Env = append(os.Environ(), p.Env...)
	c.Stdin, c.Stdout, c.Stderr = p.Stdin, said, said
	c.WaitDelay = 2 * time.Second // a process that it left behind may hold its standard error
	ownGroup(c)
	if err := c.Start(); err != nil {
		return Ended{}, err
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(stop)
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	timeout := time.NewTimer(p.Timeout)
	defer timeout.Stop()
	out := Ended{}
	select {
	case err := <-ended:
		out.Code = codeOf(err)
	case <-timeout.C:
		out.TimeOut = true
	case <-stop:
		out.Stopped = true
	}
	if out.TimeOut || out.Stopped {
		end(c, ended)
	}
	said.flush()
	out.Said = said.kept.String()
	return out, nil
}

func codeOf(err error) int {
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return failed.ExitCode()
	}
	return 0 // ended well, though something that it started still holds its standard error
}

// end ends a program, and whatever is left of what it started.
func end(c *exec.Cmd, ended <-chan error) {
	ask(c)
	select {
	case <-ended:
		killGroup(c)
	case <-time.After(grace):
		killGroup(c)
		<-ended
	}
}

// grace is how long a program may take to end when it is asked to.
const grace = 3 * time.Second

// mostKept is how much of what a program says is kept, in bytes.
const mostKept = 256 << 10

// tail passes lines on, and keeps the last of them.
type tail struct {
	to    io.Writer
	quiet bool
	kept  bytes.Buffer
	line  []byte
}

func (t *tail) Write(text []byte) (int, error) {
	t.line = append(t.line, text...)
	for {
		end := bytes.IndexByte(t.line, '\n')
		if end < 0 {
			break
		}
		t.pass(t.line[:end+1])
		t.line = t.line[end+1:]
	}
	if !t.quiet && len(t.line) > 0 { // a question without a line's end
		t.pass(t.line)
		t.line = nil
	}
	return len(text), nil
}

func (t *tail) flush() {
	if len(t.line) > 0 {
		t.pass(t.line)
		t.line = nil
	}
}

func (t *tail) pass(line []byte) {
	t.kept.Write(line)
	if over := t.kept.Len() - mostKept; over > 0 {
		t.kept.Next(over)
	}
	if t.quiet && isNoise(string(line)) {
		return
	}
	t.to.Write(line)
}

// noise begins what PyFlink, Beam and the JVM print at their start, and the exporter's notes.
var noise = []string{"note: configuration of ", "note: PyFlink ", "WARNING: An illegal reflective", "WARNING: Illegal reflective", "WARNING: Please consider reporting",
	"WARNING: Use --illegal-access", "WARNING: Use --enable-native-access", "WARNING: All illegal access", "WARNING: Unknown module: ", "WARNING: A terminally deprecated", "WARNING: A restricted method",
	"WARNING: Restricted methods", "WARNING: System::", "WARNING: sun.misc.Unsafe", "WARNING: package ", "SLF4J", "log4j:", "Picked up JAVA_TOOL_OPTIONS", "Picked up _JAVA_OPTIONS",
	"  import pkg_resources", "  __import__('pkg_resources'", "  declare_namespace("}

func isNoise(line string) bool {
	for _, prefix := range noise {
		if strings.HasPrefix(line, prefix) {
			return true
		}
	}
	exported := strings.HasPrefix(line, "note: ") && (strings.HasSuffix(line, " job exported\n") || strings.HasSuffix(line, " jobs exported\n"))
	return exported || strings.Contains(line, "site-packages") && strings.Contains(line, "Warning: ")
}
