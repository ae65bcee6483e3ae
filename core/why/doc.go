// Package why says why a server responded as it did: the verdict on an
// exchange in one sentence, the way from the target to the file, and the ladder
// of what was asked of the request, in the order of RFC 9110 §13.2.2.
//
// The one rule: nothing is decided here a second time. Each value is read from
// the steps that the core recorded when it decided; what no step tells is not
// said. Package words has the sentences.
package why
