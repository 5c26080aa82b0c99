package inbox

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"filippo.io/age"

	"mitan/bot"
)

// auditRelease is written before a file leaves the inbox.
const auditRelease = "release_file"

// A releasePage is where the officer in charge gives a file out: encrypted to
// the public key of who is to examine it, so that nothing opens it on the way.
type releasePage struct {
	framed
	Medium    medium
	Number    int64
	Resident  int64
	Refused   bool
	Recipient string
}

func (in *Inbox) releasePage(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.showRelease(w, r, v, http.StatusOK, releasePage{})
}

func (in *Inbox) showRelease(w http.ResponseWriter, r *http.Request, v visit, status int, data releasePage) error {
	m, file, err := in.openMedium(r)
	if err != nil {
		return err
	}
	_ = file.Close() // it was only looked for
	if data.framed, err = in.framed(r, v, "release.title"); err != nil {
		return err
	}
	if data.Resident, err = in.store.MediaResident(r.Context(), m.ID); err != nil {
		return fmt.Errorf("read whose file it is: %w", err)
	}
	data.Number, data.Back = m.ID, fmt.Sprintf("/media/%d/release", m.ID)
	data.Medium = *mediumOf(bot.Message{Media: &m})
	return in.views.render(w, status, v.lang, "release", data)
}

// release gives out a medium's bytes, encrypted with age, and records to whom.
func (in *Inbox) release(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	given := strings.TrimSpace(r.PostFormValue("recipient"))
	recipient, err := age.ParseX25519Recipient(given)
	if err != nil {
		return in.showRelease(w, r, v, http.StatusUnprocessableEntity, releasePage{Refused: true, Recipient: given})
	}
	m, file, err := in.openMedium(r)
	if err != nil {
		return err
	}
	defer file.Close()
	resident, err := in.store.MediaResident(r.Context(), m.ID)
	if err != nil {
		return fmt.Errorf("read whose file it is: %w", err)
	}
	err = in.store.Audit(context.WithoutCancel(r.Context()), bot.AuditEntry{
		At: in.clock.Now(), Officer: v.officer.ID, Action: auditRelease, Resident: resident,
		Detail: "media " + strconv.FormatInt(m.ID, 10) + " to " + recipient.String(),
	})
	if err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="evidence-%d.age"`, m.ID))
	sealed, err := age.Encrypt(w, recipient)
	if err == nil {
		_, err = io.Copy(sealed, file)
	}
	if err == nil {
		err = sealed.Close()
	}
	if err != nil { // the answer has begun: age tells the receiver that it is not whole
		in.log.Error("inbox: a file was not released whole", "medium", m.ID, "officer", v.officer.ID, "error", err)
	}
	return nil
}

// offerRelease leads the officer in charge to where a file is given out.
func (c *conversation) offerRelease(o bot.Officer) {
	if !o.Role.May(bot.RoleCharge) {
		return
	}
	for i, e := range c.Entries {
		if e.Medium != nil && e.Medium.Show == "file" && !e.Medium.Ours {
			c.Entries[i].Release = fmt.Sprintf("/media/%d/release", e.Medium.ID)
		}
	}
}
