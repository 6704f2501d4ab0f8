package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls work for every number below n, as many at a time as there are processors. What work makes belongs into a slice, at
// its number: then the order of the result is not that of the processors.
func each(n int, work func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	all.Wait()
}
