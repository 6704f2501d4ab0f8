package layout

import (
	"cmp"
	"container/heap"
	"slices"
)

// Span is an interval, both ends included.
type Span struct{ From, To int }

// Tracks gives every interval a track on which none overlaps another, as few as possible: by their beginnings, each the
// lowest that is free.
func Tracks(spans []Span) (track []int, count int) {
	track = make([]int, len(spans))
	byStart := make([]int, len(spans))
	for i := range spans {
		byStart[i] = i
	}
	slices.SortStableFunc(byStart, func(a, b int) int { return cmp.Compare(spans[a].From, spans[b].From) })
	var busy, free ints // busy: by end and track
	for _, i := range byStart {
		for len(busy) > 0 && busy[0].key < spans[i].From {
			ended := heap.Pop(&busy).(keyed)
			heap.Push(&free, keyed{ended.value, ended.value})
		}
		if len(free) > 0 {
			track[i] = heap.Pop(&free).(keyed).value
		} else {
			track[i] = count
			count++
		}
		heap.Push(&busy, keyed{spans[i].To, track[i]})
	}
	return track, count
}

type keyed struct{ key, value int }

// ints is a heap, the smallest key first, then the smallest value.
type ints []keyed

func (h ints) Len() int { return len(h) }
func (h ints) Less(i, j int) bool {
	return h[i].key < h[j].key || h[i].key == h[j].key && h[i].value < h[j].value
}
func (h ints) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *ints) Push(x any)   { *h = append(*h, x.(keyed)) }
func (h *ints) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
