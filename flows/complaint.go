package flows

import "mitan/bot/talk"

// Complaint explains how to lodge one, and writes the resident's own case in a
// form to copy into the portal or to read aloud to 1930.
func Complaint(t *talk.Talk) {
	what := t.Choose("complaint.what",
		talk.Option{ID: "portal", Label: "complaint.portal_label"},
		talk.Option{ID: "thana", Label: "complaint.thana_label"},
		talk.Option{ID: "bring", Label: "complaint.bring_label"},
		talk.Option{ID: "copy", Label: "complaint.copy_label"},
		talk.Option{ID: "read", Label: "complaint.read_label"})
	switch what {
	case "portal":
		t.Say("complaint.call")
		t.Say("complaint.portal")
	case "thana":
		t.Say("complaint.thana")
		if t.Unit().Unit.EFIR != "" {
			t.Say("complaint.efir")
		}
	case "bring":
		t.Say("complaint.bring")
	default:
		ownCase(t, what)
	}
}

// ownCase gives the newest case as a text.
func ownCase(t *talk.Talk, what string) {
	cases := t.Cases()
	if len(cases) == 0 && t.Changed() {
		t.Say("talk.changed")
		return
	}
	if len(cases) == 0 {
		t.Say("complaint.no_case")
		return
	}
	c := cases[0]
	c.Story = t.StoryOf(c.ID)
	if what == "copy" {
		t.Say("complaint.copy_intro")
		t.SayText(portalText(t, c))
		return
	}
	t.Say("complaint.read_intro")
	t.SayText(callText(t, c))
}
