package flink

import (
	"errors"
	"strconv"
	"strings"
)

// CPUCores is a number of CPU cores in 10^-8 cores: Flink's Resource keeps 8 decimals and cuts off the rest (flink-rules.md D1).
type CPUCores int64

// Core is one CPU core.
const Core CPUCores = 1e8

// MostCores is the largest number of cores that ParseCPUCores takes.
const MostCores = 1e9

const cpuDecimals = 8

// What ParseCPUCores refuses.
var (
	ErrNoCores      = errors.New("a number of CPU cores such as 1 or 0.5")
	ErrCoresTooFew  = errors.New("Flink: The cpu cores should be positive.") //lint:ignore ST1005 Flink's own text
	ErrCoresTooMany = errors.New("at most 1000000000 CPU cores")
)

// ParseCPUCores reads a plain decimal number such as 1 or 0.25; digits behind the eighth decimal are cut off, as Flink does.
func ParseCPUCores(text string) (CPUCores, error) {
	digits, negative := strings.CutPrefix(text, "-")
	whole, part, _ := strings.Cut(digits, ".")
	if !isDigits(whole) || part != "" && !isDigits(part) || strings.HasSuffix(digits, ".") {
		return 0, ErrNoCores
	}
	cores, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || cores > MostCores {
		return 0, ErrCoresTooMany
	}
	part = (part + "00000000")[:cpuDecimals]
	rest, _ := strconv.ParseInt(part, 10, 64)
	c := CPUCores(cores)*Core + CPUCores(rest)
	switch {
	case negative || c <= 0:
		return 0, ErrCoresTooFew
	case c > MostCores*Core:
		return 0, ErrCoresTooMany
	}
	return c, nil
}

func isDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// String is the number with as many decimals as it needs.
func (c CPUCores) String() string {
	whole := strconv.FormatInt(int64(c/Core), 10)
	if c%Core == 0 {
		return whole
	}
	return whole + "." + strings.TrimRight(strconv.FormatInt(int64(Core+c%Core), 10)[1:], "0")
}
