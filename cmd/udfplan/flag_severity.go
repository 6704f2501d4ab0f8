package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// levelFlag are the severities that are asked for.
type levelFlag map[string]policy.Level

func (f levelFlag) levels() map[string]policy.Level { return f }

// Decode reads one RULE=LEVEL.
func (f *levelFlag) Decode(context *kong.DecodeContext) error {
	var text string
	if err := context.Scan.PopValueInto("RULE=LEVEL", &text); err != nil {
		return err
	}
	id, word, found := strings.Cut(text, "=")
	if !found {
		return fmt.Errorf("must be RULE=LEVEL; found %q", source.Excerpt(text))
	}
	if _, known := policy.Lookup(id); !known {
		return noSuchRule(id)
	}
	level := slices.Index(policy.LevelWords, word)
	if err := oneOf(level >= 0, []byte(word), policy.LevelWords...); err != nil {
		return err
	}
	if *f == nil {
		*f = levelFlag{}
	}
	(*f)[id] = policy.Level(level)
	return nil
}

// noSuchRule is the error for an ID that no rule has, with the nearest that one has.
func noSuchRule(id string) error {
	text := fmt.Sprintf("%q is no rule", source.Excerpt(id))
	if near, found := source.Nearest(id, policy.RuleIDs()); found {
		return fmt.Errorf("%s; did you mean %s?", text, near)
	}
	return fmt.Errorf("%s; udfplan rules lists them", text)
}
