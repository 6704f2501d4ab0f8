package rest

import (
	"errors"
	"net/url"
	"strings"

	"udfplan/graph/source"
)

// Address is what a URL names: a JobManager (or its History Server), or one of its jobs.
type Address struct {
	Base string // http(s)://HOST:PORT[/PREFIX], without a slash at the end
	Job  string // 32 hexadecimal digits; empty: all its jobs that run
}

// IsURL reports whether an argument is a URL and no file.
func IsURL(arg string) bool {
	scheme, _, found := strings.Cut(arg, "://")
	return found && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// Shown is a URL as others may see it: without a user, a password and a query, in which people have tokens.
func Shown(arg string) string {
	scheme, after, _ := strings.Cut(arg, "://")
	after, _, _ = strings.Cut(after, "?")
	host, path, _ := strings.Cut(after, "/")
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = "…" + host[at:]
	} else if at := strings.LastIndexByte(path, '@'); at >= 0 { // a password with a slash in it
		host, path = "…", path[at:]
	}
	if path != "" {
		path = "/" + path
	}
	return scheme + "://" + host + path
}

// At is the URL of a path of the interface, such as /jobs/overview.
func (a Address) At(path string) string { return a.Base + path }

// String is the URL of what is named.
func (a Address) String() string {
	if a.Job == "" {
		return a.Base
	}
	return a.At("/jobs/" + a.Job)
}

// A job in a path of the REST interface, and of a page of Flink's web interface, which people copy from their browser.
var (
	jobPath = source.Pattern(`^(.*)/jobs/([0-9a-f]{32})(?:/.*)?$`)
	jobPage = source.Pattern(`^!?/job/(?:running/|completed/)?([0-9a-f]{32})(?:/.*)?$`)
	anyPage = source.Pattern(`^!?/[\w/-]*$`)
)

// Parse reads http(s)://HOST:PORT[/PREFIX][/jobs/ID], or the address of a page of Flink's web interface.
func Parse(arg string) (Address, error) {
	u, err := url.Parse(arg)
	switch {
	case err != nil:
		if wrong := (*url.Error)(nil); errors.As(err, &wrong) {
			err = wrong.Err
		}
		return Address{}, err
	case u.Hostname() == "":
		return Address{}, errors.New("it has no host")
	case u.User != nil:
		return Address{}, errors.New("it has a user or a password, which others can see: put a token into " + TokenVariable)
	case u.RawQuery != "" || u.ForceQuery:
		return Address{}, errors.New("it has a query, and nothing of Flink's REST interface that is read here has one")
	}
	var a Address
	path := strings.TrimRight(u.EscapedPath(), "/")
	if m := jobPath().FindStringSubmatch(path); m != nil {
		path, a.Job = m[1], m[2]
	} else if at := strings.Index(path, "/jobs"); at >= 0 && (path[at:] == "/jobs" || strings.HasPrefix(path[at:], "/jobs/")) {
		if path[at:] != "/jobs" && path[at:] != "/jobs/overview" {
			return Address{}, errors.New("a job's id is 32 hexadecimal digits: /jobs/ID")
		}
		path = path[:at]
	}
	if m := jobPage().FindStringSubmatch(u.Fragment); m != nil {
		a.Job = m[1]
	} else if u.Fragment != "" && !anyPage().MatchString(u.Fragment) {
		return Address{}, errors.New("what stands behind # is no page of Flink's")
	}
	a.Base = strings.ToLower(u.Scheme) + "://" + strings.ToLower(u.Host) + strings.TrimRight(path, "/")
	return a, nil
}
