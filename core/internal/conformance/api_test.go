//go:build !js

package conformance

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pythonNames is everything that the documentation of http.server names, and
// the pieces of its program that others override.
const pythonNames = `HTTPServer HTTPServer.server_name HTTPServer.server_port ThreadingHTTPServer HTTPSServer ThreadingHTTPSServer
BaseHTTPRequestHandler client_address server close_connection requestline command path request_version headers rfile wfile
server_version sys_version error_message_format error_content_type protocol_version MessageClass responses default_request_version timeout weekdayname monthname
handle handle_one_request parse_request handle_expect_100 send_error send_response send_header send_response_only end_headers flush_headers
log_request log_error log_message version_string date_time_string log_date_time_string address_string
SimpleHTTPRequestHandler SimpleHTTPRequestHandler.server_version SimpleHTTPRequestHandler.extensions_map SimpleHTTPRequestHandler.index_pages
do_GET do_HEAD send_head list_directory translate_path copyfile guess_type
CGIHTTPRequestHandler cgi_directories do_POST is_cgi run_cgi is_executable is_python have_fork test run
port --bind --directory --protocol --cgi --tls-cert --tls-key --tls-password-file --header --content-type`

var code = regexp.MustCompile("`([^`]+)`")

// The table of core/README.md has a row for each name of http.server, and
// each Go name in it exists.
func TestAPITable(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(text), "\n| Python | Go | |\n| --- | --- | --- |\n")
	if !ok {
		t.Fatal("core/README.md has no table")
	}
	table, _, _ = strings.Cut(table, "\n\n")

	help, err := exec.Command("go", "run", "vitrine/core/cmd/serve", "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	module := packages(t)
	python := map[string]bool{}
	for row := range strings.Lines(table) {
		cells := strings.Split(row, "|")
		if len(cells) != 5 {
			t.Errorf("the row %q has %d cells", row, len(cells)-2)
			continue
		}
		name := code.FindStringSubmatch(cells[1])
		names := code.FindAllStringSubmatch(cells[2], -1)
		if name == nil || names == nil {
			t.Errorf("the row %q has no names", row)
			continue
		}
		python[strings.TrimSuffix(name[1], "()")] = true
		for _, n := range names {
			option, isOption := strings.CutPrefix(n[1], "serve ")
			switch {
			case n[1] == "serve":
			case isOption:
				if !strings.Contains(string(help), " "+option+" ") {
					t.Errorf("serve has no %s", option)
				}
			case !module.has(n[1]):
				t.Errorf("%s, in the row of %s, does not exist", n[1], name[1])
			}
		}
	}
	for _, name := range strings.Fields(pythonNames) {
		if !python[name] {
			t.Errorf("the table has no row for %s", name)
		}
	}
	if module.has("handler.Exchange.NoSuchName") || module.has("handler.NoSuchName") || module.has("nosuch.Name") || module.has("cgi.Handler.NoSuchName") {
		t.Error("a name that does not exist was found")
	}
}

// declared is what the packages of the core declare: "handler.Exchange" with
// the names of its fields and methods and the types it embeds, as
// "handler.Base".
type declared map[string]*members

type members struct{ names, embeds []string }

// packages reads the declarations of all packages of the core.
func packages(t *testing.T) declared {
	t.Helper()
	d := declared{}
	files, err := filepath.Glob("../../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		d.read(file.Name.Name, file)
	}
	return d
}

func (d declared) at(name string) *members {
	if d[name] == nil {
		d[name] = &members{}
	}
	return d[name]
}

func (d declared) read(pkg string, file *ast.File) {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				d.at(pkg + "." + decl.Name.Name)
			} else {
				m := d.at(pkg + "." + typeName(decl.Recv.List[0].Type))
				m.names = append(m.names, decl.Name.Name)
			}
		case *ast.GenDecl:
			for _, s := range decl.Specs {
				switch s := s.(type) {
				case *ast.ValueSpec:
					for _, n := range s.Names {
						d.at(pkg + "." + n.Name)
					}
				case *ast.TypeSpec:
					d.readType(pkg, s)
				}
			}
		}
	}
}

func (d declared) readType(pkg string, s *ast.TypeSpec) {
	m := d.at(pkg + "." + s.Name.Name)
	structure, ok := s.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range structure.Fields.List {
		for _, n := range f.Names {
			m.names = append(m.names, n.Name)
		}
		if f.Names == nil {
			name := typeName(f.Type)
			if !strings.Contains(name, ".") {
				name = pkg + "." + name
			}
			m.embeds = append(m.embeds, name)
		}
	}
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return typeName(e.X) + "." + e.Sel.Name
	}
	return ""
}

// has reports whether "pkg.Name" is declared, or "pkg.Type.Member" is a field
// or method of the type or of one that it embeds.
func (d declared) has(name string) bool {
	parts := strings.Split(name, ".")
	if len(parts) == 2 {
		return d[name] != nil
	}
	if len(parts) != 3 {
		return false
	}
	m := d[parts[0]+"."+parts[1]]
	if m == nil {
		return false
	}
	return slices.Contains(m.names, parts[2]) ||
		slices.ContainsFunc(m.embeds, func(embedded string) bool { return d.has(embedded + "." + parts[2]) })
}
