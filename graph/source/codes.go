package source

// The codes of all diagnostics: stable, in kebab-case, a noun of what is told. Whoever tells something names its code
// here, so that none can be misspelt and each stands once.
const (
	CodeAliasBomb              = "alias-bomb"
	CodeAliasCycle             = "alias-cycle"
	CodeAmbiguousNames         = "ambiguous-names"
	CodeAutomaticMode          = "automatic-mode"
	CodeBadDate                = "bad-date"
	CodeBadGroup               = "bad-group"
	CodeBadLook                = "bad-look"
	CodeBadMerge               = "bad-merge"
	CodeBadOptionValue         = "bad-option-value"
	CodeBadSize                = "bad-size"
	CodeBadTag                 = "bad-tag"
	CodeBadTree                = "bad-tree"
	CodeBadYAMLValue           = "bad-yaml-value"
	CodeBelowMeasured          = "below-measured"
	CodeCannotShareWorker      = "cannot-share-worker"
	CodeClusterOnly            = "cluster-only"
	CodeCoLocation             = "co-location"
	CodeConfigurationElsewhere = "configuration-elsewhere"
	CodeCycle                  = "cycle"
	CodeDuplicateGroup         = "duplicate-group"
	CodeDuplicateID            = "duplicate-id"
	CodeDuplicateKey           = "duplicate-key"
	CodeEmptyDocument          = "empty-document"
	CodeEmptyInput             = "empty-input"
	CodeEmptyValue             = "empty-value"
	CodeExport                 = "export"
	CodeForwardParallelism     = "forward-parallelism"
	CodeGroupsByPhase          = "groups-by-phase"
	CodeHiddenPython           = "hidden-python"
	CodeHybridNamedGroup       = "hybrid-named-group"
	CodeJob                    = "job"
	CodeJobEnded               = "job-ended"
	CodeJobRenamed             = "job-renamed"
	CodeJSONSyntax             = "json-syntax"
	CodeKeptApart              = "kept-apart"
	CodeKeyNotText             = "key-not-text"
	CodeLimitNotJudged         = "limit-not-judged"
	CodeLimitTooLow            = "limit-too-low"
	CodeLimits                 = "limits"
	CodeMemoryInThread         = "memory-in-thread"
	CodeMemoryOverflow         = "memory-overflow"
	CodeMissingKey             = "missing-key"
	CodeMixedResources         = "mixed-resources"
	CodeNoLimits               = "no-limits"
	CodeNoThreadMode           = "no-thread-mode"
	CodeNoWorkers              = "no-workers"
	CodeNotAJob                = "not-a-job"
	CodeNotAPlan               = "not-a-plan"
	CodeNotInDocument          = "not-in-document"
	CodeNotUTF8                = "not-utf8"
	CodeNullValue              = "null-value"
	CodeOptionDeprecated       = "option-deprecated"
	CodeOptionWithoutEffect    = "option-without-effect"
	CodeOutOfRange             = "out-of-range"
	CodeParallelismAboveMax    = "parallelism-above-max"
	CodeParallelismUndecided   = "parallelism-undecided"
	CodeProfileIgnored         = "profile-ignored"
	CodeProfileInBatch         = "profile-in-batch"
	CodeProfileTooSmall        = "profile-too-small"
	CodeProfileVersion         = "profile-version"
	CodePythonByName           = "python-by-name"
	CodePythonUndecided        = "python-undecided"
	CodePythonUnreserved       = "python-unreserved"
	CodePythonWithoutShare     = "python-without-share"
	CodeRefusedByFlink         = "refused-by-flink"
	CodeRefusedByOperator      = "refused-by-operator"
	CodeResourcesOnPython      = "resources-on-python"
	CodeSecondDocument         = "second-document"
	CodeSelfLoop               = "self-loop"
	CodeSensitiveOption        = "sensitive-option"
	CodeSeveralClusters        = "several-clusters"
	CodeShippedConfiguration   = "shipped-configuration"
	CodeSkippedLine            = "skipped-line"
	CodeSummary                = "summary"
	CodeTooDeep                = "too-deep"
	CodeTooLarge               = "too-large"
	CodeUnfinishedDocument     = "unfinished-document"
	CodeUnknownGroup           = "unknown-group"
	CodeUnknownInput           = "unknown-input"
	CodeUnknownKey             = "unknown-key"
	CodeUnknownName            = "unknown-name"
	CodeUnknownOption          = "unknown-option"
	CodeUnknownRule            = "unknown-rule"
	CodeUnknownTag             = "unknown-tag"
	CodeUnknownVersion         = "unknown-version"
	CodeUnknownWord            = "unknown-word"
	CodeUnmanagedWorkers       = "unmanaged-workers"
	CodeUnmatchedGlob          = "unmatched-glob"
	CodeUnreadable             = "unreadable"
	CodeUnsupportedDocument    = "unsupported-document"
	CodeUnusedParallelism      = "unused-parallelism"
	CodeUnwritable             = "unwritable"
	CodeWeightConflict         = "weight-conflict"
	CodeWorkerInThread         = "worker-in-thread"
	CodeWrongType              = "wrong-type"
	CodeYAMLSyntax             = "yaml-syntax"
)

