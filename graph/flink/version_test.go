package flink

import "testing"

func TestParseVersion(t *testing.T) {
	tests := []struct {
		text, reason string
		want         Version
		err          string
	}{
		{text: "1.10", want: Version{1, 10}, reason: "the first one"},
		{text: "1.20", want: Version{1, 20}, reason: "the last of major 1"},
		{text: "2.0", want: Version{2, 0}, reason: "never recorded, but between two that were"},
		{text: "2.3", want: Version{2, 3}, reason: "the last one"},
		{text: "1.10.3", want: Version{1, 10}, reason: "a patch is ignored"},
		{text: "2.3.99", want: Version{2, 3}, reason: "also one that does not exist"},
		{text: "2.4", want: Version{2, 4}, reason: "a later one is accepted"},
		{text: "3.0.1", want: Version{3, 0}, reason: "a later major one too"},
		{text: "1.9", reason: "FLIP-88 came with 1.10", err: "is too early"},
		{text: "1.2", reason: "what a program makes of the number 1.20", err: "is too early"},
		{text: "0.10", reason: "before the first major one", err: "is too early"},
		{text: "1.21", reason: "there is nothing between 1.20 and 2.0", err: "was never released"},
		{text: "1", reason: "no minor version", err: "is no version of Flink"},
		{text: "", reason: "empty", err: "is no version of Flink"},
		{text: "1.", reason: "an empty part", err: "is no version of Flink"},
		{text: "1.10.3.1", reason: "four parts", err: "is no version of Flink"},
		{text: "1.010", reason: "a leading zero", err: "is no version of Flink"},
		{text: "v1.10", reason: "a tag's name", err: "is no version of Flink"},
		{text: " 1.10", reason: "a blank", err: "is no version of Flink"},
		{text: "1.-1", reason: "a sign", err: "is no version of Flink"},
		{text: "1.10.0-SNAPSHOT", reason: "a build", err: "is no version of Flink"},
		{text: "2.99999999999999999999", reason: "too many digits", err: "is no version of Flink"},
	}
	for _, test := range tests {
		got, err := ParseVersion(test.text)
		message := ""
		if test.err != "" {
			message = `"` + test.text + `" ` + test.err +
				"; allowed are 1.10 to 1.20 and 2.0 to 2.3, with or without a patch such as 1.10.3"
		}
		if got != test.want || errorText(err) != message {
			t.Errorf("%s: ParseVersion(%q) = %v, %q; want %v, %q", test.reason, test.text, got, errorText(err), test.want, message)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestVersionPlanned(t *testing.T) {
	tests := []struct {
		version, want Version
		known         bool
		reason        string
	}{
		{Version{}, Version{1, 10}, false, "not stated: the release FLIP-88 was made for"},
		{Version{1, 10}, Version{1, 10}, true, "the first one"},
		{Version{2, 1}, Version{2, 1}, true, "known, though never recorded"},
		{Version{2, 3}, Version{2, 3}, true, "the last one"},
		{Version{2, 4}, Version{2, 3}, false, "a later one"},
		{Version{3, 0}, Version{2, 3}, false, "a later major one"},
	}
	for _, test := range tests {
		if got := test.version.Planned(); got != test.want || test.version.Known() != test.known {
			t.Errorf("%s: %v is planned as %v, known %v; want %v, %v",
				test.reason, test.version, got, test.version.Known(), test.want, test.known)
		}
	}
}

func TestVersionOrder(t *testing.T) {
	ascending := []Version{{}, {1, 9}, {1, 10}, {1, 20}, {2, 0}, {2, 3}}
	for i, v := range ascending {
		for j, w := range ascending {
			if got := v.atLeast(w); got != (i >= j) {
				t.Errorf("%v.AtLeast(%v) = %v", v, w, got)
			}
			if got := v.Before(w); got != (i < j) {
				t.Errorf("%v.Before(%v) = %v", v, w, got)
			}
		}
	}
}

func TestVersionString(t *testing.T) {
	for v, want := range map[Version]string{{}: "", {1, 10}: "1.10", {2, 0}: "2.0"} {
		if got := v.String(); got != want || v.Stated() != (want != "") {
			t.Errorf("%#v: String %q, stated %v; want %q", v, got, v.Stated(), want)
		}
	}
}
