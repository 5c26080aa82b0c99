package bot

import (
	"context"
	"time"
)

// TrustStore keeps who may do and see what, how officers sign in, and the
// audit's chain. What it writes into the audit is said to be done by the officer
// of the context's Sight.
type TrustStore interface {
	// Sees tells whether the context's Sight reaches a resident's conversation.
	Sees(ctx context.Context, resident int64) (bool, error)

	// FindAudit reads entries of the audit, the newest first.
	FindAudit(ctx context.Context, f AuditFilter) ([]AuditEntry, error)
	// AuditActions are the actions that the audit has.
	AuditActions(ctx context.Context) ([]string, error)
	// CheckAudit goes through the whole chain.
	CheckAudit(ctx context.Context) (AuditCheck, error)
	// CheckpointAudit signs the chain's end, with an entry of its own.
	CheckpointAudit(ctx context.Context, officer int64, now time.Time) (AuditCheckpoint, error)

	// ChangeOfficer writes name, role, thana, phone and whether disabled. The
	// officer's sessions end where role, thana or disabled changes. ErrExists if
	// the phone is another's.
	ChangeOfficer(ctx context.Context, o Officer, now time.Time) error
	// GivePassword sets a password that the officer must change at once, and ends
	// the officer's sessions.
	GivePassword(ctx context.Context, officer int64, hash string, now time.Time) error
	// SetTOTP sets the secret of an officer's code app, or removes it with "",
	// and with it the recovery codes, given by their SHA-256.
	SetTOTP(ctx context.Context, officer int64, secret string, codes [][]byte, now time.Time) error
	// UseTOTP tells whether a code of a time step has not been used yet, nor one
	// of a later step, and notes that it is.
	UseTOTP(ctx context.Context, officer, step int64) (bool, error)
	// UseRecoveryCode tells whether there is such a code that was not used, and
	// notes that it is.
	UseRecoveryCode(ctx context.Context, officer int64, sha256 []byte, now time.Time) (bool, error)
	// RecoveryCodes counts an officer's codes that were not used.
	RecoveryCodes(ctx context.Context, officer int64) (int, error)
	// EndSessions ends all web sessions of an officer by raising the epoch.
	EndSessions(ctx context.Context, officer int64, now time.Time) error

	AddPasskey(ctx context.Context, p Passkey) error // ErrExists
	PasskeysOf(ctx context.Context, officer int64) ([]Passkey, error)
	// UsedPasskey keeps what the library says of a passkey after it was used.
	UsedPasskey(ctx context.Context, p Passkey) error
	RemovePasskey(ctx context.Context, officer int64, id []byte, now time.Time) error
}

// A Passkey is a key in an officer's phone or computer to sign in with.
type Passkey struct {
	ID      []byte // the credential's
	Officer int64
	Name    string // as the officer calls it
	Data    []byte // the credential, as the library keeps it
	Since   time.Time
	Used    time.Time // zero if never
}
