package inbox

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"mitan/bot"
	"mitan/locales"
)

// revealLife is how long a number stays shown to a viewer who has asked for it.
const revealLife = 15 * time.Minute

const auditReveal = "reveal_number"

// revealReasons are why a viewer may ask for a resident's number, as keys of
// words: "reveal.KEY". The audit keeps the key.
func revealReasons() []string { return []string{"call", "bank", "person", "order"} }

// showsNumber tells whether somebody sees a resident's number in full: officers
// do. A viewer sees its ends, until they have asked for it and said why.
func (in *Inbox) showsNumber(ctx context.Context, v visit, resident int64) bool {
	if v.officer.Role.May(bot.RoleOfficer) {
		return true
	}
	since, asked := in.revealed(ctx)[resident]
	return asked && in.clock.Now().Sub(time.Unix(since, 0)) < revealLife
}

// revealed are the residents whose numbers the viewer has asked for, with when.
func (in *Inbox) revealed(ctx context.Context) map[int64]int64 {
	found := map[int64]int64{}
	for _, one := range strings.Fields(in.sessions.GetString(ctx, sessionShown)) {
		var resident, at int64
		if _, err := fmt.Sscanf(one, "%d:%d", &resident, &at); err == nil {
			found[resident] = at
		}
	}
	return found
}

// reveal shows a resident's number to a viewer who says why. It changes nothing
// of the resident's, hence no POST: the audit has who looked.
func (in *Inbox) reveal(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	reason := r.URL.Query().Get("reason")
	if !slices.Contains(revealReasons(), reason) {
		return errBadRequest
	}
	ctx, now := r.Context(), in.clock.Now()
	if _, err := in.store.Conversation(ctx, resident); err != nil { // out of sight is not found
		return fmt.Errorf("read the conversation: %w", err)
	}
	err = in.store.Audit(ctx, bot.AuditEntry{At: now, Officer: v.officer.ID, Action: auditReveal, Resident: resident, Detail: reason})
	if err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	shown := []string{fmt.Sprintf("%d:%d", resident, now.Unix())}
	for other, at := range in.revealed(ctx) {
		if other != resident && now.Sub(time.Unix(at, 0)) < revealLife {
			shown = append(shown, fmt.Sprintf("%d:%d", other, at))
		}
	}
	in.sessions.Put(ctx, sessionShown, strings.Join(shown, " "))
	toConversation(w, r, resident)
	return nil
}

// numberFor is a resident's number, as far as the officer may see it.
func numberFor(full bool, phone string) string {
	switch {
	case phone == "":
		return ""
	case full:
		return locales.FormatPhone(phone)
	}
	return maskedPhone(phone)
}
