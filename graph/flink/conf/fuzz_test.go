package conf

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// checkConf: every place is inside the file, and the same text gives the same again.
func checkConf(t *testing.T, f *source.File, read func(*source.File) (flink.Config, source.List)) {
	t.Helper()
	config, problems := read(f)
	places := []source.Place{}
	for _, e := range config {
		places = append(places, e.Place, e.ValuePlace)
	}
	for _, d := range problems {
		places = append(places, d.Place)
		for _, related := range d.Related {
			places = append(places, related.Place)
		}
	}
	for _, place := range places {
		offset, known := place.Pos.Offset()
		line, _ := f.Position(place.Pos)
		if place.File != f || line < 1 || known && offset > len(f.Text) {
			t.Errorf("place %v (offset %d) is not inside the file", place, offset)
		}
	}
	again, problemsAgain := read(&source.File{Name: f.Name, Text: f.Text})
	if diff := cmp.Diff(placed(config), placed(again)); diff != "" {
		t.Errorf("read twice:\n%s", diff)
	}
	if diff := cmp.Diff(told(problems), told(problemsAgain)); diff != "" {
		t.Errorf("read twice: problems:\n%s", diff)
	}
}

func FuzzLegacyConf(f *testing.F) {
	for _, seed := range []string{"a: 1\r\nb:2 # c\r: 3\n", "\uFEFFa: \xE2\x82\n", "password:x", "#", "a : : b"} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, early bool) {
		v := flink.Version{Major: 1, Minor: 20}
		if early {
			v = flink.Version{Major: 1, Minor: 10}
		}
		checkConf(t, &source.File{Name: "f", Text: text}, func(f *source.File) (flink.Config, source.List) { return readLegacy(f, v) })
	})
}

func FuzzStandardConf(f *testing.F) {
	for _, test := range asked {
		f.Add(test.text)
	}
	f.Add("\xFF\xFEa\x00:\x00 \x001\x00")
	f.Fuzz(func(t *testing.T, text string) {
		checkConf(t, &source.File{Name: "f", Text: text}, readStandard)
	})
}

// FuzzShapes: manifests, compose files, REST answers; with a name, and without.
func FuzzShapes(f *testing.F) {
	for _, row := range shapeRows {
		f.Add(row.text, row.name)
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		checkConf(t, &source.File{Name: "f", Text: text}, func(f *source.File) (flink.Config, source.List) {
			c, problems := Read(f, Options{Name: name})
			return c.Config, problems
		})
	})
}

// FuzzAnswers: whatever a cluster answers, and whatever a manifest holds, is read or refused.
func FuzzAnswers(f *testing.F) {
	files, _ := filepath.Glob("../../../testdata/flink/formats/*/rest/*.json")
	if len(files) == 0 {
		f.Fatal("no seeds")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"flink-version":"1.20.5","state_backend":"HashMapStateBackend","allocatedSlots":[{"jobId":"a"}]}`))
	f.Add([]byte("kind: List\napiVersion: v1\nitems: [{kind: FlinkDeployment, metadata: {name: a}, spec: {job: {args: [1]}}}]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		file := source.NewFile("answer", text)
		_, _ = ReadVersion(file)
		_, _ = ReadCheckpoints(file, flink.Version{})
		_, _ = ReadTaskManagers(file)
		_, _, _ = ReadHeld(file)
		_, _ = ReadDeployed(file, Options{})
	})
}
