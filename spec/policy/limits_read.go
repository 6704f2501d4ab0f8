package policy

import (
	"math"
	"regexp"
	"slices"

	"udfplan/graph"
	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec"
)

// ReadLimits reads a limits file (design.md 4.3). It is worth using only if no problem is an error.
func ReadLimits(f *source.File) (*Limits, source.List) {
	docs, problems := source.Read(f)
	r := limitsReader{limits: &Limits{}}
	r.Problems = problems
	if len(docs) > 1 {
		r.Problems.Errorf(docs[1].Place(), source.CodeSecondDocument, "a limits file is one document; found another")
	}
	if len(docs) > 0 {
		r.limits.Place = docs[0].Place()
	}
	if len(docs) > 0 && r.Mapping(docs[0], "a limits file") && !r.isOther(docs[0]) {
		r.file(docs[0])
	}
	r.limits.index()
	return r.limits, r.Problems
}

// isOther refuses a document that says that it is something else: a job, a plan.
func (r *limitsReader) isOther(doc source.Node) bool {
	what, kind := "", doc.Field("kind")
	switch {
	case kind.Valid() && kind.Kind() == source.Text && kind.Text() != "Limits":
		if _, near := source.Nearest(kind.Text(), []string{"Limits"}); near {
			return false // mistyped
		}
		what = "a document of kind " + source.Excerpt(kind.Text())
	case doc.Field("operators").Valid():
		what = "a job file"
	default:
		return false
	}
	r.Problems.Errorf(doc.Place(), source.CodeUnsupportedDocument, "this is %s, which udfplan does not read as limits", what).
		Hint = "a job is judged by a limits file: udfplan check job.yaml --limits limits.yaml"
	return true
}

type limitsReader struct {
	flink.Decoder
	limits *Limits
}

func (r *limitsReader) file(doc source.Node) {
	for key, value := range doc.Fields() {
		switch key.Text() {
		case "apiVersion":
			r.Constant(value, "apiVersion", graph.APIVersion)
		case "kind":
			r.Constant(value, "kind", "Limits")
		case "limits":
			r.limits.base = r.set(value)
		case "severities":
			r.limits.levels = r.severities(value)
		case "overrides":
			for item := range r.list(value, "overrides") {
				r.override(item)
			}
		case "waivers":
			for item := range r.list(value, "waivers") {
				r.waiver(item)
			}
		default:
			r.UnknownKey(key, "a limits file", fileKeys.Names())
		}
	}
}

// list are the mappings of a list; whatever else is in it is reported.
func (r *limitsReader) list(n source.Node, what string) func(yield func(source.Node) bool) {
	return func(yield func(source.Node) bool) {
		if n.Kind() != source.Sequence {
			r.WrongType(n, what, "a list")
			return
		}
		for item := range n.Items() {
			if r.Mapping(item, "an entry of "+what) && !yield(item) {
				return
			}
		}
	}
}

// set reads limits by scope and key.
func (r *limitsReader) set(n source.Node) (set limitSet) {
	if !r.Mapping(n, "limits") {
		return set
	}
	set = limitSet{}
	known := scopes()
	for scope, keys := range n.Fields() {
		allowed := keysOf(scope.Text())
		if len(allowed) == 0 {
			r.UnknownKey(scope, "limits", known)
			continue
		}
		if !r.Mapping(keys, "the limits of "+scope.Text()) {
			continue
		}
		for key, value := range keys.Fields() {
			if rule := limitOf(scope.Text(), key.Text()); rule != nil {
				set[rule] = r.limit(rule.Bounds, value)
			} else {
				r.UnknownKey(key, "the limits of "+scope.Text(), allowed)
			}
		}
	}
	return set
}

func (r *limitsReader) limit(bounds *Bounds, n source.Node) Limit {
	what := bounds.Scope + "." + bounds.Key
	if bounds.Bytes {
		return Limit{Most: spec.Bytes(r.Size(n, what)), Place: n.Place()}
	}
	most, _ := r.Int(n, what, 0, math.MaxInt64)
	return Limit{Most: spec.Count(most), Place: n.Place()}
}

func (r *limitsReader) override(n source.Node) {
	var o override
	for key, value := range n.Fields() {
		switch key.Text() {
		case "job":
			o.name, o.job = value.Text(), r.glob(value, "job")
		case "limits":
			o.limits = r.set(value)
		case "severities":
			o.levels = r.severities(value)
		default:
			r.UnknownKey(key, "an override", overrideKeys.Names())
		}
	}
	for _, key := range overrideKeys.Required() {
		r.need(n, key, "an override")
	}
	if !slices.ContainsFunc(overrideKeys.Either, func(key string) bool { return n.Field(key).Valid() }) {
		r.need(n, "limits", "an override")
	}
	if o.job != nil {
		r.limits.overrides = append(r.limits.overrides, o)
	}
}

func (r *limitsReader) need(n source.Node, key, of string) {
	if !n.Field(key).Valid() {
		r.Problems.Errorf(n.Place(), source.CodeMissingKey, "%s has no %s", of, key)
	}
}

func (r *limitsReader) glob(n source.Node, what string) *regexp.Regexp {
	text := r.Text(n, what)
	if text == "" {
		return nil
	}
	return graph.GlobPattern(text)
}

// waiver reads one waiver. That it has no reason is a finding, not an error: design.md 4.3.
func (r *limitsReader) waiver(n source.Node) {
	w := Waiver{Place: n.Place(), operator: -1}
	for key, value := range n.Fields() {
		switch key.Text() {
		case "rule":
			w.Rules, w.Place = r.rule(value), value.Place()
		case "job":
			w.Job, w.job = value.Text(), r.glob(value, "job")
		case "operator":
			w.subjects = append(w.subjects, subjectGlob{AboutOperator, value.Text(), r.glob(value, "operator")})
		case "worker":
			w.subjects = append(w.subjects, subjectGlob{AboutWorker, value.Text(), r.glob(value, "worker")})
		case "slotSharingGroup":
			w.subjects = append(w.subjects, subjectGlob{AboutGroup, value.Text(), r.glob(value, "slotSharingGroup")})
		case "reason":
			w.Reason = r.reason(value)
		case "expires":
			w.Expires = r.day(value)
		default:
			r.UnknownKey(key, "a waiver", waiverKeys.Names())
		}
	}
	for _, key := range waiverKeys.Required() {
		r.need(n, key, "a waiver")
	}
	r.limits.Waivers = append(r.limits.Waivers, w)
}

// reason reads a text that may be empty, which is as good as none.
func (r *limitsReader) reason(n source.Node) string {
	if n.Kind() != source.Text {
		return r.Text(n, "reason")
	}
	return n.Text()
}

func (r *limitsReader) rule(n source.Node) []string {
	id := r.Text(n, "rule")
	if id == "" {
		return nil
	}
	if problem := unwaivable(id); problem != "" {
		r.Problems.Errorf(n.Place(), source.CodeUnknownRule, "%s", problem)
		return nil
	}
	return []string{id}
}

func (r *limitsReader) day(n source.Node) Day {
	day, err := ParseDay(r.Scalar(n, "expires"))
	if err != nil {
		r.Problems.Errorf(n.Place(), source.CodeBadDate, "expires %s", err)
	}
	return day
}
