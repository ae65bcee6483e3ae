// Package sites is what the page knows of its sites: which there are, how far
// each has come, how its worker is, and what may come from it. It has no files
// and no frames, nothing of a browser, and so is tested without one.
//
// The one rule: a site moves from state to state by the tables in state.go and
// worker.go alone. What the tables do not name does not happen: a site that is
// held back, say, stays so whatever a lookup that was under way finds out.
package sites
