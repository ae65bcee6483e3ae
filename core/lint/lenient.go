package lint

// lenient tells what this server made of faults that it could have refused: the
// fault is the client's, to let it pass is the server's choice.
func (x *exchange) lenient() {
	if x.fault != nil || x.status == 0 || x.status == 400 || x.status == 421 {
		return
	}
	var passed [2]string
	for i := range x.notes {
		n := 1
		switch x.notes[i].ID {
		case "C1", "C2", "C3": // MUST: RFC 9112 §3.2
			n = 0
		case "A1", "A5", "A8", "A10", "A12", "A13", "A16", "A17", "A21", "B5":
		default:
			continue
		}
		if passed[n] != "" {
			passed[n] += ", "
		}
		passed[n] += x.notes[i].ID
	}
	for i, n := range [...]id{s1, s2} {
		if passed[i] != "" {
			x.note(n)
			x.arg(passed[i])
			x.number(int64(x.status))
		}
	}
}
