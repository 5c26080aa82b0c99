package inbox_test

import (
	"cmp"
	"context"
	"slices"
	"time"

	"mitan/bot"
)

// A team is what officers do among themselves, in memory.
type team struct {
	unsent   map[unsentKey]string
	looked   map[[2]int64]int64 // by officer and resident
	claimed  map[int64]time.Time
	offers   map[int64]bot.Transfer
	readies  []bot.ReadyReply
	answered map[string]int64 // by the answer's id
}

type unsentKey struct {
	officer, resident int64
	form              bot.UnsentForm
}

func newTeam() team {
	return team{
		unsent: map[unsentKey]string{}, looked: map[[2]int64]int64{}, claimed: map[int64]time.Time{},
		offers: map[int64]bot.Transfer{}, answered: map[string]int64{},
	}
}

func (o *office) Undo(_ context.Context, by bot.Officer, resident, message int64) error {
	return o.act(by, bot.RoleOfficer, resident, "undo", func(*bot.Conversation) error {
		for i, m := range o.messages[resident] {
			switch {
			case m.ID != message || m.Officer != by.ID:
			case m.Delivery != bot.Queued || !m.Due.After(o.clock.Now()):
				return bot.ErrTooLate
			default:
				o.messages[resident][i].Delivery = bot.Withdrawn
				o.team.unsent[unsentKey{by.ID, resident, bot.UnsentReply}] = m.Text
				return nil
			}
		}
		return bot.ErrNotFound
	})
}

func (o *office) SaveUnsent(_ context.Context, by bot.Officer, resident int64, form bot.UnsentForm, text string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch _, err := found(o.conversations, resident); {
	case !by.Role.May(bot.RoleOfficer):
		return bot.ErrForbiddenRole
	case err != nil:
		return err
	case form != bot.UnsentReply && form != bot.UnsentNote:
		return bot.ErrNotFound
	case len(text) > bot.MaxUnsent:
		return bot.ErrTooLong
	}
	key := unsentKey{by.ID, resident, form}
	if o.team.unsent[key] = text; text == "" {
		delete(o.team.unsent, key)
	}
	return o.broken
}

func (o *office) UnsentOf(_ context.Context, officer, resident int64) ([]bot.Unsent, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var all []bot.Unsent
	for key, text := range o.team.unsent {
		if key.officer == officer && key.resident == resident {
			all = append(all, bot.Unsent{Officer: officer, Resident: resident, Form: key.form, Text: text})
		}
	}
	return all, nil
}

func (o *office) Looked(_ context.Context, by bot.Officer, resident, message int64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	key := [2]int64{by.ID, resident}
	o.team.looked[key] = max(o.team.looked[key], message)
	return nil
}

func (o *office) UnreadOf(_ context.Context, officer int64, residents []int64) (map[int64]int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	unread := map[int64]int{}
	for _, resident := range residents {
		if last, looked := o.team.looked[[2]int64{officer, resident}]; looked {
			unread[resident] = 0
			for _, m := range o.messages[resident] {
				if m.By == bot.ByResident && m.ID > last {
					unread[resident]++
				}
			}
		}
	}
	return unread, nil
}

func (o *office) ClaimedAt(_ context.Context, resident int64) (time.Time, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.conversations[resident].State != bot.Claimed {
		return time.Time{}, nil
	}
	return o.team.claimed[resident], nil
}

func (o *office) Transfer(_ context.Context, by bot.Officer, resident, officer int64, thana, reason string) error {
	return o.act(by, bot.RoleOfficer, resident, "transfer", func(c *bot.Conversation) error {
		switch {
		case reason == "":
			return bot.ErrNoReason
		case len(reason) > bot.MaxReason:
			return bot.ErrTooLong
		case officer == 0 && thana == "" || officer == by.ID:
			return bot.ErrNobody
		case c.State != bot.Claimed || c.Officer != by.ID:
			return bot.ErrNotYours
		}
		o.team.offers[resident] = bot.Transfer{
			Resident: resident, Sender: by.ID, SenderName: by.Name, Officer: officer, OfficerName: o.officers[officer].Name,
			Thana: thana, Reason: reason, At: o.clock.Now(),
		}
		return nil
	})
}

