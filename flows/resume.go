package flows

import "mitan/bot/talk"

// Resume offers to go on with what was left half-way.
func Resume(t *talk.Talk) {
	flow := t.Parked()
	if flow == "" {
		t.Go(talk.MenuFlow)
	}
	if t.YesNo("resume.offer") {
		t.Resume()
	}
	t.Discard()
	t.Go(flow)
}
