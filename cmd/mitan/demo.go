package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"time"

	"mitan/bot"
	"mitan/bot/handset"
	"mitan/bot/inbox"
)

// demoStory is what the invented residents and officers have done before the
// demo starts; see its own first lines.
//
//go:embed demo.txt
var demoStory string

// The demo's story ends a moment before now, so that its golden hour runs.
const (
	storyStep = 20 * time.Second // from one message of a resident to the next
	storyRest = time.Minute      // from its end to now
)

// demoCmd is `mitan demo`.
type demoCmd struct {
	Phone string `default:"127.0.0.1:8471" placeholder:"ADDR" help:"Address of the phone page; loopback only."`
	Inbox string `default:"127.0.0.1:8470" placeholder:"ADDR" help:"Address of the inbox; loopback only."`
}

// demoPersonas are the residents whose phones the demo has.
var demoPersonas = []handset.Persona{
	{Name: "सावित्री बाई", Phone: "9000000001"},
	{Name: "रामलाल साहू", Phone: "9000000002"},
	{Name: "Imran Qureshi", Phone: "9000000003"},
	{Name: "गीता देवी", Phone: "9000000004"},
	{Name: "Kavita Nair", Phone: "9000000005"},
}

// Run serves the demo until Ctrl-C, and removes all of it.
func (cmd *demoCmd) Run(ctx context.Context, c *cli) (err error) {
	phone, err := loopback(cmd.Phone)
	if err != nil {
		return err
	}
	desk, err := loopback(cmd.Inbox)
	if err != nil {
		return errors.Join(err, phone.Close())
	}
	dir, err := os.MkdirTemp("", "mitan-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()

	password, err := cmd.prepare(ctx, c, dir)
	if err != nil {
		return fmt.Errorf("prepare the demo: %w", err)
	}
	log := newLog(os.Stderr)
	h, err := openHelpline(ctx, dir, c, bot.SystemClock{}, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	web, err := h.inbox(bot.SystemClock{}, log, inbox.Options{Machine: machine(dir)})
	if err != nil {
		return err
	}
	page, err := h.handset.Web(handset.WebOptions{Personas: demoPersonas, Store: h.store, Unit: h.unit, Inbox: "http://" + desk.Addr().String()})
	if err != nil {
		return err
	}
	defer web.Close()
	fmt.Printf("A resident's phone:   http://%s\n", phone.Addr())
	fmt.Printf("The officers' inbox:  http://%s\n", desk.Addr())
	fmt.Printf("  sign in as meena with the password %s\n", password)
	fmt.Println("Everything here is invented. Ctrl-C ends the demo and removes it.")
	return runAll(ctx, h.bot.Run, site(phone, page), site(desk, web.Handler()))
}

// loopback listens on an address of this machine only: the demo's phones are
// open to whoever reaches them.
func loopback(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("the demo cannot listen on %s: %w (another demo may be running; see `mitan demo --help` for other addresses)", address, err)
	}
	if ip := listener.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
		return nil, errors.Join(fmt.Errorf("the demo listens on loopback only, not on %s", address), listener.Close())
	}
	return listener, nil
}

// prepare makes officers and plays the demo's story. It returns the password
// of the one who signs in.
func (cmd *demoCmd) prepare(ctx context.Context, c *cli, dir string) (password string, err error) {
	length, err := storyLength(demoStory)
	if err != nil {
		return "", err
	}
	clock := bot.NewManualClock(time.Now().Add(-length - storyRest))
	h, err := openHelpline(ctx, dir, c, clock, slog.New(slog.DiscardHandler))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	password = inbox.NewPassword()
	hash, err := inbox.HashPassword(password)
	if err != nil {
		return "", err
	}
	officers := map[string]bot.Officer{}
	for _, o := range []bot.Officer{
		{Login: "meena", Name: "SI मीना ठाकुर", Role: bot.RoleCharge, Password: hash},
		{Login: "rakesh", Name: "HC राकेश यादव", Role: bot.RoleOfficer, Password: hash},
	} {
		o.Since = clock.Now()
		if o.ID, err = h.store.AddOfficer(ctx, o); err != nil {
			return "", err
		}
		officers[o.Login] = o
	}
	return password, h.play(ctx, clock, officers, demoStory)
}

// play plays a story: lines of residents, officers and time.
func (h *helpline) play(ctx context.Context, clock *bot.ManualClock, officers map[string]bot.Officer, story string) error {
	phone := ""
	for n, line := range strings.Split(story, "\n") {
		var err error
		verb, rest, _ := strings.Cut(line, " ")
		switch verb {
		case "", "#":
		case "resident":
			phone = rest
		case ">":
			clock.Set(clock.Now().Add(storyStep))
			err = h.handset.Chat(ctx, handset.ChatOptions{In: strings.NewReader(rest), Out: io.Discard, Err: io.Discard, As: phone, Clock: clock})
		case "wait":
			err = h.wait(ctx, clock, rest)
		default:
			officer, known := officers[verb]
			if !known {
				err = errors.New("nobody does this")
				break
			}
			err = h.act(ctx, officer, phone, clock, rest)
		}
		if err != nil {
			return fmt.Errorf("line %d of the story: %w", n+1, err)
		}
	}
	return nil
}

// storyLength is how long a story takes.
func storyLength(story string) (time.Duration, error) {
	var length time.Duration
	for _, line := range strings.Split(story, "\n") {
		verb, rest, _ := strings.Cut(line, " ")
		switch verb {
		case ">":
			length += storyStep
		case "wait":
			d, err := time.ParseDuration(rest)
			if err != nil {
				return 0, err
			}
			length += d
		}
	}
	return length, nil
}

func (h *helpline) wait(ctx context.Context, clock *bot.ManualClock, d string) error {
	duration, err := time.ParseDuration(d)
	if err != nil {
		return err
	}
	return h.bot.Advance(ctx, clock, clock.Now().Add(duration))
}

// act is an officer's doing: claim, reply, note or close.
func (h *helpline) act(ctx context.Context, o bot.Officer, phone string, clock bot.Clock, what string) error {
	resident, err := h.store.EnsureResident(ctx, handset.ChannelName, phone, phone, clock.Now())
	if err != nil {
		return err
	}
	verb, words, _ := strings.Cut(what, " ")
	switch verb {
	case "claim":
		err = h.bot.Claim(ctx, o, resident, false)
	case "reply":
		_, err = h.bot.Reply(ctx, o, resident, bot.Answer{Text: words})
	case "note":
		err = h.bot.Note(ctx, o, resident, words)
	case "close":
		err = h.bot.CloseConversation(ctx, o, resident)
	default:
		err = fmt.Errorf("an officer cannot %q", verb)
	}
	if err != nil {
		return err
	}
	return h.bot.Drain(ctx)
}
