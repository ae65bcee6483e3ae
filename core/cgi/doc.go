// Package cgi runs scripts below CGI directories as Python's
// CGIHTTPRequestHandler does, and serves all other files as package site does.
//
//	fsys, err := osfs.Open("public")     // any fs.FS over the same folder
//	h := cgi.New(fsys, "public")           // what site.New takes, and where the files are on disk
//	h.Directories = append(h.Directories, "/scripts")
//
// The one rule: a request-target is read once, by [site.TranslatePath], and
// that one name decides everything: whether it is CGI, which script runs,
// what PATH_INFO says and which file is served. So no spelling of a target
// can be a script for one question and a file for another, and nothing below
// a CGI directory is ever sent as data.
//
// A script responds with a block of field lines, an empty line and content
// (RFC 3875 §6). The block is read before anything is sent: Status and
// Location count, and a script that gives none leads to 502.
//
// What the environment is, how a target is split and how output is read are
// pure functions; a [Runner] starts the process, and another one can be put
// in its place.
package cgi
