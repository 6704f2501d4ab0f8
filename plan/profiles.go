package plan

import (
	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// noteIgnoredProfiles says where Flink takes profiles and does not use them (flink-rules.md D2).
func (b *builder) noteIgnoredProfiles() {
	g, scheduler := b.job.FineGrained(), b.job.IgnoringScheduler()
	if g == nil || scheduler == "" {
		return
	}
	d := b.problems.Warnf(source.Place{File: b.job.Place.File, Pos: g.Pos}, source.CodeProfileIgnored, "the profile of slot sharing group %q has no effect: the %s gives every slot an equal part of its TaskManager",
		source.Excerpt(g.Name), scheduler)
	d.Hint = "remove " + flink.KeyScheduler + " (and " + flink.KeySchedulerMode + "), or the profiles"
	if b.job.Mode == graph.Batch {
		d.Hint = "set " + flink.KeyScheduler + ": Default in the cluster's configuration, or remove the profiles"
	}
}
