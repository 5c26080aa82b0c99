package flows

import (
	"strconv"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/locales"
)

// maxTips is how many tips one talk gives in a row.
const maxTips = 10

// Tips gives a safety tip now, and one each week to those who want it. Stopping
// them stops nothing else.
func Tips(t *talk.Talk) {
	switch t.Command() {
	case locales.CmdStopTips:
		stopTips(t)
		return
	case locales.CmdStartTips:
		startTips(t)
		return
	}
	first, _ := strconv.Atoi(t.Once("tips.first", func() string { return strconv.Itoa(t.Turn()) }))
	for n := range maxTips {
		t.Say(TipList[(first+n)%len(TipList)].Key)
		switch t.Choose("tips.next", tipOptions(t)...) {
		case "start":
			startTips(t)
			return
		case "stop":
			stopTips(t)
			return
		case "enough":
			t.Say("tips.bye")
			return
		}
	}
	t.Say("tips.bye")
}

func tipOptions(t *talk.Talk) []talk.Option {
	weekly := talk.Option{ID: "start", Label: "tips.weekly"}
	if t.Subscribed() {
		weekly = talk.Option{ID: "stop", Label: "tips.stop"}
	}
	return []talk.Option{{ID: "another", Label: "tips.another"}, weekly, {ID: "enough", Label: "tips.enough"}}
}

func startTips(t *talk.Talk) {
	t.Do(bot.Subscribe{})
	t.Say("tips.started")
}

func stopTips(t *talk.Talk) {
	t.Do(bot.Unsubscribe{})
	t.Say("tips.stopped")
}
