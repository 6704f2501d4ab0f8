package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"math"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"udfplan/graph"
	"udfplan/graph/document"
	"udfplan/graph/schema"
	"udfplan/graph/source"
	"udfplan/spec/capacity"
	"udfplan/spec/measure"
	"udfplan/spec/policy"
)

// documentReaders read the documents of documentSchemas.
var documentReaders = map[string]func(*source.File) source.List{
	"job":         func(f *source.File) source.List { _, problems := document.Read(f, graph.Options{}); return problems },
	"limits":      func(f *source.File) source.List { _, problems := policy.ReadLimits(f); return problems },
	"fleet":       func(f *source.File) source.List { _, problems := capacity.ReadFleet(f); return problems },
	"measurement": func(f *source.File) source.List { _, problems := measure.Read(f); return problems },
}

// shapeCodes are what a schema can see. All else is about meaning.
var shapeCodes = []string{source.CodeUnknownKey, source.CodeWrongType, source.CodeUnknownWord, source.CodeMissingKey, source.CodeOutOfRange, source.CodeEmptyValue,
	source.CodeBadSize, source.CodeUnknownVersion, source.CodeBadDate, source.CodeUnknownRule, source.CodeBadGroup}

// otherCodes are what a reader says of a bad value where it takes it for something else: an empty id for that of an operator, a kind for
// that of another document.
var otherCodes = []string{source.CodeUnknownInput, source.CodeUnsupportedDocument}

// emptyVersion is the one text that a reader takes, as no version, and the schema does not.
const emptyVersion = `{"clusters": [{"flinkVersion": "", "name": "x", "flinkConf": "x"}], "apiVersion": "udfplan/v1", "kind": "Fleet"}`

// TestSchemas: the words of the command are the documents, and each schema is JSON that says what every key means.
func TestSchemas(t *testing.T) {
	field, _ := reflect.TypeFor[schemaCommand]().FieldByName("Document")
	var names []string
	for _, row := range documentSchemas {
		names = append(names, row.name)
		out, _ := udfplan(t, exitWell, "", "schema", row.name)
		var read map[string]any
		if err := json.Unmarshal([]byte(out), &read); err != nil || read["title"] != row.title {
			t.Errorf("%s: %v, title %v", row.name, err, read["title"])
		}
		if again, _ := udfplan(t, exitWell, "", "schema", row.name); again != out {
			t.Errorf("%s: differs from run to run", row.name)
		}
		described(t, row.name, row.of())
	}
	if enum := field.Tag.Get("enum"); enum != strings.Join(names, ",") {
		t.Errorf("the command has %s, the table %s", enum, names)
	}
}

// TestSchemaLine: import, export and the help of schema name the same file, and it is read again as a comment.
func TestSchemaLine(t *testing.T) {
	out, _ := udfplan(t, exitWell, "operators: [{id: a}]\n---\noperators: [{id: b}]", "import", "-")
	if n := strings.Count("\n"+out, "\n"+schema.JobLine+"\n"); n != 2 || !strings.HasPrefix(out, schema.JobLine) {
		t.Errorf("%d lines in two documents:\n%s", n, out)
	}
	if again, _ := udfplan(t, exitWell, out, "import", "-"); again != out {
		t.Errorf("imported again:\n%s", again)
	}
	_, path, _ := strings.Cut(schema.JobLine, "=./")
	for _, text := range []string{exporterProgram, schemaCommand{}.Help()} {
		if !strings.Contains(text, schema.JobLine) || !strings.Contains(text, "udfplan schema job > "+path) {
			t.Errorf("%s is not in %.300s", schema.JobLine, text)
		}
	}
}

// described checks that a mapping and its keys are explained in sentences.
func described(t *testing.T, path string, m *schema.Mapping) {
	t.Helper()
	for i := range m.Keys {
		k := &m.Keys[i]
		if len(k.Doc) < 10 || !strings.HasSuffix(k.Doc, ".") || strings.Contains(k.Doc, "..") {
			t.Errorf("%s.%s is explained by %q", path, k.Name, k.Doc)
		}
		for v := &k.Value; v != nil; v = v.Item {
			if v.Of != nil {
				described(t, path+"."+k.Name, v.Of)
			}
		}
	}
}

// probe is a document with one value in it that is tried.
type probe struct {
	text, path string
	good       bool
}

