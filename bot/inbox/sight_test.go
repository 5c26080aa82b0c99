package inbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// caseOf is the case of a thana's resident.
func (s *station) caseOf(t *testing.T, thana string) int64 {
	t.Helper()
	cases, err := s.db.CasesOf(t.Context(), s.residents[thana])
	require.NoError(t, err)
	require.Len(t, cases, 1)
	return cases[0].ID
}

// What names a case, a file, a draft or an offer, for each role, at each thana:
// what is out of sight is not there, and what the role may not do is refused.
func TestRecordsForEachRoleAndThana(t *testing.T) {
	reads := []struct {
		path  string
		least bot.Role
	}{
		{"/cases/{case}", bot.RoleViewer},
		{"/cases/{case}/print", bot.RoleOfficer},
		{"/cases/{case}/evidence.zip", bot.RoleCharge},
		{"/media/{media}", bot.RoleViewer},
		{"/media/{media}/release", bot.RoleCharge},
	}
	lists := []struct {
		path  string
		least bot.Role
		shown string // of the resident
	}{
		{"/?tab=free", bot.RoleViewer, "/conversations/{resident}?"},
		{"/cases?state=draft", bot.RoleViewer, `href="/cases/{case}"`},
		{"/search?q=900000000{resident}", bot.RoleViewer, "/conversations/{resident}"},
		{"/search?q={thana}", bot.RoleViewer, "/conversations/{resident}"},
		{"/cases/export.csv?state=draft", bot.RoleCharge, "900000000{resident}"},
		{"/audit?resident={resident}", bot.RoleCharge, `href="/conversations/{resident}"`},
	}
	writes := []struct {
		path  string
		form  []string
		least bot.Role
	}{
		{"/cases/{case}/amend", []string{"do", "kind", "kind", "otp", "revision", "0"}, bot.RoleOfficer},
		{"/cases/{case}/merge", []string{"into", "{case}"}, bot.RoleOfficer},
		{"/cases/{case}/split", []string{"revision", "1", "leg", "0"}, bot.RoleOfficer},
		{"/cases/{case}/step", []string{"step", "banks_told", "done", "yes"}, bot.RoleOfficer},
		{"/conversations/{resident}/draft?form=reply", []string{"text", "x"}, bot.RoleOfficer},
		{"/conversations/{resident}/draft?form=note&quiet=1", []string{"note", "x"}, bot.RoleOfficer},
		{"/conversations/{resident}/transfer", []string{"to", "thana Kotwali", "reason", "x"}, bot.RoleOfficer},
		{"/conversations/{resident}/transfer/accept", nil, bot.RoleOfficer},
		{"/conversations/{resident}/transfer/end", nil, bot.RoleOfficer},
		{"/conversations/{resident}/reveal", []string{"medium", "{media}"}, bot.RoleOfficer},
		{"/media/{media}/release", []string{"recipient", "age1"}, bot.RoleCharge},
	}
	for _, role := range bot.Roles() {
		for _, thana := range []string{"Kotwali", ""} {
			t.Run(loginOf(role, thana), func(t *testing.T) {
				t.Parallel()
				s := newStation(t, false)
				b := s.as(t, role, thana)
				for _, of := range []string{"Sarkanda", "Kotwali", ""} {
					seen := thana == "" || role == bot.RoleAdmin || of == thana || of == ""
					resident, number, medium := s.residents[of], s.caseOf(t, of), s.media[of]
					boss, err := s.db.OfficerByLogin(t.Context(), loginOf(bot.RoleAdmin, ""))
					require.NoError(t, err)
					require.NoError(t, s.desk.Note(t.Context(), boss, resident, "x")) // for the audit
					fill := strings.NewReplacer("{resident}", itoa(resident), "{case}", itoa(number), "{media}", itoa(medium), "{thana}", of).Replace
					want := func(least bot.Role) int {
						switch {
						case !role.May(least):
							return http.StatusForbidden
						case !seen:
							return http.StatusNotFound
						}
						return http.StatusOK
					}
					for _, read := range reads {
						assert.Equal(t, want(read.least), b.get(fill(read.path)).StatusCode, "%s of %q", read.path, of)
					}
					for _, list := range lists {
						got := b.get(fill(list.path))
						switch {
						case !role.May(list.least):
							assert.Equal(t, http.StatusForbidden, got.StatusCode, list.path)
						case strings.HasSuffix(fill(list.path), "="): // nobody's words name no thana
						default:
							assert.Equal(t, seen, strings.Contains(got.body, fill(list.shown)), "%s of %q", list.path, of)
						}
					}
					for _, write := range writes {
						var form []string
						for _, text := range write.form {
							form = append(form, fill(text))
						}
						got := b.post(fill(write.path), form...).StatusCode
						if code := want(write.least); code != http.StatusOK {
							assert.Equal(t, code, got, "%s of %q", write.path, of)
						} else {
							assert.NotContains(t, []int{http.StatusForbidden, http.StatusNotFound, http.StatusInternalServerError}, got, "%s of %q", write.path, of)
						}
					}
				}
			})
		}
	}
}

