package whatsapp

import (
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // the sizes of pictures
	_ "image/png"
	"io"
	"os"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"mitan/bot"
)

// voiceType is what phones play as a voice note.
const voiceType = "audio/ogg; codecs=opus"

// upload uploads the file of a message and returns the message's bytes.
func (w *WhatsApp) upload(ctx context.Context, client *whatsmeow.Client, m bot.Message) (payload []byte, err error) {
	if m.Media == nil {
		return nil, fmt.Errorf("send by whatsapp: %w: there is no file", bot.ErrForbidden)
	}
	file, err := w.store.OpenMedia(ctx, m.Media.ID)
	if err != nil {
		return nil, fmt.Errorf("open the file: %w", err)
	}
	defer file.Close()                       //nolint:errcheck // only read
	config, _, _ := image.DecodeConfig(file) // zero for what is no picture
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("open the file: %w", err)
	}
	sealed, err := os.CreateTemp(w.dir, "upload-*")
	if err != nil {
		return nil, fmt.Errorf("upload: %w", err)
	}
	defer os.Remove(sealed.Name()) //nolint:errcheck // swept at the next start
	defer sealed.Close()           //nolint:errcheck // not kept
	up, err := client.UploadReader(ctx, file, sealed, uploadType(m.Kind))
	if err != nil {
		return nil, fmt.Errorf("upload: %w", withoutNames(err))
	}
	return proto.Marshal(withFile(m, up, config))
}

func uploadType(kind bot.MessageKind) whatsmeow.MediaType {
	switch kind {
	case bot.Image:
		return whatsmeow.MediaImage
	case bot.Voice:
		return whatsmeow.MediaAudio
	}
	return whatsmeow.MediaDocument
}

// withFile is the message that brings an uploaded file.
func withFile(m bot.Message, up whatsmeow.UploadResponse, config image.Config) *waE2E.Message {
	switch m.Kind {
	case bot.Image:
		return &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
			URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey, FileEncSHA256: up.FileEncSHA256,
			FileSHA256: up.FileSHA256, FileLength: &up.FileLength, Mimetype: proto.String(m.Media.Type),
			Width: proto.Uint32(uint32(config.Width)), Height: proto.Uint32(uint32(config.Height)), //nolint:gosec // of a decoded picture
			Caption: caption(m), ContextInfo: quoting(m),
		}}
	case bot.Voice:
		return &waE2E.Message{AudioMessage: &waE2E.AudioMessage{
			URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey, FileEncSHA256: up.FileEncSHA256,
			FileSHA256: up.FileSHA256, FileLength: &up.FileLength, Mimetype: proto.String(voiceType),
			PTT: proto.Bool(true), Seconds: proto.Uint32(uint32(m.Media.Duration.Seconds())), ContextInfo: quoting(m),
		}}
	}
	return &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey, FileEncSHA256: up.FileEncSHA256,
		FileSHA256: up.FileSHA256, FileLength: &up.FileLength, Mimetype: proto.String(m.Media.Type),
		FileName: proto.String(m.Media.Name), Title: proto.String(m.Media.Name), Caption: caption(m), ContextInfo: quoting(m),
	}}
}

func caption(m bot.Message) *string {
	if m.Text == "" {
		return nil
	}
	return &m.Text
}
