package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// defineFlag are the -D options, each with its place on the command line.
type defineFlag flink.Config

// Decode reads one KEY=VALUE.
func (d *defineFlag) Decode(context *kong.DecodeContext) error {
	var text string
	if err := context.Scan.PopValueInto("KEY=VALUE", &text); err != nil {
		return err
	}
	key, value, found := strings.Cut(text, "=")
	if !found || key == "" {
		return fmt.Errorf("must be KEY=VALUE; found %q", source.Excerpt(text))
	}
	file := &source.File{Name: "-D", Text: text}
	*d = append(*d, flink.Entry{
		Key: key, Value: value, Origin: flink.FromCommandLine,
		Place:      source.Place{File: file, Pos: source.At(0)},
		ValuePlace: source.Place{File: file, Pos: source.At(len(key) + 1)},
	})
	return nil
}
