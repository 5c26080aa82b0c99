package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"mitan/bot"
)

// An answering is the message that the officer is about to answer.
type answering struct {
	ID     string // the channel's
	Quote  quote
	Cancel string // the address of the page without it
}

// answering is the resident's message with an id, to be answered; nil where it
// is not here or cannot be quoted.
func (in *Inbox) answering(ctx context.Context, resident int64, id string) (*answering, error) {
	if id == "" {
		return nil, nil
	}
	m, err := in.store.MessageOf(ctx, resident, id)
	switch {
	case errors.Is(err, bot.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read the message to answer: %w", err)
	case !answerable(m):
		return nil, nil
	}
	return &answering{ID: id, Quote: *quoteOf(m)}, nil
}

// offerAnswers gives each message that can be answered the address that offers
// it: the page's own, which page and query name.
func (c *conversation) offerAnswers(page string, query url.Values) {
	if !c.May.Reply {
		c.Answering = nil
		return
	}
	if c.Answering != nil {
		c.Answering.Cancel = page + "?" + query.Encode() + "#compose"
	}
	for i, e := range c.Entries {
		if e.External != "" {
			offer := url.Values{"answer": {e.External}}
			c.Entries[i].Answer = page + "?" + query.Encode() + "&" + offer.Encode() + "#compose"
		}
	}
}
