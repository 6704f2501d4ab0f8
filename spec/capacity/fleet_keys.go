package capacity

import (
	"udfplan/graph"
	"udfplan/graph/schema"
)

// The keys of a Fleet, in the order in which an error lists them. The switches of fleetReader take exactly these.
var (
	fleetKeys = schema.Mapping{
		Doc: "A fleet: clusters, and the jobs that run on each.",
		Keys: []schema.Key{
			{Name: "apiVersion", Required: true, Value: schema.Value{Kind: schema.Constant, Words: []string{"", graph.APIVersion}}, Doc: "The version of this format."},
			{Name: "kind", Required: true, Value: schema.Value{Kind: schema.Constant, Words: []string{"", KindFleet}}, Doc: "What tells a fleet from other documents."},
			{Name: "clusters", Required: true, Value: schema.Value{Kind: schema.Sequence, Low: 1, Item: &schema.Value{Kind: schema.Fields, Of: &clusterKeys}}, Doc: "The clusters of the fleet."},
		},
	}
	clusterKeys = schema.Mapping{
		Doc:    "A cluster; it has a configuration, jobs, or both.",
		Either: []string{"flinkConf", "jobs"},
		Keys: []schema.Key{
			{Name: "name", Required: true, Doc: "The cluster's name; each is there once.", Example: "batch-small"},
			{Name: "flinkConf", Doc: "Its configuration: a file, relative to this one, or the URL of its REST interface. Without it that of the running cluster that its jobs come from.", Example: "conf/batch.yaml"},
			{Name: "flinkVersion", Value: schema.Value{Kind: schema.Version}, Doc: "The version of Flink that it runs, in quotes."},
			{Name: "jobs", Value: schema.Value{Kind: schema.Sequence, Item: &schema.Value{Kind: schema.Text}}, Doc: "Files, folders, globs and URLs of its jobs, relative to this file."},
		},
	}
)

// FleetSchema is what a Fleet holds.
func FleetSchema() *schema.Mapping { return &fleetKeys }
