package inbox

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"mitan/bot"
)

// quoteLength is how many characters of a quoted message are shown.
const quoteLength = 120

// A quote is what a message answers or is about.
type quote struct {
	Kind bot.MessageKind
	Text string // its first words; "" where there are none to show
	Lost bool   // it is not kept here
}

// quoted finds what messages quote, by the channel's id: among themselves, or
// further back. What is not kept any more is left out.
func (in *Inbox) quoted(ctx context.Context, resident int64, messages []bot.Message) (map[string]bot.Message, error) {
	found := map[string]bot.Message{}
	for _, m := range messages {
		found[m.ExternalID] = m
	}
	missing := map[string]bool{}
	for _, m := range messages {
		if _, known := found[m.QuoteID]; known || m.QuoteID == "" || missing[m.QuoteID] {
			continue
		}
		quoted, err := in.store.MessageOf(ctx, resident, m.QuoteID)
		switch {
		case errors.Is(err, bot.ErrNotFound):
			missing[m.QuoteID] = true
		case err != nil:
			return nil, fmt.Errorf("read a quoted message: %w", err)
		default:
			found[m.QuoteID] = quoted
		}
	}
	return found, nil
}

// quote is the message with an id as a quote; nil for none.
func (t teller) quote(id string) *quote {
	if id == "" {
		return nil
	}
	m, known := t.quoted[id]
	if !known {
		return &quote{Lost: true}
	}
	return quoteOf(m)
}

func quoteOf(m bot.Message) *quote {
	q := &quote{Kind: m.Kind}
	switch m.Kind {
	case bot.Call, bot.Reaction, bot.Vote:
	case bot.Poll:
		question, _ := pollOf(m)
		q.Text = shorten(plain(question), quoteLength)
	default:
		q.Text = shorten(plain(m.Text), quoteLength)
	}
	return q
}

// pollOf is the question of a poll, and its choices.
func pollOf(m bot.Message) (question string, choices []string) {
	lines := strings.Split(m.Text, "\n")
	for _, line := range lines[1:] {
		choices = append(choices, plain(line))
	}
	return lines[0], choices
}

// choiceOf is the choice of a poll with a number, counting from 1; "" if there
// is none.
func choiceOf(poll bot.Message, number string) string {
	_, choices := pollOf(poll)
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(choices) {
		return ""
	}
	return choices[n-1]
}
