package inbox

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/pquerna/otp/totp"
	"github.com/skip2/go-qrcode"

	"mitan/bot"
	"mitan/locales"
)

// totpPicture is how many pixels wide the picture for the code app is.
const totpPicture = 280

type accountPage struct {
	framed
	Login   string
	Role    bot.Role
	Station string // the thana in the officer's language; "" for the whole unit
	Since   *moment
	Must    string // a key of words: what is to be done first; "" for nothing

	App      bool   // a code app is set up
	Setup    string // the secret of one that is being set up, in groups; "" if none is
	Codes    int    // recovery codes that are left
	NewCodes []string
	Required bool // the role needs a second factor
	Keys     []keyRow
	MayKey   bool // browsers know passkeys for this address

	Done    string // a key of words: what was done just now
	Wrong   string // a key of words: what was refused
	WrongIn string // the form in which it was
	Least   int    // characters of a password
}

// A keyRow is a passkey of the officer.
type keyRow struct {
	ID, Name string
	Since    moment
	Used     *moment // nil if never
}

// account makes the officer's own page, with what change says was just done.
func (in *Inbox) account(w http.ResponseWriter, r *http.Request, v visit, status int, change func(*accountPage)) error {
	ctx := r.Context()
	o, err := in.store.OfficerByID(ctx, v.officer.ID) // as it is after what was done
	if err != nil {
		return fmt.Errorf("read the officer: %w", err)
	}
	around, err := in.framed(r, v, "account.title")
	if err != nil {
		return err
	}
	data := accountPage{
		framed: around, Login: o.Login, Role: o.Role, Station: in.thanaName(v.lang, o.Thana),
		Since: momentOf(o.Since, in.clock.Now()), Must: in.unfinished(o), App: o.TOTP != "",
		Required: needsFactor(o.Role) && in.strict, Least: MinPassword,
	}
	data.Back = "/account"
	if secret := in.sessions.GetString(ctx, sessionTOTP); secret != "" {
		data.Setup = grouped(secret)
	}
	if data.Codes, err = in.store.RecoveryCodes(ctx, o.ID); err != nil {
		return fmt.Errorf("count the recovery codes: %w", err)
	}
	data.MayKey = passkeyHost(r) != ""
	keys, err := in.store.PasskeysOf(ctx, o.ID)
	if err != nil {
		return fmt.Errorf("read the passkeys: %w", err)
	}
	for _, p := range keys {
		data.Keys = append(data.Keys, keyRow{
			ID: base64.RawURLEncoding.EncodeToString(p.ID), Name: plain(p.Name),
			Since: *momentOf(p.Since, in.clock.Now()), Used: momentOf(p.Used, in.clock.Now()),
		})
	}
	if change != nil {
		change(&data)
	}
	return in.views.render(w, status, v.lang, "account", data)
}

// grouped writes a secret in groups of four, so that it can be typed.
func grouped(secret string) string {
	var groups []string
	for ; len(secret) > 4; secret = secret[4:] {
		groups = append(groups, secret[:4])
	}
	return strings.Join(append(groups, secret), " ")
}

// done is a change of the account page that says what was done.
func done(key string) func(*accountPage) { return func(p *accountPage) { p.Done = key } }

// wrong is a change of the account page that says what was refused, and where.
func wrong(form, key string) func(*accountPage) {
	return func(p *accountPage) { p.WrongIn, p.Wrong = form, key }
}

func (in *Inbox) accountPage(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.account(w, r, v, http.StatusOK, nil)
}

// asksPassword reads a form that needs the officer's password, and refuses it
// without. It tells whether to go on.
func (in *Inbox) asksPassword(w http.ResponseWriter, r *http.Request, v visit, form string) (bool, error) {
	if err := r.ParseForm(); err != nil {
		return false, formError(err)
	}
	fits, reason, err := in.ownPassword(r, v, r.PostFormValue("password"))
	if err != nil || fits {
		return fits, err
	}
	return false, in.account(w, r, v, statusOf(reason), wrong(form, reason))
}

