package bot

import (
	"context"
	"errors"
	"io"
	"time"

	"mitan/locales"
)

// Errors that a store returns, to be tested with errors.Is.
var (
	// ErrNotFound means that there is no such row.
	ErrNotFound = errors.New("not found")
	// ErrStale means that the conversation has changed since it was read:
	// read it again and compute the turn again.
	ErrStale = errors.New("the conversation has changed meanwhile")
	// ErrTaken means that another officer holds the conversation.
	ErrTaken = errors.New("another officer holds the conversation")
	// ErrNotYours means that the officer does not hold the conversation.
	ErrNotYours = errors.New("the conversation is not yours")
	// ErrNewer means that the resident has written more than the officer has seen.
	ErrNewer = errors.New("the resident has written meanwhile")
	// ErrTooLarge means that a medium has more bytes than it may have.
	ErrTooLarge = errors.New("the medium is too large")
	// ErrExists means that the name is taken.
	ErrExists = errors.New("it exists already")
)

// A Store keeps everything. Writes are durable when they return. Package
// store/storetest says in tests what each method must do.
type Store interface {
	TurnStore
	OutboxStore
	TimerStore
	MediaStore
	TipStore
	DeskStore
	TeamStore
	OfficerStore
	ExportStore
	LinkStore
	NoticeStore
	RecordStore
	TrustStore
	// Prune removes messages older than before, with their media, that are no
	// evidence of a case, and tells how many it removed.
	Prune(ctx context.Context, before time.Time) (int, error)
	Close() error
}

// TurnStore is what a turn reads and writes.
type TurnStore interface {
	// EnsureResident finds the resident with an address on a channel, or makes
	// one with a conversation. A phone (ten digits) is filled in where it was
	// unknown.
	EnsureResident(ctx context.Context, channel, address, phone string, now time.Time) (int64, error)
	// Join makes sure that two addresses on a channel are one resident's, making
	// one where neither is known. Where they were two residents, all that is kept
	// of the younger goes to the older: joined is the one who is no more, 0 if
	// none. ErrStale never: it waits for turns that are being written.
	Join(ctx context.Context, channel, address, alias string, now time.Time) (resident, joined int64, err error)
	// HeldOf reads the messages of a resident that are held, in their order.
	HeldOf(ctx context.Context, resident int64) ([]Message, error)
	// Conversation reads a conversation with its session.
	Conversation(ctx context.Context, resident int64) (Conversation, error)
	// CommitTurn writes a turn whole or not at all. It tells whether the
	// message was there already, in which case nothing has changed. ErrStale
	// if the conversation's version is not the turn's. ErrNotFound if the resident
	// has been joined to another meanwhile. An Edit or a Deletion
	// marks the message that it is about. A message takes the place of the
	// Unreadable one with its identity.
	CommitTurn(ctx context.Context, t *Turn) (duplicate bool, err error)
	// NextNumber counts a series up. A number that is not written by a
	// committed turn before the program ends is given again.
	NextNumber(ctx context.Context, series string) (int64, error)

	CasesOf(ctx context.Context, resident int64) ([]Case, error)
	// StoryOf reads the evidence of a case in its order, with media.
	StoryOf(ctx context.Context, caseID int64) ([]Message, error)
	VolunteerOf(ctx context.Context, resident int64) (Volunteer, error)
	Subscribed(ctx context.Context, resident int64) (bool, error)
	// Ahead counts the waiting conversations that come before this one: those
	// that are more urgent or, equally urgent, have waited longer. One that is
	// not in the queue yet comes last.
	Ahead(ctx context.Context, resident int64) (int, error)
	// Reported counts the residents other than this one who have filed a case with
	// an identifier of the fraudster, however it is written.
	Reported(ctx context.Context, resident int64, s Suspect) (int, error)
	// AwaitedPictures reads the media of a resident that an AwaitWords is about
	// and that were read, or will never be, in their order.
	AwaitedPictures(ctx context.Context, resident int64) ([]Media, error)
}

