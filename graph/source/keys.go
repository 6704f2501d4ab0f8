package source

// keySet finds keys that are twice in one mapping, for all mappings that are open at the same time. Most
// mappings have a handful of keys, for which a walk beats a map.
type keySet struct {
	stack []seenKey
	index map[int]map[string]Pos // of large mappings, by their mark
}

type seenKey struct {
	text string
	pos  Pos
}

const largeMapping = 24

// open begins a mapping; the mark goes into put and close.
func (k *keySet) open() (mark int) { return len(k.stack) }

// close ends the mapping that was opened last.
func (k *keySet) close(mark int) {
	k.stack = k.stack[:mark]
	delete(k.index, mark)
}

// put adds a key of the innermost mapping, and tells where it was before.
func (k *keySet) put(mark int, text string, pos Pos) (first Pos, twice bool) {
	own := k.stack[mark:]
	if large := k.index[mark]; large != nil {
		if first, twice = large[text]; twice {
			return first, true
		}
		large[text] = pos
		return 0, false
	}
	for i := range own {
		if own[i].text == text {
			return own[i].pos, true
		}
	}
	k.stack = append(k.stack, seenKey{text, pos})
	if len(own)+1 == largeMapping {
		k.enlarge(mark)
	}
	return 0, false
}

func (k *keySet) enlarge(mark int) {
	if k.index == nil {
		k.index = map[int]map[string]Pos{}
	}
	large := make(map[string]Pos, 4*largeMapping)
	for _, key := range k.stack[mark:] {
		large[key.text] = key.pos
	}
	k.index[mark] = large
}
