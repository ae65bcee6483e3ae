package media

import "strings"

// ParseMimeTypes reads the text of a mime.types file: a media type and its
// extensions on each line, words from one that starts with # to the end of
// the line left out. The result maps extensions, with their dot, for
// [Guesser.System]; a later line wins over an earlier one.
func ParseMimeTypes(text string) map[string]string {
	types := make(map[string]string)
	for line := range strings.Lines(text) {
		mediaType := ""
		for word := range strings.FieldsSeq(line) {
			if word[0] == '#' {
				break
			}
			if mediaType == "" {
				mediaType = word
				continue
			}
			types["."+word] = mediaType
		}
	}
	return types
}
