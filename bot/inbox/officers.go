package inbox

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mitan/bot"
)

const (
	// maxOfficerName is how many letters rank and name have at most.
	maxOfficerName = 80
	// minLogin and maxLoginName bound a login's length.
	minLogin, maxLoginName = 2, 40
)

var (
	loginRule  = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*$`)
	mobileRule = regexp.MustCompile(`^[6-9][0-9]{9}$`)
)

// An officerForm is an officer as a form shows and sends them.
type officerForm struct {
	Login, Name, Phone string
	Role               bot.Role
	Thana              string
	Disabled           bool

	Roles  []bot.Role
	Thanas []option
	Wrong  string // a key of words: what was refused
	Field  string // the field in which it is
}

type officerRow struct {
	ID       int64
	Login    string
	Name     string
	Role     bot.Role
	Thana    string // in the language of the page; "" for the whole unit
	Disabled bool
	Owes     string // a key of words: what is unfinished about the account
	Factor   bool   // there is a second factor
}

type officersPage struct {
	framed
	Rows []officerRow
	Form officerForm
}

type officerPage struct {
	framed
	ID       int64
	Own      bool // it is the administrator's own
	Form     officerForm
	App      bool
	Passkey  bool
	Since    *moment
	Login    string
	Password string // the new one, shown once
	Done     string // a key of words
}

func (in *Inbox) officersPage(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.showOfficers(w, r, v, http.StatusOK, officerForm{Role: bot.RoleOfficer})
}

func (in *Inbox) showOfficers(w http.ResponseWriter, r *http.Request, v visit, status int, form officerForm) error {
	around, err := in.framed(r, v, "officers.title")
	if err != nil {
		return err
	}
	data := officersPage{framed: around, Form: in.fillForm(v, form)}
	data.Back = "/officers"
	officers, err := in.store.Officers(r.Context())
	if err != nil {
		return fmt.Errorf("read the officers: %w", err)
	}
	slices.SortStableFunc(officers, func(a, b bot.Officer) int { return boolRank(a.Disabled) - boolRank(b.Disabled) })
	for _, o := range officers {
		data.Rows = append(data.Rows, officerRow{
			ID: o.ID, Login: o.Login, Name: plain(o.Name), Role: o.Role, Thana: in.thanaName(v.lang, o.Thana),
			Disabled: o.Disabled, Owes: in.unfinished(o), Factor: o.TOTP != "" || o.Passkey,
		})
	}
	return in.views.render(w, status, v.lang, "officers", data)
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// fillForm adds to a form what can be chosen in it.
func (in *Inbox) fillForm(v visit, form officerForm) officerForm {
	form.Roles = bot.Roles()
	known := form.Thana == ""
	for _, t := range in.unit.Thanas {
		form.Thanas = append(form.Thanas, option{t.En, t.Name(v.lang), t.En == form.Thana})
		known = known || t.En == form.Thana
	}
	if !known { // one that the settings do not name any more
		form.Thanas = append(form.Thanas, option{form.Thana, form.Thana, true})
	}
	return form
}

// readOfficer reads an officer's form. What is wrong with it is in Wrong.
func (in *Inbox) readOfficer(r *http.Request) (officerForm, error) {
	if err := r.ParseForm(); err != nil {
		return officerForm{}, formError(err)
	}
	form := officerForm{
		Login: strings.ToLower(strings.TrimSpace(r.PostFormValue("login"))), Name: strings.TrimSpace(r.PostFormValue("name")),
		Phone: plainPhone(r.PostFormValue("phone")), Role: bot.Role(r.PostFormValue("role")),
		Thana: r.PostFormValue("thana"), Disabled: r.PostFormValue("disabled") == "yes",
	}
	thana := form.Thana == "" || slices.ContainsFunc(in.unit.Thanas, func(t bot.Thana) bool { return t.En == form.Thana })
	switch {
	case form.Name == "" || utf8.RuneCountInString(form.Name) > maxOfficerName || strings.ContainsFunc(form.Name, unicode.IsControl):
		form.Field, form.Wrong = "name", "officers.wrong_name"
	case form.Phone != "" && !mobileRule.MatchString(form.Phone):
		form.Field, form.Wrong = "phone", "officers.wrong_phone"
	case !slices.Contains(bot.Roles(), form.Role):
		form.Field, form.Wrong = "role", "officers.wrong_role"
	case !thana && r.PathValue("officer") == "":
		form.Field, form.Wrong = "thana", "officers.wrong_thana"
	}
	return form, nil
}

// plainPhone is a phone without what people write around it.
func plainPhone(s string) string {
	s = strings.NewReplacer(" ", "", "-", "").Replace(strings.TrimSpace(s))
	return strings.TrimPrefix(s, "+91")
}

// addOfficer makes an account with a password that is shown once and must be
// changed.
func (in *Inbox) addOfficer(w http.ResponseWriter, r *http.Request, v visit) error {
	form, err := in.readOfficer(r)
	if err != nil {
		return err
	}
	if len(form.Login) < minLogin || len(form.Login) > maxLoginName || !loginRule.MatchString(form.Login) {
		form.Field, form.Wrong = "login", "officers.wrong_login"
	}
	if form.Wrong != "" {
		return in.showOfficers(w, r, v, http.StatusUnprocessableEntity, form)
	}
	password := NewPassword()
	hash, err := HashPassword(password)
	if err != nil {
		return err
	}
	ctx := r.Context()
	id, err := in.store.AddOfficer(ctx, bot.Officer{
		Login: form.Login, Name: form.Name, Role: form.Role, Thana: form.Thana, Phone: form.Phone,
		Password: hash, Temporary: true, Since: in.clock.Now(),
	})
	if errors.Is(err, bot.ErrExists) {
		form.Field, form.Wrong = "phone", "officers.phone_taken"
		if _, err := in.store.OfficerByLogin(ctx, form.Login); err == nil {
			form.Field, form.Wrong = "login", "officers.login_taken"
		}
		return in.showOfficers(w, r, v, http.StatusConflict, form)
	}
	if err != nil {
		return fmt.Errorf("add the officer: %w", err)
	}
	return in.showOfficer(w, r, v, http.StatusOK, id, func(p *officerPage) { p.Password, p.Done = password, "officers.added" })
}

// showOfficer makes the page of one officer, with what change says was just done.
func (in *Inbox) showOfficer(w http.ResponseWriter, r *http.Request, v visit, status int, id int64, change func(*officerPage)) error {
	o, err := in.store.OfficerByID(r.Context(), id)
	if err != nil {
		return fmt.Errorf("read the officer: %w", err)
	}
	around, err := in.framed(r, v, "officers.one")
	if err != nil {
		return err
	}
	data := officerPage{
		framed: around, ID: o.ID, Own: o.ID == v.officer.ID, App: o.TOTP != "", Passkey: o.Passkey,
		Since: momentOf(o.Since, in.clock.Now()), Login: o.Login,
		Form: officerForm{Login: o.Login, Name: o.Name, Phone: o.Phone, Role: o.Role, Thana: o.Thana, Disabled: o.Disabled},
	}
	data.Back = "/officers/" + strconv.FormatInt(o.ID, 10)
	if change != nil {
		change(&data)
	}
	data.Form = in.fillForm(v, data.Form)
	return in.views.render(w, status, v.lang, "oneofficer", data)
}

func (in *Inbox) officerPage(w http.ResponseWriter, r *http.Request, v visit) error {
	number, err := id(r, "officer")
	if err != nil {
		return err
	}
	return in.showOfficer(w, r, v, http.StatusOK, number, nil)
}

// changeOfficer writes role, thana, name, phone and whether disabled. Nobody
// takes the own role away: a unit must not be left without an administrator.
func (in *Inbox) changeOfficer(w http.ResponseWriter, r *http.Request, v visit) error {
	number, err := id(r, "officer")
	if err != nil {
		return err
	}
	form, err := in.readOfficer(r)
	if err != nil {
		return err
	}
	if number == v.officer.ID && (form.Role != v.officer.Role || form.Disabled) {
		form.Field, form.Wrong = "role", "officers.own_role"
	}
	refuse := func(status int) error {
		return in.showOfficer(w, r, v, status, number, func(p *officerPage) { form.Login, p.Form = p.Login, form })
	}
	if form.Wrong != "" {
		return refuse(http.StatusUnprocessableEntity)
	}
	err = in.store.ChangeOfficer(r.Context(), bot.Officer{
		ID: number, Name: form.Name, Role: form.Role, Thana: form.Thana, Phone: form.Phone, Disabled: form.Disabled,
	}, in.clock.Now())
	switch {
	case errors.Is(err, bot.ErrExists):
		form.Field, form.Wrong = "phone", "officers.phone_taken"
		return refuse(http.StatusConflict)
	case err != nil:
		return fmt.Errorf("change the officer: %w", err)
	case number == v.officer.ID: // the own thana may have changed, which ends sessions
		if err := in.keepSession(r, number); err != nil {
			return err
		}
	}
	return in.showOfficer(w, r, v, http.StatusOK, number, func(p *officerPage) { p.Done = "officers.changed" })
}

// resetPassword gives a new password, shown once, and ends the sessions.
func (in *Inbox) resetPassword(w http.ResponseWriter, r *http.Request, v visit) error {
	number, err := in.another(r, v)
	if err != nil {
		return err
	}
	password := NewPassword()
	hash, err := HashPassword(password)
	if err != nil {
		return err
	}
	if err := in.store.GivePassword(r.Context(), number, hash, in.clock.Now()); err != nil {
		return fmt.Errorf("give a password: %w", err)
	}
	return in.showOfficer(w, r, v, http.StatusOK, number, func(p *officerPage) { p.Password, p.Done = password, "officers.reset" })
}

// another is an officer who is not the administrator: their own account they
// change on its page, where the password is asked for.
func (in *Inbox) another(r *http.Request, v visit) (int64, error) {
	number, err := id(r, "officer")
	if err == nil && number == v.officer.ID {
		err = bot.ErrForbiddenRole
	}
	return number, err
}

// removeFactor takes the code app and the passkeys away, for an officer who has
// lost the phone.
func (in *Inbox) removeFactor(w http.ResponseWriter, r *http.Request, v visit) error {
	number, err := in.another(r, v)
	if err != nil {
		return err
	}
	ctx, now := r.Context(), in.clock.Now()
	if err := in.store.SetTOTP(ctx, number, "", nil, now); err != nil {
		return fmt.Errorf("remove the code app: %w", err)
	}
	keys, err := in.store.PasskeysOf(ctx, number)
	if err != nil {
		return fmt.Errorf("read the passkeys: %w", err)
	}
	for _, key := range keys {
		if err := in.store.RemovePasskey(ctx, number, key.ID, now); err != nil {
			return fmt.Errorf("remove a passkey: %w", err)
		}
	}
	return in.showOfficer(w, r, v, http.StatusOK, number, func(p *officerPage) { p.Done = "officers.factor_gone" })
}

func (in *Inbox) signOutOfficer(w http.ResponseWriter, r *http.Request, v visit) error {
	number, err := in.another(r, v)
	if err != nil {
		return err
	}
	if err := in.store.EndSessions(r.Context(), number, in.clock.Now()); err != nil {
		return fmt.Errorf("end the sessions: %w", err)
	}
	return in.showOfficer(w, r, v, http.StatusOK, number, func(p *officerPage) { p.Done = "officers.signed_out" })
}
