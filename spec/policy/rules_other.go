package policy

import "udfplan/graph/source"

// Waivers have rules too; they cannot be waived.
var (
	waiverMalformed = &Rule{ID: "waiver-malformed", Scope: OfWaiver, Severity: source.Error,
		Doc:     "a comment that begins with udfplan: and is no waiver",
		Why:     "What it was meant to waive is not waived.",
		Fix:     "Write it as: # udfplan: ignore RULE until 2027-01-31 -- REASON",
		Example: "operators:\n  - id: clean # udfplan: ingore worker-memory -- agreed\n    python: true\n"}
	waiverWithoutReason = &Rule{ID: "waiver-without-reason", Scope: OfWaiver, Severity: source.Error,
		Doc:     "a waiver that does not say why",
		Why:     "Nobody can tell later whether it is still good. It waives nothing.",
		Fix:     "Say why: -- REASON behind the rule, or reason: in a limits file.",
		Example: "operators:\n  - id: clean # udfplan: ignore worker-memory\n    python: true\n"}
	waiverExpired = &Rule{ID: "waiver-expired", Scope: OfWaiver, Severity: source.Error,
		Doc:     "a waiver whose last day is over",
		Why:     "It waives nothing any more.",
		Fix:     "Mend what it waived and remove it, or agree on a later day.",
		Example: "operators:\n  - id: clean # udfplan: ignore worker-memory until 2020-01-31 -- agreed in CAP-7\n    python: true\n"}
	waiverUnused = &Rule{ID: "waiver-unused", Scope: OfWaiver, Severity: source.Warning,
		Doc:     "a waiver that matches nothing",
		Why:     "It would hide a fault that nobody has seen yet.",
		Fix:     "Remove it, or correct what it names.",
		Example: "operators:\n  - id: clean # udfplan: ignore worker-memory -- agreed in CAP-7\n    python: true\n"}
)

var waiverRules = []*Rule{waiverMalformed, waiverWithoutReason, waiverExpired, waiverUnused}

// policyChanged is judged where a revision decides what the policy is; it cannot be waived.
var policyChanged = &Rule{ID: "policy-changed", Scope: OfPolicy, Severity: source.Error,
	Doc:     "a limit, a severity or a waiver that this change loosens for itself",
	Why:     "A change that may raise its own limit, or waive its own fault, passes every gate. Until it is merged, the limits file and the waivers of the revision are in force.",
	Fix:     "Take it back, or let somebody agree who answers for the limits; what they decide is in force once it is merged.",
	Example: "operators:\n  - id: clean # udfplan: ignore worker-memory -- I say so\n    python: true\n", Args: []string{"--policy-from", "HEAD"}}

var policyRules = []*Rule{policyChanged}

// memoryIncrease is judged by udfplan diff.
var memoryIncrease = &Rule{ID: "memory-increase", Scope: OfDiff, Severity: source.Error,
	Doc:     "the Python memory of a job grew by more than --max-increase allows",
	Why:     "Growth adds up unseen: no single change is too large, and one day the cluster is.",
	Fix:     "Take less, or allow more and say why.",
	Example: twoPython, Args: []string{"--max-increase", "10%"}}

var diffRules = []*Rule{memoryIncrease}
