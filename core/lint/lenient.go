package lint

// lenient tells what this server made of faults that it could have refused: the
// fault is the client's, to let it pass is the server's choice.
func (x *exchange) lenient() {
	if x.fault != nil || x.r.Status == 0 || x.r.Status == 400 || x.r.Status == 421 {
		return
	}
	refuse, may := "", ""
	var refused, passed []Range
	for i := range x.notes {
		n := &x.notes[i]
		switch n.ID {
		case "C1", "C2", "C3": // MUST: RFC 9112 §3.2
			refuse, refused = add(refuse, n.ID), append(refused, n.Subject...)
		case "A1", "A5", "A8", "A10", "A12", "A13", "A16", "A17", "A21", "B5":
			may, passed = add(may, n.ID), append(passed, n.Subject...)
		}
	}
	status := x.r.Response.Code.Text
	if refuse != "" {
		x.note("S1", []string{refuse, status}, refused...)
	}
	if may != "" {
		x.note("S2", []string{may}, passed...)
	}
}

// add puts an id into a list of them.
func add(list, id string) string {
	if list == "" {
		return id
	}
	return list + ", " + id
}
