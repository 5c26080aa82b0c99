package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/proto/waMmsRetry"
	"go.mau.fi/whatsmeow/proto/waWeb"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"mitan/bot"
)

// phoneWait is how long the sender's phone may take to upload a medium again.
const phoneWait = 30 * time.Second

// Fetch writes the bytes of a medium, as the sender's phone sealed them: their
// hash is checked. One that the service keeps no longer is asked for again of
// the phone; bot.ErrGone if that does not have it either.
func (w *WhatsApp) Fetch(ctx context.Context, m bot.Media, to io.Writer) error {
	var source waWeb.WebMessageInfo
	if err := proto.Unmarshal(m.Ref, &source); err != nil || source.GetMessage() == nil {
		return fmt.Errorf("fetch by whatsapp: %w: the reference is broken", bot.ErrGone)
	}
	file := downloadable(source.GetMessage())
	if file == nil {
		return fmt.Errorf("fetch by whatsapp: %w: there is no file", bot.ErrGone)
	}
	if file.GetFileLength() > bot.MaxMedia {
		return fmt.Errorf("fetch by whatsapp: %w", bot.ErrTooLarge)
	}
	client := w.online()
	if client == nil {
		return bot.ErrOffline
	}
	err := w.download(ctx, client, file, to)
	if expired(err) {
		if err = w.askPhone(ctx, client, &source, file.GetMediaKey()); err == nil {
			err = w.download(ctx, client, downloadable(source.GetMessage()), to)
		}
	}
	if err != nil {
		return fmt.Errorf("fetch by whatsapp: %w", err)
	}
	return nil
}

// A fileMessage is any message with a file.
type fileMessage interface {
	whatsmeow.DownloadableMessage
	GetFileLength() uint64
}

// downloadable is the part of a message that has a file; nil if none has.
func downloadable(m *waE2E.Message) fileMessage {
	switch {
	case m.GetImageMessage() != nil:
		return m.GetImageMessage()
	case m.GetVideoMessage() != nil:
		return m.GetVideoMessage()
	case m.GetAudioMessage() != nil:
		return m.GetAudioMessage()
	case m.GetDocumentMessage() != nil:
		return m.GetDocumentMessage()
	case m.GetStickerMessage() != nil:
		return m.GetStickerMessage()
	}
	return nil
}

// download goes by a file: the seal is checked before a byte is passed on.
func (w *WhatsApp) download(ctx context.Context, client *whatsmeow.Client, from fileMessage, to io.Writer) error {
	file, err := os.CreateTemp(w.dir, "fetch-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // swept at the next start
	defer file.Close()           //nolint:errcheck // not kept
	if err := client.DownloadToFile(ctx, from, file); err != nil {
		if expired(err) {
			return err
		}
		return withoutNames(err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	n, err := io.Copy(to, io.LimitReader(file, bot.MaxMedia+1))
	if err == nil && n > bot.MaxMedia {
		return bot.ErrTooLarge
	}
	return err
}

// expired tells whether the service no longer keeps a medium.
func expired(err error) bool {
	return errors.Is(err, whatsmeow.ErrMediaDownloadFailedWith403) ||
		errors.Is(err, whatsmeow.ErrMediaDownloadFailedWith404) ||
		errors.Is(err, whatsmeow.ErrMediaDownloadFailedWith410)
}

// askPhone has the sender's phone upload a medium again and points the message
// at it.
func (w *WhatsApp) askPhone(ctx context.Context, client *whatsmeow.Client, source *waWeb.WebMessageInfo, key []byte) error {
	chat, err := types.ParseJID(source.GetKey().GetRemoteJID())
	if err != nil {
		return bot.ErrGone
	}
	id := source.GetKey().GetID()
	answers, stop := w.expired.wait(id)
	defer stop()
	info := &types.MessageInfo{ID: id, MessageSource: types.MessageSource{Chat: chat, Sender: chat}}
	if err := client.SendMediaRetryReceipt(ctx, info, key); err != nil {
		return fmt.Errorf("ask the phone for a medium: %w", withoutNames(err))
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(phoneWait):
		return errors.New("ask the phone for a medium: it does not answer")
	case event := <-answers:
		answer, err := whatsmeow.DecryptMediaRetryNotification(event, key)
		if errors.Is(err, whatsmeow.ErrMediaNotAvailableOnPhone) {
			return bot.ErrGone
		}
		if err != nil {
			return fmt.Errorf("ask the phone for a medium: %w", withoutNames(err))
		}
		if answer.GetResult() != waMmsRetry.MediaRetryNotification_SUCCESS {
			return bot.ErrGone
		}
		moved(source.GetMessage(), answer.GetDirectPath())
		return nil
	}
}

// moved points a message's file at its new place.
func moved(m *waE2E.Message, path string) {
	switch {
	case m.ImageMessage != nil:
		m.ImageMessage.URL, m.ImageMessage.DirectPath = nil, &path
	case m.VideoMessage != nil:
		m.VideoMessage.URL, m.VideoMessage.DirectPath = nil, &path
	case m.AudioMessage != nil:
		m.AudioMessage.URL, m.AudioMessage.DirectPath = nil, &path
	case m.DocumentMessage != nil:
		m.DocumentMessage.URL, m.DocumentMessage.DirectPath = nil, &path
	case m.StickerMessage != nil:
		m.StickerMessage.URL, m.StickerMessage.DirectPath = nil, &path
	}
}

// waiting are those who wait for a phone's answer about a medium, by the id of
// its message.
type waiting struct {
	mu      sync.Mutex
	answers map[string]chan *events.MediaRetry
}

func (w *waiting) wait(id string) (<-chan *events.MediaRetry, func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := make(chan *events.MediaRetry, 1)
	w.answers[id] = c
	return c, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.answers, id)
	}
}

func (w *waiting) answer(e *events.MediaRetry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if c := w.answers[e.MessageID]; c != nil {
		select {
		case c <- e:
		default: // one answer is enough
		}
	}
}