func (o *office) Handover(ctx context.Context, by bot.Officer, officer int64, thana, reason string) (int, error) {
	held, err := o.Conversations(ctx, bot.ConversationFilter{States: []bot.ConversationState{bot.Claimed}, Limit: 1000})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, c := range held {
		if c.Officer == by.ID {
			if err := o.Transfer(ctx, by, c.Resident.ID, officer, thana, reason); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}

func (o *office) AcceptTransfer(_ context.Context, by bot.Officer, resident int64) error {
	return o.act(by, bot.RoleOfficer, resident, "transfer_accept", func(c *bot.Conversation) error {
		if t, ok := o.team.offers[resident]; !ok || !t.For(by) {
			return bot.ErrNotFound
		}
		delete(o.team.offers, resident)
		c.Officer, c.OfficerName = by.ID, by.Name
		o.team.claimed[resident] = o.clock.Now()
		return nil
	})
}

func (o *office) EndTransfer(_ context.Context, by bot.Officer, resident int64) error {
	return o.act(by, bot.RoleOfficer, resident, "transfer_end", func(*bot.Conversation) error {
		t, ok := o.team.offers[resident]
		switch {
		case ok && t.Sender == by.ID:
			delete(o.team.offers, resident)
		case ok && t.For(by):
			t.Outcome = bot.TransferDeclined
			o.team.offers[resident] = t
		default:
			return bot.ErrNotFound
		}
		return nil
	})
}

// lapse lets the time of a transfer run out.
func (o *office) lapse(resident int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	t := o.team.offers[resident]
	t.Outcome = bot.TransferLapsed
	o.team.offers[resident] = t
	o.tell(resident)
}

func (o *office) Transfers(context.Context) ([]bot.Transfer, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var all []bot.Transfer
	for _, t := range o.team.offers {
		if c := o.conversations[t.Resident]; c.State == bot.Claimed && c.Officer == t.Sender {
			all = append(all, t)
		}
	}
	return all, o.broken
}

func (o *office) ReadyReplies(context.Context) ([]bot.ReadyReply, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := slices.Clone(o.team.readies)
	slices.SortFunc(all, func(a, b bot.ReadyReply) int {
		return cmp.Or(cmp.Compare(a.Thana, b.Thana), cmp.Compare(a.Name, b.Name))
	})
	return all, nil
}

func (o *office) SaveReadyReply(_ context.Context, by bot.Officer, r bot.ReadyReply) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case !by.Role.May(bot.RoleCharge):
		return bot.ErrForbiddenRole
	case r.Name == "" || r.Hi == "" || r.En == "":
		return bot.ErrEmpty
	case len(r.Hi) > bot.MaxReply || len(r.En) > bot.MaxReply:
		return bot.ErrTooLong
	}
	for i, one := range o.team.readies {
		switch {
		case one.ID == r.ID:
			o.team.readies[i] = r
			return nil
		case one.Name == r.Name && one.Thana == r.Thana:
			return bot.ErrExists
		}
	}
	o.nextID++
	r.ID = o.nextID
	o.team.readies = append(o.team.readies, r)
	return nil
}

func (o *office) RemoveReadyReply(_ context.Context, by bot.Officer, id int64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	before := len(o.team.readies)
	o.team.readies = slices.DeleteFunc(o.team.readies, func(r bot.ReadyReply) bool { return r.ID == id })
	if len(o.team.readies) == before {
		return bot.ErrNotFound
	}
	return nil
}

func (o *office) Officers(context.Context) ([]bot.Officer, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var all []bot.Officer
	for _, officer := range o.officers {
		all = append(all, officer)
	}
	slices.SortFunc(all, func(a, b bot.Officer) int { return cmp.Compare(a.ID, b.ID) })
	return all, nil
}

// newer tells whether the resident has written since a message; the caller
// holds the lock.
func (o *office) newer(resident, seen int64) bool {
	return seen > 0 && slices.ContainsFunc(o.messages[resident], func(m bot.Message) bool {
		return m.By == bot.ByResident && m.ID > seen
	})
}

func (o *office) MediaResident(_ context.Context, media int64) (int64, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for resident, messages := range o.messages {
		for _, m := range messages {
			if m.Media != nil && m.Media.ID == media {
				return resident, nil
			}
		}
	}
	return 0, bot.ErrNotFound
}
