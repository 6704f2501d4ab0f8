package render

import (
	"cmp"
	"io"
	"slices"
	"strconv"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec/capacity"
	"udfplan/spec/taskmanager"
)

// The measures of bars, in pixels.
const (
	barsWidth  = 900.0
	barLeft    = 210.0
	barRight   = 210.0
	barHeight  = 26.0
	barPitch   = 44.0
	letterWide = 7.2 // of a letter on average, for what fits into a box
)

const barRules = `.uf .track{fill:var(--track);stroke:var(--line)}.uf .p0{fill:var(--a)}.uf .p1{fill:var(--b)}.uf .p2{fill:var(--c)}.uf .p3{fill:var(--d)}.uf .rest{fill:var(--line)}
.uf .over{fill:none;stroke:var(--bad);stroke-width:2;stroke-dasharray:4 3}.uf .limit{stroke:var(--bad);stroke-width:2}.uf text.on{fill:var(--on);font-size:12px}
`

// writeCapacitySVG draws what slots need against what they get, and what a TaskManager adds up to against its limit, to scale.
func writeCapacitySVG(w io.Writer, r *capacity.Assessment, _ Options) error {
	_, err := io.WriteString(w, capacityBars(r, false))
	return err
}

// bars draws bars of one scale.
type bars struct {
	svg
	*capacity.Assessment
	y     float64
	scale float64 // pixels of a byte
}

// segment is a part of a bar.
type segment struct {
	class, name string
	size        flink.MemorySize
}

func capacityBars(r *capacity.Assessment, inPage bool) string {
	b := bars{Assessment: r, svg: svg{inPage: inPage}}
	rows, most := 0, flink.MemorySize(1)
	for _, f := range r.Jobs {
		for g := range f.Groups {
			if group := &f.Groups[g]; group.Workers > 0 {
				most = max(most, group.Needs+group.Outside, group.Gets)
				rows++
			}
		}
	}
	height := 44 + float64(len(r.Jobs))*30 + float64(rows)*barPitch + legendHeight(rows)
	k, title := r.Container, "A full TaskManager, at worst"
	if len(r.Jobs) == 0 {
		k, title = wholeOf(r.TaskManager), "A TaskManager"
	}
	if k != nil {
		height += 112
	}
	b.open(barsWidth, height, "What Python workers need, and what they get", barRules)
	b.text("strong", "", 16, 26, clusterLine(r))
	b.y = 44
	b.scale = (barsWidth - barLeft - barRight) / float64(most)
	for _, f := range r.Jobs {
		b.job(jobTitle(f, r), f)
	}
	if rows > 0 {
		b.legend(segment{class: "p0", name: "frameworks"}, segment{class: "p1", name: "buffers"}, segment{class: "p2", name: "user memory"},
			segment{class: "track", name: "what the slot gives"}, segment{class: "over", name: "too much"})
	}
	if k != nil {
		b.container(k, title)
	}
	b.end()
	return b.String()
}

func legendHeight(rows int) float64 {
	if rows == 0 {
		return 16
	}
	return 40
}

func (b *bars) job(title string, f *capacity.Fit) {
	b.text("strong", "", 16, b.y+16, cut(title, barsWidth-32))
	b.y += 30
	for g := range f.Groups {
		if f.Groups[g].Workers > 0 {
			b.group(f, g)
		}
	}
}

func (b *bars) group(f *capacity.Fit, g int) {
	group := &f.Groups[g]
	name := f.Spec.Plan.Groups[g].Name
	b.text("", "", 16, b.y+12, cut(name, barLeft-26))
	b.text("dim", "", 16, b.y+27, source.Count(f.Spec.Groups[g].Slots, "slot")+", "+source.Count(group.Workers, "worker")+" in each")
	b.rect("track", barLeft, b.y, float64(group.Gets)*b.scale, barHeight, "a slot gives "+group.Gets.String())
	frameworks, buffers, user := f.Inside(g)
	b.stack(segment{"p0", "frameworks", frameworks}, segment{"p1", "buffers", buffers}, segment{"p2", "user memory", user})
	if group.Needs > group.Gets {
		b.rect("over", barLeft+float64(group.Gets)*b.scale, b.y-1, float64(group.Needs-group.Gets)*b.scale, barHeight+2, "short by "+(group.Needs-group.Gets).String())
	}
	row := capacityRow(f, g, about)
	class := "good"
	if !group.Fits {
		class = "bad"
	}
	b.text("", "", barsWidth-barRight+10, b.y+12, row[3]+" of "+row[4])
	b.text(class, "", barsWidth-barRight+10, b.y+27, cut(row[6], barRight-14))
	b.y += barPitch
}

// stack puts segments one behind the other.
func (b *bars) stack(parts ...segment) {
	x := barLeft
	for _, p := range parts {
		width := float64(p.size) * b.scale
		if p.size == 0 {
			continue
		}
		b.rect(p.class, x, b.y+3, width, barHeight-6, p.name+" "+p.size.String())
		if label := about(p.size); float64(len(label))*letterWide < width-6 {
			b.text("on", "middle", x+width/2, b.y+17, label)
		}
		x += width
	}
}

// legend says what the segments are.
func (b *bars) legend(parts ...segment) {
	x := barLeft
	for _, p := range parts {
		b.rect(p.class, x, b.y+2, 12, 12, "")
		b.text("dim", "", x+17, b.y+13, p.name)
		x += 38 + float64(len(p.name))*letterWide
	}
	b.y += 40
}

// wholeOf is a TaskManager as it is configured, as parts of its process size.
func wholeOf(tm *taskmanager.Memory) *capacity.Container {
	k := &capacity.Container{Limit: tm.TotalProcess, Worst: tm.TotalProcess}
	for _, c := range components(tm)[:8] { // the rest are sums
		k.Parts = append(k.Parts, capacity.ContainerPart{Name: c.name, Size: c.size})
	}
	slices.SortStableFunc(k.Parts, func(a, b capacity.ContainerPart) int { return cmp.Compare(b.Size, a.Size) })
	return k
}

// container draws a TaskManager against the limit of its container.
func (b *bars) container(k *capacity.Container, title string) {
	b.text("strong", "", 16, b.y+12, title)
	b.y += 26
	b.scale = (barsWidth - barLeft - barRight) / float64(max(k.Worst, k.Limit, 1))
	b.rect("track", barLeft, b.y, float64(k.Limit)*b.scale, barHeight, "limit "+k.Limit.String())
	var parts, named []segment
	for i, p := range k.Parts {
		class := "rest"
		if i < 4 {
			class = "p" + strconv.Itoa(i)
			named = append(named, segment{class: class, name: p.Name})
		}
		parts = append(parts, segment{class, p.Name, p.Size})
	}
	b.text("dim", "", 16, b.y+17, "limit "+about(k.Limit))
	b.stack(parts...)
	x := barLeft + float64(k.Limit)*b.scale
	b.line("limit", x, b.y-5, x, b.y+barHeight+5)
	class, verdict := "good", about(-k.Over())+" to spare"
	if k.Over() > 0 {
		class, verdict = "bad", about(k.Over())+" above the limit"
	}
	b.text("", "", barsWidth-barRight+10, b.y+12, about(k.Worst))
	b.text(class, "", barsWidth-barRight+10, b.y+27, verdict)
	b.y += barPitch
	b.legend(append(named, segment{class: "rest", name: "all else"})...)
}

// cut is a text that fits into so many pixels.
func cut(text string, width float64) string {
	return truncate(Sanitize(text), max(int(width/letterWide), 4))
}
