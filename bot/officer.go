package bot

import "time"

// Role is what an officer may do in the inbox.
type Role string

// The roles, each of which may do what those before it may.
const (
	RoleViewer  Role = "viewer"  // sees, changes nothing
	RoleOfficer Role = "officer" // claims, answers, notes, closes
	RoleBank    Role = "bank"    // bank desk: also presses banks to hold money
	RoleCharge  Role = "charge"  // in charge: also takes over from others
	RoleAdmin   Role = "admin"   // also officers and settings
)

// Roles are all roles, the least first.
func Roles() []Role { return []Role{RoleViewer, RoleOfficer, RoleBank, RoleCharge, RoleAdmin} }

// May tells whether the role includes what the least role may do.
func (r Role) May(least Role) bool {
	rank := map[Role]int{RoleViewer: 1, RoleOfficer: 2, RoleBank: 3, RoleCharge: 4, RoleAdmin: 5}
	return rank[r] >= rank[least] && rank[r] > 0
}

// An Officer signs in to the inbox.
type Officer struct {
	ID       int64
	Login    string // lower case, unique
	Name     string // as colleagues see it: rank and name
	Role     Role
	Thana    string // "" for the whole unit
	Phone    string // ten digits, by which the officers' group knows them; "" if not given
	Password string // argon2id hash
	Disabled bool
	Since    time.Time

	Temporary bool   // the password was given by another and must be changed
	Epoch     int64  // web sessions of an earlier one have ended
	TOTP      string // secret of the code app, base32; "" for none
	Passkey   bool   // there is a passkey
}

// A Note is what officers write to each other beside a conversation. It is
// kept apart from messages, so that it can never be sent.
type Note struct {
	ID       int64
	Resident int64
	Officer  int64
	Name     string // the officer's, for display
	Text     string
	At       time.Time
}

// An AuditEntry says that an officer did something. It holds ids, never the
// words of a resident.
type AuditEntry struct {
	ID       int64
	At       time.Time
	Officer  int64  // 0 for the command line and the program itself
	Action   string // such as claim, reply, note, close, sign_in
	Resident int64  // 0 if about none
	Detail   string // ids and keys
}
