package flink

import "udfplan/graph/source"

// ConfSyntax is how a configuration file of Flink is read.
type ConfSyntax uint8

// Flink up to 1.20 reads flink-conf.yaml line by line; from 1.19 on it reads config.yaml as YAML, 1.19 and
// 1.20 only where there is no flink-conf.yaml.
const (
	LegacyConf   ConfSyntax = iota // flink-conf.yaml
	StandardConf                   // config.yaml
)

// String is the name of the file that Flink reads with the syntax.
func (s ConfSyntax) String() string { return [...]string{"flink-conf.yaml", "config.yaml"}[s] }

// ReadRESTConfig reads what Flink's REST interface answers at /jobmanager/config: a list of keys and values.
func ReadRESTConfig(doc source.Node) (Config, source.List) {
	var c Config
	var problems source.List
	if doc.Kind() != source.Sequence {
		problems.Errorf(doc.Place(), "wrong-type", "the answer of /jobmanager/config must be a list; found %s", doc.Describe())
		return nil, problems
	}
	for item := range doc.Items() {
		if item.Kind() != source.Mapping {
			problems.Errorf(item.Place(), "wrong-type", "an option must be a mapping with key and value; found %s", item.Describe())
			continue
		}
		key, value := item.Field("key"), item.Field("value")
		if !isText(&problems, item, key, "key") || !isText(&problems, item, value, "value") {
			continue
		}
		c = append(c, Entry{Key: key.Text(), Value: value.Text(), Place: key.Place(), ValuePlace: value.Place()})
	}
	return c, problems
}

// isText tells whether a field of an option is there and text.
func isText(problems *source.List, item, field source.Node, name string) bool {
	switch {
	case !field.Valid():
		problems.Errorf(item.Place(), "missing-key", "an option has no %s", name)
	case field.Kind() != source.Text:
		problems.Errorf(field.Place(), "wrong-type", "%s must be a text; found %s", name, field.Describe())
	default:
		return true
	}
	return false
}
