package render

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"udfplan/spec/policy"
)

// fingerprints tell findings apart, for programs that hold one report against the next: how often each was given.
type fingerprints map[string]int

// of stays the same when lines move or numbers change: it is of the rule, the file, the job and the subject. Findings that are the
// same in all of these are counted, in the order in which they are reported.
func (seen fingerprints) of(f *policy.Finding, file string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{f.Rule.ID, file, f.JobName, f.Subject.Kind.String(), f.Subject.Name}, "\x00")))
	print := hex.EncodeToString(sum[:16])
	seen[print]++
	return fmt.Sprintf("%s:%d", print, seen[print])
}
