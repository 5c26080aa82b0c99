package bot

import (
	"context"
	"errors"
	"io"
	"time"
)

// A Channel carries messages between residents and the helpline: the handset,
// or WhatsApp. It hands messages to [Bot.Receive] and acks them to its own
// side only when Receive has returned nil.
type Channel interface {
	Name() string
	// Send sends a message with its final id (ExternalID). It may be called
	// again with the same message after a crash or a time-out, and must then
	// not show it twice. An error that wraps ErrForbidden will not pass by
	// itself; after ErrOffline and ErrBarred see there; any other is tried again.
	Send(ctx context.Context, m Message) error
	// Fetch writes the bytes of a medium that this channel brought. An error
	// that wraps ErrGone will not pass by itself.
	Fetch(ctx context.Context, m Media, w io.Writer) error
}

// A Messenger is a Channel with manners of a messenger service.
type Messenger interface {
	Channel
	// Encode fixes the bytes of a message before it is queued, so that each try
	// sends the same. Nil leaves them to Send, which must then fix them by
	// [Bot.SetPayload] before the first try.
	Encode(m Message) []byte
	// Polls tells whether a menu is also sent as a poll.
	Polls() bool
	// Pause is how long a reply waits, with jitter, while the resident sees that
	// it is being written; 0 for not at all.
	Pause() time.Duration
	// Typing shows a resident that a reply is being written. It does not wait.
	Typing(address string)
}

var (
	// ErrOffline means that the channel is not connected. The message waits,
	// and no try is counted. The channel calls [Bot.Wake] when it is back.
	ErrOffline = errors.New("the channel is not connected")
	// ErrBarred means that the service does not let the helpline write to this
	// person now. It is tried again after BarredWait, and an officer is told. The
	// channel's tips rest as long.
	ErrBarred = errors.New("the service does not let us write to this person now")
	// ErrForbidden means that a message can never be sent.
	ErrForbidden = errors.New("this message cannot be sent")
	// ErrGone means that a medium can never be fetched.
	ErrGone = errors.New("this medium is gone")
)
