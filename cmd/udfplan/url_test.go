package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
)

// asked counts the requests that reached the test's proxy: all that the program asks, but of this machine.
var asked atomic.Int64

// TestMain puts a proxy between the program and any network: the hosts flink-VERSION are clusters that were recorded
// (testdata/flink/rest), and there are no others.
func TestMain(m *testing.M) {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		serveRecorded(w, r)
	}))
	for _, key := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"} {
		_ = os.Setenv(key, proxy.URL)
	}
	_ = os.Setenv("NO_PROXY", "")
	_ = os.Unsetenv("UDFPLAN_REST_TOKEN")
	code := m.Run()
	proxy.Close()
	os.Exit(code)
}

// serveRecorded answers as the recorded cluster did.
func serveRecorded(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	answers, err := recordedAnswers(strings.TrimPrefix(r.URL.Hostname(), "flink-"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	text, known := answers[strings.TrimPrefix(r.URL.Path, "/gone")]
	if !known || strings.HasPrefix(r.URL.Path, "/gone/jobs/") && !strings.HasSuffix(r.URL.Path, "/overview") { // every job of /gone ends as soon as it was listed
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte(`{"errors":["Not found: ` + r.URL.Path + `"]}`))
		return
	}
	_, _ = w.Write([]byte(text))
}

var recordedFolder = func() string {
	here, _ := os.Getwd() // tests go elsewhere
	return here + "/../../testdata/flink/rest/"
}()

func recordedAnswers(version string) (map[string]string, error) {
	text, err := os.ReadFile(recordedFolder + version + ".json")
	if err != nil {
		return nil, fmt.Errorf("no such host")
	}
	var recorded struct {
		Archive []struct{ Path, JSON string }
	}
	if err := json.Unmarshal(text, &recorded); err != nil {
		return nil, err
	}
	answers := map[string]string{}
	for _, entry := range recorded.Archive {
		answers[entry.Path] = entry.JSON
	}
	return answers, nil
}

// TestNoNetwork: nothing is asked of anybody unless an argument is a URL. TestLayout sees to it that nothing but internal/rest could.
func TestNoNetwork(t *testing.T) {
	t.Chdir(t.TempDir())
	_ = os.WriteFile("job.yaml", []byte("name: http://flink-2.3.0:8081\nflinkVersion: \"1.20\"\noperators:\n  - {id: a, python: true}\n"), 0o666)
	_ = os.WriteFile("fleet.yaml", []byte("apiVersion: udfplan/v1\nkind: Fleet\nclusters: [{name: a, jobs: [job.yaml]}]\n"), 0o666)
	before := asked.Load()
	for _, args := range [][]string{{"compile", "job.yaml"}, {"explain", "job.yaml"}, {"capacity", "job.yaml"}, {"capacity", "fleet.yaml"}, {"check", "job.yaml"},
		{"check", "fleet.yaml"}, {"diff", "job.yaml", "job.yaml"}, {"import", "job.yaml"}, {"rules"}} {
		var out, problems bytes.Buffer
		if exit := run(args, strings.NewReader(""), &out, &problems); exit > exitFindings {
			t.Errorf("%v: exit %d\n%s", args, exit, problems.String())
		}
	}
	if n := asked.Load() - before; n != 0 {
		t.Errorf("%d requests", n)
	}
	var out, problems bytes.Buffer
	if run([]string{"compile", "http://flink-2.3.0:8081"}, strings.NewReader(""), &out, &problems); asked.Load() == before {
		t.Error("a URL is not asked: this test counts nothing")
	}
}

// TestToken: it reaches the host that is named, and is never printed.
func TestToken(t *testing.T) {
	const token = "PLANTED-token"
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("Authorization"))
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer server.Close()
	t.Setenv("UDFPLAN_REST_TOKEN", token)
	var out, problems bytes.Buffer
	exit := run([]string{"capacity", server.URL, "-v"}, strings.NewReader(""), &out, &problems)
	if len(got) != 1 || got[0] != "Bearer "+token || exit != exitInput {
		t.Errorf("exit %d, asked with %q", exit, got)
	}
	if strings.Contains(out.String()+problems.String(), token) || !strings.Contains(problems.String(), "does not take the token of UDFPLAN_REST_TOKEN") {
		t.Errorf("%s%s", out.String(), problems.String())
	}
}

// TestReportOfCluster: a report of what runs judges it on the cluster it runs on, as capacity does.
func TestReportOfCluster(t *testing.T) {
	page, _ := udfplan(t, exitWell, "", "report", "http://flink-2.3.0:8081")
	for _, fact := range []string{"8 slots", "short by"} {
		if !strings.Contains(page, fact) {
			t.Errorf("the report does not say %q", fact)
		}
	}
}
