// Package bot holds the nouns of the helpline (residents, conversations,
// messages, cases, volunteers, officers) and what runs it: turns, the outbox,
// the schedule and the officers' desk.
//
// A turn is one message in and everything that follows from it, committed at
// once. Follow it from [Bot.Receive] in turn.go: the lane of the resident, the
// dialogue's step, one commit, then the outbox.
//
// The package declares the interfaces that it calls ([Store], [Channel],
// [Dialogue], [Clock]); it knows no database, no network and no flow.
//
// All times are UTC in the store and shown in IST. Money is integer paise.
package bot
