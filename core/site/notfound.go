package site

import (
	"io/fs"
	"strconv"

	"vitrine/core/handler"
)

// SendNotFound sends the head of a 404 whose content is the file with that
// name, and returns the content as SendHead does. Validators and ranges belong
// to representations of what was asked for, so the head has none. A file that
// cannot be opened leaves http.server's own page.
func (s *Site) SendNotFound(x *handler.Exchange, name string) (handler.Content, error) {
	file, info, err := s.open(name)
	if err == nil && info.IsDir() {
		file.Close()
		err = fs.ErrNotExist
	}
	if err != nil {
		noteNotOpened(x, name, err)
		return nil, x.SendError(404, "File not found", "")
	}
	content := &handler.Section{File: file, N: max(info.Size(), 0)}
	x.SendResponse(404, "File not found")
	mediaType, _ := s.guessType(name)
	x.SendHeader("Content-type", mediaType)
	x.SendHeader("Content-Length", strconv.FormatInt(content.N, 10))
	s.sendExtraFields(x)
	s.sendCacheControl(x)
	if err := x.EndHeaders(); err != nil {
		handler.CloseContent(content)
		return nil, err
	}
	return content, nil
}
