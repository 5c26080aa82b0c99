package talk

import (
	"fmt"
	"maps"
	"strings"
)

// run runs the flow that stands, with the message for its question or only to
// ask the question again.
func (t *Talk) run(withMessage bool) {
	t.input, t.live = withMessage, false
	t.runFlow()
}

// start starts a flow from its top with some answers already given.
func (t *Talk) start(flow string, known ...entry) {
	t.begin(flow, known...)
	t.input, t.live = false, true
	t.runFlow()
}

// startWith starts a flow whose first question takes this turn's message.
func (t *Talk) startWith(flow string, known ...entry) {
	t.begin(flow, known...)
	t.input, t.live = true, true
	t.runFlow()
}

func (t *Talk) begin(flow string, known ...entry) {
	t.saveDraft()
	t.s.matter = matter{Flow: flow, Journal: known}
	t.s.Page, t.s.Misses, t.s.Offered = 0, 0, false
	t.draft = nil
	t.trace.begun(flow)
}

// maxHops bounds how many flows may follow one another in a turn.
const maxHops = 8

// runFlow runs the flow until it waits, ends, or hands over to another.
func (t *Talk) runFlow() {
	for range maxHops {
		next, waits := t.runOnce()
		if waits {
			return
		}
		if next == "" {
			t.ended()
			return
		}
		if t.s.Parked != nil && t.s.Parked.Flow == next && t.s.Flow != ResumeFlow {
			next = ResumeFlow
		}
		t.begin(next)
		if next != ResumeFlow {
			t.s.Told, t.telling = t.telling, nil
		}
		t.input, t.live = false, true
	}
	panic("talk: flows go round in a circle")
}

// runOnce runs the flow from its top. It returns the flow to go on with, or
// that a question waits; neither means that the flow has ended.
func (t *Talk) runOnce() (next string, waits bool) {
	t.counts, t.draft = map[string]int{}, nil
	defer func() {
		switch cause := recover().(type) {
		case nil:
		case suspended:
			waits = true
		case goTo:
			next, t.telling = cause.flow, cause.told
		case handOver:
			t.park()
			t.begin(OfficerFlow, entry{Key: "=officer.reason", Value: string(cause.reason), Result: true})
			t.input, t.live = false, true
			next, waits = t.runOnce()
		case askAgain:
			t.forgetAnswers(cause.keys)
			next, waits = t.runOnce()
		case resumeParked:
			next, waits = t.unpark()
		case nextPage:
			t.s.Page++
			t.input, t.live = false, false
			next, waits = t.runOnce()
		default:
			panic(cause)
		}
	}()
	t.d.flows[t.s.Flow].Run(t)
	return "", false
}

// ended puts the way on under the last reply of a flow that has ended.
func (t *Talk) ended() {
	t.saveDraft()
	t.s.matter = matter{}
	if n := len(t.out.Replies); n > 0 {
		t.out.Replies[n-1] += "\n\n" + t.render("talk.ended")
	} else {
		t.start(MenuFlow)
	}
}

// park puts the flow that stands aside, if it keeps and anything was answered.
func (t *Talk) park() {
	if t.d.flows[t.s.Flow].Keeps && t.s.begun() && (t.s.Case == nil || !t.s.Case.Filed) {
		t.saveDraft()
		t.giveUp(t.s.Parked)
		parked := t.s.matter
		t.s.Parked = &parked
	}
	t.s.matter = matter{}
}

// forgetAnswers drops the answers to questions, with their counts in loops.
func (t *Talk) forgetAnswers(keys []string) {
	for _, key := range keys {
		t.s.drop(key)
		maps.DeleteFunc(t.s.Told, func(told, _ string) bool { return told == key || strings.HasPrefix(told, key+"#") })
		for n := 2; t.s.find(fmt.Sprintf("%s#%d", key, n)) != nil; n++ {
			t.s.drop(fmt.Sprintf("%s#%d", key, n))
		}
	}
	t.s.Asked, t.s.Kind = "", ""
	t.input, t.live, t.amend = false, false, true
}
