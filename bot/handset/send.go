package handset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
)

const (
	// formRoom is what a form may hold beside its file, in bytes.
	formRoom = bot.MaxText + 64<<10
	// formMemory is how much of a form is held in memory.
	formMemory = 1 << 20
	// How far a message's stamp may be from the clock: a page that was offline
	// for long still gets through.
	stampAge   = 30 * 24 * time.Hour
	stampAhead = 10 * time.Minute
	// maxReceipts is how many messages one receipt is for.
	maxReceipts = threadLength
)

var (
	idRule = regexp.MustCompile(`^[A-Za-z0-9-]{8,64}$`)

	errNoPhone  = errors.New("no such resident on this handset")
	errBadID    = errors.New("a message needs an id of 8 to 64 letters, digits or hyphens")
	errBadStamp = errors.New("the message's time is missing or far from the clock: correct the clock of this device")
	errBadKind  = errors.New("a handset does not send messages of this kind")
	errNoFile   = errors.New("the file is missing or empty")
	errNoText   = errors.New("the message is empty")
	errLongText = fmt.Errorf("the message is longer than %d bytes", bot.MaxText)
)

// send hands a message of the page to the helpline. 204 means that it is
// committed; 503 that the page must send it again with the same id and time;
// 400 and 413 that it can never be sent.
func (p *page) send(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, MaxUpload+formRoom)
	if err := parseForm(r); err != nil {
		refuse(w, err)
		return
	}
	in, content, err := p.incoming(r)
	if err != nil {
		refuse(w, err)
		return
	}
	if file, ok := content.(io.Closer); ok {
		defer file.Close()
	}
	if in.Media != nil {
		name, size, err := p.uploads.keep(in.Address, in.ID, content)
		if errors.Is(err, ErrTooLarge) {
			refuse(w, err)
			return
		}
		if err != nil {
			p.fail(w, "keep an upload", err)
			return
		}
		in.Media.Ref, in.Media.Size = []byte(name), size
	}
	// A page that goes away does not take its message back.
	if err := p.receive(context.WithoutCancel(r.Context()), in); err != nil {
		p.fail(w, "receive", err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func parseForm(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	err := r.ParseMultipartForm(formMemory)
	if errors.Is(err, http.ErrNotMultipart) {
		return nil
	}
	return err
}

// refuse answers a request that will never be right.
func refuse(w http.ResponseWriter, err error) {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) || errors.Is(err, ErrTooLarge) {
		http.Error(w, ErrTooLarge.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	http.Error(w, err.Error(), http.StatusBadRequest)
}

// incoming reads a message from a form, with the bytes of its medium.
func (p *page) incoming(r *http.Request) (bot.Incoming, io.Reader, error) {
	in, err := p.envelope(r)
	if err != nil {
		return in, nil, err
	}
	if key := r.PostFormValue("sample"); key != "" {
		return withSample(in, key)
	}
	in.Text = r.PostFormValue("text")
	if len(in.Text) > bot.MaxText {
		return in, nil, errLongText
	}
	switch in.Kind = bot.MessageKind(r.PostFormValue("kind")); in.Kind {
	case "", bot.Text:
		in.Kind = bot.Text
		if strings.TrimSpace(in.Text) == "" {
			return in, nil, errNoText
		}
		return in, nil, nil
	case bot.Image, bot.Voice, bot.Video, bot.Document:
		return withFile(in, r)
	default:
		return in, nil, errBadKind
	}
}

// envelope reads who sends a message, its id and its stamp.
func (p *page) envelope(r *http.Request) (bot.Incoming, error) {
	persona, known := p.persona(r.PostFormValue("as"))
	if !known {
		return bot.Incoming{}, errNoPhone
	}
	id := r.PostFormValue("id")
	if !idRule.MatchString(id) {
		return bot.Incoming{}, errBadID
	}
	milli, err := strconv.ParseInt(r.PostFormValue("at"), 10, 64)
	at, now := time.UnixMilli(milli).UTC(), p.clock.Now()
	if err != nil || at.Before(now.Add(-stampAge)) || at.After(now.Add(stampAhead)) {
		return bot.Incoming{}, errBadStamp
	}
	return bot.Incoming{
		Channel: ChannelName, Address: persona.Phone, Phone: persona.Phone,
		ID: id, SentAt: at, Forwarded: r.PostFormValue("forwarded") == "1",
	}, nil
}

// withFile adds the file of a form.
func withFile(in bot.Incoming, r *http.Request) (bot.Incoming, io.Reader, error) {
	if r.MultipartForm == nil || len(r.MultipartForm.File["file"]) != 1 {
		return in, nil, errNoFile
	}
	header := r.MultipartForm.File["file"][0]
	if header.Size == 0 {
		return in, nil, errNoFile
	}
	if header.Size > MaxUpload {
		return in, nil, ErrTooLarge
	}
	file, err := header.Open()
	if err != nil {
		return in, nil, errNoFile
	}
	in.Media = &bot.Media{Claimed: header.Header.Get("Content-Type"), Duration: formDuration(r)}
	if in.Kind == bot.Document {
		in.Media.Name = fileName(header)
	}
	return in, file, nil
}

// formDuration is the length of a recording; 0 if the page does not know it.
func formDuration(r *http.Request) time.Duration {
	milli, err := strconv.Atoi(r.PostFormValue("duration"))
	d := time.Duration(milli) * time.Millisecond
	if err != nil || d < 0 || d > MaxVoice {
		return 0
	}
	return d
}

// fileName is a file's name without folders, whichever system it is from.
func fileName(header *multipart.FileHeader) string {
	return path.Base(strings.ReplaceAll(header.Filename, `\`, "/"))
}

// withSample makes the message one of the samples.
func withSample(in bot.Incoming, key string) (bot.Incoming, io.Reader, error) {
	i := slices.IndexFunc(sampleList, func(s sample) bool { return s.Key == key })
	if i < 0 {
		return in, nil, errBadKind
	}
	s := sampleList[i]
	in.Kind, in.Forwarded = s.Kind, true
	switch s.Kind {
	case bot.Image:
		in.Media = &bot.Media{Claimed: "image/png"}
		return in, bytes.NewReader(Picture(s.Text)), nil
	case bot.Document:
		in.Media = &bot.Media{Name: s.Text, Claimed: claimedType(s.Text)}
		return in, bytes.NewReader(File(s.Text)), nil
	default:
		in.Text = s.Text
		return in, nil, nil
	}
}

// seen passes on the receipts of messages that a page has shown: delivered,
// or read where the page could be seen.
func (p *page) seen(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, formRoom)
	if err := parseForm(r); err != nil {
		refuse(w, err)
		return
	}
	to := bot.Delivery(r.PostFormValue("state"))
	ids := r.PostForm["id"]
	if (to != bot.Delivered && to != bot.Read) || len(ids) > maxReceipts {
		http.Error(w, "a receipt says delivered or read, of a few messages", http.StatusBadRequest)
		return
	}
	for _, id := range ids {
		err := p.helpline().SetDelivery(r.Context(), ChannelName, id, to)
		if err != nil && !errors.Is(err, bot.ErrNotFound) {
			p.fail(w, "set delivery", err)
			return
		}
	}
	if persona, known := p.persona(r.PostFormValue("as")); known && len(ids) > 0 {
		p.wake(persona.Phone)
	}
	w.WriteHeader(http.StatusNoContent)
}

// wake tells the open pages of a change.
func (h *Handset) wake(phone string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tell(phone)
}
