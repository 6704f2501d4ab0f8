package render

import (
	"strconv"
	"strings"

	"udfplan/spec/capacity"
)

// The TaskManagers of a cluster that was asked.

var runningHeader = []string{"TASKMANAGER", "SLOTS", "FREE", "A SLOT'S MANAGED", "VERDICT"}

// runningRow is one of them.
func runningRow(a *capacity.Assessment, i int) []string {
	r, verdict := &a.Running[i], "enough"
	if len(a.Jobs) == 0 {
		verdict = "" // nobody was asked about
	} else if len(r.Short) > 0 {
		verdict = "too little for " + strings.Join(r.Short, ", ")
	}
	return []string{r.ID, strconv.FormatInt(r.Slots, 10), strconv.FormatInt(r.Free, 10), about(r.Managed), verdict}
}

func (t capacityTables) running() *grid {
	g := t.grid(runningHeader, false, true, true, true, false)
	for i := range t.Running {
		row := runningRow(t.Assessment, i)
		row[0], row[4] = t.fit(row[0]), t.verdict(Sanitize(row[4]), true, len(t.Running[i].Short) == 0)
		g.add(row...)
	}
	return g
}

func (c *capacityDocument) running(i int) {
	r := &c.report.Running[i]
	c.mapping()
	c.keyText("id", r.ID)
	c.keyInt("slots", r.Slots)
	c.keyInt("free", r.Free)
	c.keySize("managedOfSlot", r.Managed)
	c.key("fits")
	c.boolean(len(r.Short) == 0)
	if len(r.Short) > 0 {
		c.flowSequenceAt("short")
		for _, name := range r.Short {
			c.next()
			c.text(name)
		}
		c.close()
	}
	c.close()
}
