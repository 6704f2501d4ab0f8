package conf

import (
	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// What a running cluster says of itself beside its configuration. The files are answers of Flink's REST interface
// (docs/flink-formats.md 3); keys that are not known are passed over.

// TaskManager is one that runs.
type TaskManager struct {
	ID    string
	Slots int64
	Free  int64 // slots that no job holds
	// Config are options that say its memory as it is: of origin flink.FromCluster, and without anything left to derive.
	Config flink.Config
	Place  source.Place
}

// ReadTaskManagers reads the answer of /taskmanagers, in its order.
func ReadTaskManagers(f *source.File) (all []TaskManager, problems source.List) {
	doc, problems := answer(f, "/taskmanagers")
	if !doc.Valid() {
		return nil, problems
	}
	list := doc.Field("taskmanagers")
	if !list.Valid() || list.Kind() != source.Sequence {
		problems.Errorf(placeOf(doc, list), source.CodeMissingKey, "the answer of /taskmanagers has no list taskmanagers")
		return nil, problems
	}
	for item := range list.Items() {
		if !isTaskManager(item) {
			refuseTaskManager(&problems, item)
			continue
		}
		c, said := readTaskManager(item)
		problems = append(problems, said...)
		tm := TaskManager{ID: c.Name, Config: c.Config.From(flink.FromCluster), Place: item.Place()}
		tm.Slots, _ = item.Field("slotsNumber").Int()
		if free := item.Field("freeSlots"); free.Valid() {
			tm.Free, _ = free.Int()
		}
		all = append(all, tm)
	}
	return all, problems
}

// ReadHeld reads from the answer of /taskmanagers/:id which jobs hold how many of its slots, by id; false where it does not say
// (before 1.13).
func ReadHeld(f *source.File) (held map[string]int64, said bool, problems source.List) {
	doc, problems := answer(f, "/taskmanagers/:id")
	if !doc.Valid() {
		return nil, false, problems
	}
	slots := doc.Field("allocatedSlots")
	if !slots.Valid() || slots.Kind() != source.Sequence {
		return nil, false, problems
	}
	held = map[string]int64{}
	for slot := range slots.Items() {
		if slot.Kind() != source.Mapping || slot.TextOf("jobId") == "" {
			problems.Errorf(slot.Place(), source.CodeMissingKey, "an entry of allocatedSlots has no jobId")
			continue
		}
		held[slot.TextOf("jobId")]++
	}
	return held, true, problems
}

// ReadVersion reads the Flink version from the answer of /config. One that is none of a release, such as 2.4-SNAPSHOT, is taken by
// its number.
func ReadVersion(f *source.File) (flink.Version, source.List) {
	doc, problems := answer(f, "/config")
	if !doc.Valid() {
		return flink.Version{}, problems
	}
	text := doc.Field("flink-version")
	if !text.Valid() || text.Kind() != source.Text {
		problems.Errorf(placeOf(doc, text), source.CodeMissingKey, "the answer of /config has no flink-version")
		return flink.Version{}, problems
	}
	version, err := flink.ParseVersion(releaseOf(text.Text()))
	if err != nil {
		problems.Errorf(text.Place(), source.CodeUnknownVersion, "flink-version %s", err)
	}
	return version, problems
}

// releaseOf is a version without what vendors and builds hang behind it.
var release = source.Pattern(`^\d+\.\d+(?:\.\d+)?`)

func releaseOf(text string) string {
	if found := release().FindString(text); found != "" {
		return found
	}
	return text
}

// backends are the words for state backends (StateBackend's class names, `state_backend` of /jobs/:id/checkpoints/config since
// 1.13), with the value of their option.
var backends = map[string]string{
	"EmbeddedRocksDBStateBackend": "rocksdb",
	"RocksDBStateBackend":         "rocksdb",
	"HashMapStateBackend":         "hashmap",
	"MemoryStateBackend":          "hashmap",
	"FsStateBackend":              "hashmap",
	"ForStStateBackend":           "forst",
}

// ReadCheckpoints reads from the answer of /jobs/:id/checkpoints/config what the job itself has set: its state backend, as an option
// of origin flink.FromJob. A backend of somebody else's, or none (before 1.13), sets nothing.
func ReadCheckpoints(f *source.File, v flink.Version) (flink.Config, source.List) {
	doc, problems := answer(f, "/jobs/:id/checkpoints/config")
	if !doc.Valid() {
		return nil, problems
	}
	backend := doc.Field("state_backend")
	if !backend.Valid() {
		return nil, problems
	}
	name := backends[doc.TextOf("state_backend")]
	if name == "" {
		return nil, problems
	}
	key := flink.KeyStateBackend
	if flink.StateBackendTypeKey.In(v) {
		key = flink.KeyStateBackendType
	}
	entry := flink.Entry{Key: key, Value: name, Place: backend.Place(), ValuePlace: backend.Place()}
	return flink.Config{entry}.From(flink.FromJob), problems
}

// answer is the one mapping that an answer has to be; not Valid where it is none, which is told.
func answer(f *source.File, path string) (source.Node, source.List) {
	docs, problems := source.Read(f)
	if problems.HasErrors() || len(docs) == 0 {
		return source.Node{}, problems
	}
	if docs[0].Kind() != source.Mapping {
		problems.Errorf(docs[0].Place(), source.CodeWrongType, "the answer of %s must be a mapping; found %s", path, docs[0].Describe())
		return source.Node{}, problems
	}
	return docs[0], problems
}

// placeOf is where something is missing: its own place, or that of the mapping which lacks it.
func placeOf(doc, n source.Node) source.Place {
	if n.Valid() {
		return n.Place()
	}
	return doc.Place()
}
