package main

import (
	"os"
	"time"

	"udfplan/cmd/udfplan/internal/rest"
	"udfplan/graph/source"
)

// restFlags say how a URL of Flink's REST interface is asked. The token is no flag: others see a command line.
type restFlags struct {
	RestCA       string `name:"rest-ca" placeholder:"FILE" help:"Certificates (PEM) that are trusted beside the system's, for a URL."`
	RestInsecure bool   `name:"rest-insecure" help:"Ask a URL whose certificate nobody has vouched for."`
}

// restTimeout is how long one answer may take: a JobManager that needs longer has other worries.
const restTimeout = 20 * time.Second

// dial makes the client that asks URLs, once a run; nil where its certificates cannot be read.
func (s *session) dial(flags *jobFlags) *rest.Client {
	if s.remote.client != nil || s.remote.refused {
		return s.remote.client
	}
	options := rest.Options{Token: os.Getenv(rest.TokenVariable), Insecure: flags.RestInsecure, Most: int64(flags.MaxSize), Timeout: restTimeout}
	if flags.RestCA != "" {
		file := s.read(flags.RestCA, flags.MaxSize)
		if file == nil {
			s.remote.refused = true
			return nil
		}
		options.CA = []byte(file.Text)
	}
	client, err := rest.NewClient(options)
	if err != nil {
		s.problems.Errorf(source.Place{File: &source.File{Name: flags.RestCA}}, source.CodeUnreadable, "%s", err)
		s.remote.refused = true
	}
	s.remote.client = client
	return client
}
