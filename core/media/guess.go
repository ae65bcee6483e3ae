package media

// Guesser is guess_type of http.server with its tables. The zero value is
// http.server's default.
type Guesser struct {
	// Overrides is extensions_map: extension with its dot → media type,
	// asked before the rest, first with the extension as it is, then in
	// lower case. nil means the four of [Overrides]; an empty map means none.
	Overrides map[string]string
	// System is laid over the built-in table, extension with its dot in
	// lower case → media type; [ParseMimeTypes] makes one.
	System map[string]string
	// Default is the result when nothing else knows; "" means [Default].
	Default string
}

// Guess returns the media type of the file with that name (T-1). The file
// itself is never looked at.
func (g *Guesser) Guess(name string) string {
	t, _ := g.Lookup(name)
	return t
}

// Lookup is Guess that says whether the tables know the name: if not, the
// result is the default.
func (g *Guesser) Lookup(name string) (mediaType string, known bool) {
	if t, ok := g.override(Extension(name)); ok {
		return t, true
	}
	if t, ok := typeByName(name, g.System); ok {
		return t, true
	}
	if g.Default != "" {
		return g.Default, false
	}
	return Default, false
}

func (g *Guesser) override(ext string) (mediaType string, ok bool) {
	if g.Overrides == nil {
		if t := override(ext); t != "" {
			return t, true
		}
		t := override(lower(ext))
		return t, t != ""
	}
	if t, ok := g.Overrides[ext]; ok {
		return t, true
	}
	t, ok := g.Overrides[lower(ext)]
	return t, ok
}

// Guess returns the media type of the file with that name: from overrides
// (nil means the four of [Overrides]), then from the built-in table, then
// fallback ("" means [Default]).
func Guess(name string, overrides map[string]string, fallback string) string {
	g := Guesser{Overrides: overrides, Default: fallback}
	return g.Guess(name)
}

// override holds the entries of extensions_map (T-2).
func override(ext string) string {
	switch ext {
	case ".gz":
		return "application/gzip"
	case ".Z":
		return "application/octet-stream"
	case ".bz2":
		return "application/x-bzip2"
	case ".xz":
		return "application/x-xz"
	}
	return ""
}

// Overrides returns a new map with the four entries http.server's
// extensions_map has, to be extended. They say that a compressed file is what
// it is, not what is in it: no Content-Encoding is sent.
func Overrides() map[string]string {
	return map[string]string{
		".gz":  override(".gz"),
		".Z":   override(".Z"),
		".bz2": override(".bz2"),
		".xz":  override(".xz"),
	}
}
