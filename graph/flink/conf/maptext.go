package conf

import "udfplan/graph/source"

// Pair is an entry of an option that is a map, as texts.
type Pair struct{ Key, Value string }

// ReadMap reads the text of an option that is a map as YAML, as Flink from 1.19 on tries it first
// (YamlParserUtils.convertToObject, toYAMLString). false: Flink cannot, or a key or value is null.
func ReadMap(text string) (pairs []Pair, ok bool) {
	root, problems := source.ReadConfigYAML(&source.File{Text: text})
	if root == nil || len(problems) > 0 {
		return nil, false
	}
	r := confReader{made: map[*source.ConfigValue]*javaValue{}}
	v := r.value(root)
	if v.kind != javaMap || len(r.problems) > 0 {
		return nil, false
	}
	for i := 0; i+1 < len(v.items); i += 2 {
		key, value := v.items[i], v.items[i+1]
		if key.kind == javaNull || value.kind == javaNull {
			return nil, false
		}
		pairs = append(pairs, Pair{r.text(key), r.text(value)})
	}
	return pairs, true
}
