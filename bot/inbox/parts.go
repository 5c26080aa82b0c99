package inbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"strings"
)

// An open page asks for what of it changes, again and again. Its parts have
// marks; the page says which it has, and what has not changed is left out. In
// templates, part and endpart stand around what is left out as a whole, item and
// endpart around one child of a list, in whose place something short stays.

// partsHeader lists marks, "ID=MARK" by commas: of a request, what the page has;
// of an answer, what is in it. A request's mark of * wants the part never.
const partsHeader = "Mitan-Parts"

// partMark is how many bytes of a SHA-256 a mark has.
const partMark = 6

// marksHere is where a whole page is told the marks of its parts. Words of
// people never read so: their quotes are escaped.
const marksHere = ` data-marks=""`

// Borders of parts, as they stand in what a template writes.
const (
	borderFrom = "<!--"
	borderTo   = "-->"
	borderEnd  = "end"
)

// partFuncs are what templates call.
func partFuncs() template.FuncMap {
	border := func(kind string) func(id any) template.HTML {
		return func(id any) template.HTML {
			return template.HTML(borderFrom + kind + " " + template.HTMLEscaper(id) + borderTo)
		}
	}
	return template.FuncMap{
		"part": border("part"), "item": border("item"),
		"endpart": func() template.HTML { return borderFrom + borderEnd + borderTo },
		"marks":   func() template.HTMLAttr { return marksHere },
	}
}

// A partOpen is a part whose end is yet to come.
type partOpen struct {
	kind, id        string
	marked, written int // where it begins
}

// cutParts takes the borders of parts out of a page, and those parts that are had
// already. It lists the marks of the others; with nothing had, a page that asks
// for them has them written into it.
func cutParts(page []byte, had map[string]string) (written []byte, marks string) {
	// In what is marked, the mark of a part stands for all that is in it.
	marked, out := make([]byte, 0, len(page)), make([]byte, 0, len(page))
	var open []partOpen
	var found []string
	for {
		text, after, more := bytes.Cut(page, []byte(borderFrom))
		marked, out = append(marked, text...), append(out, text...)
		if !more {
			break
		}
		border, rest, _ := bytes.Cut(after, []byte(borderTo))
		page = rest
		if kind, id, begins := strings.Cut(string(border), " "); begins {
			open = append(open, partOpen{kind, id, len(marked), len(out)})
			continue
		}
		part := open[len(open)-1]
		open = open[:len(open)-1]
		mark := markOf(marked[part.marked:])
		marked = append(marked[:part.marked], mark...)
		if before := had[part.id]; before != mark && before != "*" {
			found = append(found, part.id+"="+mark)
			continue
		}
		out = out[:part.written]
		if part.kind == "item" {
			out = append(out, `<i id="`+part.id+`" data-same></i>`...)
		}
	}
	marks = strings.Join(found, ",")
	if len(had) == 0 {
		out = bytes.Replace(out, []byte(marksHere), []byte(` data-marks="`+marks+`"`), 1)
	}
	return out, marks
}

func markOf(part []byte) string {
	for _, own := range ownOfPage {
		part = without(part, own)
	}
	sum := sha256.Sum256(part)
	return base64.RawURLEncoding.EncodeToString(sum[:partMark])
}

// ownOfPage is what makes no difference: a clock, which goes on in the page by
// itself, what is being written, and how far the page was read. Each begins
// behind the second text that follows the first, and ends before the third.
var ownOfPage = [][3]string{
	{`data-until="`, ">", "<"},
	{"<textarea", ">", "<"},
	{`name="once"`, `value="`, `"`},
	{`name="seen"`, `value="`, `"`},
	{`data-runs="`, `value="`, `"`},
}

// without copies a part without what is the page's own.
func without(part []byte, own [3]string) []byte {
	if !bytes.Contains(part, []byte(own[0])) {
		return part
	}
	var left []byte
	for rest := part; ; {
		at := bytes.Index(rest, []byte(own[0]))
		if at < 0 {
			return append(left, rest...)
		}
		for _, text := range own[:2] {
			at += max(bytes.Index(rest[at:], []byte(text)), 0) + len(text)
		}
		left, rest = append(left, rest[:at]...), rest[at:]
		rest = rest[max(bytes.Index(rest, []byte(own[2])), 0):]
	}
}

// hadParts are the marks that an open page says it has.
func hadParts(r *http.Request) map[string]string { return readMarks(r.Header.Get(partsHeader)) }

func readMarks(list string) map[string]string {
	marks := map[string]string{}
	for _, one := range strings.Split(list, ",") {
		if id, mark, ok := strings.Cut(one, "="); ok {
			marks[id] = mark
		}
	}
	return marks
}
