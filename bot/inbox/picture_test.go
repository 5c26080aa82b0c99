package inbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"mitan/bot"
)

// The words that were read in a picture stand under it, said to be typed from
// it, as words and nothing else.
func TestWordsOfAPicture(t *testing.T) {
	w := newWorld(t)
	seen := w.keep(31, "", "image/png", picture())
	seen.Words = "आज रात बिजली कट जाएगी\n<script>alert(1)</script> http://bill.example/pay"
	w.writes(bot.Message{Resident: sunita, Kind: bot.Image, Media: seen})
	body := w.signedIn(t, officer).get("/conversations/1").body
	assert.Contains(t, body, `src="/media/31"`)
	assert.Contains(t, body, "Typed from the picture")
	assert.Contains(t, body, "आज रात बिजली कट जाएगी\n&lt;script&gt;alert(1)&lt;/script&gt; http://bill.example/pay")
}
