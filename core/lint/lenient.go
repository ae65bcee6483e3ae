package lint

// mustRefuse are faults that a server has to refuse with 400 (RFC 9112 §3.2),
// mayPass those that it may let pass.
var (
	mustRefuse = [...]id{c1, c2, c3}
	mayPass    = [...]id{a1, a5, a8, a10, a12, a13, a16, a17, a21, b5}
)

// lenient tells what this server made of faults that it could have refused: the
// fault is the client's, to let it pass is the server's choice.
func (x *exchange) lenient() {
	if x.fault == nil && x.status != 0 && x.status != 400 && x.status != 421 {
		x.passed(s1, mustRefuse[:])
		x.passed(s2, mayPass[:])
	}
}

// passed adds the note n if there are some of these.
func (x *exchange) passed(n id, of []id) {
	text := ""
	for _, fault := range of {
		for _, made := range x.ids {
			if made == fault {
				if text != "" {
					text += ", "
				}
				text += catalogue[fault].ID
			}
		}
	}
	if text != "" {
		x.note(n)
		x.arg(text)
		x.number(int64(x.status))
	}
}
