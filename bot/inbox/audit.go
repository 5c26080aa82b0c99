package inbox

import (
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"mitan/bot"
	"mitan/locales"
)

const (
	// auditRows is how many entries of the audit are on one page.
	auditRows = 50
	// auditFresh is how long what a look at the whole chain has found is shown
	// again: a look reads every row.
	auditFresh = time.Minute
)

type auditPage struct {
	framed
	Filter   auditFilter
	Chosen   bool // something is filtered
	Officers []option
	Actions  []option
	Rows     []auditRow
	Older    string // address of the page with older entries; "" if there is none
	Newest   string // address of the first page; "" if this is it
	Chain    chainView
	Wrong    string // a key of words: what of the filter was not understood
}

// An auditFilter is what was typed or chosen, as it was.
type auditFilter struct{ Officer, Action, Resident, From, Until string }

// An option is one choice of a list.
type option struct {
	Value, Name string
	Chosen      bool
}

type auditRow struct {
	ID       int64
	At       moment
	Officer  string // "" for the program or the command line
	Action   string
	Resident int64 // 0 if about none
	Detail   string
}

// A chainView says how the chain stands.
type chainView struct {
	Rows        int64
	Broken      int64
	Why         bot.AuditBreak
	Hash        string
	Checkpoints int
	Newest      *moment // of the newest checkpoint; nil if there is none
	NewestRow   int64
	OtherKeys   int
	Checked     moment
	Failed      bool // it could not be read
}

// A chainLook remembers what the last look at the chain has found.
type chainLook struct {
	mu    sync.Mutex
	at    time.Time
	found bot.AuditCheck
	err   error
}

// chain looks at the whole chain, at most once a minute.
func (in *Inbox) chain(r *http.Request, now time.Time) chainView {
	in.look.mu.Lock()
	defer in.look.mu.Unlock()
	if in.look.at.IsZero() || now.Sub(in.look.at) >= auditFresh || in.look.err != nil {
		in.look.found, in.look.err = in.store.CheckAudit(r.Context())
		in.look.at = now
		if in.look.err != nil {
			in.log.Error("inbox: the audit cannot be checked", "error", in.look.err)
		}
		if in.look.found.Broken != 0 {
			in.log.Error("inbox: the audit is broken", "row", in.look.found.Broken, "why", in.look.found.Why)
		}
	}
	c := in.look.found
	return chainView{
		Rows: c.Rows, Broken: c.Broken, Why: c.Why, Hash: hex.EncodeToString(c.Hash), Checkpoints: c.Checkpoints,
		Newest: momentOf(c.Newest.At, now), NewestRow: c.Newest.Row, OtherKeys: c.OtherKeys,
		Checked: *momentOf(in.look.at, now), Failed: in.look.err != nil,
	}
}

func (in *Inbox) auditPage(w http.ResponseWriter, r *http.Request, v visit) error {
	around, err := in.framed(r, v, "audit.title")
	if err != nil {
		return err
	}
	now, query := in.clock.Now(), r.URL.Query()
	data := auditPage{framed: around, Chain: in.chain(r, now), Filter: auditFilter{
		Officer: query.Get("officer"), Action: query.Get("action"), Resident: query.Get("resident"), From: query.Get("from"), Until: query.Get("until"),
	}}
	data.Chosen = data.Filter != auditFilter{}
	filter, wrong := data.Filter.read()
	data.Wrong = wrong
	filter.Before, _ = strconv.ParseInt(query.Get("before"), 10, 64)
	if err := in.auditChoices(r, v, &data, filter); err != nil {
		return err
	}
	if wrong == "" {
		if err := in.auditEntries(r, &data, filter); err != nil {
			return err
		}
	}
	return in.views.render(w, http.StatusOK, v.lang, "audit", data)
}

// read turns what was typed into a filter; wrong is a key of words.
func (f auditFilter) read() (filter bot.AuditFilter, wrong string) {
	filter = bot.AuditFilter{Action: f.Action, Limit: auditRows + 1}
	number := func(s, key string) int64 {
		if s == "" {
			return 0
		}
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n <= 0 {
			wrong = key
		}
		return n
	}
	day := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		t, err := time.ParseInLocation(time.DateOnly, s, locales.IST)
		if err != nil {
			wrong = "audit.wrong_day"
		}
		return t
	}
	filter.Officer, filter.Resident = number(f.Officer, "audit.wrong_officer"), number(f.Resident, "audit.wrong_resident")
	filter.From, filter.Until = day(f.From), day(f.Until)
	if !filter.Until.IsZero() {
		filter.Until = filter.Until.AddDate(0, 0, 1) // the day itself, too
	}
	return filter, wrong
}

// auditChoices fills the lists of the filter.
func (in *Inbox) auditChoices(r *http.Request, v visit, data *auditPage, filter bot.AuditFilter) error {
	officers, err := in.store.Officers(r.Context())
	if err != nil {
		return fmt.Errorf("read the officers: %w", err)
	}
	sight := bot.SightOf(r.Context())
	for _, o := range officers {
		if sight.All() || o.Thana == sight.Thana {
			data.Officers = append(data.Officers, option{strconv.FormatInt(o.ID, 10), plain(o.Name), o.ID == filter.Officer})
		}
	}
	actions, err := in.store.AuditActions(r.Context())
	if err != nil {
		return fmt.Errorf("read the actions: %w", err)
	}
	for _, action := range actions {
		data.Actions = append(data.Actions, option{action, action, action == filter.Action})
	}
	return nil
}

// auditEntries reads the entries of the page, and says where the others are.
func (in *Inbox) auditEntries(r *http.Request, data *auditPage, filter bot.AuditFilter) error {
	entries, err := in.store.FindAudit(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("read the audit: %w", err)
	}
	address := func(before int64) string {
		query := url.Values{}
		for _, key := range []string{"officer", "action", "resident", "from", "until"} {
			if value := r.URL.Query().Get(key); value != "" {
				query.Set(key, value)
			}
		}
		if before > 0 {
			query.Set("before", strconv.FormatInt(before, 10))
		}
		return "/audit?" + query.Encode()
	}
	if filter.Before > 0 {
		data.Newest = address(0)
	}
	if len(entries) > auditRows {
		entries = entries[:auditRows]
		data.Older = address(entries[auditRows-1].ID)
	}
	officers, err := in.store.Officers(r.Context())
	if err != nil {
		return fmt.Errorf("read the officers: %w", err)
	}
	names := map[int64]string{}
	for _, o := range officers {
		names[o.ID] = plain(o.Name)
	}
	for _, e := range entries {
		data.Rows = append(data.Rows, auditRow{
			ID: e.ID, At: *momentOf(e.At, in.clock.Now()), Officer: names[e.Officer], Action: e.Action, Resident: e.Resident, Detail: e.Detail,
		})
	}
	return nil
}

// checkpoint gives a signed word about the chain's end as a file to keep
// elsewhere.
func (in *Inbox) checkpoint(w http.ResponseWriter, r *http.Request, v visit) error {
	now := in.clock.Now()
	c, err := in.store.CheckpointAudit(r.Context(), v.officer.ID, now)
	if err != nil {
		return fmt.Errorf("sign a checkpoint: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="mitan-audit-%s-%d.txt"`, now.In(locales.IST).Format("2006-01-02"), c.Row))
	_, _ = w.Write([]byte(bot.FormatCheckpoint(c))) // a browser that has gone is nobody's error
	return nil
}
