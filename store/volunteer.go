package store

import (
	"context"
	"fmt"

	"mitan/bot"
)

const volunteerColumns = ` id, number, resident, name, thana, place, referral_code, referred_by,
	role, state, lang, consent, left_at `

func scanVolunteer(scan func(...any) error) (v bot.Volunteer, err error) {
	err = scan(&v.ID, &v.Number, &v.Resident, &v.Name, &v.Thana, &v.Place, &v.ReferralCode, &v.ReferredBy,
		&v.Role, &v.State, &v.Lang, moment{&v.Consent}, moment{&v.LeftAt})
	return v, err
}

// VolunteerOf reads a resident's standing as a volunteer, also one who has
// left; ErrNotFound if they never enrolled.
func (s *Store) VolunteerOf(ctx context.Context, resident int64) (bot.Volunteer, error) {
	v, err := scanVolunteer(func(into ...any) error {
		return s.read.row(ctx, `SELECT`+volunteerColumns+`FROM volunteer WHERE resident = ?`, []any{resident}, into...)
	})
	if err != nil {
		return bot.Volunteer{}, fmt.Errorf("volunteer: %w", err)
	}
	return v, nil
}

func (t *tx) enrol(resident int64, v *bot.Volunteer) error {
	if err := t.raise(bot.VolunteerSeries, v.ID); err != nil {
		return err
	}
	// Who enrols again after leaving gets what the new talk has told them.
	_, err := t.exec(`
		INSERT INTO volunteer (id, number, resident, name, thana, place, referral_code, referred_by,
			role, state, lang, consent, left_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
		ON CONFLICT (resident) DO UPDATE SET id = excluded.id, number = excluded.number,
			name = excluded.name, thana = excluded.thana, place = excluded.place,
			referral_code = excluded.referral_code, referred_by = excluded.referred_by,
			role = excluded.role, state = excluded.state, lang = excluded.lang,
			consent = excluded.consent, left_at = 0`,
		v.ID, v.Number, resident, v.Name, v.Thana, v.Place, v.ReferralCode, v.ReferredBy,
		string(orElse(v.Role, bot.RoleMitan)), string(bot.Enrolled), string(v.Lang), millis(v.Consent))
	return err
}

func (t *tx) leaveVolunteers(turn *bot.Turn) error {
	_, err := t.exec(`UPDATE volunteer SET state = ?, left_at = ? WHERE resident = ? AND state = ?`,
		string(bot.Left), millis(turn.At), turn.Resident, string(bot.Enrolled))
	return err
}
