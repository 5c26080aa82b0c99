package handset

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"mitan/bot"
)

const (
	// receivePatience is how long a message that the helpline cannot store is
	// handed over again before the talk is given up.
	receivePatience = 5 * time.Second
	firstRetry      = 50 * time.Millisecond // doubles with each try
)

// ErrNotUnderstood means that the talk went to its end, but that some of its
// lines were no message and did nothing.
var ErrNotUnderstood = errors.New("some lines were not understood")

// ChatOptions are what a talk in the terminal is made of.
type ChatOptions struct {
	In  io.Reader
	Out io.Writer // the replies
	Err io.Writer // what is wrong with a line
	// Interactive says that a person types: there is a prompt, and replies are
	// shown whenever they come.
	Interactive bool
	As          string    // the resident's number; see [ParsePhone]
	Clock       bot.Clock // a *bot.ManualClock where [wait] is to work
	// Stored is called with the number of each line whose message has been
	// committed, before its replies are shown. It may be nil.
	Stored func(line int)
}

// Chat talks to the helpline, a line a message, until the input ends and the
// outbox is empty. Each reply is printed with "< " before its first line and
// two spaces before the others; a reply to somebody else than the current
// resident has that number after the "<". A line in brackets is a directive:
// see the table in directive.go.
//
// The talk drives the bot itself; it must not be running already. A message
// that cannot be stored ends the talk with an error, so that none is lost in
// silence. The error is ErrNotUnderstood if lines were wrong but all else went
// well.
func (h *Handset) Chat(ctx context.Context, o ChatOptions) error {
	as, err := ParsePhone(o.As)
	if err != nil {
		return fmt.Errorf("chat: %w", err)
	}
	c := &chat{Handset: h, o: o, as: as}
	h.attach(c.show)
	defer h.attach(nil)

	stop := c.start(ctx)
	err = c.talk(ctx)
	stop()
	if err == nil {
		err = h.helpline().Drain(ctx)
	}
	if err == nil {
		err = c.printed()
	}
	if err != nil {
		return fmt.Errorf("chat: %w", err)
	}
	if c.wrong > 0 {
		return fmt.Errorf("chat: %w", ErrNotUnderstood)
	}
	return nil
}

// attach says who shows messages as they arrive; nil for nobody.
func (h *Handset) attach(display func(bot.Message)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.display = display
}

// chat is one talk in the terminal.
type chat struct {
	*Handset
	o     ChatOptions
	live  bool // the bot runs beside the talk
	wrong int  // lines that were not understood

	screen   sync.Mutex
	as       string
	printErr error
}

// start lets the bot run beside a person who types. Where the clock is moved
// by hand, or the input is a pipe, the talk does what is due after each line.
func (c *chat) start(ctx context.Context) (stop func()) {
	if _, manual := c.o.Clock.(*bot.ManualClock); manual || !c.o.Interactive {
		return func() {}
	}
	c.live = true
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() {
		if err := c.helpline().Run(ctx); err != nil {
			c.log.Error("the helpline has stopped", "error", err)
		}
	})
	return func() {
		cancel()
		running.Wait()
	}
}

// talk goes through the lines.
func (c *chat) talk(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	input := readLines(ctx, c.o.In)
	c.prompt()
	for number := 1; ; number++ {
		in, err := input.wait(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && strings.TrimSpace(in) != "" {
			err = c.say(ctx, number, in)
		}
		if err != nil {
			return err
		}
		c.prompt()
	}
}

// say does what one line asks for.
func (c *chat) say(ctx context.Context, number int, in string) error {
	parsed, err := parseLine(in)
	if err != nil {
		c.complain(number, err)
		return nil
	}
	switch {
	case parsed.as != "":
		c.screen.Lock()
		defer c.screen.Unlock()
		c.as = parsed.as
		return nil
	case parsed.wait > 0:
		return c.wait(ctx, number, parsed.wait)
	}
	if err := c.deliver(ctx, parsed); err != nil {
		_, _ = fmt.Fprintf(c.o.Err, "line %d: this message was not stored\n", number)
		return err
	}
	if c.o.Stored != nil {
		c.o.Stored(number)
	}
	return c.settle(ctx)
}

// deliver hands a message over until it is stored.
func (c *chat) deliver(ctx context.Context, l line) error {
	in := *l.message
	in.Channel, in.Address, in.Phone = ChannelName, c.as, c.as
	in.ID, in.SentAt = newID(), c.stamp()
	in.QuoteID = c.spoken(in.Address, l.about, in.ID)
	if in.Media != nil {
		name, _, err := c.uploads.keep(in.Address, in.ID, bytes.NewReader(l.content))
		if err != nil {
			return err
		}
		in.Media.Ref = []byte(name)
	}
	deadline := time.Now().Add(c.patience)
	for pause := firstRetry; ; pause *= 2 {
		err := c.receive(ctx, in)
		if err == nil || time.Now().Add(pause).After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// typing is how long a resident takes for a message where the clock stands
// still. No two messages have the same time, and a piped talk is no flood.
const typing = 3 * time.Second

// stamp is the time of a message.
func (c *chat) stamp() time.Time {
	if clock, manual := c.o.Clock.(*bot.ManualClock); manual {
		clock.Set(clock.Now().Add(typing))
	}
	return c.o.Clock.Now()
}

func (c *chat) wait(ctx context.Context, number int, d time.Duration) error {
	clock, manual := c.o.Clock.(*bot.ManualClock)
	if !manual {
		c.complain(number, errors.New("this clock cannot be moved: start with --clock"))
		return nil
	}
	if err := c.helpline().Advance(ctx, clock, clock.Now().Add(d)); err != nil {
		return err
	}
	return c.printed()
}

// settle does what is due, unless the running bot does.
func (c *chat) settle(ctx context.Context) error {
	if c.live {
		return nil
	}
	if err := c.helpline().Drain(ctx); err != nil {
		return err
	}
	return c.printed()
}

func (c *chat) complain(number int, err error) {
	c.wrong++
	_, _ = fmt.Fprintf(c.o.Err, "line %d: %v\n", number, err)
}

// newID is an id that no other run has used.
func newID() string {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails: crypto/rand ends the program first
	return hex.EncodeToString(random[:])
}
