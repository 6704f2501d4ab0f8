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

// ask asks a program to end: the exporter then writes what it has. Its JVM would be gone too early.
func ask(c *exec.Cmd) { c.Process.Signal(syscall.SIGTERM) }

// killGroup ends a program, and its group where it has one. PyFlink's JVM ends when the Python that started it does.
func killGroup(c *exec.Cmd) {
	if c.SysProcAttr != nil && c.SysProcAttr.Setpgid {
		syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
		return
	}
	c.Process.Kill()
}
