// Package hostrule decides for which hosts a server of this machine responds.
//
// The one rule: a host passes only if its name cannot be pointed here by
// others. The owner of a domain can have any name in it resolve to 127.0.0.1;
// a page under that name then shares its origin with whatever is served there,
// and reads it (DNS rebinding). Only the Host field tells such a request from one that was meant
// for this machine. IP literals, localhost with the names below it, and the
// machine's own name are safe; other names have to be allowed.
//
// Decisions are pure: they see the request-target and the field section, and
// say the reason with the result.
package hostrule
