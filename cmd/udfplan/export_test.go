package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// fakePyFlink is a Python that has PyFlink, as far as export asks, and does what its program, a shell script, says; OUT is where the
// exporter is to write.
const fakePyFlink = `#!/bin/sh
if [ "$1" = -c ]; then echo "pyflink 1.20.5"; exit; fi
shift 2
OUT=$1; shift
while [ "$1" = --jar ] || [ "$1" = -p ] || [ "$1" = -D ]; do echo "option $1 $2"; shift 2; done
PROGRAM=$1; shift
. "./$PROGRAM"
`

// pythonAt makes a Python in an empty virtual environment, and no other can be found.
func pythonAt(t *testing.T, script string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the fake Python is a shell script")
	}
	folder := t.TempDir()
	python := filepath.Join(folder, "bin", "python")
	if err := os.MkdirAll(filepath.Dir(python), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(python, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VIRTUAL_ENV", folder)
	t.Setenv("CONDA_PREFIX", "")
	t.Setenv("PATH", "/nowhere")
	return python
}

// exported runs export in a folder that holds the program job.py.
func exported(t *testing.T, want exitCode, program string, args ...string) (stdout, stderr string) {
	t.Helper()
	t.Chdir(t.TempDir())
	writeJob(t, "job.py", "PATH=/bin:/usr/bin\n"+program)
	var out, errs bytes.Buffer
	if exit := run(append([]string{"export"}, args...), strings.NewReader("asked\n"), &out, &errs); exit != want {
		t.Errorf("exit %d, want %d\n%s", exit, want, errs.String())
	}
	return out.String(), errs.String()
}

// TestExportRuns: the program has its arguments and its input, what it prints goes to standard error, and the job files come out.
func TestExportRuns(t *testing.T) {
	python := pythonAt(t, fakePyFlink)
	const program = `echo "hello $*, $PYTHONPATH"; read line; echo "read $line"; echo "name: x" >"$OUT"`
	out, errs := exported(t, exitWell, program, "-v", "-p", "3", "-D", "a.b=c", "-j", "x.jar", "--jar", "y.jar", "--pyfiles", "lib.zip,sub/m.py", "job.py", "--more", "-v")
	folder, _ := os.Getwd()
	want := "note: " + python + ", with PyFlink 1.20.5 [export]\noption --jar x.jar\noption --jar y.jar\noption -p 3\noption -D a.b=c\n" +
		"hello --more -v, " + folder + "/lib.zip:" + folder + "/sub\nread asked\n"
	if out != "name: x\n" || errs != want {
		t.Errorf("%q\n%s\nwant\n%s", out, errs, want)
	}
	if out, _ := exported(t, exitWell, program, "--output-file", "o.yaml", "job.py"); out != "" {
		t.Errorf("%q", out)
	}
	if text, err := os.ReadFile("o.yaml"); err != nil || string(text) != "name: x\n" {
		t.Errorf("%q, %v", text, err)
	}
	const noisy = `echo "SLF4J: x"; echo "x/site-packages/a.py:63: UserWarning: old"; echo "note: 1 job exported"; echo "note: its own"; echo "WARNING: its own"; echo "warning: that"; echo "name: x" >"$OUT"`
	if _, errs := exported(t, exitWell, noisy, "-q", "job.py"); errs != "note: its own\nWARNING: its own\nwarning: that\n" {
		t.Errorf("-q: %q", errs)
	}
}

// TestExportFails: each way in which it fails ends with what to do.
func TestExportFails(t *testing.T) {
	python := pythonAt(t, fakePyFlink)
	for _, row := range []struct{ reason, said, hint string }{
		{"setuptools", "ModuleNotFoundError: No module named 'pkg_resources'", "this PyFlink's Beam needs pkg_resources, which setuptools 81 has removed: " + python + " -m pip install 'setuptools<81'"},
		{"a connector", "Could not find any factory for identifier 'kafka' that implements 'DynamicTableFactory' in the classpath.", "the jar of the connector or format 'kafka' is missing: give it with --jar"},
		{"a class, in PyFlink's words", "TypeError: Could not found the Java class 'org.apache.X'. The Java dependencies could be", "a jar that holds org.apache.X is missing: give it with --jar"},
		{"a class, in Java's", "java.lang.NoClassDefFoundError: org/apache/kafka/Y", "a jar that holds org.apache.kafka.Y is missing: give it with --jar"},
		{"a class, in py4j's", "py4j.protocol.Py4JError: org.apache.flink.formats.avro.Z does not exist in the JVM", "a jar that holds org.apache.flink.formats.avro.Z is missing: give it with --jar"},
		{"a package of Java's", "TypeError: 'JavaPackage' object is not callable", "a jar that the program uses is missing"},
		{"no Java", "FileNotFoundError: [Errno 2] No such file or directory: 'java'", "Java was not found: set JAVA_HOME to one; Flink 1.20.5 runs on Java 8, 11, 17 or 21"},
		{"Java too old", "java.lang.UnsupportedClassVersionError: x", "this Java is too old: Flink 1.20.5 runs on Java 8, 11, 17 or 21"},
		{"Java too new", "java.lang.reflect.InaccessibleObjectException: Unable to make field", "this Java may be too new: Flink 1.20.5 runs on"},
		{"waits for input", "EOFError: EOF when reading a line", "the program reads its standard input"},
		{"a module", "ModuleNotFoundError: No module named 'mine'", "the program needs the module mine, which " + python + " does not have"},
		{"a file", "FileNotFoundError: [Errno 2] No such file or directory: 'data/in.csv'", "the program reads data/in.csv: run udfplan export in the folder in which the program runs"},
		{"something else", "ValueError: no", ""},
		{"what the program printed before is no reason", "see ModuleNotFoundError: No module named 'x'\nTraceback (most recent call last):\nValueError: no", ""},
	} {
		out, errs := exported(t, exitInput, `cat >&2 <<'END'
`+row.said+`
END
exit 3`, "job.py")
		if !strings.HasPrefix(errs, row.said+"\njob.py: error: nothing was exported [export]\n") || out != "" {
			t.Errorf("%s: %q\n%s", row.reason, out, errs)
		}
		if strings.Contains(errs, "hint: ") != (row.hint != "") || !strings.Contains(errs, row.hint) {
			t.Errorf("%s: no hint %q\n%s", row.reason, row.hint, errs)
		}
	}
	if out, errs := exported(t, exitInput, `echo "name: x" >"$OUT"; echo "error: it reads results"; exit 3`, "job.py"); out != "name: x\n" || errs != "error: it reads results\n" {
		t.Errorf("what was exported before is printed: %q, %q", out, errs)
	}
	if _, errs := exported(t, exitInput, "", "other.py"); !strings.Contains(errs, "other.py: error: there is no such file") {
		t.Error(errs)
	}
}

// TestExportTimeout: a program that does not end is ended, with all that it started; what it had exported is printed.
func TestExportTimeout(t *testing.T) {
	pythonAt(t, fakePyFlink)
	out, errs := exported(t, exitInput, `trap 'echo "name: x" >"$OUT"; exit 3' TERM; (trap "" TERM; sleep 1000) & echo $! >pid; wait`, "--timeout", "1s", "job.py")
	if out != "name: x\n" {
		t.Errorf("%q", out)
	}
	if !strings.Contains(errs, "job.py: error: has not ended after 1s") || !strings.Contains(errs, "--timeout") {
		t.Error(errs)
	}
	text, err := os.ReadFile("pid")
	pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid == 0 {
		t.Fatal(err)
	}
	for range 100 {
		if syscall.Kill(pid, 0) != nil {
			return
		}
		if stat, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat"); strings.Contains(string(stat), ") Z ") {
			return // ended, and nobody has asked how
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%d still runs", pid)
}

// TestExportWithoutPyFlink: it is said which Pythons were looked at.
func TestExportWithoutPyFlink(t *testing.T) {
	python := pythonAt(t, "#!/bin/sh\nexit 1\n")
	other := filepath.Join(filepath.Dir(python), "python3")
	if err := os.WriteFile(other, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", filepath.Dir(python))
	if _, errs := exported(t, exitInput, "", "job.py"); !strings.Contains(errs, "no PyFlink in "+python+", "+other+": activate") {
		t.Error(errs)
	}
	if _, errs := exported(t, exitInput, "", "--python", other, "job.py"); !strings.Contains(errs, other+" has no PyFlink") {
		t.Error(errs)
	}
	if _, errs := exported(t, exitInput, "", "--python", "no-such-python", "job.py"); !strings.Contains(errs, "no-such-python cannot be run") {
		t.Error(errs)
	}
	t.Setenv("VIRTUAL_ENV", "")
	t.Setenv("PATH", "/nowhere")
	if _, errs := exported(t, exitInput, "", "job.py"); !strings.Contains(errs, "there is no Python here") {
		t.Error(errs)
	}
}
