package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls work for every number below n, as many at a time as there are processors. Work puts what it makes into a slice, at its
// number: so the result is in order, whoever was faster.
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
