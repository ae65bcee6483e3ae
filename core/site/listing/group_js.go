package listing

// Group makes the listings of large directories for each request here: a tab
// has one reader, and sharing them would add 7 KB to the worker (brotli).
type Group struct{}

// Get returns what read makes of the directory.
func (Group) Get(_ string, read func() (*Lines, error)) (*Lines, error) { return read() }
