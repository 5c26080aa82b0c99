package inbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
	"mitan/bot/voice"
)

const (
	// maxFile is how many bytes a file to a resident may have: what WhatsApp
	// takes of pictures and recordings.
	maxFile = 16 << 20
	// maxUpload is how many bytes a reply with a file may have. It is more than
	// maxFile, so that a file that is too large can be refused with kindness.
	maxUpload = bot.MaxMedia + maxBody
	// uploadTimeout is how long a reply with a file may take on a slow line.
	uploadTimeout = 5 * time.Minute
)

// errEmptyFile means that a file was chosen that holds nothing.
var errEmptyFile = errors.New("the file is empty")

// A replyForm is what an officer sends to a resident.
type replyForm struct {
	text  string
	quote string    // the channel's id of the message that it answers; "" for none
	once  string    // the form's own mark: what comes twice with it is sent once
	seen  int64     // the newest message that the officer had seen; 0 if not said
	sum   string    // the SHA-256 of the file; "" for none
	named bool      // a file was chosen, whatever became of it
	file  *bot.File // nil for none
	spool *os.File  // its bytes
}

// readReply reads the form of a reply. After an error it holds what could be
// read. It must be closed.
func readReply(r *http.Request) (*replyForm, error) {
	f := &replyForm{}
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		if err := r.ParseForm(); err != nil {
			return f, formError(err)
		}
		f.text, f.quote, f.once = r.PostFormValue("text"), r.PostFormValue("quote"), r.PostFormValue("once")
		f.seen = readSeen(r.PostFormValue("seen"))
		return f, nil
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return f, errBadRequest
	}
	var refused error
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return f, refused
		}
		if err == nil {
			err = f.read(part)
		}
		switch {
		case errors.Is(err, bot.ErrTooLarge) || errors.Is(err, errEmptyFile):
			refused = err // read on: the words may come after the file
		case err != nil && f.named && tooLarge(err):
			return f, bot.ErrTooLarge
		case err != nil:
			return f, err
		}
	}
}

// read takes one field of the form.
func (f *replyForm) read(part *multipart.Part) (err error) {
	switch part.FormName() {
	case "text":
		f.text, err = readField(part)
	case "quote":
		f.quote, err = readField(part)
	case "once":
		f.once, err = readField(part)
	case "seen":
		var seen string
		seen, err = readField(part)
		f.seen = readSeen(seen)
	case "file":
		if part.FileName() != "" && !f.named {
			f.named = true
			err = f.keep(part)
		}
	}
	return err
}

// readSeen is the id of a message; 0 for none.
func readSeen(value string) int64 {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func readField(part *multipart.Part) (string, error) {
	value, err := io.ReadAll(io.LimitReader(part, maxBody+1))
	if err != nil {
		return string(value), formError(err)
	}
	if len(value) > maxBody {
		return "", &http.MaxBytesError{Limit: maxBody}
	}
	return string(value), nil
}

// keep writes the file down until it is sent: several at once would be much
// for the memory of a small machine.
func (f *replyForm) keep(part *multipart.Part) error {
	spool, err := os.CreateTemp("", "mitan-file-")
	if err != nil {
		return fmt.Errorf("keep a file: %w", err)
	}
	f.spool = spool
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(spool, sum), io.LimitReader(part, maxFile+1))
	switch {
	case err != nil && tooLarge(err):
		return bot.ErrTooLarge
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, os.ErrDeadlineExceeded): // the line broke
		return errBadRequest
	case err != nil:
		return fmt.Errorf("keep a file: %w", err)
	case size > maxFile:
		return bot.ErrTooLarge
	case size == 0:
		return errEmptyFile
	}
	if _, err := spool.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("keep a file: %w", err)
	}
	f.sum = hex.EncodeToString(sum.Sum(nil))
	f.file = &bot.File{Name: plain(part.FileName()), Claimed: plain(part.Header.Get("Content-Type")), Content: spool}
	return f.voice()
}

// voice makes a recording of the browser one that WhatsApp takes as a voice
// note. What is no recording stays as it is.
func (f *replyForm) voice() error {
	begin := make([]byte, 4)
	if _, err := f.spool.ReadAt(begin, 0); err != nil || !voice.IsWebM(begin) {
		return nil //nolint:nilerr // shorter than any recording
	}
	webm, err := io.ReadAll(f.spool)
	if err != nil {
		return fmt.Errorf("read a recording: %w", err)
	}
	ogg, length, err := voice.OggFromWebM(webm)
	if err != nil { // a film, or something else that is sent as it is
		_, err = f.spool.Seek(0, io.SeekStart)
		return err
	}
	f.file = &bot.File{Name: "voice.ogg", Claimed: "audio/ogg; codecs=opus", Duration: length, Content: bytes.NewReader(ogg)}
	return nil
}

// close removes the file from here; the store has its own.
func (f *replyForm) close() {
	if f.spool != nil {
		_ = f.spool.Close() // it was only read
		_ = os.Remove(f.spool.Name())
	}
}

func tooLarge(err error) bool {
	var limit *http.MaxBytesError
	return errors.As(err, &limit)
}
