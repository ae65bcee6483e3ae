package main

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Mention is a place that names a rule.
type Mention struct {
	Rule string
	File string // below the root, with slashes
	Line int
}

// mention is an id anywhere in a text.
var mention = regexp.MustCompile(`\b(?:[A-Z]|TLS)-[0-9]+\b`)

// Mentions returns where rules are named: in comments of Go, in all of
// JavaScript and Markdown, in comments of transcripts, and in strings of Go
// that are nothing but ids. Other strings may hold a field like X-1.
func Mentions(root string) (mentions []Mention, err error) {
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "dist" || d.Name() == "appdist") {
				return fs.SkipDir
			}
			return nil
		}
		find := linesOf
		switch path.Ext(name) {
		case ".go":
			find = goMentions
		case ".txt":
			find = commentsOf
		case ".js", ".mjs", ".md":
		default:
			return nil
		}
		if strings.HasSuffix(filepath.ToSlash(name), "core/cmd/spec/spec_test.go") {
			return nil // names rules that do not exist
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		below, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		for _, m := range find(text) {
			m.File = filepath.ToSlash(below)
			mentions = append(mentions, m)
		}
		return nil
	})
	return mentions, err
}

func linesOf(text []byte) (mentions []Mention) {
	for i, line := range bytes.Split(text, []byte("\n")) {
		for _, id := range mention.FindAll(line, -1) {
			mentions = append(mentions, Mention{Rule: string(id), Line: i + 1})
		}
	}
	return mentions
}

// commentsOf reads the lines of a transcript that begin with #.
func commentsOf(text []byte) (mentions []Mention) {
	for i, line := range bytes.Split(text, []byte("\n")) {
		if bytes.HasPrefix(line, []byte("#")) {
			for _, m := range linesOf(line) {
				m.Line = i + 1
				mentions = append(mentions, m)
			}
		}
	}
	return mentions
}

// onlyIDs is a string such as "C-3, C-9".
var onlyIDs = regexp.MustCompile(`^(?:(?:[A-Z]|TLS)-[0-9]+(?:,? |$))+$`)

func goMentions(text []byte) (mentions []Mention) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil // the compiler says so
	}
	for _, group := range file.Comments {
		for _, c := range group.List {
			for _, m := range linesOf([]byte(c.Text)) {
				m.Line += set.Position(c.Pos()).Line - 1
				mentions = append(mentions, m)
			}
		}
	}
	eachString(file, func(at token.Pos, literal string) {
		if s, err := strconv.Unquote(literal); err == nil && onlyIDs.MatchString(s) {
			for _, id := range mention.FindAllString(s, -1) {
				mentions = append(mentions, Mention{Rule: id, Line: set.Position(at).Line})
			}
		}
	})
	return mentions
}
