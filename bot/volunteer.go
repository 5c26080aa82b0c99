package bot

import (
	"fmt"
	"time"

	"mitan/locales"
)

// VolunteerRole is a place in the line from resident to police. Every
// volunteer starts as a Cyber Mitan; an officer gives the roles above it.
type VolunteerRole string

// The roles, from the report of Bilaspur's campaign of September 2020.
const (
	RoleMitan   VolunteerRole = "mitan"
	RoleRakshak VolunteerRole = "rakshak"
	RoleLeader  VolunteerRole = "leader"
	RoleNodal   VolunteerRole = "nodal"
)

// VolunteerState says whether a volunteer is one today.
type VolunteerState string

// The states of a volunteer.
const (
	Enrolled VolunteerState = "enrolled"
	Left     VolunteerState = "left"
)

// A Volunteer is a Cyber Mitan: a resident who has enrolled.
type Volunteer struct {
	ID           int64
	Number       string // such as BSP-CM-00042
	Resident     int64
	Name         string
	Thana        string
	Place        string // mohalla or village
	ReferralCode string
	ReferredBy   string // another volunteer's referral code, "" if none
	Role         VolunteerRole
	State        VolunteerState
	Lang         locales.Lang
	Consent      time.Time // when the resident said yes to being enrolled
	LeftAt       time.Time // zero while enrolled
}

// VolunteerSeries is the name of the counter that numbers the volunteers.
const VolunteerSeries = "volunteer"

// VolunteerNumber is the membership number that people see.
func VolunteerNumber(prefix string, n int64) string {
	return fmt.Sprintf("%s-CM-%05d", prefix, n)
}

// ReferralCode is the code of the nth volunteer: six letters and digits
// without those that look alike (0 O, 1 I L). It is one-to-one in n below
// 31^6, and neighbours do not look alike; it is a name, not a secret.
func ReferralCode(n int64) string {
	const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	const room = 31 * 31 * 31 * 31 * 31 * 31
	// 611953 is prime and no multiple of 31, so the step visits each code once.
	x := (n*611953 + 104729) % room
	code := make([]byte, 6)
	for i := range code {
		code[i] = letters[x%31]
		x /= 31
	}
	return string(code)
}

// A Tip is a safety message for those who asked for them.
type Tip struct {
	Key    string // of the text in locales
	Source string // where the fact is from
}

// A Subscription is a resident's wish to get a tip each week.
type Subscription struct {
	Resident int64
	Since    time.Time
	Sent     int       // how many weekly tips were queued; chooses the next
	LastAt   time.Time // when the last one was queued; zero if none was
}
