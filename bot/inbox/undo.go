package inbox

import (
	"context"
	"net/http"
	"time"

	"mitan/bot"
)

// undo takes back an answer that has not been sent yet; its words stand in the
// field again.
func (in *Inbox) undo(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	message := readSeen(r.PostFormValue("message"))
	if err := in.desk.Undo(context.WithoutCancel(r.Context()), v.officer, resident, message); err != nil {
		return in.refuse(w, r, v, resident, err, refusal{})
	}
	toConversation(w, r, resident)
	return nil
}

// A takeBack offers to take a message back.
type takeBack struct {
	Action  string // the address of the form
	Message int64
	Until   int64  // Unix milliseconds, for the page's clock
	Left    string // minutes and seconds when the page was made
}

// offerUndo offers to take back the officer's own messages that have yet to be
// sent. Page is the address of the conversation.
func (c *conversation) offerUndo(o bot.Officer, page, tab string, now time.Time) {
	for i, e := range c.Entries {
		if e.writer != o.ID || !e.due.After(now) {
			continue
		}
		c.Entries[i].Undo = &takeBack{
			Action: page + "/undo?tab=" + tab, Message: e.Message, Until: e.due.UnixMilli(), Left: minutes(e.due.Sub(now)),
		}
	}
}
