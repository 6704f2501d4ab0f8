package document

import (
	"strings"

	"udfplan/graph"
	"udfplan/graph/source"
)

// readExplain reads one output of EXPLAIN: its best tree (flink-formats.md 5.2).
func readExplain(c given) said {
	r := newFlinkReader(c)
	r.open.noParallelism = true
	if r.explain(c.page); r.Problems.HasErrors() {
		return said{problems: r.Problems}
	}
	return r.said()
}

func (r *flinkReader) explain(p page) {
	tree := p.bestTree()
	if tree == nil {
		r.Problems.Errorf(r.job.Place, source.CodeMissingKey, "this EXPLAIN text has no section == %s ==, == %s == or == %s ==", sectionExecution, sectionPhysical, sectionLogical)
		return
	}
	relations := r.relations(tree)
	if len(relations) == 0 && !r.Problems.HasErrors() {
		r.Problems.Errorf(r.job.Place, source.CodeMissingKey, "the plan in this EXPLAIN text is empty")
	}
	if r.Problems.HasErrors() {
		return
	}
	gaps := []gap{gapMode, gapVersion, gapParallelism, gapGroups, gapChaining, gapKinds, gapTranslation}
	if tree.title == sectionPhysical || tree.title == sectionAdvice {
		relations = mergeEqual(relations)
		gaps = append(gaps, gapReuse, gapMultipleInput)
	}
	r.operatorsOf(r.planOrder(relations))
	r.leavesOpen("EXPLAIN", gaps...)
}

// relations reads the trees of a section: a line each, inputs below.
func (r *flinkReader) relations(tree *section) []relation {
	var (
		all    []relation
		path   []int // from the root to the last line
		shared = map[string]int{}
		wanted []reuse
	)
	for _, l := range tree.lines {
		line, pos := l.text, source.At(l.at)
		if strings.TrimSpace(line) == "" {
			path = nil
			continue
		}
		if tree.title == sectionAdvice && adviceLine().MatchString(line) {
			continue
		}
		length, depth := treePrefix(line)
		if !r.inTree(line, depth, len(path), pos) {
			return nil
		}
		body := line[length:]
		down := -1
		if depth > 0 {
			down = path[depth-1]
		}
		if m := reused().FindStringSubmatch(body); m != nil {
			wanted = append(wanted, reuse{id: m[1], down: down, input: reserveInput(all, down), pos: pos})
			continue
		}
		i := len(all)
		all = append(all, r.relation(body, source.At(int(pos)-1+length)))
		if m := reuseID().FindStringSubmatch(body); m != nil {
			shared[m[1]] = i
		}
		if down >= 0 {
			all[down].inputs = append(all[down].inputs, i)
		}
		path = append(path[:depth], i)
	}
	r.resolveReuse(all, wanted, shared)
	return all
}

// inTree reports whether a line can stand where it does.
func (r *flinkReader) inTree(line string, depth, above int, pos source.Pos) bool {
	if depth > above || depth == 0 && above > 0 && strings.TrimLeft(line, " :") != line {
		r.Problems.Errorf(source.Place{File: r.file, Pos: pos}, source.CodeBadTree, "this line of the plan is neither below the one before nor beside an earlier one")
		return false
	}
	return true
}

// planOrder lists relations as the planner hands them over, depth first from the sinks, each behind its
// inputs, and numbers them so.
func (r *flinkReader) planOrder(all []relation) []relation {
	edges := make([]graph.Operator, len(all))
	used := make([]bool, len(all))
	for i := range all {
		for _, up := range all[i].inputs {
			edges[i].Inputs = append(edges[i].Inputs, graph.Input{From: int32(up)})
			used[up] = true
		}
	}
	var roots []int32
	for i := range all {
		if !used[i] {
			roots = append(roots, int32(i))
		}
	}
	order := graph.InputsFirst(edges, roots)
	place := make([]int, len(all))
	for at, i := range order {
		place[i] = at
	}
	out := make([]relation, 0, len(all))
	operators := 0
	for _, i := range order {
		rel := all[i]
		for k, up := range rel.inputs {
			rel.inputs[k] = place[up]
		}
		if !rel.isEdge() {
			operators++
			rel.id = itoa(operators)
		}
		out = append(out, rel)
	}
	return out
}

// lineAt is the line that begins at an offset, and where the next one does.
func lineAt(text string, at int) (line string, next int) {
	end := strings.IndexByte(text[at:], '\n')
	if end < 0 {
		return strings.TrimSuffix(text[at:], "\r"), len(text)
	}
	return strings.TrimSuffix(text[at:at+end], "\r"), at + end + 1
}

// adviceLine follows the tree where ExplainDetail.PLAN_ADVICE is asked for.
var adviceLine = source.Pattern(`^(?:advice\[\d+\]: |No available advice)`)

// A sub-plan that is used more than once is printed once, with an id behind it.
var (
	reuseID = source.Pattern(`\(reuse_id=\[(\d+)\]\)`)
	reused  = source.Pattern(`^Reused\(reference_id=\[(\d+)\]\)`)
)

// reuse is a place where an earlier sub-plan is used again.
type reuse struct {
	id          string
	down, input int
	pos         source.Pos
}

// reserveInput keeps the place of an input that is found later.
func reserveInput(all []relation, down int) int {
	if down < 0 {
		return -1
	}
	all[down].inputs = append(all[down].inputs, -1)
	return len(all[down].inputs) - 1
}

func (r *flinkReader) resolveReuse(all []relation, wanted []reuse, shared map[string]int) {
	for _, w := range wanted {
		up, known := shared[w.id]
		switch {
		case !known:
			r.Problems.Errorf(r.at(w.pos), source.CodeUnknownInput, "no sub-plan of this text has the reuse_id %s", w.id)
		case w.down >= 0:
			all[w.down].inputs[w.input] = up
		}
	}
}

var (
	relationKind = source.Pattern(`^(\w+)\(`)
	distribution = source.Pattern(`distribution=\[(\w+)`)
)

// relation reads one line without its prefix.
func (r *flinkReader) relation(body string, pos source.Pos) relation {
	rel := relation{text: body, name: reuseID().ReplaceAllString(body, ""), pos: pos}
	m := relationKind().FindStringSubmatch(body)
	if m == nil {
		r.Problems.Errorf(r.at(pos), source.CodeBadTree, "expected an operator such as Calc(...), found %q", source.Excerpt(body))
		return rel
	}
	rel.kind = m[1]
	if rel.kind == "Exchange" {
		if m := distribution().FindStringSubmatch(body); m != nil {
			rel.distribution = m[1]
		}
	}
	return rel
}
