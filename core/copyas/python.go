package copyas

// python puts a program that sends the request byte by byte.
func (t *text) python(q *request, to *server) {
	q.marks(t, "# ")
	if q.raw == "" {
		return
	}
	t.put("import socket\n")
	if to.tls {
		t.put("import ssl\n")
	}
	t.put("import sys\n\nrequest = (\n")
	for line, rest := cutLine(q.raw); line != ""; line, rest = cutLine(rest) {
		t.put("    b")
		t.literal(line)
		t.putByte('\n')
	}
	t.put(")\nwith socket.create_connection((")
	t.literal(to.host)
	t.put(", ")
	t.put(to.port)
	t.put("), timeout=10) as s:\n")
	if to.tls {
		t.put("    s = ssl.create_default_context().wrap_socket(s, server_hostname=")
		t.literal(to.host)
		t.put(")\n")
	}
	t.put(`    s.sendall(request)
    try:
        while data := s.recv(65536):
            sys.stdout.buffer.write(data)
    except TimeoutError:
        pass  # `)
	t.put(say("python.open"))
	t.putByte('\n')
}
