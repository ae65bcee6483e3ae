package terms

// Value says in words what the value of a field means, for the fields where
// that can be told from the value alone: "" for all others, and for values
// that are not of their field's form. request says whose field it is. date is
// the value of the message's Date, "" if it has none.
func Value(field, value string, request bool, date string) string { return "" }
