package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"mitan/bot"
)

// Reply queues an officer's answer to where the resident last wrote from, if it
// names no other place, and returns its id. With content it is a file.
func (s *Store) Reply(ctx context.Context, m bot.Message, content io.Reader) (id int64, err error) {
	m.By = bot.ByOfficer
	if err := s.sees(ctx, m.Resident); err != nil {
		return 0, fmt.Errorf("reply: %w", err)
	}
	if content == nil {
		err = s.write.submit(ctx, func(tx *tx) error { return tx.answer(&m) })
	} else {
		err = s.replyFile(ctx, &m, content)
	}
	if err != nil {
		return 0, fmt.Errorf("reply: %w", err)
	}
	return m.ID, nil
}

// answer writes an officer's answer. One that is there already only gets its id.
func (t *tx) answer(m *bot.Message) error {
	there, err := answered(t.row, m)
	if err != nil || there {
		return err
	}
	if err := t.held(m.Resident, m.Officer); err != nil {
		return err
	}
	if err := newer(t.row, m); err != nil {
		return err
	}
	if err := t.send(m); err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE conversation SET unread = 0 WHERE resident = ?`, m.Resident); err != nil {
		return err
	}
	if err := t.clearTimer(m.Resident, bot.TimerSilence); err != nil {
		return err
	}
	if err := t.endedTransfer(m.Resident); err != nil {
		return err
	}
	return t.audit(bot.AuditEntry{
		At: m.At, Officer: m.Officer, Action: actionReply, Resident: m.Resident,
		Detail: "message " + strconv.FormatInt(m.ID, 10),
	})
}

// answered tells whether an answer with the same id is there already, and sets
// its row's id.
func answered(row rowFunc, m *bot.Message) (bool, error) {
	if m.ExternalID == "" {
		return false, nil
	}
	err := row(`SELECT id FROM message WHERE by = 'officer' AND resident = ? AND external_id = ?`,
		[]any{m.Resident, m.ExternalID}, &m.ID)
	if errors.Is(err, bot.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// newer refuses an answer where the resident has written since the officer
// looked. A reaction adds nothing to read.
func newer(row rowFunc, m *bot.Message) error {
	if m.Seen == 0 {
		return nil
	}
	var more bool
	err := row(`SELECT EXISTS (SELECT 1 FROM message WHERE resident = ? AND id > ? AND by = 'resident' AND kind <> 'reaction')`,
		[]any{m.Resident, m.Seen}, &more)
	if err == nil && more {
		return refuse(bot.ErrNewer)
	}
	return err
}

// replyFile keeps the file of an answer, then writes the answer. Whether it may
// be written is looked at first, so that no bytes are taken for nothing, and
// again with the row.
func (s *Store) replyFile(ctx context.Context, m *bot.Message, content io.Reader) error {
	read := func(query string, args []any, into ...any) error { return s.read.row(ctx, query, args, into...) }
	if there, err := answered(read, m); err != nil || there {
		return err
	}
	if err := holds(read, m.Resident, m.Officer); err != nil {
		return err
	}
	if err := newer(read, m); err != nil {
		return err
	}
	var d bot.Media
	if m.Media != nil {
		d = *m.Media
	}
	path, err := s.arrive(&d, content, bot.MaxMedia)
	if err != nil {
		return err
	}
	defer os.Remove(path) //nolint:errcheck // it has moved if all went well
	m.Media, m.Kind = &d, bot.KindOf(d.Type)
	if err = s.placeAnswer(ctx, m, path); err != nil {
		return errors.Join(err, s.removeGone(context.WithoutCancel(ctx)))
	}
	return nil
}

// placeAnswer places an answer's file and writes the answer. Until its row is
// there, the file is one to remove, also after a crash; a later look at what is
// to be removed finds that it is needed.
func (s *Store) placeAnswer(ctx context.Context, m *bot.Message, path string) error {
	s.placing.RLock()
	defer s.placing.RUnlock()
	err := s.write.submit(ctx, func(tx *tx) error {
		_, err := tx.exec(`INSERT INTO media_gone (sha256) VALUES (?) ON CONFLICT DO NOTHING`, m.Media.SHA256)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.place(path, m.Media.SHA256); err != nil {
		return err
	}
	return s.write.submit(ctx, func(tx *tx) error { return tx.answer(m) })
}
