package lint

import "vitrine/core/words"

// Sentences is what a person reads about notes, in one language. For each id
// there are up to three lines in the form of a [words.Table]: the summary
// behind the id, then id.why and id.do.
type Sentences struct{ table *words.Table }

// NewSentences makes Sentences of a text such as english/english.txt.
func NewSentences(text string) *Sentences { return &Sentences{words.NewTable(text)} }

// Summary says in one line of at most 80 characters what the note is; the id
// itself if the text does not have it.
func (s *Sentences) Summary(id string, args ...string) string {
	if text, ok := s.table.Sentence(id, args...); ok {
		return text
	}
	return id
}

// Why is the reason, in at most 60 words.
func (s *Sentences) Why(id string, args ...string) string {
	text, _ := s.table.Sentence(id+".why", args...)
	return text
}

// Do is one action, "" where there is nothing to do.
func (s *Sentences) Do(id string, args ...string) string {
	text, _ := s.table.Sentence(id+".do", args...)
	return text
}
