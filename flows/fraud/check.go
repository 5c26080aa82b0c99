package fraud

import (
	"cmp"
	"slices"
	"strings"

	"mitan/locales"
)

// How much it takes. What is seen of one kind of fraud and all red flags add up,
// and cues of honest messages take off; see signs.go for what each counts.
const (
	carefulFrom = 3 // something that nothing honest speaks against
	dangerFrom  = 6 // a strong signal with a red flag; or one that no honest message has

	// Honest people have numbers too, and ask for things, so what brings the reader
	// to no link or file and asks for no secret must be clearer.
	plainFrom = 7

	// A danger leads somewhere or asks for something; what does neither must be
	// all the clearer.
	surelyFrom = 11

	warningFrom = 3 // from here on a text warns of frauds, and quotes what it warns of
	warnedBy    = 3 // a link or a mobile number of nobody we know makes a warning doubtful again
)

// Check judges a message by its words alone. reports tells in how many reports
// an identifier stands, and may be nil.
func Check(text string, reports func(locales.Identifier) int) Judgement {
	m := lore.read(text)
	seen := lore.look(m)
	w := lore.weigh(m, &seen)
	if reports != nil {
		w.remember(m, reports)
	}
	return w.judge(m, &seen)
}

// A weighing is what speaks for a fraud, and what against.
type weighing struct {
	kind    int // place in the list of kinds, -1 if none
	kindRun int // what its signals count
	flags   int
	cues    int
	warns   int
	known   bool
	route   bool // it leads somewhere, or asks for something
	harm    bool // it asks for what no honest message asks for
	quiet   bool // it brings the reader to no stranger, and asks for nothing of that
	spared  bool // it is of a sort that is no danger, whatever adds up
	reasons []weighed
}

type weighed struct {
	Reason
	weight int
}

// What tells kinds apart: their signals first, then the words that name them.
const (
	signalRank = 2
	maxNaming  = 4
)

// yielded is the rank of a kind that is only the pretext of another.
const yielded = 1

// Thieves of many kinds ask for a one-time password in the end. It is the kind
// only if there is no strong signal of another.
const (
	generalKind = "otp"
	maxGeneral  = weightStrong*signalRank - 1
)

// weigh adds up what is seen in a message.
func (b *book) weigh(m message, seen *sight) weighing {
	w := weighing{kind: -1}
	var where stretch
	best := 0
	for i, fit := range b.fits(m, seen) {
		count, at := b.signals[i].count(seen)
		rank := count*signalRank + min(fit.covered, maxNaming)
		if kinds[i].Key == generalKind {
			rank = min(rank, maxGeneral)
		}
		if rank > yielded && b.signals[i].yield(seen) {
			rank = yielded
		}
		if rank > best {
			best, w.kind, w.kindRun, where = rank, i, min(count, maxKind), at
		}
	}
	if w.kindRun > 0 {
		w.reasons = append(w.reasons, weighed{Reason{"words", m.quote(where)}, w.kindRun})
	}
	for _, flag := range b.flags {
		if at, ok := flag.holds(seen); ok {
			w.flags += flag.Weight
			w.route = w.route || flag.Route
			w.harm = w.harm || flag.Harm
			if flag.Weight > 0 {
				w.reasons = append(w.reasons, weighed{Reason{flag.Key, m.quote(b.shown(flag.Key, at, seen))}, flag.Weight})
			}
		}
	}
	w.quiet = !w.harm && !w.live(seen)
	for _, cue := range b.cues {
		if cue.Quiet && !w.quiet {
			continue
		}
		if _, ok := cue.holds(seen); !ok {
			continue
		}
		w.spared = w.spared || cue.Spares
		if cue.Warns {
			w.warns += cue.Weight
		} else {
			w.cues += cue.Weight
		}
	}
	return w
}

// shown is what of a flag's stretch a reason shows: of a mobile number among
// many words, the number.
func (b *book) shown(flag string, at stretch, seen *sight) stretch {
	n := seen.heads[b.marks[markMobile]]
	if n < 0 || flag != "mobile" && sameReason[flag] != "mobile" {
		return at
	}
	return stretch{int(seen.hits[n].start), int(seen.hits[n].end)}
}

// count adds up the rules of a kind that hold, and says where the strongest did.
func (s *signals) count(seen *sight) (int, stretch) {
	total, weak := 0, 0
	var where stretch
	for tier, rules := range [][]rule{s.sure, s.strong, s.weak} {
		for i := range rules {
			at, ok := rules[i].holds(seen)
			if !ok {
				continue
			}
			if total == 0 && weak == 0 {
				where = at
			}
			switch {
			case tier == 2:
				weak += weightMore
			case total > 0:
				total += weightMore
			case tier == 0:
				total = weightSure
			default:
				total = weightStrong
			}
		}
	}
	return total + min(weak, maxWeak), where
}