// A Turn is one message in, or one timer that fired, and all that follows.
type Turn struct {
	Resident int64
	Version  int64 // the conversation's version that the turn was computed from
	At       time.Time
	In       *Message  // nil for a timer
	Timer    TimerKind // the timer that fired; "" for a message. It is removed.
	Session  []byte
	Out      []Message
	Effects  []Effect
	// Wake sets the talk's timer; the zero time removes it, but for a turn of
	// TimerSilence or TimerUnreadable, which leaves it.
	Wake time.Time
	// Silence sets the officer's timer where none is set: by then the officer
	// must have answered. The zero time leaves it as it is.
	Silence time.Time
	// Kept says that the message is only written down: the session and the
	// talk's timer stay as they are.
	Kept bool
	// Set are timers to set where the resident has none of their kind.
	Set []Timer
	// Answers are held messages that this turn answers: they are held no longer,
	// and KeepEvidence is about them.
	Answers []int64
	// Told are media of which this turn tells the words: they are awaited no longer.
	Told []int64
}

// OutboxStore is what the outbox reads and writes.
type OutboxStore interface {
	// Outbox reads queued messages in the order of their ids: replies first,
	// then bulk. A message whose resident has an earlier queued one that is
	// not yet due is left out, so that order holds.
	Outbox(ctx context.Context, now time.Time, limit int) ([]Message, error)
	// NextDue is when the next queued message is due, in the past if it is at
	// once; zero if there is none. A reply behind an earlier one to the same
	// resident waits for that.
	NextDue(ctx context.Context) (time.Time, error)
	// SetDelivery moves a message forward, never back. Reason is kept for a
	// failed one.
	SetDelivery(ctx context.Context, id int64, to Delivery, reason string) error
	// MarkSent moves queued messages on to Sent; those that have moved
	// meanwhile stay as they are.
	MarkSent(ctx context.Context, ids []int64) error
	// SetDeliveryByExternalID is SetDelivery for a channel's receipt. It tells
	// whose message has moved, 0 if none has.
	SetDeliveryByExternalID(ctx context.Context, channel, externalID string, to Delivery) (resident int64, err error)
	// EscalateNow is the effect Escalate outside of a turn.
	EscalateNow(ctx context.Context, resident int64, e Escalate, now time.Time) error
	// SetPayload fixes the final bytes of a queued message.
	SetPayload(ctx context.Context, id int64, payload []byte) error
	// Requeue puts a message that was sent back into the outbox, because the
	// resident's phone could not read it; the try is counted. It returns how far
	// the message is: Queued if it has been put back or was there still; Failed
	// after so many tries, or if it is not known.
	Requeue(ctx context.Context, channel, externalID string, tries int) (at Delivery, fresh bool, err error)
	// Payload reads the final bytes of a message of ours to the resident with an
	// address (any of theirs), to be sent again. ErrNotFound if there is none.
	Payload(ctx context.Context, channel, address, externalID string) ([]byte, error)
	// MessageOf reads a message of a resident's thread, either way, by the
	// channel's id. ErrNotFound if there is none.
	MessageOf(ctx context.Context, resident int64, externalID string) (Message, error)
	// PollOf reads the poll of ours with an id, and whether it is the newest of
	// what the bot has written to the resident.
	PollOf(ctx context.Context, resident int64, externalID string) (poll Message, newest bool, err error)
	// Retry counts an attempt and sets when the next one is due.
	Retry(ctx context.Context, id int64, due time.Time, reason string) error
	// Postpone is Retry for a try that does not count.
	Postpone(ctx context.Context, id int64, due time.Time, reason string) error
}

// TimerKind names a timer; a resident has at most one of each kind.
type TimerKind string

// The timers.
const (
	TimerTalk    TimerKind = "talk"    // wakes the dialogue: reminder, stall, end of a draft
	TimerSilence TimerKind = "silence" // the officer who holds the conversation went silent
	// TimerBacklog answers what came while the channel was catching up.
	TimerBacklog TimerKind = "backlog"
	// TimerUnreadable asks the resident to send again what could not be read.
	TimerUnreadable TimerKind = "unreadable"
	// TimerWords tells the talk what was read in pictures. It is set, due at once,
	// when the last of those that a resident waits for has been read.
	TimerWords TimerKind = "words"
)

// A Timer is due at a time.
type Timer struct {
	Resident int64
	Kind     TimerKind
	Due      time.Time
}

// TimerStore is what the schedule reads.
type TimerStore interface {
	// DueTimers reads timers that are due by now, the earliest first.
	DueTimers(ctx context.Context, now time.Time, limit int) ([]Timer, error)
	// NextTimer is when the next timer is due; zero if there is none.
	NextTimer(ctx context.Context) (time.Time, error)
	// HurryTimers makes all timers of a kind due now.
	HurryTimers(ctx context.Context, kind TimerKind, now time.Time) error
}

