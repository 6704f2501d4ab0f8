package document

import (
	"udfplan/graph/source"
)

// jobPath is where a History Server archive keeps the answer of /jobs/:jobid.
var jobPath = source.Pattern(`^/jobs/[0-9a-f]{32}$`)

// readArchive reads a History Server archive (FsJsonArchivist): REST answers as texts. Places in an answer count
// in that answer; its name says which.
func readArchive(c given) said {
	r := newFlinkReader(c)
	r.archive(c.doc)
	return r.said()
}

func (r *flinkReader) archive(doc source.Node) {
	for _, entry := range r.nodeList(doc.Field("archive"), "archive") {
		path, answer := r.required(entry, "path", "an entry of archive"), r.required(entry, "json", "an entry of archive")
		if !path.Valid() || !answer.Valid() || !jobPath().MatchString(path.Text()) {
			continue
		}
		r.file = source.NewFile(r.file.Name+"#"+path.Text(), []byte(r.planText(answer, "json")))
		docs, problems := source.Read(r.file)
		r.Problems = append(r.Problems, problems...)
		if len(docs) == 0 || problems.HasErrors() {
			return
		}
		r.job.Place = docs[0].Place()
		if docs[0].Kind() != source.Mapping {
			r.Problems.Errorf(docs[0].Place(), source.CodeWrongType, "the answer of /jobs/:jobid must be a mapping; found %s", docs[0].Describe())
			return
		}
		r.jobDetails(docs[0])
		return
	}
	if !r.Problems.HasErrors() {
		r.Problems.Errorf(doc.Place(), source.CodeMissingKey, "this archive has no entry with the path /jobs/:jobid")
	}
}