// yield reports whether a kind is only the pretext for another's trap.
func (s *signals) yield(seen *sight) bool {
	for i := range s.yields {
		if _, ok := s.yields[i].holds(seen); ok {
			return true
		}
	}
	return false
}

func (s *sign) holds(seen *sight) (stretch, bool) {
	for i := range s.rules {
		if at, ok := s.rules[i].holds(seen); ok {
			return at, true
		}
	}
	return stretch{}, false
}

// Weights of the helpline's memory: an identifier that stands in one report may
// be a typing error, or the victim's own; in more it is no accident.
const (
	reportsCareful = 1
	reportsDanger  = 2
	maxRemembered  = 10 // identifiers of a message that are looked up
)

// remember takes in what the helpline knows of a message's identifiers.
func (w *weighing) remember(m message, reports func(locales.Identifier) int) {
	most := 0
	var which locales.Identifier
	for i, id := range locales.Identifiers(m.text) {
		if i == maxRemembered {
			break
		}
		if n := reports(id); n > most {
			most, which = n, id
		}
	}
	if most < reportsCareful {
		return
	}
	weight := carefulFrom
	if most >= reportsDanger {
		weight, w.known = dangerFrom, true
	}
	w.flags += weight
	seen := which.Value
	if which.Type == locales.TypeLink {
		seen = breakLink(seen)
	}
	w.reasons = append(w.reasons, weighed{Reason{"known", seen}, weight + weightSure})
}

// sameReason are flags that give the reason of another.
var sameReason = map[string]string{
	"bait_link": "link", "told_asks": "asks_money", "or_else": "threat", "mobile_office": "mobile", "told_office": "words", "doubt": "words",
}

// judge comes to a verdict.
func (w *weighing) judge(m message, seen *sight) Judgement {
	total := w.kindRun + w.flags - w.cues
	live := w.live(seen)
	if w.warns >= warningFrom && !w.known {
		total -= 3 * w.warns
		if live {
			total += warnedBy
		} else if w.quiet {
			w.spared = true
		}
	} else {
		total -= w.warns / 2
	}
	from := dangerFrom
	if !w.harm && !w.known {
		from = plainFrom
	}
	j := Judgement{Verdict: CannotTell}
	switch {
	case w.known && total >= dangerFrom, !w.spared && total >= from && (w.route || total >= surelyFrom):
		j.Verdict = Danger
	case total >= carefulFrom:
		j.Verdict = BeCareful
	default:
		j.Question = lore.question(seen)
		return j
	}
	if w.kind >= 0 {
		j.Kind = kinds[w.kind].Key
	}
	slices.SortStableFunc(w.reasons, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
	for _, r := range w.reasons {
		key := r.Key
		if other, ok := sameReason[key]; ok {
			key = other
		}
		if !slices.ContainsFunc(j.Reasons, func(x Reason) bool { return x.Key == key }) {
			j.Reasons = append(j.Reasons, Reason{key, r.Seen})
		}
	}
	return j
}

// live reports whether a message brings the reader to somebody that we do not
// know: what a warning does not.
func (w *weighing) live(seen *sight) bool {
	for _, k := range []mark{markLink, markMobile, markApk, markChat, markUPI, markAbroad} {
		if seen.has(lore.marks[k]) {
			return true
		}
	}
	return false
}

// question names what would settle a message.
func (b *book) question(seen *sight) string {
	has := func(class string) bool { return seen.has(b.classes[class]) }
	switch {
	case (has("family") || has("newnumber")) && (has("asksmoney") || has("distress") || has("errand")):
		return "ring_old_number"
	case has("bank") || has("account") || has("kyc"):
		return "ask_bank"
	case has("power") || has("telecom") || has("courier") || has("government") || has("order"):
		return "ask_company"
	}
	return "send_message"
}

// maxQuote is how long, in characters, the words are that a reason shows.
const maxQuote = 80

// quote returns the words of a stretch of a message, links broken, on one line.
func (m message) quote(at stretch) string {
	if at.end >= len(m.tokens) || at.start > at.end {
		return ""
	}
	var out strings.Builder
	last := m.tokens[at.start].start
	for i := at.start; i <= at.end; i++ {
		t := m.tokens[i]
		if t.start < last { // a piece of what was written already
			continue
		}
		out.WriteString(m.text[last:t.start])
		piece := m.text[t.start:t.end]
		if t.isLink() {
			piece = breakLink(piece)
		}
		out.WriteString(piece)
		last = t.end
	}
	return shorten(strings.Join(strings.Fields(out.String()), " "))
}

func shorten(s string) string {
	n := 0
	for i := range s {
		if n == maxQuote {
			if space := strings.LastIndexByte(s[:i], ' '); space > 0 { // half a number would be another's
				i = space
			}
			return s[:i] + "…"
		}
		n++
	}
	return s
}
