package inbox

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"mitan/bot"
	"mitan/locales"
)

// figureDays are the periods that the dashboard shows, in days up to today.
var figureDays = []int{7, 30, 90, 365}

const (
	// byDays is up to how many days the dashboard counts by day; beyond it counts
	// by week.
	byDays = 31
	// mostKinds is how many kinds are drawn; the others are one.
	mostKinds = 6
)

// claimBounds are within how long a conversation was claimed, keys of words.
var claimBounds = []struct {
	key   string
	until time.Duration
}{
	{"5", 5 * time.Minute}, {"15", 15 * time.Minute}, {"30", 30 * time.Minute}, {"60", time.Hour}, {"more", 1 << 62},
}

type dashboardPage struct {
	framed
	Days       []periodLink
	Suppressed bool // small counts are hidden from this officer
	Losses     cell
	Attempts   cell
	Lost       string
	Golden     cell // of urgent ones, claimed within the golden hour
	Charts     []chart
}

type periodLink struct {
	Days   int
	Chosen bool
}

func (in *Inbox) dashboardPage(w http.ResponseWriter, r *http.Request, v visit) error {
	around, err := in.framed(r, v, "dashboard.title")
	if err != nil {
		return err
	}
	days := 30
	if n, err := strconv.Atoi(r.URL.Query().Get("days")); err == nil && slices.Contains(figureDays, n) {
		days = n
	}
	data := dashboardPage{framed: around, Suppressed: !v.officer.Role.May(bot.RoleOfficer)}
	for _, n := range figureDays {
		data.Days = append(data.Days, periodLink{n, n == days})
	}
	span := spanOf(in.clock.Now(), days)
	figures, err := in.store.Figures(r.Context(), bot.FigureFilter{From: span.from, Until: span.until})
	if err != nil {
		return fmt.Errorf("read figures: %w", err)
	}
	in.fillDashboard(&data, v, span, figures)
	return in.views.render(w, http.StatusOK, v.lang, "dashboard", data)
}

func (in *Inbox) fillDashboard(data *dashboardPage, v visit, span span, figures bot.Figures) {
	words := in.views.words[v.lang]
	hide := data.Suppressed
	var losses, attempts int
	var lost bot.Paise
	for _, d := range figures.Days {
		losses, attempts, lost = losses+d.Losses, attempts+d.Attempts, lost+d.Lost
	}
	totals := cells([]int{losses, attempts}, hide)
	data.Losses, data.Attempts = totals[0], totals[1]
	if !data.Losses.Hidden {
		data.Lost = rupees(lost)
	}
	data.Charts = []chart{
		in.lossChart(words, span, figures.Days, hide),
		claimChart(words, figures.Claims, hide),
		in.kindChart(words, v.lang, span, figures.Kinds, hide),
		in.thanaChart(words, v.lang, figures.Thanas, hide),
		hourChart(words, figures.Hours, hide),
	}
	urgent, soon := 0, 0
	for _, c := range figures.Claims {
		if c.Urgent {
			urgent++
			if c.Waited >= 0 && c.Waited <= goldenHour {
				soon++
			}
		}
	}
	data.Golden = cells([]int{soon, urgent - soon}, hide)[0]
}

// A span is a period in days or weeks, in IST.
type span struct {
	from, until time.Time
	step        int // days: 1 or 7
	buckets     int
}

// spanOf are the days up to now, whole weeks where they are many.
func spanOf(now time.Time, days int) span {
	y, m, d := now.In(locales.IST).Date()
	s := span{until: time.Date(y, m, d+1, 0, 0, 0, 0, locales.IST), step: 1, buckets: days}
	if days > byDays {
		s.step, s.buckets = 7, (days+6)/7
	}
	s.from = s.until.AddDate(0, 0, -s.step*s.buckets)
	return s
}

// bucket is where a day belongs.
func (s span) bucket(day time.Time) int {
	n := int(day.Sub(s.from)/(24*time.Hour)) / s.step
	return min(max(n, 0), s.buckets-1)
}

// labels name the buckets by the day on which each begins.
func (s span) labels(words words) []string {
	labels := make([]string, s.buckets)
	for i := range labels {
		day := s.from.AddDate(0, 0, i*s.step)
		labels[i] = fmt.Sprintf("%d %s", day.Day(), words.name("month", int(day.Month())))
	}
	return labels
}

