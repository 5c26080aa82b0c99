package inbox

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"mitan/bot"
)

// A reach is whose changes a stream tells of: residents whose conversation the
// officer sees, and, once more, those that have just gone out of sight.
type reach struct {
	in    *Inbox
	known map[int64]bool // was seen, or told of; nil where all are seen
}

// reach begins with what is open on the officer's pages.
func (in *Inbox) reach(ctx context.Context) (*reach, error) {
	if bot.SightOf(ctx).All() {
		return &reach{in: in}, nil
	}
	open, err := in.store.Conversations(ctx, bot.ConversationFilter{
		States: []bot.ConversationState{bot.Waiting, bot.Claimed}, Limit: queueLimit,
	})
	if err != nil {
		return nil, fmt.Errorf("read the queue: %w", err)
	}
	known := map[int64]bool{}
	for _, c := range open {
		known[c.Resident.ID] = true
	}
	return &reach{in: in, known: known}, nil
}

// of lists those of the residents that the officer may hear of, by commas.
func (s *reach) of(ctx context.Context, residents []int64) string {
	var listed []string
	for _, id := range residents {
		if s.known == nil || id == 0 || s.sees(ctx, id) {
			listed = append(listed, strconv.FormatInt(id, 10))
		}
	}
	return strings.Join(listed, ",")
}

// holds tells whether the officer sees a resident's conversation now.
func (s *reach) holds(ctx context.Context, id int64) bool {
	if s.known == nil {
		return true
	}
	sees, err := s.in.store.Sees(ctx, id)
	return err == nil && sees
}

// present lists, as JSON, who is where the officer sees.
func (s *reach) present(ctx context.Context, all []present) string {
	listed := []present{}
	for _, one := range all {
		if s.holds(ctx, one.Resident) {
			listed = append(listed, one)
		}
	}
	data, err := json.Marshal(listed)
	if err != nil {
		return "[]" // numbers and strings: it cannot fail
	}
	return string(data)
}

func (s *reach) sees(ctx context.Context, id int64) bool {
	sees, err := s.in.store.Sees(ctx, id)
	if err != nil {
		return false // the page asks again with the next change
	}
	was := s.known[id]
	s.known[id] = sees
	return sees || was
}
