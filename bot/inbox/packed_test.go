package inbox

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

const aPage = `<main data-marks=""><!--part queue--><ol><!--item r1--><li id="r1">one <b data-until="9">00:59</b></li><!--end-->` +
	`<!--item r2--><li id="r2">two</li><!--end--></ol><!--end--><!--part compose--><textarea name="text">wo</textarea><!--end--></main>`

func TestAPageHasItsMarks(t *testing.T) {
	whole, marks := cutParts([]byte(aPage), nil)
	assert.Regexp(t, `^r1=[\w-]{8},r2=[\w-]{8},queue=[\w-]{8},compose=[\w-]{8}$`, marks)
	assert.Equal(t, `<main data-marks="`+marks+`"><ol><li id="r1">one <b data-until="9">00:59</b></li><li id="r2">two</li></ol><textarea name="text">wo</textarea></main>`, string(whole))
}

func TestOnlyWhatHasChangedIsWritten(t *testing.T) {
	had := func(page string) map[string]string {
		_, marks := cutParts([]byte(page), nil)
		return readMarks(marks)
	}
	change := func(from, to string) string { return strings.Replace(aPage, from, to, 1) }
	tests := map[string]struct{ now, want, marks string }{
		"nothing":                     {aPage, "<main data-marks=\"\"></main>", ""},
		"a clock":                     {change("00:59", "00:58"), "<main data-marks=\"\"></main>", ""},
		"what the officer is writing": {change(">wo<", ">words<"), "<main data-marks=\"\"></main>", ""},
		"a row": {
			change("two", "three"), `<main data-marks=""><ol><i id="r1" data-same></i><li id="r2">three</li></ol></main>`, "r2,queue",
		},
		"when a clock ends": {
			change(`"9"`, `"8"`), `<main data-marks=""><ol><li id="r1">one <b data-until="8">00:59</b></li><i id="r2" data-same></i></ol></main>`, "r1,queue",
		},
	}
	for name, test := range tests {
		written, marks := cutParts([]byte(test.now), had(aPage))
		assert.Equal(t, test.want, string(written), name)
		var changed []string
		for _, one := range strings.Split(marks, ",") {
			id, _, _ := strings.Cut(one, "=")
			changed = append(changed, id)
		}
		assert.Equal(t, test.marks, strings.Join(changed, ","), name)
	}
	unwanted, _ := cutParts([]byte(aPage), map[string]string{"queue": "*", "compose": "old"})
	assert.Equal(t, `<main data-marks=""><textarea name="text">wo</textarea></main>`, string(unwanted))
}

// A word that stands on the page already makes it no shorter than another of the
// same letters: who writes to the helpline and watches the line learns nothing.
func TestThePackedLengthTellsNoWords(t *testing.T) {
	length := func(guess string) int {
		page := []byte(strings.Repeat("<p>निजी</p>", leastPacked/10) + "<b>Kavita Nair, 90000 00845</b><p>" + guess + "</p>")
		return len(pack(takesGzip{httptest.NewRecorder()}, page))
	}
	assert.Equal(t, length("Kavita Nair, 90000 00845"), length("raNi Kitava, 50004 80090"))
}
