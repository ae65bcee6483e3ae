// Package bridge is the page's way to the service workers of its sites: a
// hidden frame on the origin of each, which passes a port on to the worker,
// and the port in use.
//
// The one rule: a site is not trusted. Its scripts can reach into the frame and
// stand in for the worker at the port, so source and origin of a message come
// first, any value is survived, and number and size are bounded. What a message
// says never decides which site it is for; the frame and the port do.
package bridge
