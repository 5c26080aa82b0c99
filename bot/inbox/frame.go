package inbox

import (
	"net/http"
	"time"

	"mitan/bot"
)

// framed is what a page with the frame around it shows beside its own: embed it
// in the page's data, and put the page's own part between {{template "above" .}}
// and {{template "below" .}}.
type framed struct {
	page
	Queue  queue  // for the golden hours and the count of those who wait
	View   string // what a phone shows of the desk; "page" on every other page
	Reload string // the address that brings this page's changing parts; "" for none
	Now    int64  // the server's clock in Unix milliseconds
}

// framed makes the frame of a page. Title is a key of words.
func (in *Inbox) framed(r *http.Request, v visit, title string) (framed, error) {
	f := framed{page: in.page(r, v, title), View: "page", Now: in.clock.Now().UnixMilli()}
	f.Back = r.URL.RequestURI()
	var err error
	f.Queue, err = in.queue(r.Context(), v, tabAll, 0)
	return f, err
}

// A surround is what the frame shows of the officer and for the officer.
type surround struct {
	Nonce   string // of the page's scripts
	Theme   string // light, dark, or "" for the device's own
	Rail    rail
	Thana   string // the officer's, in the language of the page; "" for the whole unit
	Shift   *shift // nil where officers answer at any hour
	Search  bool   // there is a search, for the field at the top
	Lock    bool   // the officer can lock the page
	Account bool   // the officer has a page of their own
}

// A shift is the part of the day: of the office hours, or of the night between.
type shift struct {
	Night bool
	Until string // the time of day when it ends
}

func (in *Inbox) surround(r *http.Request, v visit) surround {
	s := surround{Nonce: nonceOf(r.Context()), Theme: in.theme(r)}
	if !v.signedIn() {
		return s
	}
	role := v.officer.Role
	s.Rail = railFor(role, r.URL.Path)
	s.Thana = in.thanaName(v.lang, v.officer.Thana)
	s.Shift = in.shift(in.clock.Now())
	s.Search = mayGet(role, "/search")
	s.Lock = mayUse(role, "POST", "/lock")
	s.Account = mayGet(role, "/account")
	return s
}

func (in *Inbox) shift(now time.Time) *shift {
	hours := in.unit.Hours
	switch {
	case hours.Open == hours.Close:
		return nil
	case in.unit.Open(now):
		return &shift{Until: clockOf(hours.Close)}
	}
	return &shift{Night: true, Until: clockOf(hours.Open)}
}

// clockOf is a time of day as the inbox writes it.
func clockOf(t bot.DayTime) string {
	return time.Date(2000, 1, 1, 0, int(t), 0, 0, time.UTC).Format("15:04")
}
