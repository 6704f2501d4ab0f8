package flink

// Refusal is an exception with which Flink refuses a configuration, word for word.
type Refusal struct {
	Class   string // Java's name: org.apache.flink.configuration.IllegalConfigurationException
	Message string
	Cause   *Refusal // nil: none
	// Key is the option to change, as far as there is one.
	Key string
}

// Error is Flink's message.
func (r *Refusal) Error() string { return r.Message }

// The classes of Flink's and Java's exceptions.
const (
	IllegalConfiguration = "org.apache.flink.configuration.IllegalConfigurationException"
	IllegalArgument      = "java.lang.IllegalArgumentException"
	IllegalState         = "java.lang.IllegalStateException"
	NumberFormat         = "java.lang.NumberFormatException"
	Arithmetic           = "java.lang.ArithmeticException"
)

// Refuse makes a refusal of one option.
func Refuse(class, key, message string, cause *Refusal) *Refusal {
	return &Refusal{Class: class, Message: message, Cause: cause, Key: key}
}
