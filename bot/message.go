package bot

import "time"

// MessageKind says what a message is made of.
type MessageKind string

// The kinds of message.
const (
	Text     MessageKind = "text"
	Image    MessageKind = "image"
	Voice    MessageKind = "voice"
	Video    MessageKind = "video"
	Document MessageKind = "document"
	Location MessageKind = "location"
	Contact  MessageKind = "contact"
	Sticker  MessageKind = "sticker"
	Call     MessageKind = "call"
	Other    MessageKind = "other"

	// ViewOnce is what may be looked at once, and only on a phone: the helpline
	// cannot see it.
	ViewOnce MessageKind = "view_once"
	// Unreadable stands for a message that could not be decrypted. If it comes
	// once more and can be read, it takes the place of this one.
	Unreadable MessageKind = "unreadable"
	// Poll is an outgoing menu to tap: the question and the choices, a line each.
	Poll MessageKind = "poll"
	// Vote is the choice of a resident in the poll QuoteID: its number, counting
	// from 1; "" for one who takes the choice back.
	Vote MessageKind = "vote"
	// Edit is the new text of the resident's message QuoteID.
	Edit MessageKind = "edit"
	// Deletion says that the resident has deleted their message QuoteID.
	Deletion MessageKind = "deletion"
	// Reaction is an emoji on the message QuoteID; "" takes it back.
	Reaction MessageKind = "reaction"
)

// Incoming is a message as a channel hands it to [Bot.Receive].
type Incoming struct {
	Channel string // the channel's name
	Address string // the sender on that channel; replies go there
	Phone   string // ten digits where the channel knows them; else ""
	ID      string // the channel's id of the message
	// SentAt is the channel's own stamp. With Channel, Address and ID it is the
	// message's identity: it must be the same for each delivery of it.
	SentAt    time.Time
	Kind      MessageKind
	Text      string // the words, a caption, or a call's id
	Forwarded bool
	QuoteID   string // the id of the message that this one answers or is about; else ""
	Media     *Media // for image, voice, video, document, sticker
	// Alias is another address of the same person on the channel, such as the
	// phone number beside a hidden id. Both are one resident from then on.
	Alias string
	// Again says that the message may be one that has come before under another
	// stamp: it was asked for again, or is told of by a phone's history.
	Again bool
	// Backlog says that the channel is catching up after an outage. The message
	// is kept, and answered together with the resident's others when the channel
	// calls [Bot.Release], or after BacklogWait.
	Backlog bool
}

// MediaState says whether the bytes of a medium are here yet.
type MediaState string

// The states of a medium.
const (
	MediaPending MediaState = "pending" // the worker has yet to fetch it
	MediaKept    MediaState = "kept"    // the file is stored under its SHA-256
	MediaFailed  MediaState = "failed"  // it could not be had; Error says why
)

// Media is a picture, recording or file of a message. The bytes live outside
// the database, in a file named by their SHA-256.
type Media struct {
	ID       int64
	Message  int64  // the message that it came with
	Ref      []byte // what the channel needs to fetch it
	Channel  string
	Name     string        // file name as sent; never used as a path
	Claimed  string        // MIME type as the sender claims
	Type     string        // MIME type as read from the bytes
	Size     int64         // bytes
	Duration time.Duration // of a voice note or video; 0 if unknown
	SHA256   string        // lower-case hex; "" until kept
	State    MediaState
	Attempts int
	Error    string
}

// Delivery says how far an outgoing message has come.
type Delivery string

// The states of an outgoing message, in their order. A message only moves
// forward. Queued rows are the outbox.
const (
	Queued    Delivery = "queued"
	Sent      Delivery = "sent"
	Delivered Delivery = "delivered"
	Read      Delivery = "read"
	Failed    Delivery = "failed"    // for good; Error says why
	Withdrawn Delivery = "withdrawn" // not sent: the resident stopped the tips meanwhile
)

// Authors of a message that are not officers.
const (
	ByResident = "resident"
	ByBot      = "bot"
	ByOfficer  = "officer"
)

// A Message is an entry of a conversation's log, either way. Incoming text is
// kept with its secrets masked. Nothing is ever removed from the log but by
// erasure and retention.
type Message struct {
	ID         int64
	Resident   int64
	By         string // ByResident, ByBot or ByOfficer
	Officer    int64  // the writer, where By is ByOfficer
	Channel    string
	Address    string
	ExternalID string // the channel's id, fixed before the first send
	Kind       MessageKind
	Text       string
	Forwarded  bool
	QuoteID    string
	Masked     bool // a secret was masked in it
	Media      *Media
	At         time.Time // the channel's stamp, or when the reply was made

	// Of a resident's message:
	Again   bool      // may be here already under another stamp; not stored
	Held    bool      // kept, and not answered yet: see Incoming.Backlog
	Edited  time.Time // when the resident changed it; zero if not. Text is the first version.
	Deleted time.Time // when the resident deleted it; zero if not. It stays here.

	// Of an outgoing message:
	Delivery Delivery
	Bulk     bool   // paced and only by day: tips
	Payload  []byte // final bytes, where a channel needs them fixed; else nil
	Attempts int
	Due      time.Time // not to be sent before; zero: at once, even if the clock is set back
	Quoted   string    // the words of QuoteID, for Encode; not stored
	Seen     int64     // of an officer's: the newest message they had seen; 0: not asked; not stored
	Error    string    // why it failed
}
