package talk

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"mitan/bot"
	"mitan/locales"
)

// Limits that the explorer holds every text to.
const (
	MaxReply     = 1000 // characters of a reply
	exploreLoops = 2    // how often a loop is gone through
	exploreMax   = 20_000
)

// A Finding is something that the explorer holds against the flows.
type Finding struct {
	Lang  locales.Lang
	Where string // flow and question
	What  string
}

func (f Finding) String() string { return fmt.Sprintf("%s %s: %s", f.Lang, f.Where, f.What) }

// Exploration is what a walk through all flows has seen.
type Exploration struct {
	Findings []Finding
	Edges    []Edge          // of the map of the talk
	Used     map[string]bool // keys of the texts that were said
	States   int             // places of the talk that were visited
}

// An Edge leads from a question to the next, by an answer.
type Edge struct{ From, To, By string }

// Samples are what the explorer answers to a kind of question.
var samples = map[questionKind][]string{
	askYesNo:   {"1", "2"},
	askAmount:  {"25000", "पता नहीं"},
	askWhen:    {"आज सुबह 9 बजे", "पता नहीं"},
	askText:    {"रामकुमार"},
	askPhone:   {"9000000099", "पता नहीं"},
	askUTR:     {"123456789012", "पता नहीं"},
	askSuspect: {"9000000098", "पता नहीं"},
	askStory:   {"एक आदमी का फ़ोन आया था", "1"},
	askShow:    {"आपका बिजली कनेक्शन आज रात कट जाएगा, 9000000097 पर फ़ोन करें"},
	askListen:  {"और एक बात याद आई"},
}

// explorer walks the flows breadth first.
type explorer struct {
	d        *Dialogue
	out      *Exploration
	kinds    map[string]questionKind
	long     map[string]bool // menus of more than a page
	seen     map[string]bool
	straight map[string]bool // long menus of which each choice was followed to its end
	once     map[string]bool // questions of which was tried what is the same at each of their places
	edges    map[Edge]bool
	found    map[Finding]bool
	queue    []place
	recall   stubRecall
	lang     locales.Lang
	now      time.Time
}

// A place is a talk that waits for an answer.
type place struct {
	session  []byte
	question question
	flow     string
}

// Explore walks every flow through every choice, in both languages, for
// residents of several standings, and reports what it finds amiss: a dead end,
// a missing or over-long text, a question from which menu or officer cannot be
// reached, two labels that the same words pick.
func (d *Dialogue) Explore() Exploration {
	out := Exploration{Used: map[string]bool{}}
	e := &explorer{
		d: d, out: &out, kinds: map[string]questionKind{}, long: map[string]bool{}, edges: map[Edge]bool{}, found: map[Finding]bool{}, straight: map[string]bool{},
		now: time.Date(2026, 11, 22, 6, 30, 0, 0, time.UTC),
	}
	for _, lang := range locales.Langs() {
		for _, standing := range stubStandings {
			e.lang, e.recall, e.seen, e.once = lang, standing, map[string]bool{}, map[string]bool{}
			e.walk()
		}
	}
	for edge := range e.edges {
		out.Edges = append(out.Edges, edge)
	}
	sort.Slice(out.Edges, func(i, j int) bool { return fmt.Sprint(out.Edges[i]) < fmt.Sprint(out.Edges[j]) })
	sort.Slice(out.Findings, func(i, j int) bool { return out.Findings[i].String() < out.Findings[j].String() })
	return out
}

// walk goes through everything that one resident in one language can reach.
func (e *explorer) walk() {
	e.firstMessages()
	for _, f := range e.d.order {
		if f.Name == WelcomeFlow || f.Name == ResumeFlow {
			continue // reached by first messages and by commands
		}
		for _, c := range append([]locales.Command{""}, f.Start...) {
			e.enter(f.Name, c)
		}
	}
	for len(e.queue) > 0 {
		p := e.queue[0]
		e.queue = e.queue[1:]
		e.visit(p)
		if e.out.States++; e.out.States > exploreMax {
			e.find("", "the talk has no end in sight")
			return
		}
	}
}