// MediaStore keeps pictures, recordings and files.
type MediaStore interface {
	// PendingMedia reads media that are to be fetched.
	PendingMedia(ctx context.Context, limit int) ([]Media, error)
	// KeepMedia writes the bytes that r gives under their SHA-256, durably,
	// reads their type from them, and marks the medium as kept. ErrTooLarge
	// if there are more than limit bytes.
	KeepMedia(ctx context.Context, id int64, r io.Reader, limit int64) (Media, error)
	// FailMedia counts an attempt; final says that there will be no other.
	FailMedia(ctx context.Context, id int64, reason string, final bool) error
	// Media reads a medium; OpenMedia opens its file.
	Media(ctx context.Context, id int64) (Media, error)
	OpenMedia(ctx context.Context, id int64) (io.ReadSeekCloser, error)
	// UnreadPictures reads residents' pictures (see Readable) that are kept and
	// whose words have yet to be read, those that a talk waits for first; or only
	// those.
	UnreadPictures(ctx context.Context, awaited bool, limit int) ([]Media, error)
	// KeepWords writes what was read in a picture, "" if nothing could be, and
	// wakes the talk if it waits for it. It tells whose picture it is. One that
	// was read before stays as it is.
	KeepWords(ctx context.Context, id int64, words string) (resident int64, err error)
}

// TipStore is what the weekly tips read and write.
type TipStore interface {
	// DueSubscriptions reads up to limit subscriptions that began before the
	// given time and had no tip since, the oldest first.
	DueSubscriptions(ctx context.Context, since time.Time, limit int) ([]Subscription, error)
	// LastBulkDue is when the last queued bulk message is due; zero if none is.
	LastBulkDue(ctx context.Context) (time.Time, error)
	// QueueTip queues m for a subscriber and counts it, unless the resident
	// has unsubscribed or got one since the given time; it tells whether it did.
	QueueTip(ctx context.Context, m Message, since time.Time) (bool, error)
}

// DeskStore is what officers read and do. Whatever an officer does is written
// together with its audit entry.
type DeskStore interface {
	// Claim gives a waiting conversation, or one with the bot or closed, to an officer.
	// ErrTaken if another holds it, unless takeOver. Claiming one's own again
	// changes nothing. Where the resident waits for an answer, the silence timer
	// is set: by then the officer must have answered. The zero time sets none.
	Claim(ctx context.Context, resident, officer int64, takeOver bool, now, silence time.Time) error
	// Reply queues an officer's message; ErrNotYours unless claimed by them. One
	// whose ExternalID is there already is not queued again: its id is returned.
	// With content, it is a file: kept as KeepMedia does, of the Kind that KindOf
	// gives for its type. ErrNewer if the resident has written since m.Seen.
	Reply(ctx context.Context, m Message, content io.Reader) (id int64, err error)
	// IdentityChanged says that the person behind an address may be another:
	// the resident's Changed is set. It tells whose; 0 if the address is unknown.
	IdentityChanged(ctx context.Context, channel, address string, now time.Time) (resident int64, err error)
	// ConfirmIdentity says that an officer knows the resident to be the same.
	ConfirmIdentity(ctx context.Context, resident, officer int64, now time.Time) error
	AddNote(ctx context.Context, n Note) error
	// CloseConversation ends a claimed conversation, with a farewell to send.
	// The session ends with it. ErrNotYours unless claimed by them.
	CloseConversation(ctx context.Context, resident, officer int64, farewell Message) error
	// Seen sets the conversation's unread count to 0 if the officer holds it.
	Seen(ctx context.Context, resident, officer int64) error

	Conversations(ctx context.Context, f ConversationFilter) ([]Conversation, error)
	// Thread reads messages before an id (0: from the newest), the oldest first.
	Thread(ctx context.Context, resident, before int64, limit int) ([]Message, error)
	Notes(ctx context.Context, resident int64) ([]Note, error)
	// SearchMessages finds words in what residents and officers wrote, the newest first.
	SearchMessages(ctx context.Context, words string, limit int) ([]Message, error)
	// FindIdentifier finds residents by a part of a phone, UTR, case number or
	// suspect identifier.
	FindIdentifier(ctx context.Context, part string, limit int) ([]int64, error)
}

