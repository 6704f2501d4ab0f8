//go:build unix

package python

import (
	"os"
	"os/exec"
	"syscall"
)

// ownGroup puts a program into a process group of its own, so that all it starts ends with it; not where it may ask somebody at a
// terminal, which a group in the background cannot.
func ownGroup(c *exec.Cmd) {
	if file, ok := c.Stdin.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 && file.Name() != os.DevNull {
			return
		}
	}
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// killGroup ends a program, and its group where it has one. PyFlink's JVM ends when the Python that started it does.
func killGroup(c *exec.Cmd) {
	if c.SysProcAttr != nil && c.SysProcAttr.Setpgid {
		syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
		return
	}
	c.Process.Kill()
}