// changePassword sets a new password. All other sessions of the officer end
// with the old one; this one goes on.
func (in *Inbox) changePassword(w http.ResponseWriter, r *http.Request, v visit) error {
	const form = "password"
	if ok, err := in.asksPassword(w, r, v, form); !ok || err != nil {
		return err
	}
	fresh := r.PostFormValue("fresh")
	refuse := func(key string) error {
		return in.account(w, r, v, http.StatusUnprocessableEntity, wrong(form, key))
	}
	switch {
	case fresh != r.PostFormValue("again"):
		return refuse("account.differ")
	case fresh == r.PostFormValue("password"):
		return refuse("account.same")
	}
	hash, err := HashPassword(fresh)
	switch {
	case errors.Is(err, ErrPasswordShort):
		return refuse("account.short")
	case errors.Is(err, ErrPasswordLong):
		return refuse("account.long")
	case err != nil:
		return err
	}
	ctx := r.Context()
	if err := in.store.SetPassword(ctx, v.officer.Login, hash, in.clock.Now()); err != nil {
		return fmt.Errorf("set the password: %w", err)
	}
	if err := in.keepSession(r, v.officer.ID); err != nil {
		return err
	}
	return in.account(w, r, v, http.StatusOK, done("account.password_done"))
}

// keepSession lets this session live on where all of the officer's end.
func (in *Inbox) keepSession(r *http.Request, officer int64) error {
	o, err := in.store.OfficerByID(r.Context(), officer)
	if err != nil {
		return fmt.Errorf("read the officer: %w", err)
	}
	return in.startSession(r.Context(), o)
}

// startTOTP makes the secret for a code app; it is kept with the session until
// a code shows that the app has it.
func (in *Inbox) startTOTP(w http.ResponseWriter, r *http.Request, v visit) error {
	if ok, err := in.asksPassword(w, r, v, "totp"); !ok || err != nil {
		return err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: in.unit.Unit.NameEn, AccountName: v.officer.Login})
	if err != nil {
		return fmt.Errorf("make a secret: %w", err)
	}
	in.sessions.Put(r.Context(), sessionTOTP, key.Secret())
	return in.account(w, r, v, http.StatusOK, nil)
}

// totpCode is the picture that the code app scans.
func (in *Inbox) totpCode(w http.ResponseWriter, r *http.Request, v visit) error {
	secret := in.sessions.GetString(r.Context(), sessionTOTP)
	if secret == "" {
		return bot.ErrNotFound
	}
	address := otpAddress(in.unit.Name(locales.English), v.officer.Login, secret)
	picture, err := qrcode.Encode(address, qrcode.Medium, totpPicture)
	if err != nil {
		return fmt.Errorf("draw the code: %w", err)
	}
	w.Header().Set("Content-Type", "image/png")
	_, _ = w.Write(picture) // a browser that has gone is nobody's error
	return nil
}

// confirmTOTP sets the code app up, if a code shows that it has the secret, and
// shows the recovery codes, once.
func (in *Inbox) confirmTOTP(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	ctx, now := r.Context(), in.clock.Now()
	secret := in.sessions.GetString(ctx, sessionTOTP)
	step, fits := totpFits(secret, r.PostFormValue("code"), now)
	if !fits {
		return in.account(w, r, v, http.StatusUnprocessableEntity, wrong("confirm", "code.wrong"))
	}
	shown, kept := newRecoveryCodes()
	if err := in.store.SetTOTP(ctx, v.officer.ID, secret, kept, now); err != nil {
		return fmt.Errorf("set up the code app: %w", err)
	}
	if _, err := in.store.UseTOTP(ctx, v.officer.ID, step); err != nil {
		return fmt.Errorf("use the code: %w", err)
	}
	in.sessions.Remove(ctx, sessionTOTP)
	return in.account(w, r, v, http.StatusOK, func(p *accountPage) {
		p.Done, p.NewCodes = "account.app_done", shown
	})
}

// removeTOTP takes the code app away. Where the role needs a second factor, the
// page then asks for a new one.
func (in *Inbox) removeTOTP(w http.ResponseWriter, r *http.Request, v visit) error {
	if ok, err := in.asksPassword(w, r, v, "remove"); !ok || err != nil {
		return err
	}
	if err := in.store.SetTOTP(r.Context(), v.officer.ID, "", nil, in.clock.Now()); err != nil {
		return fmt.Errorf("remove the code app: %w", err)
	}
	return in.account(w, r, v, http.StatusOK, done("account.app_gone"))
}

// signOutEverywhere ends all sessions of the officer but this one.
func (in *Inbox) signOutEverywhere(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := in.store.EndSessions(r.Context(), v.officer.ID, in.clock.Now()); err != nil {
		return fmt.Errorf("end the sessions: %w", err)
	}
	if err := in.keepSession(r, v.officer.ID); err != nil {
		return err
	}
	return in.account(w, r, v, http.StatusOK, done("account.everywhere_done"))
}
