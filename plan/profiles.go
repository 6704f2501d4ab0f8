package plan

import (
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// profileOf is what a slot of a group gets, nil where the scheduler does not look at profiles.
func (b *builder) profileOf(group string) *graph.Profile {
	if b.job.AdaptiveScheduler() {
		return nil
	}
	return b.job.ProfileOf(group)
}

// noteIgnoredProfiles says where Flink takes profiles and does not use them (flink-rules.md D2).
func (b *builder) noteIgnoredProfiles() {
	if g := b.job.FineGrained(); g != nil && b.job.AdaptiveScheduler() {
		b.problems.Warnf(source.Place{File: b.job.Place.File, Pos: g.Pos}, source.CodeProfileIgnored, "the profile of slot sharing group %q has no effect: the adaptive scheduler gives every slot an equal part of its TaskManager", source.Excerpt(g.Name)).
			Hint = "remove " + flink.KeyScheduler + " (and scheduler-mode), or the profiles"
	}
}
