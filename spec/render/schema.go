package render

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/schema"
)

// schemaDialect is draft 7 of JSON Schema: the newest that every editor's YAML support reads whole.
const schemaDialect = "http://json-schema.org/draft-07/schema#"

// WriteSchema writes what a document holds as JSON Schema, for editors and validators. Nothing in it refers to another part or to
// another file: a reader needs no network, and what a key takes stands at the key.
func WriteSchema(w io.Writer, title string, document *schema.Mapping) error {
	var compact, indented bytes.Buffer
	e := emitter{w: &compact, json: true}
	e.flow()
	e.keyText("$schema", schemaDialect)
	e.keyText("title", title)
	s := schemaWriter{&e}
	s.keyOf(&schema.Key{Doc: document.Doc, Value: schema.Value{Kind: schema.Fields, Of: document}})
	e.close()
	_ = e.flush() // a buffer takes all
	if err := json.Indent(&indented, compact.Bytes(), "", "  "); err != nil {
		return err
	}
	indented.WriteByte('\n')
	_, err := w.Write(indented.Bytes())
	return err
}

// schemaWriter writes the keywords of one value after the other into the mapping that is open.
type schemaWriter struct{ *emitter }

// keyOf writes what one key takes.
func (s schemaWriter) keyOf(k *schema.Key) {
	s.keyText("description", k.Doc)
	s.valueOf(&k.Value)
	if example := exampleOf(k); example != "" {
		s.flowSequenceAt("examples")
		s.next()
		s.text(example)
		s.close()
	}
}

// exampleOf is a value that shows how a text is written; empty where words or numbers say it.
func exampleOf(k *schema.Key) string {
	switch {
	case k.Example != "":
		return k.Example
	case k.Value.Kind == schema.Size:
		return "256mb"
	case k.Value.Kind == schema.Version:
		_, last, _ := flink.VersionBounds()
		return last.String()
	case k.Value.Kind == schema.Day:
		return "2027-01-31"
	}
	return ""
}

// types are JSON's names of what a kind takes.
var types = map[schema.Kind][]string{
	schema.Text: {"string"}, schema.AnyText: {"string"}, schema.GroupName: {"string"}, schema.Day: {"string"},
	schema.Word: {"string"}, schema.Constant: {"string"},
	schema.Scalar: {"string", "number", "boolean"}, schema.Version: {"string", "number"}, schema.Size: {"string", "integer"},
	schema.Boolean: {"boolean"}, schema.Integer: {"integer"}, schema.Cores: {"number"},
	schema.Sequence: {"array"}, schema.Fields: {"object"}, schema.TrueOr: {"boolean", "object"}, schema.TextOr: {"string", "object"},
}

// valueOf writes a value's type and bounds. A keyword only speaks of values of its own type, so that alternatives of several types need
// no anyOf, whose errors nobody can read.
func (s schemaWriter) valueOf(v *schema.Value) {
	s.types(types[v.Kind])
	switch v.Kind {
	case schema.Text, schema.TextOr:
		s.integerAt("minLength", 1)
	case schema.GroupName:
		s.integerAt("minLength", 1)
		s.pattern("^[^#]*$", "a name without #")
	case schema.Day:
		s.keyText("format", "date")
		s.pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a day such as 2027-01-31")
	case schema.Integer:
		s.bounds(v.Low, v.High)
	case schema.Size:
		s.bounds(v.Low, math.MaxInt64)
		s.pattern(flink.SizePattern(v.Low > 0), "a memory size such as 79mb, 1gb, 512kb, or a number of bytes")
	case schema.Version:
		s.version()
	case schema.Cores:
		s.number("minimum", (flink.CPUCores(1)).String())
		s.number("maximum", (flink.MostCores * flink.Core).String())
	case schema.Word:
		s.words("enum", v.Words[1:])
	case schema.Constant:
		s.keyText("const", v.Words[1])
	case schema.Sequence:
		s.listOf(v)
	}
	if v.Of != nil {
		s.mappingOf(v.Of)
	}
}

func (s schemaWriter) types(names []string) {
	if len(names) == 1 {
		s.keyText("type", names[0])
		return
	}
	s.words("type", names)
}

func (s schemaWriter) words(key string, words []string) {
	s.flowSequenceAt(key)
	for _, word := range words {
		s.next()
		s.text(word)
	}
	s.close()
}

func (s schemaWriter) bounds(low, high int64) {
	s.integerAt("minimum", low)
	s.integerAt("maximum", high)
}

func (s schemaWriter) integerAt(key string, n int64) {
	s.key(key)
	s.integer(n)
}

// number writes a number that has decimals.
func (s schemaWriter) number(key, text string) {
	s.key(key)
	s.raw([]byte(text))
}

// pattern writes a pattern, and what VS Code says where a text does not match it.
func (s schemaWriter) pattern(pattern, wanted string) {
	s.keyText("pattern", pattern)
	s.keyText("patternErrorMessage", "Wanted is "+wanted+".")
}

// version: without quotes a version is a number, and 1.20 the same as 1.2; there is none between 1.20 and 2.0.
func (s schemaWriter) version() {
	first, last, next := flink.VersionBounds()
	s.pattern(flink.VersionPattern(), "a version of Flink such as 1.20, in quotes")
	s.number("minimum", strings.TrimRight(first.String(), "0"))
	s.flowAt("not")
	s.keyText("type", "number")
	s.number("exclusiveMinimum", strings.TrimRight(last.String(), "0"))
	s.number("exclusiveMaximum", next.String())
	s.close()
}

func (s schemaWriter) listOf(v *schema.Value) {
	if v.Low > 0 {
		s.integerAt("minItems", v.Low)
	}
	s.flowAt("items")
	if v.Item.Of != nil {
		s.keyText("description", v.Item.Of.Doc)
	}
	s.valueOf(v.Item)
	s.close()
}

// mappingOf writes the keys of a mapping, and which of them have to be there.
func (s schemaWriter) mappingOf(m *schema.Mapping) {
	if m.Others == nil {
		s.key("additionalProperties")
		s.boolean(false)
	} else {
		s.flowAt("additionalProperties")
		s.valueOf(m.Others)
		s.close()
	}
	if required := m.Required(); required != nil {
		s.words("required", required)
	}
	s.either(m)
	s.needs(m)
	s.flowAt("properties")
	for i := range m.Keys {
		s.flowAt(m.Keys[i].Name)
		s.keyOf(&m.Keys[i])
		s.close()
	}
	s.close()
}

// either asks for one of some keys; an empty list is as good as none.
func (s schemaWriter) either(m *schema.Mapping) {
	if m.Either == nil {
		return
	}
	s.flowSequenceAt("anyOf")
	for i := range m.Keys {
		k := &m.Keys[i]
		if !slices.Contains(m.Either, k.Name) {
			continue
		}
		s.next()
		s.flow()
		s.words("required", []string{k.Name})
		if k.Value.Kind == schema.Sequence {
			s.flowAt("properties")
			s.flowAt(k.Name)
			s.integerAt("minItems", 1)
			s.close()
			s.close()
		}
		s.close()
	}
	s.close()
}

// needs asks for keys that have to be there beside others.
func (s schemaWriter) needs(m *schema.Mapping) {
	open := false
	for i := range m.Keys {
		if m.Keys[i].Needs == nil {
			continue
		}
		if !open {
			s.flowAt("dependencies")
			open = true
		}
		s.words(m.Keys[i].Name, m.Keys[i].Needs)
	}
	if open {
		s.close()
	}
}