// TeamStore is what officers share out among themselves and have not finished.
type TeamStore interface {
	// SaveUnsent keeps a draft in place of the one before; without text it goes.
	SaveUnsent(ctx context.Context, d Unsent) error
	// UnsentOf reads an officer's drafts beside a conversation.
	UnsentOf(ctx context.Context, officer, resident int64) ([]Unsent, error)
	// Withdraw takes back an officer's own message that is queued, not due yet
	// and was never tried; ErrTooLate if it is not, ErrNotFound if there is no
	// such message of theirs. Its text goes before what the draft holds. Where the
	// resident waits again, the silence timer is set as by Claim.
	Withdraw(ctx context.Context, resident, officer, message int64, now, silence time.Time) error
	// ClaimedAt is when the officer who holds a conversation got it; zero if
	// nobody does.
	ClaimedAt(ctx context.Context, resident int64) (time.Time, error)

	// MediaResident is whose message a medium came with, or went to.
	MediaResident(ctx context.Context, media int64) (int64, error)

	// Looked writes down that an officer has seen a thread up to a message. It
	// only moves forward.
	Looked(ctx context.Context, officer, resident, message int64) error
	// UnreadOf counts for an officer what residents have written since the
	// officer last looked. A resident at whom they never looked is left out.
	UnreadOf(ctx context.Context, officer int64, residents []int64) (map[int64]int, error)

	// OfferTransfers offers conversations, all or none, each with its reason as a
	// note of the sender. ErrNotYours if the sender does not hold one of them.
	OfferTransfers(ctx context.Context, offers []Transfer) error
	// Transfers reads those that are open, and those that were not taken while
	// the sender has done nothing since.
	Transfers(ctx context.Context) ([]Transfer, error)
	// AcceptTransfer gives a conversation to the officer to whom it is offered.
	// ErrNotFound unless it is. The silence timer is moved as by Claim.
	AcceptTransfer(ctx context.Context, resident int64, officer Officer, now, silence time.Time) error
	// EndTransfer declines it for the officer to whom it is offered, or removes
	// it for its sender. ErrNotFound if it is neither's.
	EndTransfer(ctx context.Context, resident int64, officer Officer, now time.Time) error
	// LapseTransfers ends those that were offered before a time, and tells whose.
	LapseTransfers(ctx context.Context, before, now time.Time) ([]int64, error)

	// ReadyReplies reads all, by their thanas and names.
	ReadyReplies(ctx context.Context) ([]ReadyReply, error)
	SaveReadyReply(ctx context.Context, r ReadyReply, officer int64, now time.Time) error // ErrExists, ErrNotFound
	RemoveReadyReply(ctx context.Context, id, officer int64, now time.Time) error         // ErrNotFound
}

// ConversationFilter chooses conversations for a list. Waiting ones come first,
// urgent before others, then by how long they have waited.
type ConversationFilter struct {
	States  []ConversationState // nil for all
	Officer int64               // only those held by; 0 for all
	Limit   int
}

// OfficerStore keeps officers, their web sessions and the audit.
type OfficerStore interface {
	AddOfficer(ctx context.Context, o Officer) (int64, error) // ErrExists
	SetPassword(ctx context.Context, login, hash string, now time.Time) error
	// SetOfficerPhone writes an officer's phone, ten digits or "" for none.
	// ErrExists if it is another's who may sign in.
	SetOfficerPhone(ctx context.Context, login, phone string, now time.Time) error
	OfficerByLogin(ctx context.Context, login string) (Officer, error)
	OfficerByID(ctx context.Context, id int64) (Officer, error)
	Officers(ctx context.Context) ([]Officer, error)
	Audit(ctx context.Context, e AuditEntry) error
	AuditLog(ctx context.Context, before int64, limit int) ([]AuditEntry, error)

	// Find, Commit, Delete and All are scs.Store, for the inbox's sessions.
	Find(token string) (data []byte, found bool, err error)
	Commit(token string, data []byte, expiry time.Time) error
	Delete(token string) error
}

// ExportStore reads everything of a kind, in the order of its ids, calling
// each for one after the other; an error of each ends the reading.
type ExportStore interface {
	EachCase(ctx context.Context, each func(Case) error) error
	EachVolunteer(ctx context.Context, each func(Volunteer) error) error
	EachConversation(ctx context.Context, each func(Conversation) error) error
	EachSubscription(ctx context.Context, each func(Subscription, locales.Lang) error) error
}
