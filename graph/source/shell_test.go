package source

import "testing"

func TestShellWord(t *testing.T) {
	for _, row := range []struct{ name, want, reason string }{
		{"jobs/job-1.yaml", "jobs/job-1.yaml", "a plain name stays"},
		{"jobs/größe.yaml", "jobs/größe.yaml", "letters of any language are plain"},
		{"my job.py", "'my job.py'", "a blank parts words"},
		{"$(reboot).py", "'$(reboot).py'", "nothing is run"},
		{"it's.py", `'it'\''s.py'`, "a quote ends the quoting"},
		{"-o.py", "./-o.py", "no flag"},
		{"", "''", "a word all the same"},
		{StdinName, "-", "as the command line names it"},
	} {
		if got := ShellWord(row.name); got != row.want {
			t.Errorf("ShellWord(%q) = %s, want %s: %s", row.name, got, row.want, row.reason)
		}
	}
}
