package main

import (
	"errors"
	"time"
)

// durationFlag is a time that is waited, more than none.
type durationFlag time.Duration

func (f *durationFlag) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil || d <= 0 {
		return errors.New("must be a duration such as 250ms, 90s or 10m")
	}
	*f = durationFlag(d)
	return nil
}
