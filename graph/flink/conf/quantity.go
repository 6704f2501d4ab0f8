package conf

import (
	"errors"
	"math/big"
	"strconv"
	"strings"

	"udfplan/graph/flink"
	"udfplan/graph/source"
)

// deployedMemory is what the operator makes of a resource's memory (FlinkConfigBuilder.parseResourceMemoryString):
// a size of Flink as it is, so that 2g and 2m are 2^30 and 2^20; else a quantity of Kubernetes in bytes. What
// Flink then refuses, such as the 1610612736.0 of 1.5Gi, the operator refuses too.
func deployedMemory(text string) (string, error) {
	if size, err := flink.ParseMemorySize(text); err == nil {
		return size.FlinkText(), nil
	}
	bytes, err := quantity(operatorForm(text))
	if err != nil {
		return "", err
	}
	if _, err := flink.ParseMemorySize(bytes); err != nil {
		return "", err
	}
	return bytes, nil
}

// operatorForm is how the operator writes a quantity: without blanks and bytes' B, in capitals but the i.
func operatorForm(text string) string {
	text = strings.ToUpper(strings.Join(strings.Fields(text), ""))
	text = strings.TrimSuffix(text, "B")
	if rest, found := strings.CutSuffix(text, "I"); found {
		text = rest + "i"
	}
	return text
}

var (
	quantityForm = source.Pattern(`^([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))((?:Ki|Mi|Gi|Ti|Pi|Ei|M|G|T|P|E)?|E[+-]?[0-9]+)$`)
	errQuantity  = errors.New("it is neither a memory size of Flink nor a quantity of Kubernetes")
)

// quantity is Quantity.getNumericalAmount as a text, in capitals: k, m, u and n do not get here.
func quantity(text string) (string, error) {
	parts := quantityForm().FindStringSubmatch(text)
	if parts == nil {
		return "", errQuantity
	}
	whole, fraction, _ := strings.Cut(parts[1], ".")
	value, ok := new(big.Int).SetString(whole+fraction, 10)
	unit := parts[2]
	if !ok || len(text) > 60 {
		return "", errQuantity
	}
	scale := len(fraction)
	switch {
	case strings.HasSuffix(unit, "i"):
		value.Lsh(value, uint(10*(1+strings.Index("KMGTPE", unit[:1]))))
	case len(unit) == 1:
		value.Mul(value, power10(6+3*strings.Index("MGTPE", unit)))
	case unit != "":
		exponent, err := strconv.Atoi(strings.TrimPrefix(unit[1:], "+"))
		if err != nil || exponent > 30 || exponent < -30 {
			return "", errQuantity
		}
		value.Mul(value, power10(max(exponent, 0)))
		scale += max(-exponent, 0)
	}
	digits := value.String()
	if scale == 0 {
		return digits, nil
	}
	digits = strings.Repeat("0", max(0, scale+1-len(digits))) + digits
	return digits[:len(digits)-scale] + "." + digits[len(digits)-scale:], nil
}

func power10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
