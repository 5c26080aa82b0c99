package handset

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"sync"
	"time"
	"unicode"

	"mitan/bot"
	"mitan/bot/markup"
	"mitan/locales"
)

const (
	threadLength   = 200 // messages that the page shows
	previewLength  = 20  // messages read for a resident's row in the list
	previewRunes   = 60
	identifierHits = 50 // residents looked through for the one of a number
)

// view is what page.html draws.
type view struct {
	Lang, Other locales.Lang
	Unit        string
	As          Persona
	Residents   []row
	Bubbles     []bubble
	Choices     []Choice
	Samples     []sample
	Tries       []string
	Inbox       string
	MaxUpload   int
}

// T is a text of the page in its language.
func (v view) T(key string) string { return words[v.Lang][key] }

// inPage is a bubble with the page that it is drawn in.
type inPage struct {
	Page   view
	Bubble bubble
}

// With gives a bubble to a template that also needs the page.
func (v view) With(b bubble) inPage { return inPage{v, b} }

// row is a resident in the list.
type row struct {
	Persona
	Current bool
	Last    string // the beginning of the newest message
	Time    string
	Unread  int
}

// bubble is a message as the phone shows it.
type bubble struct {
	Key       string // the channel's id
	Own       bool   // from the phone's owner
	Kind      bot.MessageKind
	Day       string // of a separator before it; "" for none
	Time      string
	Stamp     string // RFC 3339
	Lang      string // of the words, for fonts and screen readers
	HTML      template.HTML
	Forwarded bool
	Seen      bool // own: the helpline has answered since
	Unread    bool // helpline's: not yet marked as read
	Media     *medium
}

// medium is a picture, recording or file of a bubble.
type medium struct {
	ID       int64
	Name     string
	Size     string
	Duration string // "" if unknown
}

// view reads what the page shows.
func (p *page) view(ctx context.Context, as Persona, lang locales.Lang) (view, error) {
	v := view{
		Lang: lang, Other: locales.English, Unit: p.Unit.Name(lang), As: as,
		Samples: samples(lang), Tries: tries[lang], Inbox: p.Inbox, MaxUpload: MaxUpload,
	}
	if lang == locales.English {
		v.Other = locales.Hindi
	}
	now := p.clock.Now()
	for _, persona := range p.Personas {
		limit := previewLength
		if persona == as {
			limit = threadLength
		}
		messages, err := p.thread(ctx, persona, limit)
		if err != nil {
			return view{}, err
		}
		r := listRow(persona, messages, lang)
		if persona == as {
			r.Current = true
			v.Bubbles = bubbles(messages, now, lang)
			v.Choices = offered(messages)
		}
		v.Residents = append(v.Residents, r)
	}
	return v, nil
}

// thread reads what is on a resident's phone: what they sent and what has
// arrived there.
func (p *page) thread(ctx context.Context, persona Persona, limit int) ([]bot.Message, error) {
	id, err := p.residents.find(ctx, p.Store, persona.Phone)
	if err != nil || id == 0 {
		return nil, err
	}
	all, err := p.Store.Thread(ctx, id, 0, limit)
	if err != nil {
		return nil, fmt.Errorf("read thread: %w", err)
	}
	var here []bot.Message
	for _, m := range all {
		if m.Channel == ChannelName && (m.By == bot.ByResident || p.onPhone(m)) {
			here = append(here, m)
		}
	}
	return here, nil
}

// onPhone tells whether a message of the helpline has reached the phone. That
// it has been sent is written down only after it has been shown.
func (p *page) onPhone(m bot.Message) bool {
	switch m.Delivery {
	case bot.Sent, bot.Delivered, bot.Read:
		return true
	default:
		return p.arrived(m.ExternalID)
	}
}

// residents remembers the ids of phones.
type residents struct {
	mu  sync.Mutex
	ids map[string]int64
}

