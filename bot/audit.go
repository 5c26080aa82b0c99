package bot

import "time"

// An AuditFilter chooses entries of the audit; what is zero chooses all. Those
// that the context's Sight does not reach are left out.
type AuditFilter struct {
	Officer  int64
	Action   string
	Resident int64
	From     time.Time // of this time and later
	Until    time.Time // before this time
	Before   int64     // before this entry's id
	Limit    int
}

// An AuditCheckpoint is a signed word that a row of the audit had a hash. Kept
// elsewhere, it shows any later change of that row and those before it.
type AuditCheckpoint struct {
	Row       int64
	At        time.Time
	Hash      []byte // SHA-256
	Key       []byte // Ed25519, the public one
	Signature []byte
}

// AuditBreak says what is wrong with a row of the audit.
type AuditBreak string

// What can be wrong.
const (
	AuditChanged   AuditBreak = "changed"   // the row, or its hash, is not what was written
	AuditMissing   AuditBreak = "missing"   // a row before it, or it itself, was taken out
	AuditRewritten AuditBreak = "rewritten" // the chain holds, but a checkpoint says otherwise: it was made anew
	AuditCutOff    AuditBreak = "cut_off"   // a checkpoint tells of the row, and it is not there
	AuditForged    AuditBreak = "forged"    // the checkpoint of the row does not bear its signature
)

// An AuditCheck is what a look at the whole audit has found.
type AuditCheck struct {
	Rows        int64 // that are right, from the first
	Last        int64 // the last of them
	LastAt      time.Time
	Hash        []byte // of that row
	Checkpoints int
	OtherKeys   int             // checkpoints signed with another key than the one in the data folder
	Newest      AuditCheckpoint // of those in the store; zero if there is none
	// The first row that is wrong: 0 if all are right.
	Broken   int64
	Why      AuditBreak
	BrokenAt time.Time // what the row says, zero if unknown
}
