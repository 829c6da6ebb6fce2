package kit

import "strconv"

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Name
}

func (f Field) err(p Page) string {
	if f.Error != "" {
		return f.Error
	}
	return p.ErrorOf(f.id())
}

// describedBy names the hint and the error of the field for screen readers.
func (f Field) describedBy(p Page) string {
	ids := ""
	if f.Hint != "" {
		ids = f.id() + "-hint"
	}
	if f.err(p) != "" {
		if ids != "" {
			ids += " "
		}
		ids += f.id() + "-error"
	}
	return ids
}

func (f Field) inputType() string {
	if f.Type != "" {
		return f.Type
	}
	return "text"
}

func (f Field) autocomplete() string {
	if f.Autocomplete != "" {
		return f.Autocomplete
	}
	return "off"
}

func (f Field) class(p Page, base string) string {
	c := base
	if f.err(p) != "" {
		c += " " + base + "--error govuk-input--error"
	}
	if f.Short {
		c += " govuk-input--width-10"
	}
	if f.Mono {
		c += " code"
	}
	return c
}

func (f Field) rows() string {
	if f.Rows > 0 {
		return strconv.Itoa(f.Rows)
	}
	return "6"
}

// optionID is the id of one option; the first has the id of the field, so that the error summary leads to it.
func (f Field) optionID(i int) string {
	if i == 0 {
		return f.id()
	}
	return f.id() + "-" + strconv.Itoa(i+1)
}

// chosen says that an option was chosen before.
func (f Field) chosen(o Option) bool {
	if o.Checked || o.Value == f.Value && f.Value != "" {
		return true
	}
	for _, v := range f.Values {
		if v == o.Value {
			return true
		}
	}
	return false
}
