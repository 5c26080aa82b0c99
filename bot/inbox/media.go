package inbox

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"mitan/bot"
	"mitan/bot/voice"
)

// What a browser may show or play here, by the type that was read from the
// bytes: plain pixels and plain sound, nothing that can hold a script or a
// link. All else is evidence, to be looked at elsewhere.
var (
	pictures = []string{"image/jpeg", "image/png", "image/webp", "image/gif"}
	sounds   = []string{"audio/ogg", "application/ogg", "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/aac", "audio/wav", "audio/x-wav", "audio/amr"}
)

// mediaPolicy is for the medium itself: were it ever opened as a page, it
// could load and run nothing.
const mediaPolicy = "default-src 'none'; sandbox"

// A medium is how a page shows a picture, recording or file.
type medium struct {
	Show     string // picture, veiled, sound, file, pending or failed
	ID       int64
	Address  string // of a picture or sound
	Safari   string // the address of a sound for a browser that plays no Ogg; "" if it needs none
	Name     string
	Size     string
	Type     string
	SHA256   string
	Duration string // of a sound
	Ours     bool   // an officer has sent it: no evidence
}

// mediumOf says how to show the medium of a message; nil if it has none.
func mediumOf(m bot.Message) *medium {
	if m.Media == nil {
		return nil
	}
	shown := &medium{
		ID: m.Media.ID, Show: "file", Name: plain(m.Media.Name), Size: fileSize(m.Media.Size),
		Type: plain(m.Media.Type), SHA256: m.Media.SHA256, Duration: playTime(m.Media.Duration),
		Ours: m.By == bot.ByOfficer,
	}
	switch {
	case m.Media.State == bot.MediaPending:
		shown.Show = "pending"
	case m.Media.State == bot.MediaFailed:
		shown.Show = "failed"
	case slices.Contains(pictures, bareType(m.Media.Type)):
		shown.Show, shown.Address = "picture", fmt.Sprintf("/media/%d", m.Media.ID)
	case slices.Contains(sounds, bareType(m.Media.Type)):
		shown.Show, shown.Address = "sound", fmt.Sprintf("/media/%d", m.Media.ID)
		if strings.HasSuffix(bareType(m.Media.Type), "/ogg") {
			shown.Safari = shown.Address + "/sound.caf"
		}
	}
	return shown
}

// playTime is the length of a sound; "" if unknown.
func playTime(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

// bareType is a MIME type without its parameters.
func bareType(s string) string {
	bare, _, err := mime.ParseMediaType(s)
	if err != nil {
		return ""
	}
	return strings.ToLower(bare)
}

// openMedium opens the medium that an address names.
func (in *Inbox) openMedium(r *http.Request) (bot.Media, io.ReadSeekCloser, error) {
	number, err := id(r, "medium")
	if err != nil {
		return bot.Media{}, nil, err
	}
	m, err := in.store.Media(r.Context(), number)
	if err != nil {
		return bot.Media{}, nil, fmt.Errorf("read the medium: %w", err)
	}
	if m.State != bot.MediaKept {
		return bot.Media{}, nil, bot.ErrNotFound
	}
	file, err := in.store.OpenMedia(r.Context(), number)
	if err != nil {
		return bot.Media{}, nil, fmt.Errorf("open the medium: %w", err)
	}
	return m, file, nil
}

// soundForSafari serves a voice note in a container that older versions of
// Safari play; the sound itself is the same.
func (in *Inbox) soundForSafari(w http.ResponseWriter, r *http.Request, _ visit) error {
	m, file, err := in.openMedium(r)
	if err != nil {
		return err
	}
	defer file.Close()
	ogg, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return fmt.Errorf("read the medium: %w", err)
	}
	caf, err := voice.CAFFromOgg(ogg)
	if len(ogg) > maxFile || !strings.HasSuffix(bareType(m.Type), "/ogg") || err != nil {
		return bot.ErrNotFound
	}
	w.Header().Set("Content-Security-Policy", mediaPolicy)
	w.Header().Set("Content-Type", "audio/x-caf")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(caf))
	return nil
}

// media serves the bytes of a medium. What is no plain picture or sound can
// only be saved, without its name and type, so that nothing opens it.
func (in *Inbox) media(w http.ResponseWriter, r *http.Request, v visit) error {
	m, file, err := in.openMedium(r)
	if err != nil {
		return err
	}
	defer file.Close()
	kind := bareType(m.Type)
	if slices.Contains(pictures, kind) {
		if err := in.unveiled(r.Context(), m.ID); err != nil {
			return err
		}
	}
	h := w.Header()
	h.Set("Content-Security-Policy", mediaPolicy)
	h.Set("Cache-Control", "private, no-store")
	if slices.Contains(pictures, kind) || slices.Contains(sounds, kind) {
		h.Set("Content-Type", kind)
	} else {
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="evidence-%d.bin"`, m.ID))
	}
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}
