package whatsapp

import (
	"context"
	"time"

	"go.mau.fi/whatsmeow/types"

	"mitan/bot"
)

// ringing is how old a call may be to be still ringing.
const ringing = 30 * time.Second

// call writes a call down, and refuses it while it rings: nobody can take it
// here, and the talk says what to do instead. An older one was missed.
func (a *arrivals) call(ctx context.Context, c types.BasicCallMeta) {
	if !c.GroupJID.IsEmpty() {
		return
	}
	// The service says whom the call is from; who is named inside it, the caller does.
	from := a.who(ctx, c.From, types.EmptyJID)
	if a.unit.WhatsApp.RejectCalls && a.clock.Now().Sub(c.Timestamp) < ringing {
		a.errand(func(ctx context.Context) {
			if client := a.online(); client != nil {
				_ = client.RejectCall(ctx, c.From, c.CallID)
			}
		})
	}
	info := types.MessageInfo{ID: c.CallID, Timestamp: c.Timestamp}
	a.insist(ctx, info, from, content{kind: bot.Call})
}