// TestSchemasAgreeWithReaders: of every key, its reader takes what its row says and refuses what it does not.
func TestSchemasAgreeWithReaders(t *testing.T) {
	for _, row := range documentSchemas {
		var probes []probe
		probesOf(row.of(), row.name, func(text string) string { return text }, &probes)
		if len(probes) < 50 {
			t.Errorf("%s: only %d values were tried", row.name, len(probes))
		}
		for _, p := range probes {
			writeProbe(t, row.name, p)
			problems := documentReaders[row.name](source.NewFile("f", []byte(p.text)))
			refused := slices.ContainsFunc(problems, func(d source.Diagnostic) bool {
				return d.Severity == source.Error && (slices.Contains(shapeCodes, d.Code) || !p.good && slices.Contains(otherCodes, d.Code))
			})
			if refused == p.good && p != (probe{emptyVersion, "fleet.clusters.flinkVersion", false}) {
				t.Errorf("%s: good %v by its row; the reader says %v of\n%s", p.path, p.good, problems, p.text)
			}
		}
	}
}

// writeProbe adds a probe to the file that UDFPLAN_PROBES names, a line each: .ci/gate shows them to a real validator.
func writeProbe(t *testing.T, name string, p probe) {
	t.Helper()
	path := os.Getenv("UDFPLAN_PROBES")
	if path == "" {
		return
	}
	line, err := json.Marshal(map[string]any{"document": name, "text": p.text, "good": p.good})
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}

// probesOf tries every key of a mapping; around makes a document of the mapping's text.
func probesOf(m *schema.Mapping, path string, around func(string) string, probes *[]probe) {
	*probes = append(*probes, probe{around(least(m, nil)), path, true}, probe{around(least(m, &schema.Key{Name: "colour"}, `"x"`)), path + ".colour", m.Others != nil})
	for _, name := range m.Required() {
		*probes = append(*probes, probe{around(leastWithout(m, name)), path + " without " + name, false})
	}
	for i := range m.Keys {
		k := &m.Keys[i]
		with := func(value string) string { return around(least(m, k, value)) }
		for v, inner := &k.Value, with; v != nil; v = v.Item {
			here := inner
			for _, value := range goodValues(v) {
				*probes = append(*probes, probe{here(value), path + "." + k.Name, true})
			}
			for _, value := range badValues(v) {
				*probes = append(*probes, probe{here(value), path + "." + k.Name, false})
			}
			if v.Of != nil {
				probesOf(v.Of, path+"."+k.Name, here, probes)
			}
			inner = func(value string) string { return here("[" + value + "]") }
		}
	}
}

