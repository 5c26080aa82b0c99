package bot

import (
	"context"
	"time"
)

// LinkState says how the link to the helpline's telephone number stands.
type LinkState string

// The states of a link.
const (
	LinkNone       LinkState = "none"       // no phone has been linked yet
	LinkConnecting LinkState = "connecting" // on its way: at the start, or after a short cut
	LinkOnline     LinkState = "online"     // messages come and go
	LinkOffline    LinkState = "offline"    // cut off; it tries again by itself
	LinkLoggedOut  LinkState = "logged_out" // the phone or the service has ended the link: link anew
	LinkBanned     LinkState = "banned"     // the service bars the number until Until; it tries again then
	LinkReplaced   LinkState = "replaced"   // another program uses the same link: this one has stopped
	LinkOutdated   LinkState = "outdated"   // the service refuses this version of the program
)

// Down tells whether messages neither come nor go.
func (s LinkState) Down() bool { return s != LinkOnline && s != LinkConnecting }

// Ended tells whether the link does not come back by itself soon.
func (s LinkState) Ended() bool {
	switch s {
	case LinkNone, LinkLoggedOut, LinkBanned, LinkReplaced, LinkOutdated:
		return true
	}
	return false
}

// A Link is the link of a channel to the helpline's telephone number, as it
// stands.
type Link struct {
	State  LinkState
	Since  time.Time // of this state, UTC
	Number string    // the linked number, ten digits; "" if none is
	Reason string    // why it is so, as the service says it, such as "401"; "" if plain
	Until  time.Time // end of a ban; zero otherwise
	// While a phone may be linked:
	Code      string    // what the phone's camera must see; "" if none is offered
	CodeUntil time.Time // when the code is replaced by another
}

// A LinkEvent is a change of the link that is written down.
type LinkEvent struct {
	At     time.Time
	State  LinkState
	Reason string
}

// LinkAlerted is the LinkEvent that an alert was given of the outage that
// goes on.
const LinkAlerted LinkState = "alerted"

// LinkLinked is the LinkEvent of a new link. Its reason is two words: the stamp,
// in Unix milliseconds, of the newest message that had come before it, since what
// is younger in the phone's history came meanwhile, or 0 if that history is not
// for us; and the phone's number.
const LinkLinked LinkState = "linked"

// LinkBanEnds is the LinkEvent of a ban's end, written when the ban is told of.
// Its reason is two words: the time, in Unix milliseconds, and the ban's own
// reason.
const LinkBanEnds LinkState = "ban_ends"

// A Linker links a channel to a telephone number. The linked device of
// WhatsApp is one.
type Linker interface {
	// Link is how the link stands now.
	Link() Link
	// StartLinking offers codes to link a phone for some minutes. It does
	// nothing where a phone is linked or codes are on offer.
	StartLinking(ctx context.Context) error
	// Reconnect tries again at once, also after LinkReplaced and LinkOutdated.
	Reconnect(ctx context.Context) error
}

// LinkStore keeps what has happened to the link.
type LinkStore interface {
	// AddLinkEvent writes an event down.
	AddLinkEvent(ctx context.Context, e LinkEvent) error
	// LinkEvents reads the newest events, the newest first.
	LinkEvents(ctx context.Context, limit int) ([]LinkEvent, error)
	// LinkCounts tells how often each state has come since a time.
	LinkCounts(ctx context.Context, since time.Time) (map[LinkState]int, error)
	// Undelivered counts replies that were sent before a time, and no earlier
	// than a week before it, and have not reached a phone.
	Undelivered(ctx context.Context, before time.Time) (int, error)
}
