package inbox_test

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
)

// Records of the office: cases in memory, as simple as these tests need them.
// What the real store does is said in store/storetest.

func (o *office) allCases() []bot.Case {
	var all []bot.Case
	for _, cases := range o.cases {
		all = append(all, cases...)
	}
	slices.SortFunc(all, func(a, b bot.Case) int { return cmp.Compare(b.ID, a.ID) })
	return all
}

func (o *office) CaseByID(_ context.Context, id int64) (bot.Case, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.caseByID(id)
}

func (o *office) caseByID(id int64) (bot.Case, error) {
	for _, c := range o.allCases() {
		if c.ID == id {
			return c, o.broken
		}
	}
	return bot.Case{}, bot.ErrNotFound
}

func (o *office) Cases(_ context.Context, f bot.CaseFilter) ([]bot.Case, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asked = f
	var found []bot.Case
	for _, c := range o.allCases() {
		if (f.Before == 0 || c.ID < f.Before) && (f.Kind == "" || c.Kind == f.Kind) && (!f.Loss || c.MoneyGone) &&
			(f.States == nil || slices.Contains(f.States, c.State)) {
			found = append(found, c)
		}
	}
	return found[:min(len(found), f.Limit)], o.broken
}

func (o *office) amended(id int64, change func(*bot.Case) error) error {
	for _, cases := range o.cases {
		for i := range cases {
			if cases[i].ID == id {
				return change(&cases[i])
			}
		}
	}
	return bot.ErrNotFound
}

func (o *office) AmendCase(_ context.Context, by bot.Officer, id, revision int64, what string, change ...bot.DraftEffect) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !by.Role.May(bot.RoleOfficer) {
		return bot.ErrForbiddenRole
	}
	return o.amended(id, func(c *bot.Case) error {
		if c.Revision != revision {
			return bot.ErrStale
		}
		c.Legs, c.Suspects = slices.Clone(c.Legs), slices.Clone(c.Suspects)
		for _, e := range change {
			e.Amend(c)
		}
		c.Revision++
		o.audit = append(o.audit, bot.AuditEntry{ID: int64(len(o.audit) + 1), At: o.clock.Now(), Officer: by.ID, Action: "case_amend", Resident: c.Resident, Detail: what})
		o.tell(c.Resident)
		return nil
	})
}

func (o *office) MergeCases(_ context.Context, _ bot.Officer, from, into int64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if from == into {
		return bot.ErrNotMergeable
	}
	return o.amended(from, func(c *bot.Case) error {
		c.State, c.MergedInto = bot.Merged, into
		return nil
	})
}

func (o *office) SplitCase(_ context.Context, _ bot.Officer, s bot.Split) (int64, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	c, err := o.caseByID(s.Case)
	switch {
	case err != nil:
		return 0, err
	case c.Revision != s.Revision:
		return 0, bot.ErrStale
	case len(s.Legs)+len(s.Suspects) == 0:
		return 0, bot.ErrNotMergeable
	}
	o.split = append(o.split, s.Legs...)
	c.ID, c.Number, c.SplitFrom = 900, "BSP-26-000900", s.Case
	o.cases[c.Resident] = append(o.cases[c.Resident], c)
	return c.ID, nil
}

func (o *office) TickStep(_ context.Context, by bot.Officer, id int64, step string, done bool) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	c, err := o.caseByID(id)
	if err != nil {
		return err
	}
	o.steps[id] = slices.DeleteFunc(o.steps[id], func(d bot.StepDone) bool { return d.Step == step })
	if done {
		o.steps[id] = append(o.steps[id], bot.StepDone{Step: step, Officer: by.ID, Name: by.Name, At: o.clock.Now()})
	}
	o.tell(c.Resident)
	return nil
}

func (o *office) StepsOf(_ context.Context, id int64) ([]bot.StepDone, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.steps[id]), nil
}

func (o *office) KnownElsewhere(_ context.Context, c bot.Case) ([]int, error) {
	counts := make([]int, len(c.Suspects))
	if len(counts) > 0 {
		counts[0] = 3
	}
	return counts, nil
}

func (o *office) HistoryOf(_ context.Context, resident int64) ([]bot.AuditEntry, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var found []bot.AuditEntry
	for _, e := range o.audit {
		if e.Resident == resident {
			found = append(found, e)
		}
	}
	return found, nil
}

func (o *office) FindNames(_ context.Context, words string, _ int) ([]int64, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var found []int64
	for id, c := range o.conversations {
		if words != "" && strings.Contains(c.Resident.Name, strings.Trim(words, "*")) {
			found = append(found, id)
		}
	}
	return found, o.broken
}

