package rest

import (
	"bytes"
	"compress/gzip"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const few = 1000 // bytes that a test takes of an answer

func client(t *testing.T, o Options) *Client {
	t.Helper()
	if o.Most == 0 {
		o.Most = few
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute // no test waits for it
	}
	c, err := NewClient(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func answers(kind, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		fmt.Fprint(w, text)
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// TestGet: what comes of an answer, and of what is none.
func TestGet(t *testing.T) {
	const json = "application/json; charset=UTF-8"
	for _, row := range []struct {
		reason  string
		handler http.HandlerFunc
		token   string
		want    string // text, or "error: …"
	}{
		{"an answer", answers(json, `{"a":1}`), "", `{"a":1}`},
		{"as large as is allowed", answers(json, strings.Repeat("x", few)), "", strings.Repeat("x", few)},
		{"a byte larger", answers(json, strings.Repeat("x", few+1)), "", "error: is larger than 1000b"},
		{"packed, and then much larger", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", json)
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			_, _ = packed.Write(make([]byte, 1<<20))
			_ = packed.Close()
		}, "", "error: is larger than 1000b"},
		{"endless", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", json)
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 500)); err != nil {
					return
				}
			}
		}, "", "error: is larger than 1000b"},
		{"cut", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", json)
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, `{"a":`)
		}, "", "error: the answer ends after 5 bytes, before its end"},
		{"a page, as a gateway shows one to log in", answers("text/html", "<html>"), "", "error: it answers with text/html, not with JSON: is this Flink's REST interface?"},
		{"nothing said of what it is", func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			fmt.Fprint(w, "{}")
		}, "", "{}"},
		{"401 without a token", status(401), "", "error: 401 Unauthorized: it wants a token, which is taken from the variable UDFPLAN_REST_TOKEN"},
		{"403 with one", status(403), "PLANTED", "error: 403 Forbidden: it does not take the token of UDFPLAN_REST_TOKEN"},
		{"404", status(404), "", "error: " + ErrMissing.Error()},
		{"500", status(500), "", "error: 500 Internal Server Error"},
		{"503: a JobManager that starts", status(503), "", "error: 503 Service Unavailable: the JobManager is not ready, or has no leader yet; try again later"},
		{"204 has no answer", status(204), "", "error: 204 No Content"},
		{"no HTTP at all", func(w http.ResponseWriter, _ *http.Request) {
			connection, _, _ := w.(http.Hijacker).Hijack()
			fmt.Fprint(connection, "SSH-2.0-OpenSSH\r\n\r\n")
			_ = connection.Close()
		}, "", "error: net/http: HTTP/1.x transport connection broken: malformed HTTP response \"SSH-2.0-OpenSSH\""},
	} {
		server := httptest.NewServer(row.handler)
		file, err := client(t, Options{Token: row.token}).Get(server.URL + "/config")
		got := ""
		switch {
		case err != nil:
			got = "error: " + err.Error()
		case file.Name == server.URL+"/config":
			got = file.Text
		}
		if got != row.want {
			t.Errorf("%s: %.200s; want %.200s", row.reason, got, row.want)
		}
		server.Close()
	}
}

// TestSlow: nobody waits longer than the time-out, for the first byte or the last, and a host that is that slow is not asked again.
func TestSlow(t *testing.T) {
	for _, begins := range []bool{false, true} {
		done := make(chan struct{})
		var asked atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			if begins {
				w.Header().Set("Content-Type", "application/json")
				fmt.Fprint(w, "{")
				w.(http.Flusher).Flush()
			}
			<-done
		}))
		c := client(t, Options{Timeout: 50 * time.Millisecond})
		_, err := c.Get(server.URL + "/a")
		if err == nil || err.Error() != "no answer within 50ms" {
			t.Errorf("begins %v: %v", begins, err)
		}
		if _, err = c.Get(server.URL + "/b"); err == nil || asked.Load() != 1 {
			t.Errorf("begins %v: %v, asked %d times", begins, err, asked.Load())
		}
		close(done)
		server.Close()
	}
}

// TestRedirects: to the same host and port, and to nobody else; the token goes nowhere else.
func TestRedirects(t *testing.T) {
	var leaked atomic.Bool
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leaked.Store(true)
		fmt.Fprint(w, "{}")
	}))
	defer elsewhere.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/there":
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, r.Header.Get("Authorization"))
		case "/here":
			http.Redirect(w, r, "/there", http.StatusTemporaryRedirect)
		case "/away":
			http.Redirect(w, r, elsewhere.URL+"/there", http.StatusFound)
		default:
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}
	}))
	defer server.Close()
	for _, row := range []struct{ reason, path, want string }{
		{"the same host", "/here", "Bearer PLANTED"},
		{"another port is another host", "/away", "it redirects to " + elsewhere.URL + ", which is not followed: name that host yourself"},
		{"in circles", "/x", "it redirects more than 5 times"},
	} {
		file, err := client(t, Options{Token: "PLANTED"}).Get(server.URL + row.path)
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = file.Text
		}
		if got != row.want {
			t.Errorf("%s: %s", row.reason, got)
		}
	}
	if leaked.Load() {
		t.Error("another host was asked")
	}
}

// TestOnce: each address is asked once, with GET, few at a time, and a host that cannot be reached once whatever the address.
func TestOnce(t *testing.T) {
	var asked, now, most atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer now.Add(-1)
		if asked.Add(1); r.Method != http.MethodGet {
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, r.URL.Path)
	}))
	c := client(t, Options{})
	var all sync.WaitGroup
	for i := range 60 {
		all.Go(func() {
			path := fmt.Sprintf("/%d", i%20)
			if file, err := c.Get(server.URL + path); err != nil || file.Text != path {
				t.Errorf("%s: %v", path, err)
			}
		})
	}
	all.Wait()
	if asked.Load() != 20 || most.Load() > AtOnce {
		t.Errorf("asked %d times, up to %d at a time", asked.Load(), most.Load())
	}
	server.Close()
	_, first := c.Get(server.URL + "/gone")
	_, second := c.Get(server.URL + "/other")
	if first == nil || !errors.Is(second, first) {
		t.Errorf("%v, then %v", first, second)
	}
}

// TestCertificates: one that nobody has vouched for is refused, unless it is trusted or not looked at.
func TestCertificates(t *testing.T) {
	server := httptest.NewTLSServer(answers("application/json", "{}"))
	server.Config.ErrorLog = nil
	defer server.Close()
	var ca bytes.Buffer
	_ = pem.Encode(&ca, &pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for _, row := range []struct {
		reason string
		o      Options
		url    string
		want   string
	}{
		{"of nobody", Options{}, server.URL, "its certificate is of nobody that is trusted here (--rest-ca FILE trusts another)"},
		{"trusted", Options{CA: ca.Bytes()}, server.URL, ""},
		{"not looked at", Options{Insecure: true}, server.URL, ""},
	} {
		_, err := client(t, row.o).Get(row.url)
		if got := fmt.Sprint(err); err == nil && row.want != "" || err != nil && got != row.want {
			t.Errorf("%s: %v", row.reason, err)
		}
	}
	if _, err := NewClient(Options{CA: []byte("no certificate")}); err == nil {
		t.Error("a file without a certificate is taken")
	}
	plain := httptest.NewServer(answers("application/json", "{}"))
	defer plain.Close()
	if _, err := client(t, Options{}).Get(strings.Replace(plain.URL, "http:", "https:", 1)); err == nil || err.Error() != "it does not speak TLS: say http:// instead of https://" {
		t.Errorf("%v", err)
	}
}
