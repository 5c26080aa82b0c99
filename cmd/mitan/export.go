package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"mitan/bot"
	"mitan/locales"
	"mitan/store"
)

// exportCmd is `mitan export`. It reads only, and may be used while the
// helpline runs.
type exportCmd struct {
	Data string `required:"" placeholder:"DIR" help:"Data folder."`
	What string `arg:"" optional:"" default:"cases" enum:"cases,volunteers,conversations,tips" help:"cases, volunteers, conversations or tips."`
}

// Run prints the records as a JSON array, one a line.
func (cmd *exportCmd) Run(ctx context.Context) (err error) {
	if err := dataFolder(cmd.Data); err != nil {
		return err
	}
	s, err := store.Open(ctx, cmd.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	w := bufio.NewWriter(os.Stdout)
	if err := exportTo(ctx, w, s, cmd.What); err != nil {
		return err
	}
	return w.Flush()
}

// dataFolder tells whether there is something to read in a data folder.
func dataFolder(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, store.File)); err != nil {
		return fmt.Errorf("%s is not a data folder of mitan: %w", dir, err)
	}
	return nil
}

func exportTo(ctx context.Context, w io.Writer, s bot.ExportStore, what string) error {
	a := &jsonArray{w: w}
	var err error
	switch what {
	case "cases":
		err = s.EachCase(ctx, func(c bot.Case) error { return a.add(caseRecord(c)) })
	case "volunteers":
		err = s.EachVolunteer(ctx, func(v bot.Volunteer) error { return a.add(volunteerRecord(v)) })
	case "conversations":
		err = s.EachConversation(ctx, func(c bot.Conversation) error { return a.add(conversationRecord(c)) })
	case "tips":
		err = s.EachSubscription(ctx, func(t bot.Subscription, lang locales.Lang) error { return a.add(tipRecord(t, lang)) })
	}
	return errors.Join(err, a.close())
}

// jsonArray writes an array item by item.
type jsonArray struct {
	w     io.Writer
	items int
}

func (a *jsonArray) add(item any) error {
	data, err := json.Marshal(item)
	if err != nil {
		return err
	}
	before := ",\n"
	if a.items == 0 {
		before = "["
	}
	a.items++
	_, err = fmt.Fprintf(a.w, "%s%s", before, data)
	return err
}

func (a *jsonArray) close() error {
	end := "]\n"
	if a.items == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(a.w, end)
	return err
}

// The records of an export. Times are RFC 3339 in IST; "" where unknown.
type (
	caseJSON struct {
		Number    string        `json:"number"`
		State     bot.CaseState `json:"state"`
		Kind      string        `json:"kind"`
		MoneyGone bool          `json:"money_gone"`
		Urgent    bool          `json:"urgent"`
		Reporter  bot.Person    `json:"reporter"`
		Victim    bot.Person    `json:"victim"`
		Legs      []legJSON     `json:"legs"`
		Suspects  []bot.Suspect `json:"suspects"`
		Story     string        `json:"story"`
		Media     []mediaJSON   `json:"media"`
		Thana     string        `json:"thana"`
		Opened    string        `json:"opened"`
		Filed     string        `json:"filed"`
	}
	legJSON struct {
		AmountPaise bot.Paise `json:"amount_paise"`
		When        string    `json:"when"`
		Bank        string    `json:"bank"`
		UTR         string    `json:"utr"`
	}
	mediaJSON struct {
		Kind   bot.MessageKind `json:"kind"`
		Type   string          `json:"type"`
		Name   string          `json:"name"`
		Size   int64           `json:"size"`
		SHA256 string          `json:"sha256"`
		State  bot.MediaState  `json:"state"`
	}
	volunteerJSON struct {
		Number       string             `json:"number"`
		Name         string             `json:"name"`
		Thana        string             `json:"thana"`
		Place        string             `json:"place"`
		ReferralCode string             `json:"referral_code"`
		ReferredBy   string             `json:"referred_by"`
		Role         bot.VolunteerRole  `json:"role"`
		State        bot.VolunteerState `json:"state"`
		Language     locales.Lang       `json:"language"`
		Consent      string             `json:"consent"`
	}
	conversationJSON struct {
		Resident int64                 `json:"resident"`
		Phone    string                `json:"phone"`
		State    bot.ConversationState `json:"state"`
		Language locales.Lang          `json:"language"`
		Urgent   bool                  `json:"urgent"`
		Reason   bot.EscalationReason  `json:"reason"`
		Unread   int                   `json:"unread"`
		Messages int                   `json:"messages"`
	}
	tipJSON struct {
		Resident int64        `json:"resident"`
		Language locales.Lang `json:"language"`
		Since    string       `json:"since"`
		Sent     int          `json:"sent"`
	}
)

// caseRecord is a case for export. Where the reporter is the victim, both are
// the same person.
func caseRecord(c bot.Case) caseJSON {
	out := caseJSON{
		Number: c.Number, State: c.State, Kind: c.Kind, MoneyGone: c.MoneyGone, Urgent: c.Urgent,
		Reporter: c.Reporter, Victim: c.Victim, Thana: c.Thana, Opened: ist(c.Opened), Filed: ist(c.Filed),
		Legs: []legJSON{}, Suspects: []bot.Suspect{}, Media: []mediaJSON{},
	}
	if out.Victim == (bot.Person{}) {
		out.Victim = c.Reporter
	}
	for _, l := range c.Legs {
		out.Legs = append(out.Legs, legJSON{l.Amount, ist(l.When), l.Bank, l.UTR})
	}
	out.Suspects = append(out.Suspects, c.Suspects...)
	var story []string
	for _, m := range c.Story {
		if m.Text != "" {
			story = append(story, m.Text)
		}
		if m.Media != nil {
			out.Media = append(out.Media, mediaJSON{m.Kind, m.Media.Type, m.Media.Name, m.Media.Size, m.Media.SHA256, m.Media.State})
		}
	}
	out.Story = strings.Join(story, "\n")
	return out
}

func volunteerRecord(v bot.Volunteer) volunteerJSON {
	return volunteerJSON{
		Number: v.Number, Name: v.Name, Thana: v.Thana, Place: v.Place, ReferralCode: v.ReferralCode,
		ReferredBy: v.ReferredBy, Role: v.Role, State: v.State, Language: v.Lang, Consent: ist(v.Consent),
	}
}

func conversationRecord(c bot.Conversation) conversationJSON {
	return conversationJSON{
		Resident: c.Resident.ID, Phone: c.Resident.Phone, State: c.State, Language: c.Resident.Lang,
		Urgent: c.Urgent, Reason: c.Reason, Unread: c.Unread, Messages: c.Messages,
	}
}

func tipRecord(s bot.Subscription, lang locales.Lang) tipJSON {
	return tipJSON{Resident: s.Resident, Language: lang, Since: ist(s.Since), Sent: s.Sent}
}

func ist(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(locales.IST).Format(time.RFC3339)
}
