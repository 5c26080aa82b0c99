package store

import (
	"context"
	"errors"
	"time"

	"mitan/bot"
)

var errPending = errors.New("the store cannot do this yet")

func (s *Store) Join(context.Context, string, string, string, time.Time) (int64, int64, error) {
	return 0, 0, errPending
}
func (s *Store) HeldOf(context.Context, int64) ([]bot.Message, error) { return nil, errPending }
func (s *Store) HurryTimers(context.Context, bot.TimerKind, time.Time) error {
	return errPending
}
func (s *Store) SetPayload(context.Context, int64, []byte) error { return errPending }
func (s *Store) Payload(context.Context, string, string, string) ([]byte, error) {
	return nil, errPending
}
func (s *Store) MessageOf(context.Context, int64, string) (bot.Message, error) {
	return bot.Message{}, errPending
}
func (s *Store) PollOf(context.Context, int64, string) (bot.Message, bool, error) {
	return bot.Message{}, false, errPending
}
func (s *Store) IdentityChanged(context.Context, string, string, time.Time) (int64, error) {
	return 0, errPending
}
func (s *Store) ConfirmIdentity(context.Context, int64, int64, time.Time) error { return errPending }
func (s *Store) AddLinkEvent(context.Context, bot.LinkEvent) error              { return errPending }
func (s *Store) LinkEvents(context.Context, int) ([]bot.LinkEvent, error)       { return nil, nil }
func (s *Store) LinkCounts(context.Context, time.Time) (map[bot.LinkState]int, error) {
	return nil, errPending
}
func (s *Store) Undelivered(context.Context, time.Time) (int, error) { return 0, errPending }
func (s *Store) Untold(context.Context, time.Time, int) ([]bot.OpenEscalation, error) {
	return nil, errPending
}
func (s *Store) AddNotice(context.Context, bot.Notice) error { return errPending }
func (s *Store) UnsentNotices(context.Context, int) ([]bot.Notice, error) {
	return nil, errPending
}
func (s *Store) NoticeSent(context.Context, int64) error { return errPending }
func (s *Store) NoticeByExternalID(context.Context, string) (bot.Notice, error) {
	return bot.Notice{}, errPending
}
func (s *Store) OfficerByPhone(context.Context, string) (bot.Officer, error) {
	return bot.Officer{}, errPending
}