// firstMessages are the ways in which a talk begins.
func (e *explorer) firstMessages() {
	for _, text := range []string{"hi", "नमस्ते", "पैसा कट गया", "मैं हूं साइबर मितान", "i am cyber mitan", "मैं मरना चाहता हूं", "मेरे बच्चे को उठा ले गए", "मेरे पास 9000000096 से फ़ोन आया, बोले बिजली का बिल अपडेट नहीं है, मैंने 15000 रुपये भेज दिए", "मेरा नाम रामलाल साहू है, कल शाम 7 बजे मेरे SBI खाते से 25000 कट गए, फिर 5000 और कट गए", "hello sir my account money was debited by fraud"} {
		e.step(place{}, bot.Message{Kind: bot.Text, Text: text}, "", text)
	}
}

// enter starts a flow as its command does.
func (e *explorer) enter(flow string, c locales.Command) {
	s := session{Greeted: true, Changed: unixOrZero(e.recall.changed)}
	tr := e.newTrace()
	e.run(&s, tr, "entering "+flow, func(t *Talk) {
		if c == "" {
			t.start(flow)
		} else {
			t.start(flow, entry{Key: "=command", Value: string(c), Result: true})
		}
		t.finish()
	})
	e.arrive(&s, tr, "", flow)
}

// visit answers a question in every way, and tries what must work everywhere.
func (e *explorer) visit(p place) {
	for _, a := range e.answers(p) {
		e.step(p, bot.Message{Kind: bot.Text, Text: a.text}, p.question.base, a.label)
	}
	e.show(p)
	e.straightOn(p)
	e.misunderstand(p)
	e.leaveAndReturn(p)
	e.mustReach(p, "0", MenuFlow)
	e.mustReach(p, "9", OfficerFlow)
	for _, m := range []bot.Message{
		{Kind: bot.Text, Text: "मेरा otp 482913 है"},
		{Kind: bot.Text, Text: "वापस"},
		{Kind: bot.Text, Text: "फिर से"},
		{Kind: bot.Text, Text: "🙏"},
		{Kind: bot.Image},
		{Kind: bot.Voice},
	} {
		e.notSilent(p, m)
	}
	if e.once[p.question.base] {
		return
	}
	e.once[p.question.base] = true
	for _, m := range besides {
		e.notSilent(p, m)
	}
	if p.question.kind == askChoice {
		e.labels(p)
	}
}

type answer struct{ text, label string }

// answers are the messages to try at a question.
func (e *explorer) answers(p place) []answer {
	q := p.question
	if q.kind != askChoice {
		var list []answer
		for _, text := range samples[q.kind] {
			if q.kind == askYesNo && text == "1" && strings.HasSuffix(q.key, fmt.Sprint("#", exploreLoops)) {
				continue // the loop has been gone through
			}
			label := text
			if q.kind == askYesNo {
				label = map[string]string{"1": "yes", "2": "no"}[text]
			}
			list = append(list, answer{text, label})
		}
		return list
	}
	s, _ := readSession(p.session)
	shown, more := page(q.options, s.Page)
	var list []answer
	for i, o := range shown {
		list = append(list, answer{fmt.Sprint(i + 1), o.ID})
	}
	if more {
		list = append(list, answer{fmt.Sprint(len(shown) + 1), "more"})
	}
	return list
}

// step gives a message to the talk at a place and queues where it leads.
func (e *explorer) step(p place, m bot.Message, from, by string) {
	s, tr := e.receive(p, m)
	e.arriveAt(s, tr, from, p.flow, by)
}

// show gives what is no text to a question that looks at it: pictures, and then
// the words in them.
func (e *explorer) show(p place) {
	switch p.question.kind {
	case askShow:
		for _, kind := range []bot.MessageKind{bot.Image, bot.Voice, bot.Document} {
			e.step(p, bot.Message{Kind: kind}, p.question.base, string(kind))
		}
	case askWords:
		for _, words := range []string{"", samples[askShow][0]} {
			situation := e.situation(p.session, e.lang, bot.Message{})
			situation.Message, situation.Pictures = nil, []bot.Media{{ID: 1, Words: words}}
			s, tr := e.stepped(p, situation)
			e.arriveAt(s, tr, p.question.base, p.flow, "")
		}
	}
}