func (o *office) FindCases(_ context.Context, part string, _ int) ([]bot.Case, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var found []bot.Case
	for _, c := range o.allCases() {
		known := []string{c.Number, c.Reporter.Phone}
		for _, leg := range c.Legs {
			known = append(known, leg.UTR)
		}
		for _, s := range c.Suspects {
			known = append(known, s.Value)
		}
		if slices.ContainsFunc(known, func(v string) bool { return strings.HasSuffix(v, part) || strings.HasPrefix(v, part) }) {
			found = append(found, c)
		}
	}
	return found, nil
}

func (o *office) FindIdentifier(_ context.Context, part string, _ int) ([]int64, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var found []int64
	for id, c := range o.conversations {
		if len(part) > 2 && strings.HasSuffix(c.Resident.Phone, part) {
			found = append(found, id)
		}
	}
	return found, nil
}

func (o *office) SearchMessages(_ context.Context, words string, limit int) ([]bot.Message, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var found []bot.Message
	for _, messages := range o.messages {
		for _, m := range messages {
			if m.By != bot.ByBot && strings.Contains(strings.ToLower(m.Text), strings.ToLower(words)) {
				found = append(found, m)
			}
		}
	}
	slices.SortFunc(found, func(a, b bot.Message) int { return cmp.Compare(b.ID, a.ID) })
	return found[:min(len(found), limit)], nil
}

func (o *office) Figures(_ context.Context, f bot.FigureFilter) (bot.Figures, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.figured = f
	return o.figures, o.broken
}

// records is what the office keeps of cases beside them.
type records struct {
	asked   bot.CaseFilter
	figured bot.FigureFilter
	figures bot.Figures
	steps   map[int64][]bot.StepDone
	split   []int
}

func someFigures(now time.Time) bot.Figures {
	var f bot.Figures
	kinds := []string{"electricity", "otp", "job", "apk", "digital_arrest", "upi_qr", "lottery", "kyc"}
	y, m, d := now.Date()
	for i := range 25 {
		day := time.Date(y, m, d-i, 0, 0, 0, 0, now.Location())
		f.Days = append(f.Days, bot.DayFigure{Day: day, Losses: 2 + i*7%9, Attempts: i * 5 % 7, Lost: bot.Paise(12_500_00 * (1 + i%5))})
		f.Kinds = append(f.Kinds, bot.KindFigure{Day: day, Kind: kinds[i%len(kinds)], N: 1 + i*3%8})
	}
	for i, thana := range []string{"Kotwali", "Sarkanda", "Torwa", ""} {
		f.Thanas = append(f.Thanas, bot.ThanaFigure{Thana: thana, Losses: 21 - 6*i, Attempts: 3 + i, Lost: bot.Paise(950_000_00 / (i + 1))})
	}
	for hour := range f.Hours {
		f.Hours[hour] = max(0, 9-(hour-13)*(hour-13)/6)
	}
	for i := range 40 {
		f.Claims = append(f.Claims, bot.ClaimFigure{Urgent: i%3 != 0, Waited: time.Duration(i*i) * 5 * time.Second})
	}
	f.Claims = append(f.Claims, bot.ClaimFigure{Waited: -1})
	return f
}

// fillRecords makes the sample unit look like one that has worked for a while.
func (w *world) fillRecords() {
	w.figures = someFigures(morning)
	w.other("सुनीता देवी")
	w.stories[1] = w.messages[sunita][:4]
	w.steps[1] = []bot.StepDone{{Step: "told_1930", Officer: officer, Name: "SI मीना ठाकुर", At: ago(5)}, {Step: "aeroplane", Officer: officer, Name: "SI मीना ठाकुर", At: ago(4)}}
	kinds := []string{"otp", "job", "apk", "digital_arrest", "upi_qr"}
	names := []string{"रमेश पटेल", "Imran Qureshi", "गीता बाई", "Kavita Nair", "बुधराम साहू"}
	for i := range 30 {
		w.cases[deepak] = append(w.cases[deepak], bot.Case{
			ID: int64(100 + i), Number: "BSP-26-0010" + itoa(int64(10+i)), Resident: deepak, State: []bot.CaseState{bot.Filed, bot.CaseClosed, bot.Draft}[i%3],
			Kind: kinds[i%5], MoneyGone: i%3 != 1, Reporter: bot.Person{Name: names[i%5], Phone: "9000000318"}, Thana: []string{"Kotwali", "Sarkanda", ""}[i%3],
			Opened: ago(i * 700), Legs: []bot.Leg{{Amount: bot.Paise(12_000_00 + i*7_777_00), When: ago(i*700 + 20)}},
		})
	}
	w.says(sunita, ago(0), "25,000 रुपये और गए, UTR 632118906677, उसने 90000 00888 से फ़ोन किया")
}

// settle is how long a page may take to be drawn before its picture is taken.
func (w *world) settle() time.Duration { return 300 * time.Millisecond }

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func queryEscape(s string) string { return url.QueryEscape(s) }
