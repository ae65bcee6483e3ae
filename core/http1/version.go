package http1

// Version is a protocol version as a pair of numbers. Numbers past 65535 are
// held at 65535: no rule tells them apart.
type Version struct{ Major, Minor uint16 }

// AtLeast reports whether v is major.minor or newer.
func (v Version) AtLeast(major, minor uint16) bool {
	return v.Major > major || v.Major == major && v.Minor >= minor
}
