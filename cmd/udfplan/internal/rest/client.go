// Package rest reads Flink's REST interface: GET and nothing else. It fetches bytes, each address once a run, bounded in size and
// time, and knows nothing of what they say: that is read where other documents of Flink's are. Start with Parse and NewClient.
package rest

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// TokenVariable is the variable of the environment that holds the token for a gateway in front of Flink, which itself asks for none.
const TokenVariable = "UDFPLAN_REST_TOKEN"

// AtOnce is how many answers are fetched at a time: a JobManager has better things to do.
const AtOnce = 4

// Options say how a client asks; the zero value asks without a token and takes nothing.
type Options struct {
	Token    string // sent as a bearer token, to the host that was named and no other
	CA       []byte // PEM certificates that are trusted beside the system's
	Insecure bool   // a certificate is not looked at
	Most     int64  // bytes of an answer
	Timeout  time.Duration
}

// Client fetches answers, several at a time, and remembers them.
type Client struct {
	options Options
	http    *http.Client
	free    chan struct{} // AtOnce of them

	lock    sync.Mutex
	answers map[string]*answer
	dead    map[string]error // hosts that cannot be reached: nobody asks them twice
}

// answer is that of one address.
type answer struct {
	once sync.Once
	file *source.File
	err  error
}

// NewClient is a client; an error where the certificates are none.
func NewClient(o Options) (*Client, error) {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, TLSHandshakeTimeout: o.Timeout, ResponseHeaderTimeout: o.Timeout, MaxConnsPerHost: AtOnce,
		MaxResponseHeaderBytes: 1 << 20, ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: o.Insecure, MinVersion: tls.VersionTLS12}}
	if len(o.CA) > 0 {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(o.CA) {
			return nil, errors.New("holds no certificate in PEM form")
		}
		transport.TLSClientConfig.RootCAs = pool
	}
	return &Client{options: o, free: make(chan struct{}, AtOnce), answers: map[string]*answer{}, dead: map[string]error{},
		http: &http.Client{Transport: transport, Timeout: o.Timeout, CheckRedirect: sameHost}}, nil
}

// sameHost follows a redirect only to the host and port that were asked, or from http to https of the same host: to anybody else
// the answer, and the token, are none of their business.
func sameHost(to *http.Request, via []*http.Request) error {
	const most = 5
	from := via[len(via)-1].URL
	same := to.URL.Host == from.Host && to.URL.Scheme == from.Scheme
	upgrade := from.Scheme == "http" && to.URL.Scheme == "https" && to.URL.Hostname() == from.Hostname()
	switch {
	case !same && !upgrade:
		return errors.New("it redirects to " + source.Excerpt(to.URL.Scheme+"://"+to.URL.Host) + ", which is not followed: name that host yourself")
	case len(via) > most:
		return fmt.Errorf("it redirects more than %d times", most)
	}
	return nil
}

// ErrMissing: there is nothing at this address (404).
var ErrMissing = errors.New("404 Not Found: there is nothing at this address")

// Get is the answer at an address, as a file of its name. Whoever asks again gets the same.
func (c *Client) Get(address string) (*source.File, error) {
	c.lock.Lock()
	a := c.answers[address]
	if a == nil {
		a = &answer{}
		c.answers[address] = a
	}
	c.lock.Unlock()
	a.once.Do(func() {
		c.free <- struct{}{}
		defer func() { <-c.free }()
		a.file, a.err = c.fetch(address)
	})
	return a.file, a.err
}

func (c *Client) fetch(address string) (*source.File, error) {
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	host := request.URL.Host
	c.lock.Lock()
	err = c.dead[host]
	c.lock.Unlock()
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "udfplan")
	if c.options.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.options.Token)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, c.failed(host, err)
	}
	defer response.Body.Close()
	return c.read(address, response)
}

// failed remembers that a host cannot be asked, and says why.
func (c *Client) failed(host string, err error) error {
	err = c.withoutURL(err)
	c.lock.Lock()
	defer c.lock.Unlock()
	c.dead[host] = err
	return err
}

// withoutURL is an error without the address, which is its place, in words where Go's own tell little.
func (c *Client) withoutURL(err error) error {
	if wrong := (*url.Error)(nil); errors.As(err, &wrong) {
		if wrong.Timeout() {
			return fmt.Errorf("no answer within %s", c.options.Timeout)
		}
		err = wrong.Err
	}
	if unknown := (x509.UnknownAuthorityError{}); errors.As(err, &unknown) {
		return fmt.Errorf("its certificate is of nobody that is trusted here (--rest-ca FILE trusts another)")
	}
	if strings.Contains(err.Error(), "server gave HTTP response to HTTPS client") {
		return errors.New("it does not speak TLS: say http:// instead of https://")
	}
	return err
}

// read reads what came, if it is an answer of the REST interface.
func (c *Client) read(address string, response *http.Response) (*source.File, error) {
	if err := c.refused(response); err != nil {
		return nil, err
	}
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if kind != "" && kind != "application/json" && !strings.HasSuffix(kind, "+json") && kind != "application/octet-stream" {
		return nil, fmt.Errorf("it answers with %s, not with JSON: is this Flink's REST interface?", source.Excerpt(kind))
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, c.options.Most+1))
	switch {
	case int64(len(text)) > c.options.Most:
		return nil, TooLargeError{c.options.Most}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("the answer ends after %d bytes, before its end", len(text))
	case err != nil:
		return nil, c.failed(response.Request.URL.Host, &url.Error{Op: "Get", Err: err}) // the form that an error of asking has
	}
	return source.NewFile(address, text), nil
}

// TooLargeError: an answer is larger than so many bytes.
type TooLargeError struct{ Most int64 }

func (e TooLargeError) Error() string {
	return fmt.Sprintf("is larger than %s", flink.MemorySize(e.Most))
}

// refused is what is wrong by the status.
func (c *Client) refused(response *http.Response) error {
	status := fmt.Sprintf("%d %s", response.StatusCode, http.StatusText(response.StatusCode))
	switch code := response.StatusCode; {
	case code == http.StatusOK:
		return nil
	case code == http.StatusNotFound:
		return ErrMissing
	case (code == http.StatusUnauthorized || code == http.StatusForbidden) && c.options.Token == "":
		return fmt.Errorf("%s: it wants a token, which is taken from the variable %s", status, TokenVariable)
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return fmt.Errorf("%s: it does not take the token of %s", status, TokenVariable)
	case code == http.StatusServiceUnavailable:
		return fmt.Errorf("%s: the JobManager is not ready, or has no leader yet; try again later", status)
	}
	return errors.New(status)
}
