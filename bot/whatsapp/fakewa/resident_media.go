package fakewa

import (
	"context"
	"fmt"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"
)

// Image sends a JPEG picture with a caption.
func (r *Resident) Image(ctx context.Context, to Address, data []byte, caption string) (string, error) {
	m, err := r.image(ctx, data)
	if err != nil {
		return "", err
	}
	if caption != "" {
		m.Caption = &caption
	}
	return r.send(ctx, to, &waE2E.Message{ImageMessage: m})
}

// ViewOnce sends a picture that may be looked at once, whole. The real server
// keeps it from linked devices: see Phone.ViewOnce for what they get.
func (r *Resident) ViewOnce(ctx context.Context, to Address, data []byte) (string, error) {
	m, err := r.image(ctx, data)
	if err != nil {
		return "", err
	}
	m.ViewOnce = proto.Bool(true)
	return r.send(ctx, to, &waE2E.Message{ViewOnceMessageV2: &waE2E.FutureProofMessage{Message: &waE2E.Message{ImageMessage: m}}})
}

func (r *Resident) image(ctx context.Context, data []byte) (*waE2E.ImageMessage, error) {
	up, err := r.upload(ctx, data, whatsmeow.MediaImage)
	if err != nil {
		return nil, err
	}
	return &waE2E.ImageMessage{
		Mimetype: proto.String("image/jpeg"), URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
	}, nil
}

// Voice sends a voice note: Opus in Ogg, and how many seconds it lasts.
func (r *Resident) Voice(ctx context.Context, to Address, data []byte, seconds int) (string, error) {
	up, err := r.upload(ctx, data, whatsmeow.MediaAudio)
	if err != nil {
		return "", err
	}
	return r.send(ctx, to, &waE2E.Message{AudioMessage: &waE2E.AudioMessage{
		Mimetype: proto.String("audio/ogg; codecs=opus"), PTT: proto.Bool(true), Seconds: proto.Uint32(uint32(seconds)),
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
	}})
}

// Video sends an MP4 video with a caption.
func (r *Resident) Video(ctx context.Context, to Address, data []byte, caption string) (string, error) {
	up, err := r.upload(ctx, data, whatsmeow.MediaVideo)
	if err != nil {
		return "", err
	}
	return r.send(ctx, to, &waE2E.Message{VideoMessage: &waE2E.VideoMessage{
		Mimetype: proto.String("video/mp4"), Caption: &caption, URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
	}})
}

// Document sends a file with a name and a MIME type, true or not.
func (r *Resident) Document(ctx context.Context, to Address, data []byte, name, mime string) (string, error) {
	up, err := r.upload(ctx, data, whatsmeow.MediaDocument)
	if err != nil {
		return "", err
	}
	return r.send(ctx, to, &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
		Mimetype: &mime, FileName: &name, Title: &name, URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
	}})
}

// Sticker sends a WebP sticker.
func (r *Resident) Sticker(ctx context.Context, to Address, data []byte) (string, error) {
	up, err := r.upload(ctx, data, whatsmeow.MediaImage)
	if err != nil {
		return "", err
	}
	return r.send(ctx, to, &waE2E.Message{StickerMessage: &waE2E.StickerMessage{
		Mimetype: proto.String("image/webp"), URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
	}})
}

func (r *Resident) upload(ctx context.Context, data []byte, kind whatsmeow.MediaType) (whatsmeow.UploadResponse, error) {
	up, err := r.cli.Upload(ctx, data, kind)
	if err != nil {
		return up, fmt.Errorf("uploading: %w", err)
	}
	return up, nil
}
