package fakewa

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/proto/waHistorySync"
	"go.mau.fi/whatsmeow/proto/waWeb"
	"google.golang.org/protobuf/proto"
)

// History is what a phone tells a companion that is newly linked.
type History struct {
	// Messages of the recent past, in any order.
	Messages []Past
	// Uploaded puts the history on the media server, as the real phone does with
	// a long one; else it is inside the message.
	Uploaded bool
}

// Past is a message on the phone from before the companion was linked.
type Past struct {
	ID     string
	Chat   Address // the other person
	FromMe bool    // written on the phone itself
	At     time.Time
	Name   string // of the writer
	Text   string // the words, or the picture's caption
	Image  []byte // a JPEG picture; nil for a text
}

// SetHistory sets what the phone tells each device that is linked from now on,
// once the device has uploaded its first prekeys.
func (p *Phone) SetHistory(h History) {
	p.srv.mu.Lock()
	defer p.srv.mu.Unlock()
	p.acct.history = &h
}

// tellHistory sends a newly linked device its phone's history, once. Callers
// hold mu.
func (s *Server) tellHistory(d *device) {
	h := d.acct.history
	if h == nil || d.told {
		return
	}
	d.told = true
	note, err := s.historyNote(h)
	if err != nil {
		s.logf("history: %v", err)
		return
	}
	enc, err := s.seal(d.acct, d, &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Type: waE2E.ProtocolMessage_HISTORY_SYNC_NOTIFICATION.Enum(), HistorySyncNotification: note,
	}})
	if err != nil {
		s.logf("history: %v", err)
		return
	}
	s.deliver(d, el("message", attrs{
		"from": d.acct.pnJID(), "id": s.newID(), "t": s.now(), "type": "text", "category": "peer", "push_priority": "high",
	}, enc))
}

// historyNote packs a history. Callers hold mu.
func (s *Server) historyNote(h *History) (*waE2E.HistorySyncNotification, error) {
	chats := map[Address]*waHistorySync.Conversation{}
	blob := &waHistorySync.HistorySync{
		SyncType: waHistorySync.HistorySync_RECENT.Enum(), ChunkOrder: proto.Uint32(1), Progress: proto.Uint32(100),
	}
	for i, m := range h.Messages {
		c := chats[m.Chat]
		if c == nil {
			c = &waHistorySync.Conversation{ID: proto.String(string(m.Chat))}
			chats[m.Chat] = c
			blob.Conversations = append(blob.Conversations, c)
			if a := s.userAt(m.Chat); a != nil && !a.alone {
				blob.PhoneNumberToLidMappings = append(blob.PhoneNumberToLidMappings, &waHistorySync.PhoneNumberToLIDMapping{
					PnJID: proto.String(a.pnJID().String()), LidJID: proto.String(a.lidJID().String()),
				})
			}
		}
		info, err := s.webMessage(m)
		if err != nil {
			return nil, err
		}
		c.Messages = append(c.Messages, &waHistorySync.HistorySyncMsg{Message: info, MsgOrderID: proto.Uint64(uint64(i + 1))})
	}
	plain, err := proto.Marshal(blob)
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err = w.Write(plain); err != nil {
		return nil, err
	}
	if err = w.Close(); err != nil {
		return nil, err
	}
	note := &waE2E.HistorySyncNotification{
		SyncType: waE2E.HistorySyncType_RECENT.Enum(), ChunkOrder: proto.Uint32(1), Progress: proto.Uint32(100),
	}
	if !h.Uploaded {
		note.InitialHistBootstrapInlinePayload = packed.Bytes()
		return note, nil
	}
	up, err := s.keep(packed.Bytes(), whatsmeow.MediaHistory)
	if err != nil {
		return nil, err
	}
	note.DirectPath, note.MediaKey, note.FileSHA256, note.FileEncSHA256 = &up.path, up.key, up.plainSum, up.sealedSum
	note.FileLength = proto.Uint64(uint64(packed.Len()))
	return note, nil
}

// webMessage is a message as histories hold it. Callers hold mu.
func (s *Server) webMessage(m Past) (*waWeb.WebMessageInfo, error) {
	content := &waE2E.Message{Conversation: &m.Text}
	if m.Image != nil {
		up, err := s.keep(m.Image, whatsmeow.MediaImage)
		if err != nil {
			return nil, fmt.Errorf("picture: %w", err)
		}
		s.sent[m.ID] = sentMedium{key: up.key, path: up.path}
		content = &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
			Mimetype: proto.String("image/jpeg"), Caption: &m.Text, DirectPath: &up.path, MediaKey: up.key,
			FileSHA256: up.plainSum, FileEncSHA256: up.sealedSum, FileLength: proto.Uint64(uint64(len(m.Image))),
		}}
	}
	return &waWeb.WebMessageInfo{
		Key:              &waCommon.MessageKey{RemoteJID: proto.String(string(m.Chat)), FromMe: &m.FromMe, ID: &m.ID},
		Message:          content,
		MessageTimestamp: proto.Uint64(uint64(m.At.Unix())),
		PushName:         &m.Name,
		Status:           waWeb.WebMessageInfo_DELIVERY_ACK.Enum(),
	}, nil
}
