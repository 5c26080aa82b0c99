package inbox_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gabriel-vasile/mimetype"

	"mitan/bot"
	"mitan/bot/inbox"
)

// An office is the store and the desk in memory, with the refusals of the real
// ones, so that these tests are about the inbox alone.
type office struct {
	clock *bot.ManualClock

	mu            sync.Mutex
	broken        error // what the store answers instead, if set
	officers      map[int64]bot.Officer
	conversations map[int64]bot.Conversation
	messages      map[int64][]bot.Message
	notes         map[int64][]bot.Note
	cases         map[int64][]bot.Case
	stories       map[int64][]bot.Message
	media         map[int64]bot.Media
	bytes         map[int64][]byte
	audit         []bot.AuditEntry
	happened      []bot.LinkEvent // to the link, the newest first
	undelivered   int
	sessions      map[string][]byte
	watchers      map[chan bot.Change]bool
	nextID        int64
	records
	team team
}

var (
	_ inbox.Desk  = (*office)(nil)
	_ inbox.Store = (*office)(nil)
	_ inbox.Desk  = (*bot.Bot)(nil)
	_ inbox.Store = bot.Store(nil)
)

func newOffice(clock *bot.ManualClock) *office {
	return &office{
		clock: clock, officers: map[int64]bot.Officer{}, conversations: map[int64]bot.Conversation{},
		messages: map[int64][]bot.Message{}, notes: map[int64][]bot.Note{}, cases: map[int64][]bot.Case{}, stories: map[int64][]bot.Message{},
		media: map[int64]bot.Media{}, bytes: map[int64][]byte{}, sessions: map[string][]byte{},
		watchers: map[chan bot.Change]bool{}, nextID: 1000, team: newTeam(), records: records{steps: map[int64][]bot.StepDone{}},
	}
}

// The desk.

func (o *office) Claim(_ context.Context, by bot.Officer, resident int64, takeOver bool) error {
	least := bot.RoleOfficer
	if takeOver {
		least = bot.RoleCharge
	}
	return o.act(by, least, resident, "claim", func(c *bot.Conversation) error {
		if c.State == bot.Claimed && c.Officer != by.ID && !takeOver {
			return bot.ErrTaken
		}
		if c.Officer != by.ID {
			o.team.claimed[resident] = o.clock.Now()
		}
		c.State, c.Officer, c.OfficerName = bot.Claimed, by.ID, by.Name
		return nil
	})
}

func (o *office) Reply(_ context.Context, by bot.Officer, resident int64, a bot.Answer) (int64, error) {
	var id int64
	err := o.act(by, bot.RoleOfficer, resident, "reply", func(c *bot.Conversation) error {
		if err := written(a.Text); err != nil && (a.File == nil || !errors.Is(err, bot.ErrEmpty)) {
			return err
		}
		if there, known := o.team.answered[a.ID]; known && a.ID != "" {
			id = there
			return nil
		}
		for _, place := range bot.Places {
			if strings.Contains(a.Text, place) {
				return bot.ErrUnfilled
			}
		}
		if c.State != bot.Claimed || c.Officer != by.ID {
			return bot.ErrNotYours
		}
		if o.newer(resident, a.Seen) {
			return bot.ErrNewer
		}
		m := bot.Message{Resident: resident, By: bot.ByOfficer, Officer: by.ID, Kind: bot.Text, Text: a.Text, QuoteID: a.QuoteID, Delivery: bot.Queued}
		if a.QuoteID != "" {
			if _, err := o.messageOf(resident, a.QuoteID); err != nil {
				return err
			}
		}
		if a.File != nil {
			data, err := io.ReadAll(a.File.Content)
			if err != nil {
				return err
			}
			o.nextID++
			kind := mimetype.Detect(data).String()
			o.bytes[o.nextID] = data
			m.Kind = bot.KindOf(kind)
			m.Media = &bot.Media{ID: o.nextID, Name: a.File.Name, Claimed: a.File.Claimed, Type: kind, Size: int64(len(data)), State: bot.MediaKept, SHA256: strings.Repeat("0123abcd", 8)}
		}
		if a.Undoable {
			m.Due = o.clock.Now().Add(bot.UndoTime)
		}
		id = o.add(m)
		o.team.answered[a.ID] = id
		delete(o.team.unsent, unsentKey{by.ID, resident, bot.UnsentReply})
		return nil
	})
	return id, err
}

