//go:build linux

package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
)

// bench is one run.
type bench struct {
	options
	dir, tree, cert, key string
	all                  []*server
	figures              []*figure
	err                  error
}

// figure is a row of the table: what was measured in each round, by server.
type figure struct {
	name, unit string
	by         map[string][]float64
}

func (b *bench) fail(err error) { b.err = errors.Join(b.err, err) }

// note keeps one value of a figure.
func (b *bench) note(name, server string, value float64, unit string) {
	for _, f := range b.figures {
		if f.name == name {
			f.by[server] = append(f.by[server], value)
			return
		}
	}
	b.figures = append(b.figures, &figure{name, unit, map[string][]float64{server: {value}}})
}

// isBuild reports whether the server of that name is another build of serve.
func (b *bench) isBuild(name string) bool { return strings.Contains(","+b.builds, ","+name+"=") }

// measureLoads puts every load on every server in each round.
func (b *bench) measureLoads() {
	for round := range b.rounds {
		for i := range loads {
			l := &loads[i]
			if !b.loads.MatchString(l.name) {
				continue
			}
			on := slices.DeleteFunc(slices.Clone(b.all), func(s *server) bool {
				return s.family != l.server || s.name != "Vitrine" && !b.isBuild(s.name) && !b.servers.MatchString(s.name)
			})
			for n := range on {
				s := on[(n+round)%len(on)] // each begins once
				if round == 0 {
					if err := b.check(l, s); err != nil {
						b.fail(err)
						return
					}
				}
				r, err := b.run(l, s, b.span+l.begin)
				if errors.Is(err, errFailed) && s.family == "" && s.name != "Vitrine" {
					fmt.Fprintln(os.Stderr, err) // a peer has no figure then
					continue
				}
				if err != nil {
					b.fail(err)
					return
				}
				b.note(l.name, s.name, l.cost(r), l.unitText())
			}
		}
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, b.rounds)
	}
}

// check sees to it that a server responds to a load as it should, and warms it.
func (b *bench) check(l *load, s *server) error {
	if s.family == "tls" {
		return nil // wrk would say so
	}
	for range 2 {
		req, err := http.NewRequest("GET", s.url(l.path), nil)
		if err != nil {
			return err
		}
		for _, f := range l.fields {
			name, value, _ := strings.Cut(f, ": ")
			req.Header.Set(name, value)
		}
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			return fmt.Errorf("%s, %s: %w", s.name, l.name, err)
		}
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != l.status {
			return fmt.Errorf("%s, %s: status %d, want %d (%v)", s.name, l.name, res.StatusCode, l.status, err)
		}
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	time.Sleep(10 * time.Millisecond)
	return nil
}
