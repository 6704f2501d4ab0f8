package source

import (
	"strings"
	"testing"
)

func TestMaskSecrets(t *testing.T) {
	for _, row := range []struct{ text, want, reason string }{
		{"a: b\nc: d", "a: b\nc: d", "nothing is sensitive"},
		{"s3.secret-key: PLANTED\nx: 1", "s3.secret-key: *******\nx: 1", "the value ends with its line"},
		{"s3.secret-key:PLANTED", "s3.secret-key:*******", "no blank behind the colon"},
		{"fs.s3a.secret.key PLANTED", "fs.s3a.secret.key *******", "no colon"},
		{"Fs.S3A.SECRET.key = PLANTED", "Fs.S3A.SECRET.key = *******", "case does not matter, nor which separator"},
		{"fs.azure.account.key.store.blob: PLANTED", "fs.azure.account.key.store.blob: *******", "the word inside the key"},
		{"{\"s3.secret-key\": [\"PLANTED\", 1], \"b\": 2}", "{\"s3.secret-key\": *********** **, \"b\": 2}", "a list, and only it"},
		{"{\"token\": \"PLANTED\", \"b\": oops}", "{\"token\": *********, \"b\": oops}", "a quoted value ends with its quote"},
		{"{\"token\":\n\"PLANTED\"}", "{\"token\":\n*********}", "the value on the next line"},
		{"{token: PLANTED, b: 1}", "{token: ******** ** **", "a plain value may hold anything: hidden to the end of the line"},
		{"token: |\n  PLANTED\n  more\nb: 1", "token: *\n  *******\n  ****\nb: 1", "a block below"},
		{"token:\n- PLANTED\nb: 1", "token:\n* *******\nb: 1", "a list right below"},
		{"a:\n  token: P\n  b: 1", "a:\n  token: *\n  b: 1", "the neighbour stays"},
		{"sasl:\n  jaas:\n    config: PLANTED\n    x: 1\nb: 2", "sasl:\n  jaas:\n    config: *******\n    x: 1\nb: 2", "a key of three lines"},
		{"{sasl: {jaas: {config: PLANTED}}, b: 1}", "{sasl: {jaas: ******** ********}, b: 1}", "the same in braces"},
		{"- name: AWS_SECRET_ACCESS_KEY\n  value: PLANTED\n- name: b\n  valueless: 2", "- name: AWS_SECRET_ACCESS_KEY\n  value: *******\n- name: b\n  valueless: 2", "the value beside the name"},
		{`[{"key":"s3.secret-key","value":"PLANTED"},{"key":"a","value":"b"}]`, `[{"key":"s3.secret-key","value":*********},{"key":"a","value":"b"}]`, "an answer of REST"},
		{`{"value":"PLANTED","key":"s3.secret-key"}`, `{"value":*********,"key":"s3.secret-key"}`, "the value before its name"},
		{"- AWS_SECRET_KEY=PLANTED", "- AWS_SECRET_KEY=*******", "an environment variable"},
		{"password: 'PLAN''TED", "password: **********", "a quote that is never closed, and two of them that close nothing"},
		{"- id: tokenize\n  inputs: [a]", "- id: tokenize\n  inputs: [a]", "a name that holds a word is no value"},
		{"token: äöü", "token: ***", "a character is one column"},
	} {
		got := MaskSecrets(row.text)
		if got != row.want {
			t.Errorf("%s:\n%s\nbecomes\n%s\nwant\n%s", row.reason, row.text, got, row.want)
		}
		if strings.Count(got, "\n") != strings.Count(row.text, "\n") {
			t.Errorf("%s: lines moved", row.reason)
		}
	}
}
