package conf

import (
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// isREST reports whether documents are a list of which any item looks like an option.
func isREST(docs []source.Node) bool {
	if docs[0].Kind() != source.Sequence {
		return false
	}
	empty := true
	for item := range docs[0].Items() {
		if item.Field("key").Valid() || item.Field("value").Valid() {
			return true
		}
		empty = false
	}
	return empty
}

// readREST reads what Flink's REST interface answers at /jobmanager/config: a list of keys and values.
func readREST(docs []source.Node, _ Options) (Configuration, source.List) {
	doc := docs[0]
	var c Configuration
	var problems source.List
	if doc.Kind() != source.Sequence {
		problems.Errorf(doc.Place(), source.CodeWrongType, "the answer of /jobmanager/config must be a list; found %s", doc.Describe())
		return c, problems
	}
	for item := range doc.Items() {
		if item.Kind() != source.Mapping {
			problems.Errorf(item.Place(), source.CodeWrongType, "an option must be a mapping with key and value; found %s", item.Describe())
			continue
		}
		key, value := item.Field("key"), item.Field("value")
		if !isText(&problems, item, key, "key") || !isText(&problems, item, value, "value") {
			continue
		}
		c.Config = append(c.Config, flink.Entry{Key: key.Text(), Value: value.Text(), Place: key.Place(), ValuePlace: value.Place()})
	}
	return c, problems
}

// isText reports whether a field of an option is there and text.
func isText(problems *source.List, item, field source.Node, name string) bool {
	switch {
	case !field.Valid():
		problems.Errorf(item.Place(), source.CodeMissingKey, "an option has no %s", name)
	case field.Kind() != source.Text:
		problems.Errorf(field.Place(), source.CodeWrongType, "%s must be a text; found %s", name, field.Describe())
	default:
		return true
	}
	return false
}
