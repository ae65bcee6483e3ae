// Package loads finds out which requests belong to one load of a page: the
// navigation, what redirected to it, and what the page asked for. It knows no
// browser and draws nothing.
//
// The one rule: the browser tells which client asks, not which navigation made
// it. So a client that is seen first belongs to the last load of its site that
// its referrer names, or else to the last one: what is shown is this guess, and
// nothing is decided by it.
package loads

import (
	"strings"
	"time"

	"vitrine/core/trace"
)

// Bounds: a site's script can make up any number of clients, and load pages
// without end. The oldest load is forgotten; who holds it still has it.
const (
	maxClients = 4096
	maxLoads   = 2000
)

// Load is one load of a page, or what belongs to none.
type Load struct {
	Key  int64  // its number among loads, from 1
	ID   int64  // of the record that began it; 0 for what belongs to no page
	Site string // its id
	Path string // target of the page, "" for what belongs to none
	// Source is that of its requests, if it belongs to no page.
	Source trace.Provenance

	Start    time.Time // of the first request
	End      time.Time // of the last response
	Requests int64
	Failed   int64 // of which so many had 4xx, 5xx or no response
	Bytes    int64

	location string // of the redirect that came last, "" if the page is there
	client   string // that asks for what the page needs
}

// Loads sorts records into loads as they come. The zero value has none.
type Loads struct {
	all     []*Load
	last    int64 // key of the newest
	clients map[string]*Load
}

// Of returns the load that r belongs to and counts r in it.
func (s *Loads) Of(r *trace.Record) *Load {
	l := s.find(r)
	end := r.Start.Add(r.Elapsed)
	if l.Requests == 0 || r.Start.Before(l.Start) {
		l.Start = r.Start
	}
	if end.After(l.End) {
		l.End = end
	}
	l.Requests++
	l.Bytes += r.Size
	if r.Status >= 400 || r.Status == 0 {
		l.Failed++
	}
	return l
}

func (s *Loads) find(r *trace.Record) *Load {
	key := r.Site + " " + r.Browser.Client
	switch {
	case r.Source != trace.Rebuilt:
		return s.apart(r)
	case r.Browser.Mode == "navigate":
		l := s.navigation(r)
		s.bind(key, r, l) // which is the client that it makes
		return l
	case r.Browser.Client == "":
	default:
		if l := s.clients[key]; l != nil {
			return l
		}
	}
	l := s.page(r)
	if l == nil {
		return s.apart(r)
	}
	s.bind(key, r, l)
	return l
}

// bind has what the client of r asks for belong to a load.
func (s *Loads) bind(key string, r *trace.Record, l *Load) {
	if r.Browser.Client == "" || len(s.clients) >= maxClients {
		return
	}
	if s.clients == nil {
		s.clients = map[string]*Load{}
	}
	s.clients[key], l.client = l, r.Browser.Client
}

// navigation begins a load, or goes on with one that was redirected.
func (s *Loads) navigation(r *trace.Record) *Load {
	location := ""
	if r.Status >= 300 && r.Status < 400 {
		location, _ = r.Response.Fields.Lookup("Location")
	}
	for i := len(s.all) - 1; i >= 0; i-- {
		l := s.all[i]
		if l.Site == r.Site && l.ID != 0 {
			if l.location != "" && leads(l.location, r.Request.Target.Text) {
				l.location = location
				return l
			}
			break
		}
	}
	l := &Load{ID: r.ID, Site: r.Site, Path: r.Request.Target.Text, Source: r.Source, location: location}
	return s.add(l)
}

func (s *Loads) add(l *Load) *Load {
	s.last++
	l.Key = s.last
	if s.all = append(s.all, l); len(s.all) > maxLoads {
		s.all = append([]*Load(nil), s.all[len(s.all)-maxLoads*3/4:]...)
	}
	return l
}

// Last is the load of a page of a site that came last, nil if no page was loaded.
func (s *Loads) Last(site string) *Load {
	for i := len(s.all) - 1; i >= 0; i-- {
		if l := s.all[i]; l.Site == site && l.ID != 0 {
			return l
		}
	}
	return nil
}

// leads reports whether a Location leads to a target of the same site.
func leads(location, target string) bool {
	return location == target || strings.HasSuffix(location, target) && strings.Contains(location, "://")
}

// page is the load that a client not seen before belongs to, nil if its site
// has none.
func (s *Loads) page(r *trace.Record) *Load {
	var last *Load
	for i := len(s.all) - 1; i >= 0; i-- {
		l := s.all[i]
		if l.Site != r.Site || l.ID == 0 {
			continue
		}
		if l.client == "" && strings.HasSuffix(r.Browser.Referrer, l.Path) {
			return l
		}
		if last == nil {
			last = l
		}
	}
	return last
}

// apart is the load for what belongs to no page: one for each site and source.
func (s *Loads) apart(r *trace.Record) *Load {
	for _, l := range s.all {
		if l.ID == 0 && l.Site == r.Site && l.Source == r.Source {
			return l
		}
	}
	return s.add(&Load{Site: r.Site, Source: r.Source})
}
