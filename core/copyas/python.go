package copyas

// appendPython appends a program that sends the request byte by byte.
func appendPython(dst []byte, q *request, to server) []byte {
	dst = q.appendMarks(dst, "# ")
	if q.raw == "" {
		return dst
	}
	dst = append(dst, "import socket\n"...)
	if to.tls {
		dst = append(dst, "import ssl\n"...)
	}
	dst = append(dst, "import sys\n\nrequest = (\n"...)
	lines(q.raw, func(line string) {
		dst = append(appendLiteral(append(dst, "    b"...), line, ""), '\n')
	})
	dst = append(dst, ")\nwith socket.create_connection(("...)
	dst = appendLiteral(dst, to.host, "")
	dst = append(append(append(dst, ", "...), to.port...), "), timeout=10) as s:\n"...)
	if to.tls {
		dst = appendLiteral(append(dst, "    s = ssl.create_default_context().wrap_socket(s, server_hostname="...), to.host, "")
		dst = append(dst, ")\n"...)
	}
	dst = append(dst, `    s.sendall(request)
    try:
        while data := s.recv(65536):
            sys.stdout.buffer.write(data)
    except TimeoutError:
        pass  `...)
	return append(append(dst, say("python.open")...), '\n')
}