func (in *Inbox) lossChart(words words, s span, days []bot.DayFigure, hide bool) chart {
	losses, attempts, lost := make([]int, s.buckets), make([]int, s.buckets), make([]bot.Paise, s.buckets)
	for _, d := range days {
		i := s.bucket(d.Day)
		losses[i], attempts[i], lost[i] = losses[i]+d.Losses, attempts[i]+d.Attempts, lost[i]+d.Lost
	}
	c := chart{Key: "losses", Labels: s.labels(words), Series: []series{
		{Name: words.name("chart", "losses"), Cells: cells(losses, hide)},
		{Name: words.name("chart", "attempts"), Cells: cells(attempts, hide)},
	}}
	for i, sum := range lost {
		shown := rupees(sum)
		if c.Series[0].Cells[i].Hidden {
			shown = "—"
		}
		c.Sums = append(c.Sums, shown)
	}
	return c.columns()
}

func claimChart(words words, claims []bot.ClaimFigure, hide bool) chart {
	urgent, other := make([]int, len(claimBounds)+1), make([]int, len(claimBounds)+1)
	for _, c := range claims {
		i := len(claimBounds) // nobody has come yet
		if c.Waited >= 0 {
			for i = 0; c.Waited > claimBounds[i].until; i++ {
			}
		}
		if c.Urgent {
			urgent[i]++
		} else {
			other[i]++
		}
	}
	c := chart{Key: "claims"}
	for _, b := range claimBounds {
		c.Labels = append(c.Labels, words.name("claimed", b.key))
	}
	c.Labels = append(c.Labels, words.name("claimed", "not"))
	c.Series = []series{
		{Name: words.name("chart", "urgent"), Cells: cells(urgent, hide)},
		{Name: words.name("chart", "other"), Cells: cells(other, hide)},
	}
	return c.columns()
}

func (in *Inbox) kindChart(words words, lang locales.Lang, s span, kinds []bot.KindFigure, hide bool) chart {
	total := map[string]int{}
	for _, k := range kinds {
		total[k.Kind] += k.N
	}
	keys := make([]string, 0, len(total))
	for key := range total {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(total[b]-total[a], cmp.Compare(a, b)) })
	place := map[string]int{}
	c := chart{Key: "kinds", Labels: s.labels(words)}
	var counts [][]int
	for i, key := range keys {
		place[key] = min(i, mostKinds)
		if i > mostKinds {
			continue
		}
		name := words.name("case", "kind_unknown")
		switch {
		case i == mostKinds:
			name = words.name("chart", "others")
		case key != "":
			name = in.kind(lang, key)
		}
		c.Series, counts = append(c.Series, series{Name: name}), append(counts, make([]int, s.buckets))
	}
	for _, k := range kinds {
		counts[place[k.Kind]][s.bucket(k.Day)] += k.N
	}
	for i := range c.Series {
		c.Series[i].Cells = cells(counts[i], hide)
	}
	return c.columns()
}

func (in *Inbox) thanaChart(words words, lang locales.Lang, thanas []bot.ThanaFigure, hide bool) chart {
	slices.SortStableFunc(thanas, func(a, b bot.ThanaFigure) int { return (b.Losses + b.Attempts) - (a.Losses + a.Attempts) })
	c := chart{Key: "thanas"}
	var losses, attempts []int
	for _, t := range thanas {
		name := in.thanaName(lang, t.Thana)
		if t.Thana == "" {
			name = words.name("chart", "no_thana")
		}
		c.Labels = append(c.Labels, name)
		losses, attempts = append(losses, t.Losses), append(attempts, t.Attempts)
	}
	c.Series = []series{
		{Name: words.name("chart", "losses"), Cells: cells(losses, hide)},
		{Name: words.name("chart", "attempts"), Cells: cells(attempts, hide)},
	}
	for i, t := range thanas {
		shown := rupees(t.Lost)
		if c.Series[0].Cells[i].Hidden {
			shown = "—"
		}
		c.Sums = append(c.Sums, shown)
	}
	return c.bars()
}

func hourChart(words words, hours [24]int, hide bool) chart {
	c := chart{Key: "hours", Series: []series{{Name: words.name("chart", "losses"), Cells: cells(hours[:], hide)}}}
	for hour := range hours {
		c.Labels = append(c.Labels, fmt.Sprintf("%02d", hour))
	}
	return c.columns()
}