func (e *explorer) receive(p place, m bot.Message) (*session, *trace) {
	lang := e.lang
	if p.session == nil {
		lang = ""
	}
	return e.stepped(p, e.situation(p.session, lang, m))
}

// stepped is the talk after a situation at a place, which must leave it whole.
func (e *explorer) stepped(p place, situation bot.Situation) (*session, *trace) {
	tr := e.newTrace()
	out, err := e.d.step(situation, tr)
	if err != nil {
		e.find(p.question.key, "the step failed: "+err.Error())
	}
	if out.Broken != "" {
		e.find(p.question.key, "the flow panicked at "+out.Broken)
	}
	s, err := readSession(out.Session)
	if err != nil {
		e.find(p.question.key, "the session cannot be read: "+err.Error())
	}
	e.texts(p, tr)
	return &s, tr
}

func (e *explorer) situation(session []byte, lang locales.Lang, m bot.Message) bot.Situation {
	e.now = e.now.Add(2 * BurstWindow) // the walk is no flood
	m.At = e.now
	return bot.Situation{
		Now: e.now, Message: &m, Recall: e.recall, Reads: true,
		Conversation: bot.Conversation{Session: session, State: bot.WithBot, Resident: bot.Resident{ID: 1, Phone: "9000000001", Lang: lang, Changed: e.recall.changed}},
	}
}

// run runs part of a talk outside of a step.
func (e *explorer) run(s *session, tr *trace, where string, part func(*Talk)) {
	situation := e.situation(nil, e.lang, bot.Message{Kind: bot.Text})
	t := &Talk{d: e.d, s: s, now: e.now, in: situation.Message, conv: &situation.Conversation, rec: e.recall, lang: e.lang, out: &bot.Outcome{}, trace: tr}
	defer func() {
		if cause := recover(); cause != nil {
			e.find(where, fmt.Sprint("the flow panicked: ", cause))
		}
	}()
	part(t)
	e.texts(place{flow: where}, tr)
}

// arrive queues the place to which an entry into a flow leads.
func (e *explorer) arrive(s *session, tr *trace, from, flow string) {
	e.arriveAt(s, tr, from, flow, "")
}

func (e *explorer) arriveAt(s *session, tr *trace, from, flow, by string) {
	for key, kind := range tr.taken {
		e.kinds[key] = kind
	}
	to := "end"
	if tr.question != nil {
		to = tr.question.base
	}
	if from != "" {
		e.edges[Edge{from, to, by}] = true
	} else if by == "" {
		e.edges[Edge{"flow " + flow, to, ""}] = true
	}
	if tr.question == nil {
		if len(tr.replies) == 0 && flow != "" {
			e.find(from, "a dead end after "+by)
		}
		return
	}
	e.long[tr.question.key] = len(tr.question.options) > PageSize
	if key := e.placeKey(s); !e.seen[key] {
		e.seen[key] = true
		e.queue = append(e.queue, place{s.bytes(), *tr.question, s.Flow})
	}
}

// placeKey tells places apart by the question and the choices that led to it,
// not by words and numbers.
func (e *explorer) placeKey(s *session) string {
	var b strings.Builder
	fmt.Fprint(&b, s.Flow, " ", s.Asked, " ", s.Page, " ", s.Offered, " ", s.Misses)
	journal := slices.Clone(s.Journal)
	slices.SortFunc(journal, func(a, b entry) int { return strings.Compare(a.Key, b.Key) })
	for _, entry := range journal {
		if kind := e.kinds[entry.Key]; entry.Result || kind == askYesNo || kind == askChoice {
			if strings.HasPrefix(entry.Key, "=now") || strings.HasPrefix(entry.Key, "=next") {
				continue
			}
			fmt.Fprint(&b, " ", entry.Key, "=", e.class(entry))
		}
	}
	return b.String()
}

