package handset

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"mitan/bot"
)

// shownTypes are the types, as read from the bytes, that a browser may show in
// the page, and what they are served as. A container that may hold a picture or
// sound alone is served as sound.
var shownTypes = map[string]string{
	"image/png":       "image/png",
	"image/jpeg":      "image/jpeg",
	"image/gif":       "image/gif",
	"image/webp":      "image/webp",
	"application/ogg": "audio/ogg",
	"audio/mpeg":      "audio/mpeg",
	"audio/wave":      "audio/wav",
	"video/webm":      "audio/webm",
	"video/mp4":       "audio/mp4",
}

// media serves a picture or recording of a phone. Anything else is a download
// that no browser opens.
func (p *page) media(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	file, err := p.openMedia(r, id)
	if errors.Is(err, bot.ErrNotFound) || errors.Is(err, os.ErrNotExist) {
		http.NotFound(w, r)
		return
	}
	if err != nil {
		p.fail(w, "open a medium", err)
		return
	}
	defer file.Close()
	shown, err := shownType(file)
	if err != nil {
		p.fail(w, "open a medium", err)
		return
	}
	header := w.Header()
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	header.Set("Content-Type", shown)
	if shown == "application/octet-stream" {
		header.Set("Content-Disposition", "attachment")
	}
	http.ServeContent(w, r, "", time.Time{}, file)
}

// openMedia opens a medium of the handset: the store's copy, or what waits to
// be fetched.
func (p *page) openMedia(r *http.Request, id int64) (io.ReadSeekCloser, error) {
	m, err := p.Store.Media(r.Context(), id)
	if err != nil {
		return nil, err
	}
	if m.Channel != ChannelName {
		return nil, bot.ErrNotFound
	}
	if m.State == bot.MediaKept {
		return p.Store.OpenMedia(r.Context(), id)
	}
	file, err := p.uploads.open(string(m.Ref))
	if err != nil {
		return nil, err
	}
	return file, nil
}

// shownType reads the type from the first bytes.
func shownType(file io.ReadSeeker) (string, error) {
	const sniffed = 512
	head, err := io.ReadAll(io.LimitReader(file, sniffed))
	if err != nil {
		return "", err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	if shown, ok := shownTypes[http.DetectContentType(head)]; ok {
		return shown, nil
	}
	return "application/octet-stream", nil
}
