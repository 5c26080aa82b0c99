package talk

import (
	"fmt"

	"mitan/bot"
)

// maxStraight bounds the way from a choice to the end of its flow.
const maxStraight = 40

// straightOn takes each choice of a long menu, by its name, and goes from it to
// the end of the flow by the first answer to each question, so that what is said
// of a choice only later on is seen of each, after an attempt and after a loss. The
// walk itself goes on from one.
func (e *explorer) straightOn(p place) {
	s, err := readSession(p.session)
	if err != nil || s.Page != 0 || !e.long[p.question.key] {
		return
	}
	from := fmt.Sprint(e.lang, p.question.base, s.matter.unfinishedLoss())
	if e.straight[from] {
		return
	}
	e.straight[from] = true
	for _, o := range p.question.options {
		t := &Talk{d: e.d, s: &s, lang: e.lang, trace: e.newTrace()}
		e.follow(p, t.label(o))
	}
}

// follow gives an answer at a place, and then the first one to each question
// that comes, up to the end of the flow.
func (e *explorer) follow(p place, answer string) {
	asked := map[string]bool{}
	from, flow := p.question.key, p.flow
	for range maxStraight {
		s, tr := e.receive(p, bot.Message{Kind: bot.Text, Text: answer})
		if tr.question == nil || s.Flow != flow {
			return
		}
		q := *tr.question
		p = place{s.bytes(), q, s.Flow}
		answer = e.firstAnswer(q, asked[q.base])
		asked[q.base] = true
	}
	e.find(from, fmt.Sprintf("after %q there is no end in sight", answer))
}

// firstAnswer is the first answer to a question, or one that ends a loop.
func (e *explorer) firstAnswer(q question, again bool) string {
	switch {
	case q.kind == askYesNo && again:
		return "2"
	case q.kind == askStory && again:
		return "1"
	case q.kind == askChoice || q.kind == askYesNo:
		return "1"
	}
	return samples[q.kind][0]
}
