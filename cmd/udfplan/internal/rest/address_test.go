package rest

import (
	"strings"
	"testing"
)

const id = "0123456789abcdef0123456789abcdef"

// TestParse: what a URL names, and what is refused before anybody is asked.
func TestParse(t *testing.T) {
	for _, row := range []struct{ reason, arg, base, job, err string }{
		{"a host", "http://flink:8081", "http://flink:8081", "", ""},
		{"with a slash, of any case", "HTTPS://Flink:8081/", "https://flink:8081", "", ""},
		{"behind a gateway", "https://gw/proxy/flink/", "https://gw/proxy/flink", "", ""},
		{"a job", "http://flink:8081/jobs/" + id, "http://flink:8081", id, ""},
		{"a job behind a gateway", "http://gw/flink/jobs/" + id, "http://gw/flink", id, ""},
		{"an answer about a job", "http://flink:8081/v1/jobs/" + id + "/plan", "http://flink:8081/v1", id, ""},
		{"the list of jobs", "http://flink:8081/jobs/overview", "http://flink:8081", "", ""},
		{"a folder that begins alike", "http://gw/jobs-team/", "http://gw/jobs-team", "", ""},
		{"the web interface", "http://flink:8081/#/overview", "http://flink:8081", "", ""},
		{"a job in it", "http://flink:8081/#/job/running/" + id + "/overview", "http://flink:8081", id, ""},
		{"as 1.10 writes it", "http://flink:8081/#/job/" + id + "/overview", "http://flink:8081", id, ""},
		{"IPv6", "http://[::1]:8081", "http://[::1]:8081", "", ""},
		{"no job's id", "http://flink:8081/jobs/12", "", "", "a job's id is 32 hexadecimal digits: /jobs/ID"},
		{"no host", "http://", "", "", "it has no host"},
		{"a password", "http://a:PLANTED@flink", "", "", "it has a user or a password, which others can see: put a token into UDFPLAN_REST_TOKEN"},
		{"a query", "http://flink?x", "", "", "it has a query, and nothing of Flink's REST interface that is read here has one"},
		{"another fragment", "http://flink#prod/name", "", "", "what stands behind # is no page of Flink's"},
		{"no port", "http://flink:port", "", "", `invalid port ":port" after host`},
	} {
		a, err := Parse(row.arg)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if a.Base != row.base || a.Job != row.job || got != row.err {
			t.Errorf("%s: %+v, %s", row.reason, a, got)
		}
	}
	for arg, want := range map[string]bool{"http://a": true, "HTTPS://a": true, "file://a": false, "http": false, "http:/a": false, "a/http://b": false} {
		if IsURL(arg) != want {
			t.Errorf("IsURL(%q)", arg)
		}
	}
}

// TestShown: what has a secret in it is not shown.
func TestShown(t *testing.T) {
	for arg, want := range map[string]string{
		"http://flink:8081/jobs":            "http://flink:8081/jobs",
		"http://a:PLANTED@flink:8081/jobs":  "http://…@flink:8081/jobs",
		"http://a:PLAN/PLANTED@flink/x":     "http://…/@flink/x",
		"http://flink/x?token=PLANTED":      "http://flink/x",
		"http://a@b:PLANTED@flink":          "http://…@flink",
		"https://flink:8081/#/job/overview": "https://flink:8081/#/job/overview",
	} {
		if got := Shown(arg); got != want {
			t.Errorf("%s: %s", arg, got)
		}
	}
}

// FuzzParse: whatever an argument is, it is read or refused; what is read names itself.
func FuzzParse(f *testing.F) {
	for _, arg := range []string{"http://flink:8081/jobs/" + id, "http://[::1", "http://a b", "http://%41/#/job/" + id, "https://x/jobs/overview?"} {
		f.Add(arg)
	}
	f.Fuzz(func(t *testing.T, arg string) {
		if !IsURL(arg) {
			return
		}
		_ = Shown(arg)
		a, err := Parse(arg)
		if err != nil {
			return
		}
		again, err := Parse(a.String())
		if err != nil || again != a || strings.ContainsAny(a.Base, "\n\r\x1b") {
			t.Errorf("%q: %+v, then %+v, %v", arg, a, again, err)
		}
	})
}
