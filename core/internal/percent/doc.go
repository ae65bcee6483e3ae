// Package percent reads and writes percent-encoding as Python's urllib.parse
// and os.fsdecode do together, for file names that need not be UTF-8: a byte
// that is no part of a character stands in text as the surrogate U+DC80 to
// U+DCFF, encoded like a character of three bytes (PEP 383).
package percent
