package flows

import "mitan/bot/talk"

// Menu asks what the resident needs.
func Menu(t *talk.Talk) {
	t.Go(t.Choose("menu.what",
		talk.Option{ID: talk.ReportFlow, Label: "menu.report"},
		talk.Option{ID: talk.CheckFlow, Label: "menu.check"},
		talk.Option{ID: "tips", Label: "menu.tips"},
		talk.Option{ID: talk.EnrolFlow, Label: "menu.enrol"},
		talk.Option{ID: "complaint", Label: "menu.complaint"},
		talk.Option{ID: talk.OfficerFlow, Label: "menu.officer"},
		talk.Option{ID: "cases", Label: "menu.cases"},
		talk.Option{ID: "language", Label: "menu.language"},
		talk.Option{ID: "delete", Label: "menu.delete"}))
}
