package fakewa

import (
	"context"
	"fmt"
	"slices"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

// Received is a message that a resident's phone shows.
type Received struct {
	ID      string
	From    Address // the writer, as the message names them
	Chat    Address // the writer, or the group
	Kind    string  // text, image, voice, audio, video, document, sticker, contact, location, poll, vote, reaction, edit, deletion, other
	Text    string  // the words, a caption, a poll's question, or a reaction's emoji
	QuoteID string  // what a quote, a reaction, an edit or a deletion is about
	Name    string  // of a document
	MIME    string  // of a medium
	Bytes   []byte  // of a medium, decrypted; nil if it could not be downloaded
	Options []string
	At      time.Time // the server's stamp
}

// Messages are all messages that came, in their order, each id once.
func (r *Resident) Messages() []Received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.shown)
}

// Next waits for the next message. Each is given out once.
func (r *Resident) Next(ctx context.Context) (Received, error) {
	var m Received
	err := r.until(ctx, func() bool {
		if r.next == len(r.shown) {
			return false
		}
		m = r.shown[r.next]
		r.next++
		return true
	})
	if err != nil {
		return m, fmt.Errorf("waiting for a message: %w", err)
	}
	return m, nil
}

// WaitFor waits for the first message that fits, also among those before. It
// does not change what Next gives out.
func (r *Resident) WaitFor(ctx context.Context, fits func(Received) bool) (Received, error) {
	var m Received
	err := r.until(ctx, func() bool {
		i := slices.IndexFunc(r.shown, fits)
		if i >= 0 {
			m = r.shown[i]
		}
		return i >= 0
	})
	if err != nil {
		return m, fmt.Errorf("waiting for a message: %w", err)
	}
	return m, nil
}

// Copies tells how often a message came to the client with that id. A phone
// shows it once.
func (r *Resident) Copies(id string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.copies[id]
}

// Altered are the ids of messages that came again with another content.
func (r *Resident) Altered() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.altered)
}

// Typing counts how often somebody was seen typing.
func (r *Resident) Typing() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.typing
}

// Garbled counts messages that could not be decrypted at first.
func (r *Resident) Garbled() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.garbled
}

// Receipt is how far a message of the resident's has come: "", "server",
// "delivered" or "read".
func (r *Resident) Receipt(id string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.receipts[id]
}

// WaitReceipt waits until a message has come at least so far.
func (r *Resident) WaitReceipt(ctx context.Context, id, state string) error {
	err := r.until(ctx, func() bool {
		return slices.Index(receiptOrder, r.receipts[id]) >= slices.Index(receiptOrder, state)
	})
	if err != nil {
		return fmt.Errorf("waiting for %s: %w", state, err)
	}
	return nil
}

// Read marks messages as read, as opening their chat does.
func (r *Resident) Read(ctx context.Context, ids ...string) error {
	for _, id := range ids {
		r.mu.Lock()
		e := r.events[id]
		r.mu.Unlock()
		if e == nil {
			return fmt.Errorf("marking read: no message %s", id)
		}
		if err := r.cli.MarkRead(ctx, []string{id}, time.Now(), e.Info.Chat, e.Info.Sender); err != nil {
			return fmt.Errorf("marking read: %w", err)
		}
	}
	return nil
}

var receiptOrder = []string{"", "server", "delivered", "read"}

// raise notes that a message has come further. Callers hold mu.
func (r *Resident) raise(id, state string) {
	if slices.Index(receiptOrder, state) > slices.Index(receiptOrder, r.receipts[id]) {
		r.receipts[id] = state
	}
}

func receiptName(t types.ReceiptType) string {
	switch t {
	case types.ReceiptTypeDelivered, types.ReceiptTypeInactive:
		return "delivered"
	case types.ReceiptTypeRead, types.ReceiptTypePlayed:
		return "read"
	}
	return ""
}

// read turns a message event into what the phone shows. It reports false for
// one that holds nothing to show, such as a sender key.
func (r *Resident) read(e *events.Message) (Received, bool) {
	if onlySenderKey(e.Message) {
		return Received{}, false
	}
	m := Received{ID: e.Info.ID, From: addressOf(e.Info.Sender), Chat: addressOf(e.Info.Chat), At: e.Info.Timestamp}
	readContent(&m, e.Message)
	if d := downloadable(e.Message); d != nil {
		data, err := r.cli.Download(context.Background(), d)
		if err != nil {
			r.srv.logf("downloading %s: %v", m.ID, err)
		}
		m.Bytes = data
	}
	return m, true
}

