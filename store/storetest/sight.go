package storetest

import (
	"bytes"
	"context"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// A district is three residents, whose newest cases are of two thanas and of
// none, with a word, a picture that is evidence, a note and a case each.
type district struct {
	*house
	kotwali, sarkanda, nobodys       int64
	ravi                             int64 // an officer of Kotwali
	cases, media                     map[int64]int64
	inKotwali, inSarkanda, wholeUnit context.Context
}

func (h *house) district() *district {
	d := &district{
		house: h, kotwali: h.resident(1), sarkanda: h.resident(2), nobodys: h.resident(3), ravi: h.officer("ravi"),
		cases: map[int64]int64{}, media: map[int64]int64{}, wholeUnit: h.ctx,
	}
	d.inKotwali = bot.WithSight(h.ctx, bot.Sight{Officer: d.ravi, Thana: "Kotwali"})
	d.inSarkanda = bot.WithSight(h.ctx, bot.Sight{Officer: h.officer("amar"), Thana: "Sarkanda"})
	for i, resident := range []int64{d.kotwali, d.sarkanda, d.nobodys} {
		c := draft(int64(i + 1))
		c.Thana = []string{"Kotwali", "Sarkanda", ""}[i]
		c.Legs = []bot.Leg{{UTR: "41230000000" + string(rune('1'+i))}}
		h.say(resident, "बिजली", bot.SaveCase{Case: c}, bot.Escalate{Reason: bot.ReasonAsked})
		d.media[resident] = h.sendEvidence(resident, c.ID)
		h.ok(h.AddNote(h.ctx, bot.Note{Resident: resident, Officer: d.ravi, Text: "x", At: noon}))
		d.cases[resident] = c.ID
		h.ok(h.TickStep(h.ctx, c.ID, "call_bank", true, d.ravi, noon))
	}
	return d
}

// sendEvidence is a picture of a resident, kept as evidence of a case.
func (h *house) sendEvidence(resident, of int64) int64 {
	t := h.turn(resident, "this one", bot.KeepEvidence{Case: of})
	t.In.Kind, t.In.Media = bot.Image, &bot.Media{Ref: []byte("ref")}
	h.commit(t)
	_, err := h.KeepMedia(h.ctx, t.In.Media.ID, bytes.NewReader([]byte(png)), bot.MaxMedia)
	h.ok(err)
	return t.In.Media.ID
}

// reads are all ways to read of a resident; each tells whether it found something.
func (d *district) reads(ctx context.Context, resident int64) map[string]func() (bool, error) {
	listed := func(residents []int64, err error) (bool, error) {
		for _, one := range residents {
			if one == resident {
				return true, err
			}
		}
		return false, err
	}
	return map[string]func() (bool, error){
		"conversation": func() (bool, error) { c, err := d.Conversation(ctx, resident); return c.Version > 0, err },
		"sees":         func() (bool, error) { return d.Sees(ctx, resident) },
		"thread":       func() (bool, error) { m, err := d.Thread(ctx, resident, 0, 10); return len(m) > 0, err },
		"message": func() (bool, error) {
			m, err := d.MessageOf(ctx, resident, d.thread(resident)[0].ExternalID)
			return m.ID > 0, err
		},
		"notes":  func() (bool, error) { n, err := d.Notes(ctx, resident); return len(n) > 0, err },
		"cases":  func() (bool, error) { c, err := d.CasesOf(ctx, resident); return len(c) > 0, err },
		"story":  func() (bool, error) { m, err := d.StoryOf(ctx, d.cases[resident]); return len(m) > 0, err },
		"medium": func() (bool, error) { m, err := d.Media(ctx, d.media[resident]); return m.ID > 0, err },
		"file": func() (bool, error) {
			f, err := d.OpenMedia(ctx, d.media[resident])
			return f != nil && f.Close() == nil, err
		},
		"numbers": func() (bool, error) { return listed(d.FindIdentifier(ctx, "4123", 10)) },
		"words": func() (bool, error) {
			found, err := d.SearchMessages(ctx, "बिजली", 10)
			var residents []int64
			for _, m := range found {
				residents = append(residents, m.Resident)
			}
			return listed(residents, err)
		},
		"whose file": func() (bool, error) { r, err := d.MediaResident(ctx, d.media[resident]); return r == resident, err },
		"steps":      func() (bool, error) { s, err := d.StepsOf(ctx, d.cases[resident]); return len(s) > 0, err },
		"list": func() (bool, error) {
			found, err := d.Conversations(ctx, bot.ConversationFilter{Limit: 10})
			var residents []int64
			for _, c := range found {
				residents = append(residents, c.Resident.ID)
			}
			return listed(residents, err)
		},
	}
}

// shows requires that each way of reading finds something of the resident, or none does.
func (d *district) shows(ctx context.Context, resident int64, want bool) {
	d.Helper()
	for name, read := range d.reads(ctx, resident) {
		got, err := read()
		if err != nil {
			require.ErrorIs(d, err, bot.ErrNotFound, name)
		}
		assert.Equal(d, want, got, "%s of resident %d", name, resident)
	}
}

var sightTests = map[string]func(*house){
	"an officer sees the own thana's and nobody's": func(h *house) {
		d := h.district()
		for resident, seen := range map[int64]bool{d.kotwali: true, d.nobodys: true, d.sarkanda: false} {
			d.shows(d.inKotwali, resident, seen)
			d.shows(d.wholeUnit, resident, true)
			d.shows(bot.WithSight(h.ctx, bot.Sight{Officer: d.ravi}), resident, true)
		}
	},
	"an officer does nothing to another thana's": func(h *house) {
		d := h.district()
		before := h.conversation(d.sarkanda)
		version := before.Version
		for name, do := range map[string]func() error{
			"claim": func() error { return h.Claim(d.inKotwali, d.sarkanda, d.ravi, false, noon, noon) },
			"take":  func() error { return h.Claim(d.inKotwali, d.sarkanda, d.ravi, true, noon, noon) },
			"note": func() error {
				return h.AddNote(d.inKotwali, bot.Note{Resident: d.sarkanda, Officer: d.ravi, Text: "x", At: noon})
			},
			"draft": func() error {
				return h.SaveUnsent(d.inKotwali, bot.Unsent{Officer: d.ravi, Resident: d.sarkanda, Form: bot.UnsentNote, Text: "x", At: noon})
			},
			"undo": func() error { return h.Withdraw(d.inKotwali, d.sarkanda, d.ravi, 1, noon, noon) },
			"transfer": func() error {
				return h.OfferTransfers(d.inKotwali, []bot.Transfer{{Resident: d.sarkanda, Sender: d.ravi, At: noon}})
			},
			"accept":   func() error { return h.AcceptTransfer(d.inKotwali, d.sarkanda, bot.Officer{ID: d.ravi}, noon, noon) },
			"identity": func() error { return h.ConfirmIdentity(d.inKotwali, d.sarkanda, d.ravi, noon) },
			"close":    func() error { return h.CloseConversation(d.inKotwali, d.sarkanda, d.ravi, bot.Message{At: noon}) },
			"reply": func() error {
				_, err := h.Reply(d.inKotwali, bot.Message{Resident: d.sarkanda, Officer: d.ravi, Text: "x", At: noon, ExternalID: "r"}, nil)
				return err
			},
			"a file": func() error {
				_, err := h.Reply(d.inKotwali, bot.Message{Resident: d.sarkanda, Officer: d.ravi, At: noon, ExternalID: "f"}, bytes.NewReader([]byte(png)))
				return err
			},
		} {
			assert.ErrorIs(h, do(), bot.ErrNotFound, name)
		}
		assert.Equal(h, version, h.conversation(d.sarkanda).Version)
	},
	"a conversation is of the thana that the newest case names": func(h *house) {
		asha := h.resident(1)
		thana := func() string { return h.conversation(asha).Thana }
		c := draft(1)
		h.say(asha, "x", bot.SaveCase{Case: c})
		assert.Empty(h, thana())
		c.Thana = "Kotwali"
		h.say(asha, "x", bot.SaveCase{Case: c})
		assert.Equal(h, "Kotwali", thana())
		h.say(asha, "x", bot.SaveCase{Case: draft(2)})
		assert.Equal(h, "Kotwali", thana(), "a case that names none changes nothing")
		c = draft(2)
		c.Thana = "Sarkanda"
		h.say(asha, "x", bot.SaveCase{Case: c})
		assert.Equal(h, "Sarkanda", thana())
	},
	"who holds a conversation sees it, whosever it becomes": func(h *house) {
		d := h.district()
		h.ok(h.Claim(d.inKotwali, d.nobodys, d.ravi, false, noon, noon.Add(time.Hour)))
		c := draft(9)
		c.Thana = "Sarkanda"
		h.say(d.nobodys, "x", bot.SaveCase{Case: c})
		seen, err := h.Sees(d.inKotwali, d.nobodys)
		h.ok(err)
		assert.True(h, seen)
		h.ok(h.CloseConversation(d.inKotwali, d.nobodys, d.ravi, bot.Message{At: noon}))
		seen, err = h.Sees(d.inKotwali, d.nobodys)
		h.ok(err)
		assert.False(h, seen)
	},
	"who sees an older case of the own thana does not see the talk": func(h *house) {
		d := h.district()
		c := draft(9)
		c.Thana = "Sarkanda"
		h.say(d.kotwali, "moved", bot.SaveCase{Case: c})
		_, err := h.Conversation(d.inKotwali, d.kotwali)
		require.ErrorIs(h, err, bot.ErrNotFound)
		cases, err := h.CasesOf(d.inKotwali, d.kotwali)
		h.ok(err)
		require.Len(h, cases, 1)
		assert.EqualValues(h, 1, cases[0].ID)
		story, err := h.StoryOf(d.inKotwali, 1)
		h.ok(err)
		assert.Len(h, story, 1)
		_, err = h.Media(d.inKotwali, d.media[d.kotwali])
		assert.NoError(h, err, "its evidence")
		d.shows(d.inSarkanda, d.kotwali, true)
	},
	"who is offered a conversation sees it until it is taken; its thana is then theirs": func(h *house) {
		d := h.district()
		amar, sita := bot.SightOf(d.inSarkanda).Officer, h.officer("sita")
		inTorwa := bot.WithSight(h.ctx, bot.Sight{Officer: sita, Thana: "Torwa"})
		offer := func(officer int64, thana string) {
			h.ok(h.OfferTransfers(d.inKotwali, []bot.Transfer{{Resident: d.kotwali, Sender: d.ravi, Officer: officer, Thana: thana, Reason: "x", At: noon}}))
		}
		sees := func(want bool, all ...context.Context) {
			h.Helper()
			for _, ctx := range all {
				d.shows(ctx, d.kotwali, want)
				offers, err := h.Transfers(ctx)
				h.ok(err)
				assert.Equal(h, want, len(offers) == 1)
			}
		}
		h.ok(h.Claim(d.inKotwali, d.kotwali, d.ravi, false, noon, noon))
		offer(sita, "")
		sees(false, d.inSarkanda)
		sees(true, inTorwa, d.inKotwali)
		offer(0, "Sarkanda")
		sees(false, inTorwa)
		sees(true, d.inSarkanda, d.inKotwali)
		h.ok(h.AcceptTransfer(d.inSarkanda, d.kotwali, bot.Officer{ID: amar, Thana: "Sarkanda"}, noon, noon))
		assert.Equal(h, "Sarkanda", h.conversation(d.kotwali).Thana)
		seen, err := h.Sees(d.inKotwali, d.kotwali)
		h.ok(err)
		assert.False(h, seen)
	},
	"ready replies are the unit's and the own thana's": func(h *house) {
		d := h.district()
		for _, thana := range []string{"", "Kotwali", "Sarkanda"} {
			h.ok(h.SaveReadyReply(h.ctx, bot.ReadyReply{Thana: thana, Name: "otp", Hi: "x", En: "x"}, d.ravi, noon))
		}
		all, err := h.ReadyReplies(d.inKotwali)
		h.ok(err)
		require.Len(h, all, 2)
		assert.Equal(h, []string{"", "Kotwali"}, []string{all[0].Thana, all[1].Thana})
	},
	"two who are one are of either's thana": func(h *house) {
		d := h.district()
		h.join(h.conversation(d.kotwali).Address, h.conversation(d.nobodys).Address)
		assert.Equal(h, "Kotwali", h.conversation(d.kotwali).Thana)
	},
	"the audit of a thana is what its officers did and what was done to its residents": func(h *house) {
		d := h.district()
		boss := h.officer("boss")
		h.ok(h.ChangeOfficer(h.ctx, bot.Officer{ID: d.ravi, Name: "SI ravi", Role: bot.RoleOfficer, Thana: "Kotwali"}, noon))
		h.ok(h.Audit(h.ctx, bot.AuditEntry{At: noon, Officer: boss, Action: "seen"}))
		h.ok(h.Audit(h.ctx, bot.AuditEntry{At: noon, Officer: boss, Action: "seen", Resident: d.kotwali}))
		h.ok(h.Audit(h.ctx, bot.AuditEntry{At: noon, Officer: d.ravi, Action: "seen", Resident: d.sarkanda}))
		found, err := h.FindAudit(d.inKotwali, bot.AuditFilter{Action: "seen", Limit: 10})
		h.ok(err)
		require.Len(h, found, 2)
		assert.Equal(h, d.sarkanda, found[0].Resident)
		assert.Equal(h, d.kotwali, found[1].Resident)
	},
}
