package policy

import (
	"strings"
	"testing"

	"udfplan/graph/flink"
)

func TestIncrease(t *testing.T) {
	for _, row := range []struct {
		text     string
		old, now int64
		isNew    bool
		allowed  bool
		reason   string
	}{
		{"64mb", 100 << 20, 164 << 20, false, true, "just as much"},
		{"64mb", 100 << 20, 164<<20 + 1, false, false, "a byte more"},
		{"64mb", 0, 79 << 20, true, false, "a job that is new counts whole"},
		{"10%", 0, 79 << 20, true, true, "but has no percentage"},
		{"10%", 0, 1, false, false, "from nothing to something"},
		{"10%", 1000, 1100, false, true, "just as much"},
		{"10%", 1000, 1101, false, false, "a byte more"},
		{"0.1%", 1000, 1001, false, true, "less than a percent"},
		{"0.1%", 1000, 1002, false, false, "and more than that"},
		{"0%", 1000, 1000, false, true, "no growth"},
		{"0b", 1000, 1001, false, false, "no growth allowed"},
		{"10%", 1<<63 - 1, 1<<63 - 1, false, true, "the largest size"},
		{"10%", 1000, 1, false, true, "less is always allowed"},
	} {
		i, err := ParseIncrease(row.text)
		if err != nil || i.allows(flink.MemorySize(row.old), flink.MemorySize(row.now), row.isNew) != row.allowed {
			t.Errorf("%s: %s from %d to %d: %v", row.reason, row.text, row.old, row.now, err)
		}
	}
	for _, text := range []string{"", "%", "-1%", "1e9%", "1/2%", "ten%", "1 gigabyte", "-1mb", "+1%", "..%", "123456789012345678901%"} {
		if _, err := ParseIncrease(text); err == nil || !strings.Contains(err.Error(), "must be a memory size or a percentage, such as 64mb or 10%") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
