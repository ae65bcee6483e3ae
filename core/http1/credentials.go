package http1

// CarriesCredentials reports whether the value of a field with that name is
// enough to act as its owner, so that a log must not show it:
// Authorization and Proxy-Authorization (RFC 9110 §11.6.2, §11.7.2), Cookie and
// Set-Cookie (RFC 6265 §4). Case does not matter.
func CarriesCredentials(name string) bool {
	for _, credential := range [...]string{"Authorization", "Cookie", "Set-Cookie", "Proxy-Authorization"} {
		if EqualFold(name, credential) {
			return true
		}
	}
	return false
}
