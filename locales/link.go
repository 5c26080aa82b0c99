package locales

import (
	"strings"
	"unicode/utf8"
)

// Endings of host names. The second list is also words, or common in sentences
// that lack a space after the full stop, so they count only with a path behind
// them or a hyphen or digit before.
var (
	hostEndings = wordsOf(`com net org info biz xyz top online site shop club live app link store dev page vip icu cc buzz
		example test gov edu bank web cloud tech space website fun click win work loan finance money pro mobi asia ru cn uk us au apk`)
	weakEndings = wordsOf("in me co io to ly gl is so do at be it am id ai tv gd la ws pw ga ml cf tk gy")
)

func wordsOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// isLink reports whether s is a web address: with http(s) or www before it, or
// a bare host name such as bijli-bill.example/pay or t.me/name.
func isLink(s string) bool {
	low := strings.ToLower(s)
	for _, start := range []string{"http://", "https://", "hxxp://", "hxxps://", "www."} {
		if rest, ok := strings.CutPrefix(low, start); ok {
			return strings.Contains(rest, ".") || strings.Contains(rest, "localhost")
		}
	}
	host, path, hasPath := strings.Cut(low, "/")
	if i := strings.IndexAny(host, "?#:"); i >= 0 {
		host = host[:i]
	}
	if !isHost(host) {
		return false
	}
	dot := strings.LastIndexByte(host, '.')
	ending := host[dot+1:]
	switch {
	case ending == "apk":
		return false
	case hostEndings[ending]:
		return true
	case weakEndings[ending]:
		return hasPath && path != "" || strings.ContainsAny(host[:dot], "-.0123456789") || ending == "in" && dot >= 5
	}
	return false
}

// isHost reports whether s is a host name with at least one dot and an ending
// of letters.
func isHost(s string) bool {
	labels := strings.Split(s, ".")
	if len(labels) < 2 {
		return false
	}
	for _, l := range labels {
		if l == "" || len(l) > 63 || !isNameOf(l, "-") || l[0] == '-' {
			return false
		}
	}
	ending := labels[len(labels)-1]
	return len(ending) >= 2 && lettersFirst(ending, len(ending))
}

// waPhone returns the phone number of a wa.me link.
func waPhone(link string) (string, bool) {
	_, rest, ok := strings.Cut(strings.ToLower(link), "wa.me/")
	if !ok {
		return "", false
	}
	rest = strings.TrimPrefix(rest, "+")
	end := 0
	for end < len(rest) && isDigit(rest[end]) {
		end++
	}
	return phoneOf(rest[:end])
}

// maxFileName is how long a line may be to count as the name of an app's file.
const maxFileName = 80

// remoteApps are apps by which thieves see or steer another's phone.
var remoteApps = map[string][]string{
	"anydesk":       {"anydesk", "any desk", "enydesk", "anidesk", "एनीडेस्क", "एनी डेस्क", "ऐनीडेस्क"},
	"teamviewer":    {"teamviewer", "team viewer", "timviewer", "टीमव्यूअर", "टीम व्यूअर"},
	"quicksupport":  {"quicksupport", "quick support", "क्विकसपोर्ट", "क्विक सपोर्ट"},
	"rustdesk":      {"rustdesk", "rust desk", "रस्टडेस्क"},
	"airdroid":      {"airdroid", "air droid", "एयरड्रॉइड", "एयर ड्रॉइड"},
	"ultraviewer":   {"ultraviewer", "ultra viewer", "अल्ट्राव्यूअर", "अल्ट्रा व्यूअर", "अल्ट्राव्यूवर"},
	"hoptodesk":     {"hoptodesk", "hop to desk", "hopto desk", "हॉपटूडेस्क"},
	"supremo":       {"supremo"},
	"splashtop":     {"splashtop"},
	"screenconnect": {"screenconnect", "screen connect"},
	"zoho assist":   {"zoho assist"},
	"logmein":       {"logmein"},
	"airmirror":     {"airmirror", "air mirror"},
	"getscreen":     {"getscreen"},
	"alpemix":       {"alpemix", "अल्पेमिक्स"},
}

var appNames = func() map[string]string {
	names := map[string]string{}
	for app, spellings := range remoteApps {
		for _, s := range spellings {
			names[strings.Join(words(s), " ")] = app
		}
	}
	return names
}()

// apps takes in the apps for remote control and the .apk files that a text
// names. A file's name may have spaces if it is a line of its own.
func (f *finder) apps(text string, t tokens) {
	for i := range t {
		w := t.word(i)
		f.here = span{t[i].start, t[i].end}
		if app, ok := appNames[w]; ok && w != "" {
			f.add(TypeApp, app)
		} else if app, ok := appNames[w+" "+t.word(i+1)]; ok {
			f.add(TypeApp, app)
		}
	}
	if !strings.Contains(strings.ToLower(text), ".apk") {
		return
	}
	at := 0
	for line := range strings.Lines(text) {
		f.here = span{at, at + len(line)}
		at += len(line)
		line = strings.TrimSpace(line)
		if len(line) <= maxFileName && strings.HasSuffix(strings.ToLower(line), ".apk") && strings.Count(strings.ToLower(line), ".apk") == 1 && !strings.ContainsAny(line, ":/,।") {
			f.add(TypeApp, line)
			continue
		}
		for _, s := range chunks(line) {
			name := line[quotedFrom(line, s):s.end]
			if i := strings.LastIndexByte(name, '/'); i >= 0 {
				name = name[i+1:]
			}
			if len(name) > len(".apk") && strings.HasSuffix(strings.ToLower(name), ".apk") {
				f.add(TypeApp, name)
			}
		}
	}
}

// quotedFrom is where a file's name with spaces begins, that ends with the part
// at and stands in quotes: 'electricity bill update.apk'.
func quotedFrom(line string, at span) int {
	if at.end >= len(line) || !isQuote(line[at.end:]) {
		return at.start
	}
	for i := at.start - 1; i >= 0 && at.end-i <= maxFileName; i-- {
		if isQuote(line[i:]) && (i == 0 || line[i-1] == ' ') {
			_, size := utf8.DecodeRuneInString(line[i:])
			return i + size
		}
		if strings.IndexByte(":/,", line[i]) >= 0 {
			break
		}
	}
	return at.start
}

// isQuote reports whether a text begins with a quotation mark.
func isQuote(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("'\"‘’“”", r) && s != ""
}
