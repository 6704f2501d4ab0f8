package capacity

import (
	"strings"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// FleetFile is a document of kind Fleet: clusters, and the jobs on each.
type FleetFile struct{ Clusters []FleetEntry }

// FleetEntry is one cluster of it. Paths are as they are written, relative to the document.
type FleetEntry struct {
	Name      string
	FlinkConf string        // a configuration or a URL; empty: of the running cluster that the jobs come from
	Version   flink.Version // the zero Version where it is not stated
	Jobs      []string      // files, folders, globs and URLs
}

// KindFleet is the kind of the document.
const KindFleet = "Fleet"

// ReadFleet reads a Fleet strictly. It is worth using only if no problem is an error.
func ReadFleet(f *source.File) (*FleetFile, source.List) {
	docs, problems := source.Read(f)
	r := fleetReader{}
	r.Problems = problems
	if len(docs) > 1 {
		r.Problems.Errorf(docs[1].Place(), source.CodeSecondDocument, "a fleet is one document; found another")
	}
	if len(docs) > 0 && r.Mapping(docs[0], "a fleet") {
		r.fleet(docs[0])
	}
	return &r.out, r.Problems
}

type fleetReader struct {
	flink.Decoder
	out   FleetFile
	names map[string]bool
}

func (r *fleetReader) fleet(doc source.Node) {
	for key, value := range doc.Fields() {
		switch key.Text() {
		case "apiVersion":
			r.Constant(value, "apiVersion", graph.APIVersion)
		case "kind":
			r.Constant(value, "kind", KindFleet)
		case "clusters":
			r.clusters(value)
		default:
			r.UnknownKey(key, "a fleet", fleetKeys.Names())
		}
	}
	for _, key := range fleetKeys.Required() {
		if !doc.Field(key).Valid() {
			r.Problems.Errorf(doc.Place(), source.CodeMissingKey, "a fleet has no %s", key)
		}
	}
}

func (r *fleetReader) clusters(list source.Node) {
	if list.Kind() != source.Sequence {
		r.WrongType(list, "clusters", "a list")
		return
	}
	r.names = map[string]bool{}
	for item := range list.Items() {
		if r.Mapping(item, "a cluster") {
			r.cluster(item)
		}
	}
	if len(r.out.Clusters) == 0 && !r.Problems.HasErrors() {
		r.Problems.Errorf(list.Place(), source.CodeEmptyValue, "clusters must not be empty")
	}
}

func (r *fleetReader) cluster(n source.Node) {
	var c FleetEntry
	for key, value := range n.Fields() {
		switch key.Text() {
		case "name":
			if c.Name = r.Text(value, "name"); r.names[c.Name] && c.Name != "" {
				r.Problems.Errorf(value.Place(), source.CodeDuplicateID, "a cluster of the name %q is there already", source.Excerpt(c.Name))
			}
			r.names[c.Name] = true
		case "flinkConf":
			c.FlinkConf = r.Text(value, "flinkConf")
		case "flinkVersion":
			c.Version = r.version(value)
		case "jobs":
			c.Jobs = r.Texts(value, "jobs")
		default:
			r.UnknownKey(key, "a cluster", clusterKeys.Names())
		}
	}
	if !n.Field("name").Valid() {
		r.Problems.Errorf(n.Place(), source.CodeMissingKey, "a cluster has no name")
	}
	if c.FlinkConf == "" && len(c.Jobs) == 0 && !r.Problems.HasErrors() {
		r.Problems.Errorf(n.Place(), source.CodeMissingKey, "a cluster has neither flinkConf nor jobs")
	}
	r.out.Clusters = append(r.out.Clusters, c)
}

// version reads a Flink version by its source text, as a job file does: 1.20 is no number.
func (r *fleetReader) version(n source.Node) flink.Version {
	text := r.Scalar(n, "flinkVersion")
	v, err := flink.ParseVersion(text)
	if err != nil && text != "" {
		r.Problems.Errorf(n.Place(), source.CodeUnknownVersion, "flinkVersion %s", err)
	}
	return v
}

// SaysFleet reports whether a text is a Fleet, or means to be one.
func SaysFleet(f *source.File) bool {
	if !strings.Contains(f.Text, KindFleet) { // else it need not be parsed twice
		return false
	}
	docs, _ := source.Read(f)
	return len(docs) > 0 && docs[0].Kind() == source.Mapping && docs[0].TextOf("kind") == KindFleet
}