// class is what tells answers apart: of a long menu, only whether the answer
// is known. Each of its choices is tried, but the way on is walked once.
func (e *explorer) class(a entry) string {
	if e.long[a.Key] && a.Value != Unknown {
		return "*"
	}
	return a.Value
}

// misunderstand fails to answer twice and then takes each way out.
func (e *explorer) misunderstand(p place) {
	for _, last := range []string{"1", "2"} {
		at := p
		for _, text := range []string{"qwxz", "qwxz", last} {
			s, tr := e.receive(at, bot.Message{Kind: bot.Text, Text: text})
			if len(tr.replies) == 0 {
				e.find(p.question.key, "silence after not understanding")
			}
			at.session = s.bytes()
		}
	}
}

// leaveAndReturn goes to the menu in the middle and comes back.
func (e *explorer) leaveAndReturn(p place) {
	if !e.d.flows[p.flow].Keeps {
		return
	}
	s, _ := e.receive(p, bot.Message{Kind: bot.Text, Text: "0"})
	back := place{session: s.bytes(), flow: MenuFlow}
	for _, c := range e.d.flows[p.flow].Start[:1] {
		situation := e.situation(back.session, e.lang, bot.Message{Kind: bot.Text})
		tr := e.newTrace()
		e.run(s, tr, "coming back to "+p.flow, func(t *Talk) {
			t.conv = &situation.Conversation
			t.startsFlow(c)
			t.finish()
		})
		e.arriveAt(s, tr, "menu.what", p.flow, p.flow)
	}
}

func (e *explorer) mustReach(p place, typed, flow string) {
	s, _ := e.receive(p, bot.Message{Kind: bot.Text, Text: typed})
	if s.Flow != flow && p.flow != WelcomeFlow {
		e.find(p.question.key, fmt.Sprintf("%q leads to flow %q and not to %q", typed, s.Flow, flow))
	}
}

func (e *explorer) notSilent(p place, m bot.Message) {
	_, tr := e.receive(p, m)
	if len(tr.replies) == 0 {
		e.find(p.question.key, fmt.Sprintf("silence after %s %q", m.Kind, m.Text))
	}
}

// texts looks at what was said.
func (e *explorer) texts(p place, tr *trace) {
	for key := range tr.used {
		e.out.Used[key] = true
		if !e.d.catalog.Has(key) {
			e.find(p.question.key, "there is no text "+key)
		}
	}
	for _, r := range tr.replies {
		switch n := len([]rune(r.text)); {
		case strings.TrimSpace(r.text) == "":
			e.find(p.question.key, "an empty reply: "+r.key)
		case n > MaxReply:
			e.find(p.question.key, fmt.Sprintf("%s has %d characters", r.key, n))
		case strings.Contains(r.text, "<no value>") || strings.Contains(r.text, "{{"):
			e.find(p.question.key, "a place of "+r.key+" is not filled")
		}
	}
}

// labels checks that each label picks its own option.
func (e *explorer) labels(p place) {
	s, _ := readSession(p.session)
	t := &Talk{d: e.d, s: &s, lang: e.lang, trace: e.newTrace(), in: &bot.Message{Kind: bot.Text}}
	for _, o := range p.question.options {
		t.text = t.label(o)
		if id, ok := t.byLabel(p.question.options); !ok || id != o.ID {
			e.find(p.question.key, fmt.Sprintf("the label %q picks %q, not %q", t.text, id, o.ID))
		}
	}
	for key := range t.trace.used {
		e.out.Used[key] = true
	}
}

func (e *explorer) newTrace() *trace {
	return &trace{taken: map[string]questionKind{}, used: map[string]bool{}}
}

func (e *explorer) find(where, what string) {
	if where == "" {
		where = "start"
	}
	f := Finding{e.lang, where, what}
	if !e.found[f] {
		e.found[f] = true
		e.out.Findings = append(e.out.Findings, f)
	}
}
