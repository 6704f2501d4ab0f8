package capacity

import (
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// PlaceOf is where to change what Flink refuses of the cluster: at the option that it names, else at the total that is set. It is the
// zero Place where no file and no flag says either.
func (c *Cluster) PlaceOf(refused *flink.Refusal) source.Place {
	for _, key := range []string{refused.Key, flink.KeyProcessSize, flink.KeyFlinkSize, flink.KeyHeapSize} {
		if e, set := c.Config.Get(key); set && e.ValuePlace.File != nil {
			return e.ValuePlace
		}
	}
	return source.Place{}
}
