package main

import (
	"reflect"
	"testing"

	"udfplan/spec/render"
)

// TestFineGrainedForms: the flag allows the forms that there are, and nothing for who does not ask.
func TestFineGrainedForms(t *testing.T) {
	field, _ := reflect.TypeFor[capacityCommand]().FieldByName("FineGrained")
	if got, want := field.Tag.Get("enum"), ","+render.Names(render.ProfileFormats); got != want {
		t.Errorf("--fine-grained allows %q, want %q", got, want)
	}
}
