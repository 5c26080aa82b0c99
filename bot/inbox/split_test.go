package inbox_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// A case is split over the real desk and store: the picture that was ticked goes
// along, the rest stays, and each of the two cases says where the other is.
func TestASplitCaseTakesItsEvidenceAlong(t *testing.T) {
	s := newStation(t, false)
	b := s.as(t, bot.RoleOfficer, "Kotwali")
	whole := "/cases/" + itoa(s.caseOf(t, "Kotwali"))
	for i, utr := range []string{"632118904417", "632118905523"} {
		added := b.post(whole+"/amend", "do", "leg_add", "utr", utr, "revision", itoa(int64(i)), "back", whole)
		require.Equal(t, http.StatusSeeOther, added.StatusCode)
	}
	page := b.get(whole).body
	choices := regexp.MustCompile(`name="message" value="(\d+)"><span[^>]*>(<i>Picture</i>)?`).FindAllStringSubmatch(page, -1)
	require.Len(t, choices, 2, "the form asks for each message of the case")
	require.NotEmpty(t, choices[1][2], "the second is the picture")
	moved := b.post(whole+"/split", "revision", "2", "leg", "1", "message", choices[1][1])
	require.Equal(t, http.StatusSeeOther, moved.StatusCode)
	apart := moved.Header.Get("Location")

	rest, taken := b.get(whole).body, b.get(apart).body
	picture := `src="/media/` + itoa(s.media["Kotwali"]) + `"`
	assert.NotContains(t, story(rest), picture)
	assert.Contains(t, story(taken), picture)
	assert.Contains(t, rest, `href="`+apart+`"`)
	assert.Contains(t, rest, "The messages and files that were chosen for it are there.")
	assert.Contains(t, taken, `href="`+whole+`"`)
	assert.Contains(t, taken, "The messages and files that were not chosen for this case are there.")

	again := b.post(whole+"/amend", "do", "leg_add", "utr", "632118906611", "revision", "3", "back", whole)
	require.Equal(t, http.StatusSeeOther, again.StatusCode)
	late := b.post(whole+"/split", "revision", "4", "leg", "1", "message", choices[1][1])
	assert.Equal(t, http.StatusConflict, late.StatusCode, "what is elsewhere by now is not taken")
	assert.NotContains(t, s.log.String(), "632118904417")
}

// story is the part of a case's page that tells it.
func story(page string) string {
	_, after, _ := strings.Cut(page, `id="story"`)
	before, _, _ := strings.Cut(after, `</section>`)
	return before
}
