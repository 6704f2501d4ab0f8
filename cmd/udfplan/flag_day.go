package main

import (
	"time"

	"udfplan/spec/policy"
)

// dayFlag is the day by which waivers expire.
type dayFlag policy.Day

func (f *dayFlag) UnmarshalText(text []byte) error {
	day, err := policy.ParseDay(string(text))
	*f = dayFlag(day)
	return err
}

// day is today where none is asked for.
func (f dayFlag) day() policy.Day {
	if f == "" {
		return policy.Day(time.Now().Format(time.DateOnly))
	}
	return policy.Day(f)
}
