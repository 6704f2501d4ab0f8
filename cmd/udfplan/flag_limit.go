package main

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
	"udfplan/spec/policy"
)

// limitFlags are the limits of a one-liner; one for each of policy.LimitRules.
type limitFlags struct {
	MaxOperatorManagedOffHeap sizeLimit  `placeholder:"SIZE" help:"Most managed off-heap memory that one subtask of an operator reserves."`
	MaxWorkerMemory           sizeLimit  `placeholder:"SIZE" help:"Most memory of a Python worker."`
	MaxWorkerOperators        countLimit `placeholder:"N" help:"Most operators that a Python worker serves."`
	MaxSlotPythonMemory       sizeLimit  `placeholder:"SIZE" help:"Most memory of the Python workers of a slot."`
	MaxSlotWorkers            countLimit `placeholder:"N" help:"Most Python workers of a slot."`
	MaxJobPythonMemory        sizeLimit  `placeholder:"SIZE" help:"Most memory of all Python workers of a job."`
	MaxJobWorkers             countLimit `placeholder:"N" help:"Most Python workers of a job."`
	MaxJobSlots               countLimit `placeholder:"N" help:"Most slots of a job."`
}

// of is the flag of a rule, which kong names --max- and the rule's ID.
func (f *limitFlags) of(r *policy.Rule) limitFlag {
	field := "Max"
	for part := range strings.SplitSeq(r.ID, "-") {
		field += strings.ToUpper(part[:1]) + part[1:]
	}
	flag := reflect.ValueOf(f).Elem().FieldByName(field).Interface()
	if size, is := flag.(sizeLimit); is {
		return limitFlag(size)
	}
	return limitFlag(flag.(countLimit))
}

// limitFlag is a limit, or none.
type limitFlag struct {
	set  bool
	most int64
}

type (
	sizeLimit  limitFlag
	countLimit limitFlag
)

func (f *sizeLimit) UnmarshalText(text []byte) error {
	size, err := flink.ParseMemorySize(string(text))
	*f = sizeLimit{true, int64(size)}
	return err
}

func (f *countLimit) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || n < 0 {
		return fmt.Errorf("must be a whole number; found %q", source.Excerpt(string(text)))
	}
	*f = countLimit{true, n}
	return nil
}