func (o *office) ConfirmIdentity(_ context.Context, by bot.Officer, resident int64) error {
	return o.act(by, bot.RoleOfficer, resident, "confirm_identity", func(c *bot.Conversation) error {
		c.Resident.Changed = time.Time{}
		return nil
	})
}

func (o *office) Note(_ context.Context, by bot.Officer, resident int64, text string) error {
	return o.act(by, bot.RoleOfficer, resident, "note", func(*bot.Conversation) error {
		if err := written(text); err != nil {
			return err
		}
		o.nextID++
		o.notes[resident] = append(o.notes[resident], bot.Note{ID: o.nextID, Resident: resident, Officer: by.ID, Name: by.Name, Text: text, At: o.clock.Now()})
		delete(o.team.unsent, unsentKey{by.ID, resident, bot.UnsentNote})
		return nil
	})
}

func (o *office) CloseConversation(_ context.Context, by bot.Officer, resident int64) error {
	return o.act(by, bot.RoleOfficer, resident, "close", func(c *bot.Conversation) error {
		if c.State != bot.Claimed || c.Officer != by.ID {
			return bot.ErrNotYours
		}
		c.State, c.Officer, c.OfficerName, c.Urgent = bot.Closed, 0, "", false
		o.add(bot.Message{Resident: resident, By: bot.ByBot, Kind: bot.Text, Text: "धन्यवाद। फिर कुछ हो तो लिखिए।", Delivery: bot.Queued})
		return nil
	})
}

func (o *office) Seen(_ context.Context, by bot.Officer, resident int64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if c := o.conversations[resident]; c.Officer == by.ID {
		c.Unread = 0
		o.conversations[resident] = c
	}
	return o.broken
}

func (o *office) Watch() (<-chan bot.Change, func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	watcher := make(chan bot.Change, 16)
	o.watchers[watcher] = true
	return watcher, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		delete(o.watchers, watcher)
	}
}

// act checks the role, does it, writes the audit and tells watchers.
func (o *office) act(by bot.Officer, least bot.Role, resident int64, action string, do func(*bot.Conversation) error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !by.Role.May(least) {
		return bot.ErrForbiddenRole
	}
	if o.broken != nil {
		return o.broken
	}
	c, ok := o.conversations[resident]
	if !ok {
		return bot.ErrNotFound
	}
	if err := do(&c); err != nil {
		return err
	}
	o.conversations[resident] = c
	o.audit = append(o.audit, bot.AuditEntry{At: o.clock.Now(), Officer: by.ID, Action: action, Resident: resident})
	o.tell(resident)
	return nil
}

func (o *office) tell(resident int64) {
	for watcher := range o.watchers {
		select {
		case watcher <- bot.Change{Resident: resident}:
		default:
		}
	}
}

func written(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return bot.ErrEmpty
	case len(text) > bot.MaxReply:
		return bot.ErrTooLong
	}
	return nil
}

// add appends a message; the caller holds the lock.
func (o *office) add(m bot.Message) int64 {
	o.nextID++
	m.ID = o.nextID
	if m.At.IsZero() {
		m.At = o.clock.Now()
	}
	if m.Media != nil {
		m.Media.Message = m.ID
		o.media[m.Media.ID] = *m.Media
	}
	o.messages[m.Resident] = append(o.messages[m.Resident], m)
	c := o.conversations[m.Resident]
	c.LastAt, c.Messages = m.At, c.Messages+1
	if m.By == bot.ByResident {
		c.LastKind = m.Kind
		c.LastText, c.Unread = strings.ToValidUTF8(m.Text[:min(len(m.Text), 200)], ""), c.Unread+1
	}
	o.conversations[m.Resident] = c
	return m.ID
}

// writes is a resident writing.
func (o *office) writes(m bot.Message) int64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	m.By = bot.ByResident
	if m.Kind == "" {
		m.Kind = bot.Text
	}
	defer o.tell(m.Resident)
	return o.add(m)
}

// The store.

