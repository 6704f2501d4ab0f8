package change

// The fields of each kind of thing, most important first. i is the index in the old plan, j that in the new one; -1: it is not there.

// between pairs the values of two things, of which one may not be there.
func between[T any](old, now []T, i, j int, fields func(t *T) []Field) []Field {
	switch {
	case i < 0:
		return set(fields(&now[j]))
	case j < 0:
		return gone(set(fields(&old[i])))
	}
	was, is := fields(&old[i]), fields(&now[j])
	for k := range is {
		is[k].Old = was[k].New
	}
	return changed(is)
}

// gone are fields of something that is not there any more.
func gone(fields []Field) []Field {
	for k := range fields {
		fields[k].Old, fields[k].New = fields[k].New, Value{}
	}
	return fields
}

// set are the fields that have a value.
func set(fields []Field) (out []Field) {
	for _, f := range fields {
		if f.New.IsSet && f.New.Text != "0b" {
			out = append(out, f)
		}
	}
	return out
}

func (p *Pairing) settings() (fields []Field) {
	for k := range p.New.Settings {
		fields = append(fields, Field{Key: p.New.Settings[k].Key, Old: text(p.Old.Settings[k].Value), New: text(p.New.Settings[k].Value)})
	}
	return changed(fields)
}

func (p *Pairing) operatorFields(i, j int) []Field {
	return between(p.Old.Operators, p.New.Operators, i, j, func(o *OperatorShot) []Field {
		python := ""
		if o.Python {
			python = "true"
		}
		name := o.Name
		if name == o.ID {
			name = ""
		}
		isOld := i >= 0 && o == &p.Old.Operators[i]
		return []Field{
			{Key: "name", New: text(name)},
			{Key: "python", New: text(python)},
			{Key: "mode", New: text(o.Mode)},
			{Key: "parallelism", New: number(o.Parallelism)},
			{Key: "chain", New: nameNow(isOld, p.chains, o.Chain)},
			{Key: "worker", New: nameNow(isOld, p.workers, o.Worker)},
			{Key: "managedOffHeap", New: known(o.Known, o.ManagedOffHeap)},
			{Key: "taskHeap", New: known(o.Known, o.TaskHeap)},
		}
	})
}

// nameNow is a name that counts as what the thing is called in the new plan: an operator has not moved because its chain was renamed.
func nameNow(isOld bool, m *matching, name string) Value {
	if isOld {
		return sameAs(name, m.nameNow(name))
	}
	return text(name)
}

func (p *Pairing) chainFields(i, j int) []Field {
	return between(p.Old.Chains, p.New.Chains, i, j, func(c *ChainShot) []Field {
		isOld := i >= 0 && c == &p.Old.Chains[i]
		return []Field{
			{Key: "operators", New: list(c.Operators)},
			{Key: "parallelism", New: number(c.Parallelism)},
			{Key: "slotSharingGroup", New: nameNow(isOld, p.groups, c.Group)},
		}
	})
}

func (p *Pairing) workerFields(i, j int) []Field {
	return between(p.Old.Workers, p.New.Workers, i, j, func(w *WorkerShot) []Field {
		return []Field{
			{Key: "memory", New: size(w.Memory)},
			{Key: "framework", New: size(w.Framework)},
			{Key: "buffers", New: size(w.Buffers)},
			{Key: "userMemory", New: size(w.UserMemory)},
			{Key: "instances", New: number(w.Instances)},
			{Key: "operators", New: setOf(w.Operators)},
			{Key: "launchedBy", New: text(w.LaunchedBy)},
		}
	})
}

func (p *Pairing) groupFields(i, j int) []Field {
	return between(p.Old.Groups, p.New.Groups, i, j, func(g *GroupShot) []Field {
		return append([]Field{{Key: "profile", New: text(g.Profile)}}, sumsOf(g.Sums)...)
	})
}

func sumsOf(s Sums) []Field {
	return []Field{
		{Key: "slots", New: number(s.Slots)},
		{Key: "workers", New: number(s.Workers)},
		{Key: "pythonMemory", New: size(s.PythonMemory)},
		{Key: "managedOffHeap", New: known(s.Known, s.ManagedOffHeap)},
		{Key: "taskHeap", New: known(s.Known, s.TaskHeap)},
	}
}

func (p *Pairing) totalFields() []Field {
	was, is := sumsOf(p.Old.Total), sumsOf(p.New.Total)
	for k := range is {
		is[k].Old = was[k].New
	}
	return changed(is)
}
