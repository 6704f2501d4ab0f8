// Package schema has what a document of udfplan's own may hold, as data: its keys, what each of them takes, and a sentence for people.
// The readers have such a table beside them and take from it which keys there are; spec/render writes it as JSON Schema for editors.
// Start with Mapping.
package schema

// JobLine is the comment by which editors with YAML support find the schema of a job file: where udfplan schema is told to write it, beside
// the file. A path, because a schema of the program that reads the file is better than one of some address, and needs no network. It
// stands in every document of a file: yaml-language-server looks for one in each.
const JobLine = "# yaml-language-server: $schema=./udfplan-job.schema.json"

// Kind is what a value is, as the readers' decoders tell it.
type Kind uint8

// The kinds, by what a decoder takes.
const (
	Text      Kind = iota // text that is not empty
	AnyText               // text that may be empty
	Scalar                // text, a number or a boolean, by its source text
	Boolean               // true or false
	Integer               // a plain decimal between Low and High
	Size                  // a memory size of at least Low bytes; Low -1: or the number -1
	Word                  // one of Words
	Constant              // Words[1], and nothing else
	GroupName             // text without #
	Version               // a version of Flink
	Cores                 // a number of CPU cores
	Day                   // a day that exists
	Sequence              // a list of Item, of at least Low
	Fields                // the mapping Of
	TrueOr                // true, false or the mapping Of
	TextOr                // text or the mapping Of
)

// Value says what a key takes, or an entry of a list.
type Value struct {
	Kind      Kind
	Low, High int64
	// Words are those that are allowed, behind an empty one that stands for "not said", as in graph.ModeWords.
	Words []string
	Item  *Value
	Of    *Mapping
}

// Key is one key of a mapping.
type Key struct {
	Name  string
	Value Value
	// Doc is what it means, in one or two sentences with their full stops.
	Doc      string
	Required bool
	// Needs are keys that have to be there where this one is.
	Needs []string
	// Example is a value that shows how it is written; empty where the kind has one of its own.
	Example string
}

// Mapping is what a mapping may hold.
type Mapping struct {
	Doc  string
	Keys []Key
	// Either has keys of which one at least has to be there, and not be an empty list.
	Either []string
	// Others is what any other key takes; nil: no other key is allowed.
	Others *Value
}

// Names are the keys in order: what an error lists as allowed.
func (m *Mapping) Names() []string {
	names := make([]string, len(m.Keys))
	for i := range m.Keys {
		names[i] = m.Keys[i].Name
	}
	return names
}

// Required are the keys that have to be there, in order.
func (m *Mapping) Required() (names []string) {
	for i := range m.Keys {
		if m.Keys[i].Required {
			names = append(names, m.Keys[i].Name)
		}
	}
	return names
}

// AllNames are the names of all keys of a mapping and of those in it, in order.
func (m *Mapping) AllNames() (names []string) {
	for i := range m.Keys {
		names = append(names, m.Keys[i].Name)
		for v := &m.Keys[i].Value; v != nil; v = v.Item {
			if v.Of != nil {
				names = append(names, v.Of.AllNames()...)
			}
		}
	}
	return names
}