// To whom a conversation is offered sees it before it is taken; the thana to
// which it is given has it from then on.
func TestATransferToAnotherThana(t *testing.T) {
	s := newStation(t, false)
	for _, thana := range []string{"Sarkanda", "Torwa"} {
		_, err := s.db.AddOfficer(t.Context(), bot.Officer{
			Login: loginOf(bot.RoleOfficer, thana), Name: "SI " + thana, Role: bot.RoleOfficer, Thana: thana, Password: hash, Since: morning,
		})
		require.NoError(t, err)
	}
	sender, other := s.as(t, bot.RoleOfficer, "Kotwali"), s.as(t, bot.RoleCharge, "Kotwali")
	taker, stranger := s.as(t, bot.RoleOfficer, "Sarkanda"), s.as(t, bot.RoleOfficer, "Torwa")
	talk := fmt.Sprintf("/conversations/%d", s.residents["Kotwali"])
	file, page := fmt.Sprintf("/media/%d", s.media["Kotwali"]), fmt.Sprintf("/cases/%d", s.caseOf(t, "Kotwali"))
	sees := func(b *browser, want int, why string) {
		t.Helper()
		for _, path := range []string{talk, file, page} {
			assert.Equal(t, want, b.get(path).StatusCode, "%s: %s", path, why)
		}
	}
	require.Equal(t, http.StatusSeeOther, sender.post(talk+"/claim").StatusCode)
	sees(taker, http.StatusNotFound, "before it is offered")
	require.Equal(t, http.StatusSeeOther, sender.post(talk+"/transfer", "to", "thana Sarkanda", "reason", "x").StatusCode)
	sees(taker, http.StatusOK, "it is offered")
	assert.Contains(t, taker.get("/").body, talk+"?")
	sees(stranger, http.StatusNotFound, "offered to others")
	assert.Equal(t, http.StatusNotFound, stranger.post(talk+"/transfer/accept").StatusCode)

	require.Equal(t, http.StatusSeeOther, sender.post(talk+"/transfer/end").StatusCode)
	sees(taker, http.StatusNotFound, "it was taken back")
	require.Equal(t, http.StatusSeeOther, sender.post(talk+"/transfer", "to", "thana Sarkanda", "reason", "x").StatusCode)
	require.Equal(t, http.StatusSeeOther, taker.post(talk+"/transfer/accept").StatusCode)
	sees(taker, http.StatusOK, "it was taken")
	c, err := s.db.Conversation(t.Context(), s.residents["Kotwali"])
	require.NoError(t, err)
	assert.Equal(t, "Sarkanda", c.Thana)
	for name, b := range map[string]*browser{"sender": sender, "in charge": other} {
		assert.Equal(t, http.StatusNotFound, b.get(talk).StatusCode, name)
		assert.Equal(t, http.StatusOK, b.get(page).StatusCode, "%s: the case is still of the thana", name)
		assert.Equal(t, http.StatusNotFound, b.get(page+"/print").StatusCode, name)
	}
	assert.Equal(t, http.StatusNotFound, other.get(page+"/evidence.zip").StatusCode, "the whole talk is in it")
}

// Who is where is told of conversations in sight alone, and nobody is told to be
// where they may not look.
func TestPresenceIsToldInSightOnly(t *testing.T) {
	s := newStation(t, false)
	look := func(b *browser, resident int64) { // opens a stream, as an open page does
		lines, _ := b.streamAt(fmt.Sprintf("/events?at=%d", resident))
		next(lines, "hello")
	}
	whole := s.as(t, bot.RoleOfficer, "")
	lines, _ := whole.stream()
	next(lines, "hello")
	look(s.as(t, bot.RoleViewer, "Kotwali"), s.residents["Sarkanda"]) // out of sight: nothing is told
	look(s.as(t, bot.RoleCharge, "Kotwali"), s.residents["Kotwali"])
	assert.Contains(t, next(lines, "presence"), fmt.Sprintf(`[{"at":%d,"name":"SI charge.kotwali"`, s.residents["Kotwali"]))

	kotwali, _ := s.as(t, bot.RoleBank, "Kotwali").stream()
	next(kotwali, "hello")
	assert.Contains(t, next(kotwali, "presence"), "charge.kotwali")
	look(s.as(t, bot.RoleBank, ""), s.residents["Sarkanda"])
	look(s.as(t, bot.RoleViewer, ""), s.residents[""])
	told := next(kotwali, "presence")
	assert.Contains(t, told, "SI viewer")
	assert.NotContains(t, told, fmt.Sprintf(`"at":%d,`, s.residents["Sarkanda"]))
}
