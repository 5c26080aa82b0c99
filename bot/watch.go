package bot

import (
	"context"
	"sync"
	"time"
)

// Limits of the watch over the link.
const (
	linkGap      = time.Second // how often the link is looked at
	linkMemory   = 1000        // events that are read at the start
	linkQueue    = 64          // changes that may wait to be written down
	alertTries   = 5           // then an alert is given up
	alertBackoff = time.Minute // after the first failed try; doubles with each
)

// An Alerter tells people outside the helpline that the link is down.
type Alerter interface {
	// Alert may take a minute. After an error it is called again with the same
	// link, and then does only what it has not done yet.
	Alert(ctx context.Context, l Link) error
}

// Link is how the link to the helpline's number stands; LinkNone where the
// helpline has no channel that is linked to one.
func (b *Bot) Link() Link {
	if b.linker == nil {
		return Link{State: LinkNone}
	}
	return b.linker.Link()
}

// LinkChanged says that the link's state has changed. A channel calls it for
// each change, so that one that lasts less than linkGap is written down too.
func (b *Bot) LinkChanged(l Link) {
	select {
	case b.linkChanges <- l:
	default: // the state that stands is looked at anyway
	}
}

// A linkWatch is what is known of the link between two looks at it.
type linkWatch struct {
	begun   bool
	state   LinkState // as last written down; "" if none was
	noted   time.Time // since when that state stands
	down    time.Time // since when the link is not online; zero while it is
	alerted bool      // in this outage
	alert   alertTry
	work    sync.WaitGroup
}

// An alertTry is an alert on its way.
type alertTry struct {
	link Link
	due  time.Time // of the next try; zero if there is none
	done chan error
	n    int // tries so far
}

func (b *Bot) runLink(ctx context.Context) {
	defer b.watch.work.Wait()
	if b.linker == nil {
		return
	}
	tick := time.NewTicker(linkGap)
	defer tick.Stop()
	for {
		if err := b.lookAtLink(ctx); err != nil && !ended(ctx, err) {
			b.log.Error("the link cannot be watched", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case l := <-b.linkChanges:
			if l.Since.Before(b.watch.noted) {
				continue // a later state has been written down
			}
			if err := b.noteLink(ctx, l, l.Since); err != nil && !ended(ctx, err) {
				b.log.Error("a change of the link cannot be written down", "error", err)
			}
		}
	}
}

// lookAtLink writes down how the link has changed, and gives an alert where it
// is due. Nothing waits for the alert.
func (b *Bot) lookAtLink(ctx context.Context) error {
	w, now := &b.watch, b.clock.Now()
	if !w.begun {
		if err := w.begin(ctx, b.store); err != nil {
			return err
		}
	}
	link := b.linker.Link()
	if err := b.noteLink(ctx, link, now); err != nil {
		return err
	}
	switch {
	case link.State == LinkOnline:
		w.down, w.alerted, w.alert.due = time.Time{}, false, time.Time{}
	case w.down.IsZero():
		w.down = now
	}
	if b.alerter == nil {
		return nil
	}
	if !w.alerted && b.alertDue(link, now) {
		w.alerted = true
		w.alert = alertTry{link: link, due: now}
		// First, so that a restart in the same outage does not alert again. An
		// alert that comes twice is better than none, if the disk is full.
		if err := b.store.AddLinkEvent(ctx, LinkEvent{At: now, State: LinkAlerted, Reason: string(link.State)}); err != nil {
			b.log.Error("an alert cannot be written down", "error", err)
		}
	}
	b.tryAlert(ctx, now)
	return nil
}

// begin reads how the link stood when the program ended.
func (w *linkWatch) begin(ctx context.Context, store LinkStore) error {
	events, err := store.LinkEvents(ctx, linkMemory)
	if err != nil {
		return err
	}
	for _, e := range events { // the newest first
		if e.State == LinkAlerted {
			w.alerted = true
			continue
		}
		if e.State == LinkBanEnds {
			continue
		}
		if w.state == "" {
			w.state = e.State
		}
		if e.State == LinkOnline {
			break
		}
	}
	w.begun = true
	return nil
}

// noteLink writes a change of the link's state down and tells watchers.
func (b *Bot) noteLink(ctx context.Context, link Link, now time.Time) error {
	if link.State == b.watch.state {
		return nil
	}
	err := b.store.AddLinkEvent(ctx, LinkEvent{At: now, State: link.State, Reason: link.Reason})
	if err != nil {
		return err
	}
	b.log.Info("the link has changed", "from", b.watch.state, "to", link.State)
	b.watch.state, b.watch.noted = link.State, link.Since
	b.changes.tell(Change{})
	return nil
}

// alertDue tells whether people must be told of a link that is not online: at
// once where it does not come back by itself, else after the unit's minutes. One
// that connects again and again is as good as none.
func (b *Bot) alertDue(link Link, now time.Time) bool {
	if b.watch.down.IsZero() {
		return false
	}
	if link.State.Ended() && link.State != LinkNone {
		return true
	}
	return now.Sub(b.watch.down) >= time.Duration(b.unit.Alert.AfterMinutes)*time.Minute
}

// tryAlert starts a try of an alert that is due, and sees what came of the one
// before.
func (b *Bot) tryAlert(ctx context.Context, now time.Time) {
	try := &b.watch.alert
	if try.done != nil {
		select {
		case err := <-try.done:
			try.done = nil
			b.alertEnded(err, now)
		default:
		}
		return
	}
	if try.due.IsZero() || try.due.After(now) {
		return
	}
	link, done := try.link, make(chan error, 1)
	try.done, try.due = done, time.Time{}
	try.n++
	b.watch.work.Go(func() { done <- b.alerter.Alert(ctx, link) })
}

func (b *Bot) alertEnded(err error, now time.Time) {
	try := &b.watch.alert
	switch {
	case err == nil:
	case try.n >= alertTries:
		b.log.Error("an alert could not be given", "link", try.link.State, "tries", try.n, "error", err)
	case b.watch.alerted: // the outage goes on
		b.log.Warn("an alert will be tried again", "link", try.link.State, "tries", try.n, "error", err)
		try.due = now.Add(alertBackoff << (try.n - 1))
	}
}
