package http1_test

import "testing"

func TestRequestLine(t *testing.T) { testTranscripts(t, "requestline") }
func TestFields(t *testing.T)      { testTranscripts(t, "fields") }
func TestHost(t *testing.T)        { testTranscripts(t, "host") }
func TestLength(t *testing.T)      { testTranscripts(t, "length") }
func TestChunked(t *testing.T)     { testTranscripts(t, "chunked") }
func TestPipelining(t *testing.T)  { testTranscripts(t, "pipelining") }
func TestSimple(t *testing.T)      { testTranscripts(t, "simple") }
func TestResponses(t *testing.T)   { testTranscripts(t, "responses") }
func TestLimits(t *testing.T)      { testTranscripts(t, "limits") }
func TestAppend(t *testing.T)      { testTranscripts(t, "append") }
