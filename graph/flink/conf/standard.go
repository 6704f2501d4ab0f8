package conf

import (
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// readStandard reads config.yaml as Flink from 1.19 on does (YamlParserUtils.loadYamlFile, then
// GlobalConfiguration.flatten). Nested keys are joined with dots, and the later of two spellings of one key
// counts. Values are texts as in Java: 010 is 10, 1e3 is 1000.0, a list is flow YAML. Where Flink refuses
// the file there is an error; the configuration beside it is what was good.
func readStandard(f *source.File) (flink.Config, source.List) {
	root, problems := source.ReadConfigYAML(f)
	r := confReader{problems: problems, made: map[*source.ConfigValue]*javaValue{}}
	if root == nil {
		return nil, problems
	}
	switch v := r.value(root); {
	case v.kind == javaMap:
		r.flatten("", v)
	case v.kind != javaNull && !r.problems.HasErrors():
		r.problems.Errorf(v.place, source.CodeWrongType, "a configuration must be a mapping; found %s", v.describe()).
			Hint = "write options as key: value, with a blank behind the colon"
	}
	return r.notNull(), r.problems
}

func (v *javaValue) describe() string {
	switch v.kind {
	case javaBool, javaInt, javaFloat:
		return v.kind.String() + " " + source.Excerpt(v.text)
	}
	return v.kind.String()
}

type confReader struct {
	problems source.List
	made     map[*source.ConfigValue]*javaValue // collections, which aliases share
	entries  flink.Config
	nulls    map[int]bool // of entries
	anchors  int          // numbers of anchors given in lists; Flink goes on counting over the life of its process
}

// value makes the Java value of a YAML value.
func (r *confReader) value(c *source.ConfigValue) *javaValue {
	if v := r.made[c]; v != nil {
		return v
	}
	v := &javaValue{place: c.Place}
	if c.Kind == source.Text {
		tag := c.Tag
		if c.Plain {
			tag = coreTag(c.Text)
		} else if tag == "" {
			tag = "!!str"
		}
		made, why := newScalar(tag, c.Text)
		if why != "" {
			r.problems.Errorf(c.Place, source.CodeBadYAMLValue, "Flink refuses this value: %s", why)
			made.kind = javaText
		}
		made.place = c.Place
		return &made
	}
	r.made[c] = v
	switch kind := c.Kind; {
	case kind == source.Sequence && (c.Tag == "" || c.Tag == "!!seq"):
		v.kind = javaList
	case kind == source.Mapping && (c.Tag == "" || c.Tag == "!!map"):
		v.kind = javaMap
	case kind == source.Mapping && c.Tag == "!!set":
		v.kind = javaSet
	default:
		r.problems.Errorf(c.Place, source.CodeBadYAMLValue, "Flink refuses this value: the tag %s does not fit it", source.Excerpt(c.Tag))
	}
	r.items(v, c)
	return v
}

func (r *confReader) items(v *javaValue, c *source.ConfigValue) {
	if c.Kind == source.Sequence {
		for _, item := range c.Items {
			v.items = append(v.items, r.value(item))
		}
		return
	}
	first := map[string]source.Place{}
	for i := 0; i+1 < len(c.Items); i += 2 {
		key, value := r.value(c.Items[i]), r.value(c.Items[i+1])
		same := string(rune('0'+key.kind)) + key.text
		if key.isCollection() {
			same += r.flow(key)
		}
		if at, twice := first[same]; twice {
			d := r.problems.Errorf(c.Items[i].Place, source.CodeDuplicateKey, "key %q is there twice", source.Excerpt(key.text))
			d.Related = []source.Related{{Place: at, Message: "first here"}}
			continue
		}
		first[same] = c.Items[i].Place
		v.items = append(v.items, key)
		if v.kind != javaSet {
			v.items = append(v.items, value)
		}
	}
}

// maxEntries bounds what aliases of mappings in mappings can make.
const maxEntries = 1_000_000

// flatten adds the options of a mapping; one that is empty adds nothing.
func (r *confReader) flatten(prefix string, m *javaValue) {
	for i := 0; i+1 < len(m.items); i += 2 {
		key, value := m.items[i], m.items[i+1]
		if key.kind != javaText && key.kind != javaNull {
			d := r.problems.Errorf(key.place, source.CodeKeyNotText, "a key must be text; found %s", key.describe())
			if !key.isCollection() {
				d.Hint = `quote it: "` + source.Excerpt(key.text) + `"`
			}
			continue
		}
		if len(r.entries) >= maxEntries {
			if !r.problems.Has(source.CodeAliasBomb) {
				r.problems.Errorf(key.place, source.CodeAliasBomb, "aliases make more than %d options of this file", maxEntries)
			}
			return
		}
		name := prefix + key.text
		if value.kind == javaMap {
			r.flatten(name+".", value)
			continue
		}
		if value.kind == javaNull {
			if r.nulls == nil {
				r.nulls = map[int]bool{}
			}
			r.nulls[len(r.entries)] = true
		}
		r.entries = append(r.entries, flink.Entry{Key: name, Value: r.text(value), Place: key.place, ValuePlace: value.place})
	}
}

// notNull are the options without those that are null, which Flink refuses if it is their last word.
func (r *confReader) notNull() flink.Config {
	if len(r.nulls) == 0 {
		return r.entries
	}
	last := make(map[string]int, len(r.entries))
	for i, e := range r.entries {
		last[e.Key] = i
	}
	var out flink.Config
	for i, e := range r.entries {
		switch {
		case !r.nulls[i]:
			out = append(out, e)
		case last[e.Key] == i:
			r.problems.Errorf(e.ValuePlace, source.CodeNullValue, "%s has no value; Flink refuses the file: Value must not be null.", e.Key).
				Hint = "leave the key out, or give it a value"
		}
	}
	return out
}
