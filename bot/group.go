package bot

import (
	"context"
	"time"
)

// A Notice is a word to the officers' group about a conversation. An officer
// who quotes it there writes to that conversation's resident. It is mapped by
// our own id, never by what a message in the group says of itself.
type Notice struct {
	ID         int64
	ExternalID string // the channel's id of the message, fixed before the first send
	Resident   int64
	Escalation int64 // what it tells of
	Text       string
	At         time.Time
	Sent       bool
}

// An OpenEscalation is an escalation that no officer has resolved.
type OpenEscalation struct {
	ID       int64
	Resident int64
	Reason   EscalationReason
	Urgent   bool
	At       time.Time
}

// A GroupMessage is a message that an officer has written in the officers'
// group.
type GroupMessage struct {
	ID      string // the channel's
	Phone   string // the writer's, ten digits; "" if not known
	QuoteID string // the message that it quotes, or changes; "" if none
	Text    string
	Change  bool // it edits or deletes the officer's message QuoteID
}

// A Poster writes to the officers' group. A channel that has such a group is
// one.
type Poster interface {
	// Post sends a message to the group with its final id; sent again, it is
	// not shown again. ErrOffline while the link is down.
	Post(ctx context.Context, id, text string) error
}

// NoticeStore keeps what was told to the officers' group.
type NoticeStore interface {
	// Untold reads open escalations since a time of which no notice was made,
	// the oldest first.
	Untold(ctx context.Context, since time.Time, limit int) ([]OpenEscalation, error)
	// AddNotice writes a notice down, to be sent; one of an escalation that has
	// one already is not written again.
	AddNotice(ctx context.Context, n Notice) error
	// UnsentNotices reads notices that are to be sent, the oldest first.
	UnsentNotices(ctx context.Context, limit int) ([]Notice, error)
	// NoticeSent says that a notice has been sent.
	NoticeSent(ctx context.Context, id int64) error
	// NoticeByExternalID finds the notice that a message of the group is.
	// ErrNotFound if it is none.
	NoticeByExternalID(ctx context.Context, externalID string) (Notice, error)
	// AnswerOfGroup tells whose conversation an officer's answer with an id went
	// to, among those that the newest notices tell of. ErrNotFound if to none.
	AnswerOfGroup(ctx context.Context, externalID string) (resident int64, err error)
	// OfficerByPhone finds an officer who may sign in, by ten digits.
	OfficerByPhone(ctx context.Context, phone string) (Officer, error)
}
