package hostrule

import "strings"

// Tool is the host of the browser edition's tool. Each site that it previews
// has a host of one more label. Browsers keep the folders that were opened
// with the tool's origin, so no other server may respond under these names.
const Tool = "vitrine.localhost"

// IsTool reports whether name is the tool's or below it. name is one of
// [Host].
func IsTool(name string) bool { return name == Tool || below(name, Tool) }

// IsSite reports whether name is the host of a previewed site.
func IsSite(name string) bool {
	return below(name, Tool) && !strings.Contains(strings.TrimSuffix(name, "."+Tool), ".")
}
