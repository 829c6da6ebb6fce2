package kit

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"

	"reliefportal/app/fail"
)

// shape is the validator for what a form must look like: present, not too long, one of. What the law says is the rule pack's business.
var shape = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("form") })
	return v
})

// shapeKeys are the message keys for a field that does not fit, by validator tag. A struct tag such as
// `say:"required=signin.contact_empty"` names a better sentence for one field.
var shapeKeys = map[string]string{
	"required": "field.required",
	"max":      "field.too_long",
	"oneof":    "field.choose",
	"uuid":     "field.choose",
}

// Read fills dst, a pointer to a struct, from the form and checks its shape. Fields are named by the tag `form:"name"`; string and
// []string are taken cleaned, bool is true when the field was sent, int64 is a number. Lengths count characters, not bytes. The error is
// of kind Invalid and names every field that does not fit; dst is filled all the same, so that nothing typed is lost.
func (f *Form) Read(dst any) error {
	v := reflect.ValueOf(dst).Elem()
	var wrong []fail.Field
	for i := range v.NumField() {
		if name := v.Type().Field(i).Tag.Get("form"); name != "" && !f.fill(v.Field(i), name) {
			wrong = append(wrong, fail.F(name, "field.number"))
		}
	}
	var broken validator.ValidationErrors
	if err := shape().Struct(dst); errors.As(err, &broken) {
		wrong = append(wrong, fieldsOf(v.Type(), broken)...)
	} else if err != nil {
		return err
	}
	if len(wrong) > 0 {
		return fail.Invalid(wrong...)
	}
	return nil
}

// fill sets one field; it is false when the text is no number where one is wanted.
func (f *Form) fill(field reflect.Value, name string) bool {
	switch field.Kind() {
	case reflect.String:
		field.SetString(f.Value(name))
	case reflect.Bool:
		field.SetBool(f.Has(name))
	case reflect.Int64:
		n, ok := f.Int(name)
		field.SetInt(n)
		return ok || f.Value(name) == ""
	case reflect.Slice:
		field.Set(reflect.ValueOf(f.All(name)))
	default:
		panic("kit: a form struct holds strings, string lists, bools and int64s, not " + field.Type().String())
	}
	return true
}

func fieldsOf(t reflect.Type, broken validator.ValidationErrors) []fail.Field {
	var fields []fail.Field
	for _, b := range broken {
		key, ok := ownKey(t, b)
		if !ok {
			key = shapeKeys[b.Tag()]
		}
		fields = append(fields, fail.F(b.Field(), key, limitOf(b)...))
	}
	return fields
}

// limitOf gives the sentence about a length its number.
func limitOf(b validator.FieldError) []any {
	n, err := strconv.Atoi(b.Param())
	if err != nil {
		return nil
	}
	return []any{"Max", n}
}

// ownKey finds the sentence a field names for itself in its say tag.
func ownKey(t reflect.Type, b validator.FieldError) (string, bool) {
	field, ok := t.FieldByName(b.StructField())
	if !ok {
		return "", false
	}
	for pair := range strings.SplitSeq(field.Tag.Get("say"), ",") {
		if tag, key, ok := strings.Cut(pair, "="); ok && tag == b.Tag() {
			return key, true
		}
	}
	return "", false
}
