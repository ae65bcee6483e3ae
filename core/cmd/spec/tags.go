package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
)

// Tag is a comment of a test that names a rule.
type Tag struct {
	Rule    string
	Test    string // "core/http1 TestRequestLine"
	Departs bool
	Because string // with Departs: what asks for it
}

// Tags returns the tags of all test files below root.
func Tags(root string) (tags []Tag, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		more, err := fileTags(path, filepath.ToSlash(folder))
		tags = append(tags, more...)
		return err
	})
	return tags, err
}

func fileTags(path, folder string) (tags []Tag, err error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, group := range file.Comments {
		for _, c := range group.List {
			for _, t := range parseTag(c.Text) {
				t.Test = folder + " " + owner(file, c)
				tags = append(tags, t)
			}
		}
	}
	return tags, nil
}

// owner is the name of the declaration that a comment stands in or above.
func owner(file *ast.File, c *ast.Comment) string {
	for _, d := range file.Decls {
		if d.End() < c.Pos() {
			continue
		}
		switch d := d.(type) {
		case *ast.FuncDecl:
			return d.Name.Name
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if v, ok := s.(*ast.ValueSpec); ok && v.End() >= c.Pos() {
					return v.Names[0].Name
				}
			}
		}
	}
	return file.Name.Name
}

var (
	tagLine = regexp.MustCompile(`^//\s*(spec|departs):(.*)`)
	tagRule = regexp.MustCompile(`([A-Z]+-[0-9]+)(?:\s*\(([^)]*)\))?`)
	ruleID  = regexp.MustCompile(`\b[A-Z]-[0-9]+\b`)
)

// parseTag reads one line of a comment.
func parseTag(comment string) (tags []Tag) {
	m := tagLine.FindStringSubmatch(comment)
	if m == nil {
		return nil
	}
	for _, r := range tagRule.FindAllStringSubmatch(m[2], -1) {
		tags = append(tags, Tag{Rule: r[1], Departs: m[1] == "departs", Because: r[2]})
		for _, id := range ruleID.FindAllString(r[2], -1) {
			tags = append(tags, Tag{Rule: id})
		}
	}
	return tags
}

// eachString calls f with each string literal of a file.
func eachString(file *ast.File, f func(at token.Pos, literal string)) {
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			f(lit.Pos(), lit.Value)
		}
		return true
	})
}
