package graph

import "slices"

// Words of the job file. The zero value of each is "not said"; its String is the word, empty for the zero.
// The words of a type, in order, are what an error lists as allowed.

// Mode is Flink's runtime mode.
type Mode uint8

// The modes; AUTOMATIC is resolved while reading.
const (
	ModeUnset Mode = iota
	Batch
	Streaming
)

// ModeWords are the words of a Mode, by its value.
var ModeWords = []string{"", "batch", "streaming"}

func (m Mode) String() string { return ModeWords[m] }

// Sharing is the scope within which Python operators share a worker.
type Sharing uint8

// The scopes, from no sharing to one worker for all Python operators of a slot.
const (
	SharingDefault Sharing = iota
	SharingNone
	SharingChain
	SharingSlot
)

// SharingWords are those of a Sharing.
var SharingWords = []string{"", "none", "chain", "slot"}

func (s Sharing) String() string { return SharingWords[s] }

// API is what an operator was written with; batch jobs of 1.10 to 1.13 differ by it.
type API uint8

// The APIs.
const (
	APIUnset API = iota
	SQL
	DataStream
)

// APIWords are those of an API.
var APIWords = []string{"", "sql", "datastream"}

func (a API) String() string { return APIWords[a] }

// ChainingStrategy is Flink's enum of that name.
type ChainingStrategy uint8

// The strategies; an unset one means head for a source and always for any other operator.
const (
	StrategyUnset ChainingStrategy = iota
	Always
	Head
	Never
	HeadWithSources
)

// StrategyWords are those of a ChainingStrategy.
var StrategyWords = []string{"", "always", "head", "never", "head-with-sources"}

func (c ChainingStrategy) String() string { return StrategyWords[c] }

// ShipStrategy is how records travel along an edge: Flink's StreamPartitioner.
type ShipStrategy uint8

// The strategies; an unset one is forward where the parallelism is equal, else rebalance.
const (
	ShipUnset ShipStrategy = iota
	Forward
	Rebalance
	Rescale
	Shuffle
	Hash
	Broadcast
	Global
	Custom
	ForwardConsecutiveHash
)

// ShipWords are those of a ShipStrategy.
var ShipWords = []string{"", "forward", "rebalance", "rescale", "shuffle", "hash", "broadcast", "global", "custom", "forward-consecutive-hash"}

func (s ShipStrategy) String() string { return ShipWords[s] }

// ExchangeMode is an edge's own wish; Flink's StreamExchangeMode.
type ExchangeMode uint8

// The modes; Undefined says in so many words what an unset one means: the job's mode decides.
const (
	ExchangeUnset ExchangeMode = iota
	Pipelined
	Blocking
	Undefined
)

// ExchangeWords are those of an ExchangeMode.
var ExchangeWords = []string{"", "pipelined", "blocking", "undefined"}

func (e ExchangeMode) String() string { return ExchangeWords[e] }

// PythonMode is python.execution-mode, of one operator.
type PythonMode uint8

// The modes. In Thread mode the function runs inside the JVM and there is no worker. After reading, no
// Python operator is unset.
const (
	PythonModeUnset PythonMode = iota
	Process
	Thread
)

// PythonModeWords are those of a PythonMode.
var PythonModeWords = []string{"", "process", "thread"}

func (m PythonMode) String() string { return PythonModeWords[m] }

// ParseMode finds a mode by its word.
func ParseMode(text string) (Mode, bool) {
	i := slices.Index(ModeWords, text)
	return Mode(max(i, 0)), i > 0
}

// ParseSharing finds a scope by its word.
func ParseSharing(text string) (Sharing, bool) {
	i := slices.Index(SharingWords, text)
	return Sharing(max(i, 0)), i > 0
}

// ConsumerOrderWords say in what order consumers entered the graph.
var ConsumerOrderWords = []string{"", "as-listed", "from-sinks"}