// onlySenderKey tells whether a message holds a group's sender key and nothing
// else. A sender's first message in a group makes two events with one id: the
// first of them holds only the key.
func onlySenderKey(m *waE2E.Message) bool {
	rest := proto.Clone(m).(*waE2E.Message)
	rest.SenderKeyDistributionMessage, rest.MessageContextInfo = nil, nil
	return m.SenderKeyDistributionMessage != nil && proto.Size(rest) == 0
}

// downloadable is the medium in a message; nil if it has none.
func downloadable(m *waE2E.Message) whatsmeow.DownloadableMessage {
	switch {
	case m.ImageMessage != nil:
		return m.ImageMessage
	case m.AudioMessage != nil:
		return m.AudioMessage
	case m.VideoMessage != nil:
		return m.VideoMessage
	case m.DocumentMessage != nil:
		return m.DocumentMessage
	case m.StickerMessage != nil:
		return m.StickerMessage
	}
	return nil
}

// readContent fills in the kind and what belongs to it.
func readContent(m *Received, c *waE2E.Message) {
	m.Kind = "other"
	switch {
	case c.Conversation != nil:
		m.Kind, m.Text = "text", c.GetConversation()
	case c.ExtendedTextMessage != nil:
		m.Kind, m.Text = "text", c.ExtendedTextMessage.GetText()
		m.QuoteID = c.ExtendedTextMessage.GetContextInfo().GetStanzaID()
	case c.ImageMessage != nil:
		i := c.ImageMessage
		m.Kind, m.Text, m.MIME, m.QuoteID = "image", i.GetCaption(), i.GetMimetype(), i.GetContextInfo().GetStanzaID()
	case c.AudioMessage != nil:
		a := c.AudioMessage
		m.Kind, m.MIME, m.QuoteID = "audio", a.GetMimetype(), a.GetContextInfo().GetStanzaID()
		if a.GetPTT() {
			m.Kind = "voice"
		}
	case c.VideoMessage != nil:
		v := c.VideoMessage
		m.Kind, m.Text, m.MIME, m.QuoteID = "video", v.GetCaption(), v.GetMimetype(), v.GetContextInfo().GetStanzaID()
	case c.DocumentMessage != nil:
		d := c.DocumentMessage
		m.Kind, m.Text, m.MIME, m.QuoteID = "document", d.GetCaption(), d.GetMimetype(), d.GetContextInfo().GetStanzaID()
		m.Name = d.GetFileName()
	case c.StickerMessage != nil:
		m.Kind, m.MIME = "sticker", c.StickerMessage.GetMimetype()
	case c.ContactMessage != nil:
		m.Kind, m.Text = "contact", c.ContactMessage.GetDisplayName()
	case c.LocationMessage != nil:
		m.Kind, m.Text = "location", c.LocationMessage.GetName()
	case c.ReactionMessage != nil:
		m.Kind, m.Text, m.QuoteID = "reaction", c.ReactionMessage.GetText(), c.ReactionMessage.GetKey().GetID()
	case c.PollUpdateMessage != nil:
		m.Kind, m.QuoteID = "vote", c.PollUpdateMessage.GetPollCreationMessageKey().GetID()
	case c.ProtocolMessage != nil:
		readProtocol(m, c.ProtocolMessage)
	default:
		readPoll(m, c)
	}
}

func readProtocol(m *Received, p *waE2E.ProtocolMessage) {
	m.QuoteID = p.GetKey().GetID()
	switch p.GetType() {
	case waE2E.ProtocolMessage_REVOKE:
		m.Kind = "deletion"
	case waE2E.ProtocolMessage_MESSAGE_EDIT:
		var to Received
		readContent(&to, p.GetEditedMessage())
		m.Kind, m.Text = "edit", to.Text
	}
}

func readPoll(m *Received, c *waE2E.Message) {
	for _, p := range []*waE2E.PollCreationMessage{c.PollCreationMessage, c.PollCreationMessageV2, c.PollCreationMessageV3} {
		if p == nil {
			continue
		}
		m.Kind, m.Text = "poll", p.GetName()
		for _, o := range p.GetOptions() {
			m.Options = append(m.Options, o.GetOptionName())
		}
	}
}
