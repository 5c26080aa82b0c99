package inbox_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/inbox"
	"mitan/locales"
	"mitan/store"
)

// A station is the inbox over the real desk and store, with officers of each
// role at two thanas and of the whole unit, and a resident of each thana and of
// none, who wait.
type station struct {
	*world
	db        *store.Store
	desk      *bot.Bot
	residents map[string]int64 // by thana; "" is nobody's
	media     map[string]int64
}

// A victim is a dialogue that takes a case down for the thana that is named.
type victim struct{}

func (victim) Step(s bot.Situation) (bot.Outcome, error) {
	if s.Message == nil {
		return bot.Outcome{}, nil
	}
	id := int64(len(s.Message.Address) + 10*int(s.Message.Address[9]))
	c := bot.Case{ID: id, State: bot.Draft, Thana: s.Message.Text, Reporter: bot.Person{Phone: s.Message.Address}}
	return bot.Outcome{Text: s.Message.Text, Effects: []bot.Effect{
		bot.SaveCase{Case: c}, bot.KeepEvidence{Case: id}, bot.Escalate{Reason: bot.ReasonAsked},
	}}, nil
}

func newStation(t *testing.T, strict bool) *station {
	t.Helper()
	ctx := t.Context()
	clock := bot.NewManualClock(morning)
	db, err := store.Open(ctx, t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	catalog, err := locales.Load(nil)
	require.NoError(t, err)
	s := &station{world: &world{clock: clock, log: &bytes.Buffer{}}, db: db, residents: map[string]int64{}, media: map[string]int64{}}
	logger := slog.New(slog.NewTextHandler(s.log, nil))
	s.desk = bot.New(bot.Options{
		Store: db, Dialogue: victim{}, Clock: clock, Unit: bot.DefaultUnit(), Catalog: catalog, Log: logger, Channels: []bot.Channel{&line{}},
	})
	for i, thana := range []string{"Kotwali", "Sarkanda", ""} {
		address := fmt.Sprintf("900000000%d", i+1)
		require.NoError(t, s.desk.Receive(ctx, bot.Incoming{Channel: "line", Address: address, Phone: address, ID: "a", SentAt: morning, Kind: bot.Text, Text: thana}))
		require.NoError(t, s.desk.Receive(ctx, bot.Incoming{
			Channel: "line", Address: address, Phone: address, ID: "b", SentAt: morning.Add(time.Second), Kind: bot.Image, Text: thana,
			Media: &bot.Media{Ref: []byte("x"), Claimed: "image/png"},
		}))
		s.residents[thana], s.media[thana] = int64(i+1), int64(i+1)
	}
	require.NoError(t, s.desk.Drain(ctx))
	for _, role := range bot.Roles() {
		for _, thana := range []string{"Kotwali", ""} {
			_, err := db.AddOfficer(ctx, bot.Officer{Login: loginOf(role, thana), Name: "SI " + loginOf(role, thana), Role: role, Thana: thana, Password: hash, Since: morning})
			require.NoError(t, err)
		}
	}
	in, err := inbox.New(inbox.Options{Bot: s.desk, Store: db, Unit: bot.DefaultUnit(), Clock: clock, Log: logger, Strict: strict})
	require.NoError(t, err)
	server := httptest.NewServer(in.Handler())
	t.Cleanup(func() { in.Close(); server.Close() })
	s.url = server.URL
	return s
}

func loginOf(role bot.Role, thana string) string {
	return strings.Trim(string(role)+"."+strings.ToLower(thana), ".")
}

func (s *station) as(t *testing.T, role bot.Role, thana string) *browser {
	t.Helper()
	b := s.browser(t)
	require.Equal(t, http.StatusSeeOther, b.signIn(loginOf(role, thana), password).StatusCode)
	return b
}

// Each route that names a resident or a file, for each role, at each thana: what
// is out of sight is not there; what the role may not do is refused first.
func TestEachRouteForEachRoleAndThana(t *testing.T) {
	reads := []string{"GET /conversations/%d", "GET /conversations/%d?part=live", "GET /conversations/%d?view=facts", "GET /conversations/%d/number?reason=call"}
	writes := []string{"claim", "take-over", "reply", "note", "close", "seen", "confirm-identity"}
	for _, role := range bot.Roles() {
		for _, thana := range []string{"Kotwali", ""} {
			t.Run(loginOf(role, thana), func(t *testing.T) {
				t.Parallel()
				s := newStation(t, false)
				b := s.as(t, role, thana)
				for _, of := range []string{"Sarkanda", "Kotwali", ""} {
					seen := thana == "" || role == bot.RoleAdmin || of == thana || of == ""
					for _, read := range reads {
						path := fmt.Sprintf(strings.TrimPrefix(read, "GET "), s.residents[of])
						got := b.get(path)
						assert.Equal(t, seen, got.StatusCode == http.StatusOK || got.StatusCode == http.StatusSeeOther, "%s of %q: %d", read, of, got.StatusCode)
						if !seen {
							assert.Equal(t, http.StatusNotFound, got.StatusCode, path)
						}
					}
					media := b.get(fmt.Sprintf("/media/%d", s.media[of])).StatusCode
					assert.Equal(t, seen, media == http.StatusOK, "file of %q: %d", of, media)
					assert.Equal(t, seen, strings.Contains(b.get("/").body, fmt.Sprintf("/conversations/%d?", s.residents[of])), "queue has %q", of)
					for _, action := range writes {
						got := b.post(fmt.Sprintf("/conversations/%d/%s", s.residents[of], action), "text", "नमस्ते", "note", "x").StatusCode
						switch {
						case !role.May(bot.RoleOfficer) || action == "take-over" && !role.May(bot.RoleCharge):
							assert.Equal(t, http.StatusForbidden, got, "%s of %q", action, of)
						case !seen && action == "seen":
							assert.Equal(t, http.StatusNoContent, got, "it changes nothing")
						case !seen:
							assert.Equal(t, http.StatusNotFound, got, "%s of %q", action, of)
						default:
							assert.Less(t, got, 400, "%s of %q", action, of)
						}
					}
				}
			})
		}
	}
}

// A viewer changes nothing: every POST is refused, but for what is their own.
func TestAViewerPostsNothing(t *testing.T) {
	own := regexp.MustCompile(`^/(account|sign-in|sign-out|lock|unlock|language|theme)\b`)
	w := newWorld(t)
	b := w.signedIn(t, viewer)
	n := 0
	for _, r := range inbox.Routes() {
		if r.Method != http.MethodPost || own.MatchString(r.Pattern) {
			continue
		}
		n++
		path := regexp.MustCompile(`\{[a-z.]+\}`).ReplaceAllString(r.Pattern, "1")
		assert.Equal(t, http.StatusForbidden, b.post(path).StatusCode, r.Pattern)
	}
	assert.Greater(t, n, 10)
}

// Open pages hear only of what they may show, and once of what they may no more.
func TestAStreamTellsOnlyOfWhatIsInSight(t *testing.T) {
	s := newStation(t, false)
	lines, _ := s.as(t, bot.RoleOfficer, "Kotwali").stream()
	next(lines, "hello")
	boss, err := s.db.OfficerByLogin(t.Context(), loginOf(bot.RoleAdmin, ""))
	require.NoError(t, err)
	require.NoError(t, s.desk.Note(t.Context(), boss, s.residents["Sarkanda"], "x"))
	time.Sleep(200 * time.Millisecond) // longer than changes are gathered
	require.NoError(t, s.desk.Note(t.Context(), boss, s.residents["Kotwali"], "x"))
	assert.Equal(t, fmt.Sprintf(" %d", s.residents["Kotwali"]), next(lines, "change"))
}

func TestAViewersNumbers(t *testing.T) {
	w := newWorld(t)
	w.says(sunita, morning, "मेरा नंबर 90000 00210 है, या ९००००००२१०, या 9000000210")
	b := w.signedIn(t, viewer)
	body := b.get("/conversations/1").body
	for _, number := range []string{"90000 00210", "9000000210", "९००००००२१०"} {
		assert.NotContains(t, body, number)
	}
	assert.Contains(t, body, "+91 90000 •••10")
	assert.Contains(t, body, "Why do you need the number?")
	assert.Equal(t, http.StatusBadRequest, b.get("/conversations/1/number").StatusCode, "without a reason")
	assert.Equal(t, http.StatusBadRequest, b.get("/conversations/1/number?reason=curious").StatusCode)
	assert.NotContains(t, w.actions(), "reveal_number")
	assert.Equal(t, http.StatusSeeOther, b.get("/conversations/1/number?reason=bank").StatusCode)
	last := w.audit[len(w.audit)-1]
	assert.Equal(t, []any{"reveal_number", int64(sunita), "bank", int64(viewer)}, []any{last.Action, last.Resident, last.Detail, last.Officer})
	assert.Contains(t, b.get("/conversations/1").body, "+91 90000 00210")
	assert.Contains(t, b.get("/conversations/2").body, "90000 •••19", "only that one")
	w.clock.Set(w.clock.Now().Add(9 * time.Minute))
	assert.Contains(t, b.get("/conversations/1").body, "+91 90000 00210")
	w.clock.Set(w.clock.Now().Add(7 * time.Minute))
	assert.NotContains(t, b.get("/conversations/1").body, "+91 90000 00210", "a quarter of an hour later it is asked again")
}

// From a new account to signing in with a code, and with a recovery code.
func TestAnAccountFromItsBeginning(t *testing.T) {
	s := newStation(t, true)
	ctx := t.Context()
	admin := s.browser(t)
	secret := s.setUpCode(t, admin, loginOf(bot.RoleAdmin, ""), password)
	made := admin.post("/officers", "login", "Ravi", "name", "SI Ravi", "role", "charge", "thana", "Kotwali", "phone", "+91 90000-00012")
	require.Equal(t, http.StatusOK, made.StatusCode)
	first := onceShown.FindStringSubmatch(made.body)
	require.Len(t, first, 2)
	assert.NotContains(t, admin.get("/officers").body, first[1], "it is shown once")

	ravi := s.browser(t)
	require.Equal(t, "/", ravi.signIn("ravi", first[1]).Header.Get("Location"))
	assert.Equal(t, "/account", ravi.get("/").Header.Get("Location"), "the password must be changed first")
	assert.Equal(t, http.StatusForbidden, ravi.post("/conversations/1/claim").StatusCode)
	assert.Contains(t, ravi.get("/account").body, "was given by another person")
	for _, refused := range [][]string{
		{"password", "wrong-one", "fresh", "long-enough-1", "again", "long-enough-1"},
		{"password", first[1], "fresh", "long-enough-1", "again", "long-enough-2"},
		{"password", first[1], "fresh", "short", "again", "short"},
		{"password", first[1], "fresh", first[1], "again", first[1]},
	} {
		assert.Equal(t, http.StatusUnprocessableEntity, ravi.post("/account/password", refused...).StatusCode, refused)
	}
	assert.Equal(t, http.StatusOK, ravi.post("/account/password", "password", first[1], "fresh", "long-enough-1", "again", "long-enough-1").StatusCode)
	assert.Equal(t, "/account", ravi.get("/").Header.Get("Location"), "then the second factor")
	s.setUpCode(t, ravi, "", "long-enough-1")
	assert.Equal(t, http.StatusOK, ravi.get("/").StatusCode)

	other := s.browser(t)
	assert.Equal(t, "/sign-in/code?next=/conversations/1", other.post("/sign-in", "login", loginOf(bot.RoleAdmin, ""), "password", password, "next", "/conversations/1").Header.Get("Location"))
	assert.Equal(t, http.StatusSeeOther, other.get("/").StatusCode, "half is outside")
	used, err := totp.GenerateCode(secret, s.clock.Now())
	require.NoError(t, err)
	assert.Equal(t, http.StatusUnprocessableEntity, other.post("/sign-in/code", "code", used).StatusCode, "each code serves once")
	s.clock.Set(s.clock.Now().Add(31 * time.Second))
	fresh, err := totp.GenerateCode(secret, s.clock.Now())
	require.NoError(t, err)
	assert.Equal(t, "/conversations/1", other.post("/sign-in/code", "code", fresh[:3]+" "+fresh[3:], "next", "/conversations/1").Header.Get("Location"))
	assert.Equal(t, http.StatusOK, other.get("/officers").StatusCode)

	check, err := s.db.CheckAudit(ctx)
	require.NoError(t, err)
	assert.Zero(t, check.Broken)
	assert.NotContains(t, s.log.String(), first[1])
	assert.NotContains(t, s.log.String(), secret)
}

// setUpCode signs in, unless login is "", and sets a code app up.
func (s *station) setUpCode(t *testing.T, b *browser, login, password string) (secret string) {
	t.Helper()
	if login != "" {
		require.Equal(t, http.StatusSeeOther, b.signIn(login, password).StatusCode)
	}
	assert.Equal(t, http.StatusNotFound, b.get("/account/totp.png").StatusCode)
	setup := setupKey.FindStringSubmatch(b.post("/account/totp", "password", password).body)
	require.Len(t, setup, 2)
	assert.Equal(t, "image/png", b.get("/account/totp.png").Header.Get("Content-Type"))
	secret = strings.ReplaceAll(setup[1], " ", "")
	assert.Equal(t, http.StatusUnprocessableEntity, b.post("/account/totp/confirm", "code", "000").StatusCode)
	code, err := totp.GenerateCode(secret, s.clock.Now())
	require.NoError(t, err)
	done := b.post("/account/totp/confirm", "code", code)
	require.Equal(t, http.StatusOK, done.StatusCode)
	assert.Len(t, recovery.FindAllString(done.body, -1), 10)
	assert.NotContains(t, b.get("/account").body, recovery.FindStringSubmatch(done.body)[1], "they are shown once")
	assert.Contains(t, b.get("/account").body, "10 recovery codes are left")
	return secret
}

func TestARecoveryCodeServesOnce(t *testing.T) {
	s := newStation(t, false)
	b := s.as(t, bot.RoleOfficer, "Kotwali")
	key := setupKey.FindStringSubmatch(b.post("/account/totp", "password", password).body)
	require.Len(t, key, 2)
	code, err := totp.GenerateCode(strings.ReplaceAll(key[1], " ", ""), s.clock.Now())
	require.NoError(t, err)
	one := recovery.FindStringSubmatch(b.post("/account/totp/confirm", "code", code).body)[1]
	try := func(code string) int {
		other := s.browser(t)
		require.Equal(t, "/sign-in/code", other.signIn(loginOf(bot.RoleOfficer, "Kotwali"), password).Header.Get("Location"))
		return other.post("/sign-in/code", "code", code).StatusCode
	}
	assert.Equal(t, http.StatusSeeOther, try(strings.ToUpper(strings.ReplaceAll(one, "-", " "))), "however it is written")
	assert.Equal(t, http.StatusUnprocessableEntity, try(one))

	late := s.browser(t)
	late.signIn(loginOf(bot.RoleOfficer, "Kotwali"), password)
	s.clock.Set(s.clock.Now().Add(6 * time.Minute))
	assert.Equal(t, "/sign-in", late.get("/sign-in/code").Header.Get("Location"), "after five minutes it begins again")
	assert.Equal(t, "/sign-in", late.post("/sign-in/code", "code", "x").Header.Get("Location"))
}

func TestSigningOutEverywhere(t *testing.T) {
	s := newStation(t, false)
	here, there := s.as(t, bot.RoleOfficer, ""), s.as(t, bot.RoleOfficer, "")
	assert.Equal(t, http.StatusOK, here.post("/account/sign-out").StatusCode)
	assert.Equal(t, http.StatusOK, here.get("/").StatusCode)
	assert.Equal(t, http.StatusSeeOther, there.get("/").StatusCode)
}

func TestManagingOfficers(t *testing.T) {
	s := newStation(t, false)
	ctx := t.Context()
	admin, ravi := s.as(t, bot.RoleAdmin, ""), s.as(t, bot.RoleOfficer, "Kotwali")
	o, err := s.db.OfficerByLogin(ctx, loginOf(bot.RoleOfficer, "Kotwali"))
	require.NoError(t, err)
	at := fmt.Sprintf("/officers/%d", o.ID)
	for field, form := range map[string][]string{
		"name":  {"name", " ", "role", "officer"},
		"phone": {"name", "x", "role", "officer", "phone", "123"},
		"role":  {"name", "x", "role", "king"},
	} {
		got := admin.post(at, form...)
		assert.Equal(t, http.StatusUnprocessableEntity, got.StatusCode, field)
		assert.Contains(t, got.body, `id="wrong-`+field+`"`)
	}
	for field, form := range map[string][]string{
		"login": {"login", "a b", "name", "x", "role", "officer"},
		"thana": {"login", "ab", "name", "x", "role", "officer", "thana", "Nowhere"},
	} {
		got := admin.post("/officers", form...)
		assert.Equal(t, http.StatusUnprocessableEntity, got.StatusCode, field)
		assert.Contains(t, got.body, `id="wrong-`+field+`"`)
	}
	taken := admin.post("/officers", "login", "viewer", "name", "SI Typed", "role", "officer")
	assert.Equal(t, http.StatusConflict, taken.StatusCode)
	assert.Contains(t, taken.body, "SI Typed", "nothing that was typed is lost")

	assert.Equal(t, http.StatusOK, admin.post(at, "name", "SI Ravi", "role", "bank", "thana", "Sarkanda", "phone", "9000000012").StatusCode)
	assert.Equal(t, http.StatusSeeOther, ravi.get("/").StatusCode, "another role or thana: sign in again")
	ravi = s.browser(t)
	ravi.signIn(o.Login, password)
	assert.Equal(t, http.StatusOK, ravi.get(fmt.Sprintf("/conversations/%d", s.residents["Sarkanda"])).StatusCode)
	assert.Equal(t, http.StatusNotFound, ravi.get(fmt.Sprintf("/conversations/%d", s.residents["Kotwali"])).StatusCode)
	assert.Equal(t, http.StatusOK, admin.post(at+"/sign-out").StatusCode)
	assert.Equal(t, http.StatusSeeOther, ravi.get("/").StatusCode)
	given := onceShown.FindStringSubmatch(admin.post(at + "/password").body)
	require.Len(t, given, 2)
	assert.Equal(t, http.StatusUnprocessableEntity, s.browser(t).signIn(o.Login, password).StatusCode)
	assert.Equal(t, http.StatusSeeOther, s.browser(t).signIn(o.Login, given[1]).StatusCode)
	assert.Equal(t, http.StatusOK, admin.post(at, "name", "SI Ravi", "role", "bank", "disabled", "yes").StatusCode)
	assert.Equal(t, http.StatusUnprocessableEntity, s.browser(t).signIn(o.Login, given[1]).StatusCode)

	self, err := s.db.OfficerByLogin(ctx, "admin")
	require.NoError(t, err)
	own := fmt.Sprintf("/officers/%d", self.ID)
	assert.Equal(t, http.StatusUnprocessableEntity, admin.post(own, "name", "x", "role", "viewer").StatusCode, "a unit is not left without an administrator")
	assert.Equal(t, http.StatusForbidden, admin.post(own+"/password").StatusCode)
	assert.Equal(t, http.StatusNotFound, admin.get("/officers/999").StatusCode)
}

func TestTheAuditPage(t *testing.T) {
	s := newStation(t, false)
	boss := s.as(t, bot.RoleCharge, "Kotwali")
	other := s.as(t, bot.RoleOfficer, "")
	other.post(fmt.Sprintf("/conversations/%d/note", s.residents["Sarkanda"]), "note", "x")
	other.post(fmt.Sprintf("/conversations/%d/note", s.residents["Kotwali"]), "note", "x")
	page := boss.get("/audit?action=note").body
	assert.Contains(t, page, "The chain is whole")
	assert.Contains(t, page, fmt.Sprintf(`href="/conversations/%d"`, s.residents["Kotwali"]))
	assert.NotContains(t, page, fmt.Sprintf(`href="/conversations/%d"`, s.residents["Sarkanda"]), "another thana's")
	assert.NotContains(t, page, "SI viewer</option>", "nor its officers")
	assert.Contains(t, boss.get("/audit?from=2026-11-22&until=2026-11-22").body, "Note")
	assert.Contains(t, boss.get("/audit?until=2026-11-21").body, "Nothing was found")
	assert.Contains(t, boss.get("/audit?resident=x").body, "is the one in the address")
	assert.Contains(t, boss.get("/audit?from=yesterday").body, "choose the day again")
	for range 60 {
		require.NoError(t, s.db.Audit(t.Context(), bot.AuditEntry{At: morning, Officer: 3, Action: "claim"}))
	}
	older := regexp.MustCompile(`href="(/audit\?[^"]*before=\d+[^"]*)"`).FindStringSubmatch(boss.get("/audit?action=claim").body)
	require.Len(t, older, 2)
	assert.Equal(t, 10, strings.Count(boss.get(strings.ReplaceAll(older[1], "&amp;", "&")).body, "<tr><td"))

	file := boss.post("/audit/checkpoint")
	assert.Contains(t, file.Header.Get("Content-Disposition"), "attachment")
	c, err := bot.ParseCheckpoint(file.body)
	require.NoError(t, err)
	check, err := s.db.CheckAudit(t.Context())
	require.NoError(t, err)
	assert.Equal(t, check.Last, c.Row)
	assert.Equal(t, check.Hash, c.Hash)
}

// In charge and administrators read what the rail offers them, in both languages.
func TestThePagesOfTrust(t *testing.T) {
	s := newStation(t, false)
	b := s.as(t, bot.RoleAdmin, "")
	for path, want := range map[string][2]string{
		"/account": {"Code app", "कोड ऐप"}, "/officers": {"Add an officer", "अधिकारी जोड़ें"}, "/officers/1": {"New password", "नया पासवर्ड"},
		"/thanas": {"Nobody", "कोई नहीं"}, "/settings": {"Office hours", "दफ़्तर का समय"}, "/health": {"Replies to be sent", "भेजने बाक़ी जवाब"},
		"/audit": {"The chain is whole", "कड़ी पूरी है"},
	} {
		for i, lang := range []string{"en", "hi"} {
			b.post("/language", "lang", lang)
			got := b.get(path)
			assert.Equal(t, http.StatusOK, got.StatusCode, path)
			assert.Contains(t, got.body, want[i], "%s in %s", path, lang)
			assert.NotContains(t, got.body, "%!", path)
			assert.NotContains(t, got.body, "ZgotmplZ", path)
			assert.NotContains(t, got.body, hash, path)
		}
	}
}