// find is the resident who writes from a phone of the handset; 0 if none has.
func (r *residents) find(ctx context.Context, records Records, phone string) (int64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if id, known := r.ids[phone]; known {
		return id, nil
	}
	hits, err := records.FindIdentifier(ctx, phone, identifierHits)
	if err != nil {
		return 0, fmt.Errorf("find a phone: %w", err)
	}
	for _, id := range hits {
		c, err := records.Conversation(ctx, id)
		if errors.Is(err, bot.ErrNotFound) {
			continue
		}
		if err != nil {
			return 0, fmt.Errorf("find a phone: %w", err)
		}
		if c.Channel == ChannelName && c.Address == phone {
			if r.ids == nil {
				r.ids = map[string]int64{}
			}
			r.ids[phone] = id
			return id, nil
		}
	}
	return 0, nil
}

func listRow(persona Persona, messages []bot.Message, lang locales.Lang) row {
	r := row{Persona: persona}
	for _, m := range messages {
		if m.By != bot.ByResident && m.Delivery != bot.Read {
			r.Unread++
		}
		r.Last, r.Time = preview(m, lang), clockTime(m.At)
	}
	return r
}

// preview is the beginning of a message in one line.
func preview(m bot.Message, lang locales.Lang) string {
	text := []rune(plain(m.Text))
	if m.Kind != bot.Text {
		text = []rune(words[lang]["kind_"+string(m.Kind)])
	}
	if len(text) > previewRunes {
		text = append(text[:previewRunes], '…')
	}
	return string(text)
}

// bubbles draws messages, the oldest first.
func bubbles(messages []bot.Message, now time.Time, lang locales.Lang) []bubble {
	var out []bubble
	day := ""
	answered := -1 // the last message of the helpline
	for i, m := range messages {
		if m.By != bot.ByResident {
			answered = i
		}
	}
	for i, m := range messages {
		own := m.By == bot.ByResident
		b := bubble{
			Key: m.ExternalID, Own: own, Kind: m.Kind, Time: clockTime(m.At), Stamp: m.At.Format(time.RFC3339),
			Lang: script(m.Text), HTML: markup.HTML(m.Text), Forwarded: m.Forwarded,
			Seen: own && i < answered, Unread: !own && m.Delivery != bot.Read,
		}
		if m.Kind == bot.Call {
			b.HTML = "" // a call's text is its id
		}
		if d := dayName(m.At, now, lang); d != day {
			b.Day, day = d, d
		}
		if m.Media != nil {
			b.Media = &medium{ID: m.Media.ID, Name: m.Media.Name, Size: fileSize(m.Media.Size), Duration: minutes(m.Media.Duration)}
		}
		out = append(out, b)
	}
	return out
}

// clockTime is a time of day in India, such as "9:05 am".
func clockTime(t time.Time) string { return t.In(locales.IST).Format("3:04 pm") }

// dayName is a day in India as a separator shows it.
func dayName(t, now time.Time, lang locales.Lang) string {
	t, now = t.In(locales.IST), now.In(locales.IST)
	switch t.Format(time.DateOnly) {
	case now.Format(time.DateOnly):
		return words[lang]["today"]
	case now.AddDate(0, 0, -1).Format(time.DateOnly):
		return words[lang]["yesterday"]
	}
	month := t.Month().String()
	if lang == locales.Hindi {
		month = hindiMonths[t.Month()-1]
	}
	return fmt.Sprintf("%d %s %d", t.Day(), month, t.Year())
}

func minutes(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	s := int(d.Round(time.Second) / time.Second)
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// fileSize is a number of bytes for people; "" for none.
func fileSize(n int64) string {
	switch {
	case n <= 0:
		return ""
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", n>>10)
	default:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
}

// script guesses the language of words by their letters.
func script(text string) string {
	for _, r := range text {
		if unicode.Is(unicode.Devanagari, r) {
			return string(locales.Hindi)
		}
	}
	return string(locales.English)
}
