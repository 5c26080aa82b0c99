package inbox

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"

	"mitan/bot"
	"mitan/bot/evidence"
)

// evidence gives the officer a case with all its evidence as one file. The
// audit says who took it, and, once it is out, the SHA-256 of its manifest.
func (in *Inbox) evidence(w http.ResponseWriter, r *http.Request, v visit) error {
	number, err := id(r, "case")
	if err != nil {
		return err
	}
	c, err := in.store.CaseByID(r.Context(), number)
	if err != nil {
		return fmt.Errorf("read the case: %w", err)
	}
	// The evidence has the whole conversation; who sees an older case alone has
	// its page.
	sees, err := in.store.Sees(r.Context(), c.Resident)
	if err != nil {
		return fmt.Errorf("read the conversation: %w", err)
	}
	if !sees {
		return bot.ErrNotFound
	}
	entry := bot.AuditEntry{
		At: in.clock.Now(), Officer: v.officer.ID, Action: evidence.ActionBegun, Resident: c.Resident,
		Detail: "case " + strconv.FormatInt(c.ID, 10),
	}
	if err := in.store.Audit(r.Context(), entry); err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="evidence-%s.zip"`, fileSafe(c)))
	manifest, err := evidence.Write(r.Context(), w, in.store, c.ID)
	if err != nil {
		return cutOff(err)
	}
	entry.At, entry.Action = in.clock.Now(), evidence.ActionDone
	entry.Detail += " manifest sha256 " + manifest
	if err := in.store.Audit(context.WithoutCancel(r.Context()), entry); err != nil {
		return cutOff(fmt.Errorf("write the audit: %w", err))
	}
	return nil
}

var unsafeName = regexp.MustCompile(`[^A-Za-z0-9-]+`)

// fileSafe is what a file about a case is called.
func fileSafe(c bot.Case) string {
	if name := unsafeName.ReplaceAllString(c.Number, ""); name != "" {
		return name
	}
	return "case-" + strconv.FormatInt(c.ID, 10)
}
