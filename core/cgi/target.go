package cgi

import (
	"slices"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/site"
)

// IsCGI reports whether path lies below one of directories, and cuts it there:
// directory is the shortest prefix of path that is one of them, rest what
// follows its slash (G-2, G-3). path begins with a slash and is decoded and
// normalised; "/cgi-bin" itself is not below "/cgi-bin", "/cgi-bin/" is.
func IsCGI(directories []string, path string) (directory, rest string, ok bool) {
	for i := 1; i < len(path); i++ {
		if path[i] == '/' && slices.Contains(directories, path[:i]) {
			return path[:i], path[i+1:], true
		}
	}
	return "", "", false
}

// pathOf writes the name and dir of site.TranslatePath as a path: "/" before
// it, and after it if it means a directory. A path that ends in a dot segment
// means one too (G-2).
func pathOf(target, name string, dir bool) string {
	if name == "." {
		return "/"
	}
	if !dir {
		shown := site.ShownPath(target)
		last := shown[strings.LastIndexByte(shown, '/')+1:]
		dir = last == "." || last == ".."
	}
	if dir {
		return "/" + name + "/"
	}
	return "/" + name
}

// queryOf is what follows the first "?" of a target, not decoded. Only a "?"
// that came as one is the query mark.
func queryOf(target string) string {
	_, query, _ := strings.Cut(target, "?")
	return query
}

// Script is what a request asks to run.
type Script struct {
	Name     string // SCRIPT_NAME, "/cgi-bin/sub/x.sh"
	Argument string // the script's own name for itself, "x.sh" (G-13)
	PathInfo string // PATH_INFO, "/a/b"; empty if none
	Query    string // QUERY_STRING, not decoded
}

// FindScript splits what IsCGI returned: as long as the next part names a
// directory it is gone into; the part after that is the script, and what
// follows, with its slash, the extra path (G-6). isDir is asked with names as
// site.TranslatePath makes them.
//
// Differs from http.server: nothing is decoded here or later, so "%3f" and
// "%2f" in a file name are what they are (G-7, X-5).
func FindScript(directory, rest, query string, isDir func(name string) bool) Script {
	for {
		next, after, more := strings.Cut(rest, "/")
		if !more || !isDir(strings.TrimPrefix(directory, "/")+"/"+next) {
			break
		}
		directory, rest = directory+"/"+next, after
	}
	s := Script{Query: query}
	s.Argument = rest
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		s.Argument, s.PathInfo = rest[:i], rest[i:]
	}
	s.Name = directory + "/" + s.Argument
	return s
}

// file is the script's name below the root.
func (s *Script) file() string { return strings.Trim(s.Name, "/") }

// Arguments are the words a script is run with: its own name, and the query
// as one word, its "+" read as SP, unless it has a "=" (G-13). Nothing
// else is decoded and no shell is involved.
//
// Differs from http.server: a query that would be an option of the
// program, one that begins with "-", is no argument. RFC 3875 §4.4 lets a
// server leave them out, and php-cgi?-s showed the source of scripts
// (CVE-2012-1823). So is one that begins with a soft hyphen, which Windows
// turns into "-" for programs that ask for their arguments in an old code page
// (CVE-2024-4577).
func (s *Script) Arguments() []string {
	query := strings.ReplaceAll(handler.Latin1(s.Query), "+", " ")
	begins := strings.TrimSpace(query)
	if strings.Contains(query, "=") || strings.HasPrefix(begins, "-") || strings.HasPrefix(begins, "\u00ad") {
		return []string{s.Argument}
	}
	return []string{s.Argument, query}
}
