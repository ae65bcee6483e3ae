package http1_test

import "testing"

// spec: R-3 R-5 R-6 R-7 R-8 R-9
// departs: R-4 R-17
func TestRequestLine(t *testing.T) { testTranscripts(t, "requestline") }

// spec: E-1 E-3 H-4 H-5
// departs: H-6 H-7 K-2
func TestFieldSection(t *testing.T) { testTranscripts(t, "fields") }

// spec: H-5
func TestHost(t *testing.T) { testTranscripts(t, "host") }

// departs: K-8
func TestLength(t *testing.T) { testTranscripts(t, "length") }

func TestChunked(t *testing.T) { testTranscripts(t, "chunked") }

// spec: K-7
// departs: R-4
func TestPipelining(t *testing.T) { testTranscripts(t, "pipelining") }

// spec: R-10 R-15 R-16 W-8
// departs: R-13 R-17
func TestHTTP09(t *testing.T) { testTranscripts(t, "http09") }

func TestResponses(t *testing.T) { testTranscripts(t, "responses") }

// spec: H-2
func TestLimits(t *testing.T) { testTranscripts(t, "limits") }

// spec: W-1
func TestAppend(t *testing.T) { testTranscripts(t, "append") }
