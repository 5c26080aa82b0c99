package store

import (
	"context"
	"fmt"
	"time"

	"mitan/bot"
	"mitan/locales"
)

// istDay counts days in IST from the epoch on.
const istDay = `(opened + 19800000) / 86400000`

// Figures counts what happened between two times, for the dashboard.
func (s *Store) Figures(ctx context.Context, f bot.FigureFilter) (bot.Figures, error) {
	var all bot.Figures
	where, args := caseWhere(ctx, bot.CaseFilter{From: f.From, Until: f.Until, Thanas: f.Thanas})
	where += ` AND state <> 'merged'`
	const lost = `COALESCE(SUM((SELECT SUM(amount) FROM leg WHERE case_id = cases.id)), 0)`
	const counts = `COUNT(*) FILTER (WHERE money_gone = 1), COUNT(*) FILTER (WHERE money_gone = 0), ` + lost
	for _, part := range []struct {
		query string
		each  func(scan func(...any) error) error
	}{
		{`SELECT ` + istDay + `, ` + counts + ` FROM cases` + where + ` GROUP BY 1 ORDER BY 1`, func(scan func(...any) error) error {
			var d bot.DayFigure
			var day int64
			err := scan(&day, &d.Losses, &d.Attempts, &d.Lost)
			d.Day = dayOf(day)
			all.Days = append(all.Days, d)
			return err
		}},
		{`SELECT ` + istDay + `, kind, COUNT(*) FROM cases` + where + ` GROUP BY 1, 2 ORDER BY 1, 2`, func(scan func(...any) error) error {
			var k bot.KindFigure
			var day int64
			err := scan(&day, &k.Kind, &k.N)
			k.Day = dayOf(day)
			all.Kinds = append(all.Kinds, k)
			return err
		}},
		{`SELECT thana, ` + counts + ` FROM cases` + where + ` GROUP BY 1 ORDER BY 1`, func(scan func(...any) error) error {
			var t bot.ThanaFigure
			err := scan(&t.Thana, &t.Losses, &t.Attempts, &t.Lost)
			all.Thanas = append(all.Thanas, t)
			return err
		}},
		{`SELECT (at + 19800000) / 3600000 % 24, COUNT(*) FROM (
				SELECT (SELECT MIN(at) FROM leg WHERE case_id = cases.id AND at <> 0) AS at FROM cases` + where + ` AND money_gone = 1)
			WHERE at IS NOT NULL GROUP BY 1`, func(scan func(...any) error) error {
			var hour, n int
			err := scan(&hour, &n)
			all.Hours[hour] = n
			return err
		}},
	} {
		if err := s.read.once(ctx, part.query, args, part.each); err != nil {
			return bot.Figures{}, fmt.Errorf("figures: %w", err)
		}
	}
	var err error
	all.Claims, err = s.claimFigures(ctx, f)
	return all, err
}

func dayOf(n int64) time.Time {
	y, m, d := time.Unix(n*24*60*60, 0).UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, locales.IST)
}

// claimFigures reads how long each who was put into the queue waited for an
// officer. Of those without a case the thana is not known: they are counted
// only where all thanas are.
func (s *Store) claimFigures(ctx context.Context, f bot.FigureFilter) ([]bot.ClaimFigure, error) {
	where, args := "", []any{millis(f.From), millis(f.Until)}
	if f.Thanas != nil {
		where = ` AND EXISTS (SELECT 1 FROM cases c WHERE c.resident = e.resident AND ` + anyOf("c.thana", len(f.Thanas)) + `)`
		args = append(args, texts(f.Thanas)...)
	}
	where += ` AND EXISTS (SELECT 1 FROM conversation c WHERE c.resident = e.resident AND ` + inSight + `)`
	args = append(args, sightArgs(ctx)...)
	var claims []bot.ClaimFigure
	err := s.read.once(ctx, `SELECT e.urgent, e.at, COALESCE((SELECT MIN(a.at) FROM audit a
				WHERE a.resident = e.resident AND a.action IN ('claim', 'take_over') AND a.at >= e.at), 0)
			FROM escalation e WHERE e.at >= ? AND e.at < ?`+where+` ORDER BY e.at`, args, func(scan func(...any) error) error {
		var c bot.ClaimFigure
		var asked, claimed int64
		err := scan(&c.Urgent, &asked, &claimed)
		c.Waited = -1
		if claimed != 0 {
			c.Waited = time.Duration(claimed-asked) * time.Millisecond
		}
		claims = append(claims, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim figures: %w", err)
	}
	return claims, nil
}
