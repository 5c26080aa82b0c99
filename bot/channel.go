package bot

import (
	"context"
	"errors"
	"io"
)

// A Channel carries messages between residents and the helpline: the handset,
// or WhatsApp. It hands messages to [Bot.Receive] and acks them to its own
// side only when Receive has returned nil.
type Channel interface {
	Name() string
	// Send sends a message with its final id (ExternalID). It may be called
	// again with the same message after a crash or a time-out, and must then
	// not show it twice. An error that wraps ErrForbidden will not pass by
	// itself; any other is tried again.
	Send(ctx context.Context, m Message) error
	// Fetch writes the bytes of a medium that this channel brought. An error
	// that wraps ErrGone will not pass by itself.
	Fetch(ctx context.Context, m Media, w io.Writer) error
}

var (
	// ErrForbidden means that a message can never be sent.
	ErrForbidden = errors.New("this message cannot be sent")
	// ErrGone means that a medium can never be fetched.
	ErrGone = errors.New("this medium is gone")
)
