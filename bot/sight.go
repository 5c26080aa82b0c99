package bot

import "context"

// A Sight is what an officer may see: the conversations, cases and files of
// their thana, those of none yet, and those that they hold.
type Sight struct {
	Officer int64
	Thana   string // "" sees the whole unit
}

// Sight is what the officer may see. An administrator sees the whole unit.
func (o Officer) Sight() Sight {
	if o.Role == RoleAdmin {
		return Sight{Officer: o.ID}
	}
	return Sight{Officer: o.ID, Thana: o.Thana}
}

// All tells whether it reaches the whole unit.
func (s Sight) All() bool { return s.Thana == "" }

type sightKey struct{}

// WithSight bounds what the store reads and lets do with the context: whatever
// is out of sight is not found. The inbox gives it to every request of an
// officer, so that no page can forget it.
func WithSight(ctx context.Context, s Sight) context.Context {
	return context.WithValue(ctx, sightKey{}, s)
}

// SightOf is the bound of a context; what the program does itself has none and
// sees the whole unit.
func SightOf(ctx context.Context) Sight {
	s, _ := ctx.Value(sightKey{}).(Sight)
	return s
}
