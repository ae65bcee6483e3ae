package site

// listings of large directories are made for each request here: a tab has one
// reader, and sharing them would add 7 KB to the worker (brotli).
type listings struct{}

func (listings) get(_ string, read func() (*entryLines, error)) (*entryLines, error) { return read() }
