package main

import (
	_ "embed"
	"io"
	"slices"
	"strings"

	"github.com/posener/complete"
	"github.com/willabides/kongplete"

	"udfplan/graph/flink"
	"udfplan/spec"
	"udfplan/spec/policy"
)

// What a shell runs when somebody presses Tab: it asks `udfplan completion SHELL --answer=LINE` for the words that can stand at the end of
// the line. Where there are none, it offers files.
var (
	//go:embed udfplan_completion.bash
	bashCompletion string
	//go:embed udfplan_completion.zsh
	zshCompletion string
	//go:embed udfplan_completion.fish
	fishCompletion string
)

type completionCommand struct {
	Shell  string  `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
	Answer *string `hidden:"" placeholder:"LINE" help:"Print the words that can stand at the end of a line, one a line."`
}

func (completionCommand) Help() string {
	return `Prints what a shell needs to complete commands, flags, formats, versions, rules and files of udfplan.

Examples:
  source <(udfplan completion bash)                                   # in ~/.bashrc
  source <(udfplan completion zsh)                                    # in ~/.zshrc, below compinit
  udfplan completion fish > ~/.config/fish/completions/udfplan.fish`
}

func (c *completionCommand) Run(s *session) error {
	if c.Answer != nil {
		return s.writeText("", strings.Join(append(completions(*c.Answer), ""), "\n"))
	}
	return s.writeText("", map[string]string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}[c.Shell])
}

// completions are the words that can end a line, which begins with the program's name; in order.
func completions(line string) []string {
	words := strings.Fields(line)
	if len(words) == 0 || strings.TrimRight(line, " \t") != line {
		words = append(words, "")
	}
	last := words[len(words)-1]
	// --flag=value is completed as --flag value.
	before, value, joined := strings.Cut(last, "=")
	if joined = joined && strings.HasPrefix(before, "-"); joined {
		words = append(words[:len(words)-1], before, value)
		last = value
	}
	root, err := kongplete.Command(newParser(&cli{}, nil, io.Discard, io.Discard, func(int) {}), kongplete.WithPredictors(predictors()))
	if err != nil {
		panic(err) // a flag names a predictor that there is not: every test would see it
	}
	typed := words[min(1, len(words)-1) : len(words)-1]
	args := complete.Args{All: append(slices.Clone(typed), last), Completed: typed, Last: last}
	if len(typed) > 0 {
		args.LastCompleted = typed[len(typed)-1]
	}
	var found []string
	for _, word := range root.Predict(args) {
		if !strings.HasPrefix(word, last) || word == "" {
			continue
		}
		if joined {
			word = before + "=" + word
		}
		found = append(found, word)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// predictors are what the tag `predictor` of a flag or an argument names: the words of types that kong does not list.
func predictors() map[string]complete.Predictor {
	var severities, versions []string
	for _, id := range policy.RuleIDs() {
		for _, level := range policy.LevelWords {
			severities = append(severities, id+"="+level)
		}
	}
	for _, v := range flink.Versions() {
		versions = append(versions, v.String())
	}
	return map[string]complete.Predictor{
		"rule":     complete.PredictSet(policy.RuleIDs()...),
		"severity": complete.PredictSet(severities...),
		"version":  complete.PredictSet(versions...),
		"mode":     complete.PredictSet("batch", "streaming"),
		"sharing":  complete.PredictSet("none", "chain", "slot"),
		"needs":    complete.PredictSet(string(spec.FromFLIP88), string(spec.FromMeasured)),
	}
}