// Code is what a diagnostic can be of.
type Code struct{ ID, Doc string }

// Codes are all codes, sorted.
var Codes = []Code{
	{CodeAliasBomb, "aliases make more of a YAML text than is read"},
	{CodeAliasCycle, "a YAML alias stands inside its own anchor"},
	{CodeAmbiguousNames, "the text of a chain can be split in more than one way"},
	{CodeAutomaticMode, "the job lets Flink decide between batch and streaming"},
	{CodeBadDate, "a day that does not exist"},
	{CodeBadGroup, "a slot sharing group's name that is kept for Flink's own"},
	{CodeBadLook, "a line that udfplan measure --script does not print"},
	{CodeBadMerge, "a YAML merge of something that is no mapping"},
	{CodeBadOptionValue, "an option's value that Flink refuses, or reads as something else"},
	{CodeBadSize, "no memory size"},
	{CodeBadTag, "a YAML tag that does not fit its value"},
	{CodeBadTree, "a line of a plan that hangs nowhere, or is no operator"},
	{CodeBadYAMLValue, "a value of config.yaml that Flink cannot read"},
	{CodeBelowMeasured, "a worker gets less than an idle one was seen to take"},
	{CodeCannotShareWorker, "operators name one worker and cannot share it"},
	{CodeClusterOnly, "an option of the job that only the cluster can set"},
	{CodeCoLocation, "co-located operators that cannot share a slot"},
	{CodeConfigurationElsewhere, "a configuration that another file holds"},
	{CodeCycle, "operators that wait for each other"},
	{CodeDuplicateGroup, "two entries of one slot sharing group"},
	{CodeDuplicateID, "two operators of one id"},
	{CodeDuplicateKey, "a key that is there twice"},
	{CodeEmptyDocument, "a YAML document without content"},
	{CodeEmptyInput, "a text without content"},
	{CodeEmptyValue, "a text that must not be empty"},
	{CodeExport, "a PyFlink program whose jobs could not be exported"},
	{CodeForwardParallelism, "a forward edge between different parallelism"},
	{CodeGroupsByPhase, "slot sharing groups that Flink decides while the job runs"},
	{CodeHiddenPython, "Python inside an operator that has swallowed others"},
	{CodeHybridNamedGroup, "a hybrid exchange beside a named slot sharing group"},
	{CodeJob, "what a job is made of (--verbose)"},
	{CodeJobEnded, "a job of a running cluster that cannot be planned: it ended, or is starting"},
	{CodeJobRenamed, "a job that is not in the baseline, and which older one it is by its operators"},
	{CodeJSONSyntax, "no JSON"},
	{CodeKeptApart, "operators that Flink did not chain, for no reason that the document gives"},
	{CodeKeyNotText, "a key that is no text"},
	{CodeLimitNotJudged, "a limit that cannot be judged in this job"},
	{CodeLimitTooLow, "a limit with which no worker starts"},
	{CodeLimits, "the limits file that was found"},
	{CodeMemoryInThread, "userMemory of an operator without a worker"},
	{CodeMemoryOverflow, "more memory than can be counted"},
	{CodeMissingKey, "a key that must be there"},
	{CodeMixedResources, "a streaming job that declares resources"},
	{CodeNoLimits, "no limits file was found, and nothing else says what is allowed"},
	{CodeNoThreadMode, "thread mode in a version that has none"},
	{CodeNoWorkers, "nothing to measure: no Python worker runs"},
	{CodeNotAJob, "a document that is no job"},
	{CodeNotAPlan, "a document that is no plan"},
	{CodeNotInDocument, "what a document leaves open, and what is taken instead"},
	{CodeNotUTF8, "a text that is not UTF-8"},
	{CodeNullValue, "an option without a value"},
	{CodeOptionDeprecated, "an option that has a newer name"},
	{CodeOptionWithoutEffect, "an option that this version does not act on"},
	{CodeOutOfRange, "a number out of bounds"},
	{CodeParallelismAboveMax, "a parallelism above maxParallelism"},
	{CodeParallelismUndecided, "a parallelism that is left to the cluster"},
	{CodeProfileIgnored, "a slot sharing group whose profile Flink does not use"},
	{CodeProfileInBatch, "a profile of a slot sharing group in a batch job whose exchanges need not block"},
	{CodeProfileTooSmall, "a profile that leaves Python less than it needs"},
	{CodeProfileVersion, "a profile of a slot sharing group in a version that takes none"},
	{CodePythonByName, "which operators are taken for Python"},
	{CodePythonUndecided, "operators that may be Python"},
	{CodePythonUnreserved, "a worker that Flink 1.10 and 1.11 run without reserving its memory"},
	{CodePythonWithoutShare, "weights that leave Python no share of a slot"},
	{CodeRefusedByFlink, "what Flink refuses, in its words"},
	{CodeRefusedByOperator, "what the Flink Kubernetes operator refuses"},
	{CodeResourcesOnPython, "a Python operator that declares resources"},
	{CodeSecondDocument, "a second document where one is read"},
	{CodeSelfLoop, "an operator that is its own input"},
	{CodeSensitiveOption, "options that are left out because nobody may see their values"},
	{CodeSeveralClusters, "several configurations where one is meant"},
	{CodeShippedConfiguration, "no configuration is given, so the shipped one is taken"},
	{CodeSkippedLine, "a line of flink-conf.yaml that Flink skips"},
	{CodeSummary, "several jobs, added up"},
	{CodeTooDeep, "values nested too deep"},
	{CodeTooLarge, "a file above --max-size"},
	{CodeUnfinishedDocument, "a document that lacks operators"},
	{CodeUnknownGroup, "a slot sharing group without operators"},
	{CodeUnknownInput, "an input that names nothing"},
	{CodeUnknownKey, "a key that is not known"},
	{CodeUnknownName, "a name that is not in a file"},
	{CodeUnknownOption, "an option that looks like a slip"},
	{CodeUnknownRule, "a rule that there is not"},
	{CodeUnknownTag, "a YAML tag that is not known"},
	{CodeUnknownVersion, "a Flink version that is not known"},
	{CodeUnknownWord, "none of the words that are allowed"},
	{CodeUnmanagedWorkers, "workers outside Flink's books"},
	{CodeUnmatchedGlob, "a glob of the command line that matches nothing"},
	{CodeUnreadable, "a file that cannot be read"},
	{CodeUnsupportedDocument, "a document of a kind that is not read"},
	{CodeUnusedParallelism, "a parallelism that replicas overrule"},
	{CodeUnwritable, "a file that cannot be written"},
	{CodeWeightConflict, "two weights of one operator that differ"},
	{CodeWorkerInThread, "a thread-mode operator that names a worker"},
	{CodeWrongType, "a value of another kind than is read"},
	{CodeYAMLSyntax, "no YAML"},
}