// least is the smallest mapping that is allowed, with a value for one of its keys.
func least(m *schema.Mapping, k *schema.Key, value ...string) string {
	fields, needed := []string{}, m.Required()
	if k != nil {
		fields = append(fields, strconv.Quote(k.Name)+": "+value[0])
		needed = append(needed, k.Needs...)
	}
	if len(m.Either) > 0 && (k == nil || !slices.Contains(m.Either, k.Name)) {
		needed = append(needed, m.Either[0])
	}
	if k != nil && k.Name == "jobs" { // an empty list is allowed beside a configuration
		needed = append(needed, m.Either[0])
	}
	for i := range m.Keys {
		if name := m.Keys[i].Name; slices.Contains(needed, name) && (k == nil || name != k.Name) {
			fields = append(fields, strconv.Quote(name)+": "+leastValue(&m.Keys[i].Value))
		}
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// leastWithout is the same without a key that is needed.
func leastWithout(m *schema.Mapping, name string) string {
	without := *m
	without.Keys = slices.DeleteFunc(slices.Clone(m.Keys), func(k schema.Key) bool { return k.Name == name })
	return least(&without, nil)
}

func leastValue(v *schema.Value) string { return goodValues(v)[0] }

// goodValues are values that a row allows, those at its bounds among them.
func goodValues(v *schema.Value) (values []string) {
	switch v.Kind {
	case schema.Text, schema.GroupName:
		return []string{`"x"`, `"7"`}
	case schema.AnyText:
		return []string{`"x"`, `""`}
	case schema.Scalar:
		return []string{`"x"`, "1.5", "true"}
	case schema.Boolean:
		return []string{"true", "false"}
	case schema.Integer:
		return []string{strconv.FormatInt(v.Low, 10), strconv.FormatInt(v.High, 10)}
	case schema.Size:
		return []string{strconv.FormatInt(max(v.Low, 0), 10), strconv.FormatInt(v.Low, 10), `" 1 MB "`, `"7"`, strconv.FormatInt(math.MaxInt64, 10)}
	case schema.Word, schema.Constant:
		for _, word := range v.Words[1:] {
			values = append(values, strconv.Quote(word))
		}
		return values
	case schema.Version:
		return []string{`"1.20"`, "1.10", "1.20", "2.0", `"2.3.1"`}
	case schema.Cores:
		return []string{"1", "0.5", "0.00000001", "1000000000"}
	case schema.Day:
		return []string{`"2028-02-29"`}
	case schema.Sequence:
		values = []string{"[" + leastValue(v.Item) + "]"}
		if v.Low == 0 {
			values = append(values, "[]")
		}
		return values
	case schema.TrueOr:
		return []string{"true", "false", least(v.Of, nil)}
	case schema.TextOr:
		return []string{`"x"`, least(v.Of, nil)}
	}
	return []string{least(v.Of, nil)}
}

// badValues are values that a row does not allow.
func badValues(v *schema.Value) []string {
	bad := []string{"null"}
	is := func(kinds ...schema.Kind) bool { return slices.Contains(kinds, v.Kind) }
	add := func(unless bool, values ...string) {
		if !unless {
			bad = append(bad, values...)
		}
	}
	add(is(schema.Fields, schema.TrueOr, schema.TextOr), "{}")
	add(is(schema.Sequence), "[]")
	add(is(schema.Scalar, schema.Boolean, schema.TrueOr), "true")
	add(is(schema.Scalar, schema.Text, schema.AnyText, schema.GroupName, schema.TextOr), `"no such value"`)
	add(is(schema.Scalar, schema.Cores), "1.5")
	add(!is(schema.Text, schema.GroupName, schema.Word, schema.Size, schema.Version, schema.Day), `""`)
	add(!is(schema.GroupName), `"a#b"`)
	add(!is(schema.Integer), fmt.Sprint(v.Low-1))
	add(!is(schema.Integer) || v.High == math.MaxInt64, fmt.Sprint(v.High+1))
	add(!is(schema.Size), fmt.Sprint(v.Low-1), "99999999999999999999", `"1 parsec"`)
	add(!is(schema.Cores), "0", "-1", "1000000001")
	add(!is(schema.Version), "1.9", "1.21", `"1.9"`, `"1.21"`)
	add(!is(schema.Day), `"2027-02-30"`)
	add(!is(schema.Word, schema.Constant), `"X"`)
	return bad
}

// TestReadersTakeTheirTables: the cases of a reader's switch are the rows of the table that its default names.
func TestReadersTakeTheirTables(t *testing.T) {
	tables, switches := map[string][]string{}, map[string][]string{}
	for name, file := range goFiles(t, 0) {
		ast.Inspect(file, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.ValueSpec:
				if strings.HasSuffix(n.Names[0].Name, "Keys") && len(n.Values) == 1 {
					tables[tableOf(name, n.Names[0].Name)] = rowNames(n.Values[0])
				}
			case *ast.SwitchStmt:
				if table, cases := keySwitch(n); table != "" {
					switches[tableOf(name, table)] = cases
				}
			}
			return true
		})
	}
	if len(switches) < 13 {
		t.Errorf("only %d readers: %v", len(switches), switches)
	}
	for name, cases := range switches {
		if want := tables[name]; !slices.Equal(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(cases))) {
			t.Errorf("%s has %v, and its reader takes %v", name, want, cases)
		}
	}
}

func tableOf(file, name string) string { return file[:strings.LastIndex(file, "/")] + "." + name }

// rowNames are the names in a table of keys, without those of tables in it.
func rowNames(table ast.Expr) (names []string) {
	ast.Inspect(table, func(node ast.Node) bool {
		if pair, is := node.(*ast.KeyValueExpr); is {
			if literal, text := pair.Value.(*ast.BasicLit); text && pair.Key.(*ast.Ident).Name == "Name" {
				name, _ := strconv.Unquote(literal.Value)
				names = append(names, name)
			}
		}
		return true
	})
	return names
}

// keySwitch is the table that the default of a switch over keys names, and the cases of the switch.
func keySwitch(n *ast.SwitchStmt) (table string, cases []string) {
	for _, statement := range n.Body.List {
		clause := statement.(*ast.CaseClause)
		for _, one := range clause.List {
			if literal, text := one.(*ast.BasicLit); text {
				name, _ := strconv.Unquote(literal.Value)
				cases = append(cases, name)
			}
		}
		if clause.List != nil {
			continue
		}
		ast.Inspect(clause, func(node ast.Node) bool {
			if of, is := node.(*ast.SelectorExpr); is && of.Sel.Name == "Names" {
				if name, is := of.X.(*ast.Ident); is {
					table = name.Name
				}
			}
			return true
		})
	}
	return table, cases
}
