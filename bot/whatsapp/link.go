package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"

	"mitan/bot"
)

// Link is how the link stands now.
func (w *WhatsApp) Link() bot.Link {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.link
}

// stand says how the link stands from now on.
func (w *WhatsApp) stand(state bot.LinkState, reason string) {
	changed := false
	w.change(func(l *bot.Link) {
		if changed = l.State != state; changed {
			l.State, l.Since = state, w.clock.Now()
		}
		l.Reason, l.Until = reason, time.Time{}
		if state == bot.LinkOnline {
			l.Code, l.CodeUntil = "", time.Time{}
		}
	})
	if changed {
		w.helpline.LinkChanged(w.Link())
	}
}

func (w *WhatsApp) change(how func(*bot.Link)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	how(&w.link)
}

// online is the client while messages come and go; nil otherwise.
func (w *WhatsApp) online() *whatsmeow.Client {
	if w.Link().State != bot.LinkOnline {
		return nil
	}
	return w.client.Load()
}

// StartLinking offers codes for linkingWindow. It does nothing where a phone is
// linked.
func (w *WhatsApp) StartLinking(ctx context.Context) error {
	w.signal(ctx, startLinking{})
	return ctx.Err()
}

// Reconnect connects at once.
func (w *WhatsApp) Reconnect(ctx context.Context) error {
	w.signal(ctx, connectNow{})
	return ctx.Err()
}

// ErrLinked means that a phone is linked already.
var ErrLinked = errors.New("a phone is linked already: end the link on the phone first (Linked devices)")

// codeWait is how long the service may take to offer codes.
const codeWait = 30 * time.Second

// PairingCode asks for a code of eight letters that is typed into the phone
// with this number (with the country's code, digits only) instead of scanning.
func (w *WhatsApp) PairingCode(ctx context.Context, number string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, codeWait)
	defer cancel()
	if err := w.StartLinking(ctx); err != nil {
		return "", err
	}
	for w.Link().Code == "" { // the service is ready when it offers codes
		if w.Link().State == bot.LinkOnline {
			return "", ErrLinked
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("the service offers no code: %w", ctx.Err())
		case <-time.After(100 * time.Millisecond):
		}
	}
	// The name must be one that the service knows.
	code, err := w.client.Load().PairPhone(ctx, number, true, whatsmeow.PairClientChrome, "Chrome (Linux)")
	if err != nil {
		return "", fmt.Errorf("ask for a pairing code: %w", err)
	}
	return code, nil
}

// A Group is a group that the number is in.
type Group struct{ ID, Name string }

// Groups lists the groups that the number is in.
func (w *WhatsApp) Groups(ctx context.Context) ([]Group, error) {
	client := w.online()
	if client == nil {
		return nil, bot.ErrOffline
	}
	joined, err := client.GetJoinedGroups(ctx)
	if err != nil {
		return nil, fmt.Errorf("list groups: %w", err)
	}
	var groups []Group
	for _, g := range joined {
		groups = append(groups, Group{ID: g.JID.String(), Name: g.Name})
	}
	return groups, nil
}
