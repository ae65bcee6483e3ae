package sites

import "testing"

func TestOrigins(t *testing.T) {
	for _, tc := range []struct {
		title, meta        string
		location           Location
		mode               Mode
		site, bridge, from string // "" where it is an error
	}{
		{
			"the tool's name", "",
			Location{"http://vitrine.localhost:8001/", "http:", "vitrine.localhost:8001", "vitrine.localhost", "8001"},
			OwnOrigin, "http://a-1b2c.vitrine.localhost:8001/", "http://a-1b2c.vitrine.localhost:8001/.vitrine/bridge.html", "http://a-1b2c.vitrine.localhost:8001",
		},
		{
			"another host that says so", "https://{site}.tool.example{port}",
			Location{"https://tool.example:8443/x", "https:", "tool.example:8443", "tool.example", "8443"},
			OwnOrigin, "https://a-1b2c.tool.example:8443/", "https://a-1b2c.tool.example:8443/.vitrine/bridge.html", "https://a-1b2c.tool.example:8443",
		},
		{
			"the port with its colon", "https://{site}.tool.example:{port}",
			Location{"https://tool.example/", "https:", "tool.example", "tool.example", ""},
			OwnOrigin, "https://a-1b2c.tool.example/", "https://a-1b2c.tool.example/.vitrine/bridge.html", "https://a-1b2c.tool.example",
		},
		{
			"a host that says something else", "https://{site}.other.example",
			Location{"https://tool.example/", "https:", "tool.example", "tool.example", ""},
			OwnOrigin, "", "", "",
		},
		{
			"the root of an origin", "",
			Location{"http://localhost:8001/?one-origin", "http:", "localhost:8001", "localhost", "8001"},
			OneOrigin, "http://localhost:8001/s/a-1b2c/", "http://localhost:8001/bridge.html?site=a-1b2c", "http://localhost:8001",
		},
		{
			"a folder of a host", "",
			Location{"https://host.example/tools/vitrine/index.html?x=/y#/z", "https:", "host.example", "host.example", ""},
			OneOrigin, "https://host.example/tools/vitrine/s/a-1b2c/", "https://host.example/tools/vitrine/bridge.html?site=a-1b2c", "https://host.example",
		},
		{
			"a name that only ends like the tool's", "",
			Location{"http://evilvitrine.localhost/", "http:", "evilvitrine.localhost", "evilvitrine.localhost", ""},
			OneOrigin, "http://evilvitrine.localhost/s/a-1b2c/", "http://evilvitrine.localhost/bridge.html?site=a-1b2c", "http://evilvitrine.localhost",
		},
	} {
		o, err := FindOrigins(&tc.location, tc.meta)
		if err != nil || tc.site == "" {
			if err == nil || tc.site != "" {
				t.Errorf("%s: got %v", tc.title, err)
			}
			continue
		}
		if o.Mode != tc.mode || o.Site("a-1b2c") != tc.site || o.Bridge("a-1b2c") != tc.bridge || o.Of("a-1b2c") != tc.from {
			t.Errorf("%s: got %v, %s, %s, %s", tc.title, o.Mode, o.Site("a-1b2c"), o.Bridge("a-1b2c"), o.Of("a-1b2c"))
		}
	}
}
