package inbox

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// The rail leads only where the officer may go.
func TestTheRailLeadsNowhereClosed(t *testing.T) {
	for _, role := range bot.Roles() {
		r := railFor(role, "/")
		shown := append([]placeGroup{{Places: r.Admin}}, r.Groups...)
		for _, group := range append(shown, r.More...) {
			for _, p := range group.Places {
				assert.True(t, mayGet(role, p.Path), "%s: %s", role, p.Path)
			}
		}
	}
	assert.Empty(t, railFor(bot.RoleViewer, "/").Admin, "a viewer manages nothing")
	assert.NotEmpty(t, railFor(bot.RoleCharge, "/").Admin)
	assert.False(t, mayGet(bot.RoleAdmin, "/no-such-page"))
}

func TestTheRailShowsWhereOneIs(t *testing.T) {
	for path, want := range map[string]string{
		"/": "inbox", "/conversations/7": "inbox", "/link": "link", "/link/more": "link", "/linked": "", "/static/x": "",
	} {
		r := railFor(bot.RoleAdmin, path)
		var here []string
		for _, group := range append([]placeGroup{{Places: r.Admin}}, r.Groups...) {
			for _, p := range group.Places {
				if p.Here {
					here = append(here, p.Key)
				}
			}
		}
		assert.Equal(t, want, strings.Join(here, " "), path)
		assert.Equal(t, want == "link", r.Inside, path)
	}
}

func TestAPhonesBarHasRoomForItsPlaces(t *testing.T) {
	for _, role := range bot.Roles() {
		bar := 0
		for _, group := range railFor(role, "/").Groups {
			for _, p := range group.Places {
				if p.Bar {
					bar++
				}
			}
		}
		assert.LessOrEqual(t, bar, inBar)
		assert.Positive(t, bar)
	}
}

// What the plan names has words and an icon, also before its page is there.
func TestEveryPlaceHasItsWordAndIcon(t *testing.T) {
	sprite, err := os.ReadFile("static/icons.svg")
	require.NoError(t, err)
	words, err := loadWords("hi")
	require.NoError(t, err)
	for _, group := range railPlan() {
		assert.Contains(t, words, "rail."+group.Key)
		for _, p := range group.Places {
			assert.Contains(t, words, "rail."+p.Key)
			assert.Contains(t, string(sprite), `id="`+p.Icon+`"`)
		}
	}
	for _, role := range bot.Roles() {
		assert.Contains(t, words, "frame.role."+string(role))
	}
}

// A colour that is missing in the dark would shine through from the light.
func TestDarkHasTheColoursOfLight(t *testing.T) {
	names := func(file string) map[string]bool {
		data, err := os.ReadFile("static/" + file)
		require.NoError(t, err)
		found := map[string]bool{}
		for _, match := range regexp.MustCompile(`(--[a-z0-9-]+):`).FindAllStringSubmatch(string(data), -1) {
			found[match[1]] = true
		}
		return found
	}
	light, dark := names("tokens.css"), names("dark.css")
	for _, same := range []string{"--rail-mark", "--rail-on"} { // the rail is dark in both
		delete(light, same)
		delete(dark, same)
	}
	assert.Equal(t, light, dark)
}

// Every colour that a style sheet takes from the tokens is there.
func TestStylesUseColoursThatAreThere(t *testing.T) {
	tokens, err := os.ReadFile("static/tokens.css")
	require.NoError(t, err)
	for _, file := range styles {
		data, err := os.ReadFile("static/" + file)
		require.NoError(t, err)
		for _, match := range regexp.MustCompile(`var\((--[a-z0-9-]+)`).FindAllStringSubmatch(string(data), -1) {
			assert.Contains(t, string(tokens), match[1]+":", file)
		}
	}
}
