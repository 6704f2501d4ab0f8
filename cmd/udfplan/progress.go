package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// progress shows on a terminal how many of many files are done.
type progress struct {
	w    io.Writer // nil: nobody looks
	all  int
	done atomic.Int64
	stop chan struct{}
	over chan struct{}
}

const (
	progressAfter = 500 * time.Millisecond // a run that is over by then shows none
	progressEvery = 100 * time.Millisecond
)

// newProgress begins to show it, if standard error is a terminal and there is more than one file.
func (s *session) newProgress(all int) *progress {
	p := &progress{all: all}
	if all > 1 && !s.Quiet && isTerminal(s.stderr) {
		p.start(s.stderr, progressAfter, progressEvery)
	}
	return p
}

func (p *progress) start(w io.Writer, after, every time.Duration) {
	p.w, p.stop, p.over = w, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(p.over)
		for wait := after; ; wait = every {
			select {
			case <-p.stop:
				return
			case <-time.After(wait):
				fmt.Fprintf(p.w, "\r\x1b[Kchecked %d of %d files", p.done.Load(), p.all)
			}
		}
	}()
}

// step counts one more file as done.
func (p *progress) step() { p.done.Add(1) }

// end wipes the line.
func (p *progress) end() {
	if p.w != nil {
		close(p.stop)
		<-p.over
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
