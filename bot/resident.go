package bot

import (
	"time"

	"mitan/locales"
)

// A Resident is a person who writes to the helpline. The id is ours: a
// resident is never keyed by phone, because one person has several addresses
// on a channel and may change them.
type Resident struct {
	ID    int64
	Name  string       // as the resident gave it; "" until asked
	Phone string       // ten digits where the channel knows it; else ""
	Lang  locales.Lang // "" until chosen
	Since time.Time
	// Changed is when the security code of the person's phone changed: until an
	// officer confirms who it is, the bot tells nothing of earlier cases. Zero if
	// it has not.
	Changed time.Time
}

// ConversationState says who answers a resident.
type ConversationState string

const (
	// WithBot is a conversation that the bot leads.
	WithBot ConversationState = "bot"
	// Waiting is a conversation in the officers' queue. The bot goes on talking.
	Waiting ConversationState = "waiting"
	// Claimed is a conversation that an officer holds. The bot is silent.
	Claimed ConversationState = "claimed"
	// Closed is a conversation that an officer has ended. The next message
	// of the resident gives it back to the bot.
	Closed ConversationState = "closed"
)

// A Conversation is the thread with one resident: one for each, kept for good.
type Conversation struct {
	Resident     Resident
	State        ConversationState
	Urgent       bool
	Reason       EscalationReason // why it was put into the queue; "" with the bot
	WaitingSince time.Time        // zero with the bot
	Officer      int64            // who holds it; 0 unless claimed
	Thana        string           // whose it is, as stored; "" for nobody's yet
	OfficerName  string
	Unread       int         // resident's messages that no officer has seen since it was queued
	LastAt       time.Time   // of the last message, either way
	LastText     string      // of the resident's last message, see LastText, for lists
	LastKind     MessageKind // of that message
	Messages     int         // how many there are in all
	Held         int         // messages that wait to be answered together
	Session      []byte      // the dialogue's own, opaque here
	Version      int64       // rises with every change; see Turn.Version
	Channel      string      // where the resident last wrote from
	Address      string
}

// maxLastText is how many bytes LastText leaves.
const maxLastText = 200

// LastText is a message's text as a Conversation keeps it: at most 200 bytes,
// cut at a character.
func LastText(text string) string { return cut(text, maxLastText) }

// EscalationReason says why a human is needed.
type EscalationReason string

// The reasons for which a conversation reaches the queue.
const (
	ReasonLoss      EscalationReason = "loss"         // money is gone
	ReasonOnLine    EscalationReason = "on_the_line"  // the thief is on the phone while they write
	ReasonStalled   EscalationReason = "stalled"      // a loss whose report was left half-way
	ReasonAsked     EscalationReason = "asked"        // the resident asked for an officer
	ReasonVoice     EscalationReason = "voice"        // speaks where the bot can only read
	ReasonMisses    EscalationReason = "misses"       // the bot did not understand twice
	ReasonCheck     EscalationReason = "check"        // a message to be judged by a person
	ReasonDanger    EscalationReason = "danger"       // violence or a child in danger
	ReasonSuicide   EscalationReason = "suicide"      // thoughts of suicide
	ReasonBroken    EscalationReason = "broken"       // the bot failed; a person must answer
	ReasonSilence   EscalationReason = "silence"      // the officer who held it went silent
	ReasonUndeliver EscalationReason = "undelivered"  // a reply could not be sent for good
	ReasonFlood     EscalationReason = "flood"        // more messages than the bot answers
	ReasonErasure   EscalationReason = "erase"        // wants data erased that the bot may not erase
	ReasonMessage   EscalationReason = "more_to_tell" // wrote on about a filed case
	ReasonUnread    EscalationReason = "unreadable"   // a message could not be decrypted
)
