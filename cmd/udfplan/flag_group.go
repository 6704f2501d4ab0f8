package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"udfplan/graph"
	"udfplan/graph/source"
)

// groupFlag are the --slot-sharing-group rules.
type groupFlag []graph.GroupRule

// Decode reads one GLOB=NAME; names of operators may hold a =.
func (g *groupFlag) Decode(context *kong.DecodeContext) error {
	var text string
	if err := context.Scan.PopValueInto("GLOB=NAME", &text); err != nil {
		return err
	}
	at := strings.LastIndexByte(text, '=')
	if at < 1 || at == len(text)-1 {
		return fmt.Errorf("must be GLOB=NAME; found %q", source.Excerpt(text))
	}
	if strings.Contains(text[at:], "#") {
		return fmt.Errorf("the name of a slot sharing group must not hold #; found %q", source.Excerpt(text[at+1:]))
	}
	*g = append(*g, graph.GroupRule{Glob: text[:at], Name: text[at+1:]})
	return nil
}
