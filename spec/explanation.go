package spec

// Explanation says in sentences why a plan is as it is.
type Explanation struct {
	Job string
	// Operator is the id of the one operator that was asked about; empty for the whole job.
	Operator string
	// Spec is what is explained as a whole; nil where one operator was asked about.
	Spec     *Spec
	Sections []Section
}

// Section is what belongs under one heading, such as "Chains".
type Section struct {
	Title string
	Facts []Fact
}

// Fact is one answer.
type Fact struct {
	Subject string // what it is about: an edge `a -> b`, a worker; may be empty
	Text    string
	// Source is where the rule comes from: a FLIP, a Flink class, a version; may be empty.
	Source string
}
