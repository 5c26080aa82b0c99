package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/term"

	"mitan/bot"
	"mitan/bot/handset"
)

// chatCmd is `mitan chat`.
type chatCmd struct {
	Data  string `placeholder:"DIR" help:"Data folder. Without it the talk leaves nothing behind."`
	As    string `placeholder:"PHONE" default:"9000000001" help:"The resident's ten-digit number."`
	Acks  bool   `hidden:"" help:"Say \"ok N\" on stderr once line N is stored. For tests that kill the program."`
	Clock string `placeholder:"RFC3339" help:"The time at which the talk takes place, such as 2026-11-22T10:00:00+05:30."`
}

// Run talks until the end of the input.
func (cmd *chatCmd) Run(ctx context.Context, c *cli) (err error) {
	dir := cmd.Data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "mitan-chat-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	interactive := term.IsTerminal(int(os.Stdin.Fd()))
	clock, err := cmd.clock(interactive)
	if err != nil {
		return err
	}
	h, err := openHelpline(ctx, dir, c, clock, newLog(os.Stderr))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	return h.handset.Chat(ctx, handset.ChatOptions{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Interactive: interactive, As: cmd.As, Clock: clock,
		Stored: cmd.ack,
	})
}

// ack says that a line is stored.
func (cmd *chatCmd) ack(line int) {
	if cmd.Acks {
		fmt.Fprintln(os.Stderr, "ok", line)
	}
}

// The years that --clock may be set to. The store counts from 1970, and a
// talk's timers need room on both sides.
const (
	firstYear = 2000
	lastYear  = 2200
)

// clock stands still in a piped talk, so that a line can move it.
func (cmd *chatCmd) clock(interactive bool) (bot.Clock, error) {
	if cmd.Clock != "" {
		at, err := time.Parse(time.RFC3339, cmd.Clock)
		if err != nil || at.Year() < firstYear || at.Year() > lastYear {
			return nil, fmt.Errorf("--clock %q: write a time such as 2026-11-22T10:00:00+05:30", cmd.Clock)
		}
		return bot.NewManualClock(at), nil
	}
	if interactive {
		return bot.SystemClock{}, nil
	}
	return bot.NewManualClock(time.Now()), nil
}
