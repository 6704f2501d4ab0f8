//go:build unix

package python

import (
	"io"
	"os"
	"os/exec"
	"syscall"
)

// ownGroup puts a program into a process group of its own, so that all it starts ends with it; not where it may ask somebody at a
// terminal, which a group in the background cannot.
func ownGroup(c *exec.Cmd) {
	if !isTerminal(c.Stdin) {
		c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	}
}

// isTerminal: a character device that is not /dev/null, which is one too.
func isTerminal(stdin io.Reader) bool {
	file, ok := stdin.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// askGroup asks a program, and its group where it has one, to end: the exporter then writes what it has.
func askGroup(c *exec.Cmd) { signalGroup(c, syscall.SIGTERM) }

// killGroup ends a program, and its group where it has one. PyFlink's JVM ends when the Python that started it does.
func killGroup(c *exec.Cmd) { signalGroup(c, syscall.SIGKILL) }

func signalGroup(c *exec.Cmd, signal syscall.Signal) {
	if c.SysProcAttr != nil && c.SysProcAttr.Setpgid {
		syscall.Kill(-c.Process.Pid, signal)
		return
	}
	c.Process.Signal(signal)
}
