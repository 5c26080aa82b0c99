package inbox

import (
	"time"

	"mitan/bot"
)

// linkPatience is how long the link may be on its way before officers are
// told: a short cut is nobody's business.
const linkPatience = 20 * time.Second

// A strip tells on every page that the link is down.
type strip struct {
	State bot.LinkState
	Since *moment // nil if not known
	Leads bool    // to the page of the link, for those who may use it
}

// stripFor is what the officer is told of the link; nil while it is up, and
// where there is none to go down.
func (in *Inbox) stripFor(o bot.Officer) *strip {
	if in.link == nil {
		return nil
	}
	link, now := in.link.Link(), in.clock.Now()
	slow := link.State == bot.LinkConnecting && now.Sub(link.Since) > linkPatience
	if !link.State.Down() && !slow {
		return nil
	}
	return &strip{State: link.State, Since: momentOf(link.Since, now), Leads: o.Role.May(bot.RoleCharge)}
}

// A linkMark changes whenever open pages must show another state of the link;
// by the time of the state, even if a page saw what was between two looks.
type linkMark struct {
	strip        bool
	state        bot.LinkState
	since, until int64
	number       string
	reason       string
	code         string // of those who may see it
}

func (in *Inbox) linkMarkFor(o bot.Officer) linkMark {
	if in.link == nil {
		return linkMark{}
	}
	link := in.link.Link()
	mark := linkMark{
		strip: in.stripFor(o) != nil, state: link.State, since: link.Since.UnixMilli(),
		until: link.Until.UnixMilli(), number: link.Number, reason: link.Reason,
	}
	if o.Role.May(bot.RoleCharge) {
		mark.code = link.Code
	}
	return mark
}
