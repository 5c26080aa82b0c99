package bot

import (
	"context"
	"slices"
	"time"
)

// recall is the store, as far as a step may read it.
type recall struct {
	ctx      context.Context
	store    TurnStore
	resident int64
	since    time.Time // what is earlier is not told: see Resident.Changed
}

func (r recall) Cases() ([]Case, error) {
	cases, err := r.store.CasesOf(r.ctx, r.resident)
	if r.since.IsZero() {
		return cases, err
	}
	return slices.DeleteFunc(cases, func(c Case) bool { return !c.Opened.After(r.since) }), err
}

func (r recall) Story(id int64) ([]Message, error) {
	if !r.since.IsZero() {
		cases, err := r.Cases()
		if err != nil || !slices.ContainsFunc(cases, func(c Case) bool { return c.ID == id }) {
			return nil, err
		}
	}
	return r.store.StoryOf(r.ctx, id)
}

func (r recall) Volunteer() (Volunteer, error) { return r.store.VolunteerOf(r.ctx, r.resident) }
func (r recall) Subscribed() (bool, error)     { return r.store.Subscribed(r.ctx, r.resident) }
func (r recall) Ahead() (int, error)           { return r.store.Ahead(r.ctx, r.resident) }
func (r recall) Reported(s Suspect) (int, error) {
	return r.store.Reported(r.ctx, r.resident, s)
}

func (r recall) Next(series string) (int64, error) {
	return r.store.NextNumber(r.ctx, series)
}
