package inbox

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"mitan/bot"
)

// typingFor is how long after a key an officer still counts as typing.
const typingFor = 6 * time.Second

// presence is who has which conversation open, and who is typing in it. It is
// kept in memory alone: after a restart the open pages tell it anew.
type presence struct {
	mu       sync.Mutex
	at       map[int64]map[int64]*attendance // by resident and officer
	watchers map[chan struct{}]bool
}

type attendance struct {
	name  string
	pages int       // open
	typed time.Time // the last key; zero for none
}

// A present is one officer at one conversation, as the pages are told.
type present struct {
	Resident int64  `json:"at"`
	Name     string `json:"name"`
	Typing   bool   `json:"typing"`
}

func newPresence() *presence {
	return &presence{at: map[int64]map[int64]*attendance{}, watchers: map[chan struct{}]bool{}}
}

// enter says that an officer has opened a conversation. The function it gives
// says that they have left.
func (p *presence) enter(resident int64, o bot.Officer) (leave func()) {
	if resident == 0 {
		return func() {}
	}
	p.change(func() { p.attendance(resident, o).pages++ })
	return func() {
		p.change(func() {
			here := p.attendance(resident, o)
			if here.pages--; here.pages > 0 {
				return
			}
			delete(p.at[resident], o.ID)
			if len(p.at[resident]) == 0 {
				delete(p.at, resident)
			}
		})
	}
}

// typed says that an officer is typing, or has emptied the field. Only who has
// the conversation open is believed.
func (p *presence) typed(resident int64, o bot.Officer, words bool) {
	p.change(func() {
		here := p.at[resident][o.ID]
		switch {
		case here == nil:
		case words:
			here.typed = time.Now()
		default:
			here.typed = time.Time{}
		}
	})
}

func (p *presence) attendance(resident int64, o bot.Officer) *attendance {
	if p.at[resident] == nil {
		p.at[resident] = map[int64]*attendance{}
	}
	here := p.at[resident][o.ID]
	if here == nil {
		here = &attendance{name: plain(o.Name)}
		p.at[resident][o.ID] = here
	}
	return here
}

func (p *presence) change(do func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	do()
	for watcher := range p.watchers {
		select {
		case watcher <- struct{}{}:
		default: // it has yet to look
		}
	}
}

// watch gives a channel that says when to look again.
func (p *presence) watch() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watchers[c] = true
	return c, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.watchers, c)
	}
}

// others is who is where but for one officer.
func (p *presence) others(me int64) (all []present) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for resident, here := range p.at {
		for officer, one := range here {
			if officer != me {
				all = append(all, present{resident, one.name, time.Since(one.typed) < typingFor})
			}
		}
	}
	slices.SortFunc(all, func(a, b present) int {
		return cmp.Or(cmp.Compare(a.Resident, b.Resident), cmp.Compare(a.Name, b.Name))
	})
	return all
}