func (o *office) Conversations(_ context.Context, f bot.ConversationFilter) ([]bot.Conversation, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var found []bot.Conversation
	for _, c := range o.conversations {
		if f.States == nil || slices.Contains(f.States, c.State) {
			found = append(found, c)
		}
	}
	slices.SortFunc(found, func(a, b bot.Conversation) int { return cmp.Compare(a.Resident.ID, b.Resident.ID) })
	return found[:min(len(found), f.Limit)], o.broken
}

func (o *office) Conversation(_ context.Context, resident int64) (bot.Conversation, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return found(o.conversations, resident)
}

func (o *office) Thread(_ context.Context, resident, before int64, limit int) ([]bot.Message, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var thread []bot.Message
	for _, m := range o.messages[resident] {
		if before == 0 || m.ID < before {
			thread = append(thread, m)
		}
	}
	return slices.Clone(thread[max(0, len(thread)-limit):]), nil
}

func (o *office) MessageOf(_ context.Context, resident int64, externalID string) (bot.Message, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.messageOf(resident, externalID)
}

func (o *office) messageOf(resident int64, externalID string) (bot.Message, error) {
	for _, m := range o.messages[resident] {
		if m.ExternalID == externalID {
			return m, nil
		}
	}
	return bot.Message{}, bot.ErrNotFound
}

func (o *office) LinkEvents(_ context.Context, limit int) ([]bot.LinkEvent, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.happened[:min(len(o.happened), limit)]), o.broken
}

func (o *office) LinkCounts(_ context.Context, since time.Time) (map[bot.LinkState]int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	counts := map[bot.LinkState]int{}
	for _, e := range o.happened {
		if e.At.After(since) {
			counts[e.State]++
		}
	}
	return counts, nil
}

func (o *office) Undelivered(_ context.Context, before time.Time) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !before.Equal(o.clock.Now().Add(-time.Hour)) {
		return 0, errors.New("an hour was asked for")
	}
	return o.undelivered, nil
}

func (o *office) Notes(_ context.Context, resident int64) ([]bot.Note, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.notes[resident]), nil
}

func (o *office) CasesOf(_ context.Context, resident int64) ([]bot.Case, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.cases[resident]), nil
}

func (o *office) StoryOf(_ context.Context, caseID int64) ([]bot.Message, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.stories[caseID]), nil
}

func (o *office) Media(_ context.Context, id int64) (bot.Media, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return found(o.media, id)
}

func (o *office) OpenMedia(_ context.Context, id int64) (io.ReadSeekCloser, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	data, err := found(o.bytes, id)
	return file{bytes.NewReader(data)}, err
}

type file struct{ *bytes.Reader }

func (file) Close() error { return nil }

func found[V any](all map[int64]V, id int64) (V, error) {
	v, ok := all[id]
	if !ok {
		return v, bot.ErrNotFound
	}
	return v, nil
}

func (o *office) OfficerByLogin(_ context.Context, login string) (bot.Officer, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, officer := range o.officers {
		if officer.Login == login {
			return officer, nil
		}
	}
	return bot.Officer{}, bot.ErrNotFound
}

func (o *office) OfficerByID(_ context.Context, id int64) (bot.Officer, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return found(o.officers, id)
}

func (o *office) Audit(_ context.Context, e bot.AuditEntry) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.broken == nil {
		o.audit = append(o.audit, e)
	}
	return o.broken
}

// actions are the actions in the audit, in their order.
func (o *office) actions() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	var all []string
	for _, e := range o.audit {
		all = append(all, e.Action)
	}
	return all
}

func (o *office) Find(token string) ([]byte, bool, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	data, ok := o.sessions[token]
	return data, ok, nil
}

func (o *office) Commit(token string, data []byte, _ time.Time) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sessions[token] = data
	return nil
}

func (o *office) Delete(token string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.sessions, token)
	return nil
}

var errDisk = errors.New("disk I/O error")

// fail makes the store answer with an error, or heals it.
func (o *office) fail(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.broken = err
}

// amend changes a conversation behind the inbox's back.
func (o *office) amend(resident int64, change func(*bot.Conversation)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	c := o.conversations[resident]
	change(&c)
	o.conversations[resident] = c
	o.tell(resident)
}
