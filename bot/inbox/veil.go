package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"mitan/bot"
)

// veiledKinds are the kinds of fraud whose pictures nobody sees by chance: they
// may show the resident. They are shown to who asks for them; that is recorded.
var veiledKinds = []string{"sextortion"}

// errVeiled means that a picture is shown only to who asks for it.
var errVeiled = errors.New("the picture is veiled")

// auditReveal is written when an officer asks to see a veiled picture.
const auditReveal = "reveal_picture"

// veiled tells whether the pictures of a resident are.
func (in *Inbox) veiled(ctx context.Context, resident int64) (bool, error) {
	cases, err := in.store.CasesOf(ctx, resident)
	if err != nil {
		return false, fmt.Errorf("read cases: %w", err)
	}
	return slices.ContainsFunc(cases, func(c bot.Case) bool { return slices.Contains(veiledKinds, c.Kind) }), nil
}

// revealed tells whether the officer has asked for a picture, in this session.
func (in *Inbox) revealed(ctx context.Context, medium int64) bool {
	return in.sessions.GetBool(ctx, revealKey(medium))
}

func revealKey(medium int64) string { return "revealed " + strconv.FormatInt(medium, 10) }

// unveiled refuses a picture that is veiled and was not asked for.
func (in *Inbox) unveiled(ctx context.Context, medium int64) error {
	if in.revealed(ctx, medium) {
		return nil
	}
	resident, err := in.store.MediaResident(ctx, medium)
	if err != nil {
		return fmt.Errorf("read whose picture it is: %w", err)
	}
	veiled, err := in.veiled(ctx, resident)
	if err == nil && veiled {
		err = errVeiled
	}
	return err
}

// veil takes the pictures of a resident out of the thread where they are veiled.
func (in *Inbox) veil(ctx context.Context, c *conversation) error {
	isPicture := func(e entry) bool { return e.Medium != nil && e.Medium.Show == "picture" && !e.Medium.Ours }
	if !slices.ContainsFunc(c.Entries, isPicture) {
		return nil
	}
	veiled, err := in.veiled(ctx, c.Resident)
	if err != nil || !veiled {
		return err
	}
	for _, e := range c.Entries {
		if isPicture(e) && !in.revealed(ctx, e.Medium.ID) {
			e.Medium.Show, e.Medium.Address = "veiled", ""
			if c.May.Note {
				e.Medium.Address = fmt.Sprintf("/conversations/%d/reveal", c.Resident)
			}
		}
	}
	return nil
}

// reveal shows a veiled picture to the officer, in this session, and records it.
func (in *Inbox) reveal(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	medium := readSeen(r.PostFormValue("medium"))
	whose, err := in.store.MediaResident(r.Context(), medium)
	if err != nil {
		return fmt.Errorf("read whose picture it is: %w", err)
	}
	if whose != resident {
		return bot.ErrNotFound
	}
	err = in.store.Audit(context.WithoutCancel(r.Context()), bot.AuditEntry{
		At: in.clock.Now(), Officer: v.officer.ID, Action: auditReveal, Resident: resident, Detail: "media " + strconv.FormatInt(medium, 10),
	})
	if err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	in.sessions.Put(r.Context(), revealKey(medium), true)
	toConversation(w, r, resident)
	return nil
}
