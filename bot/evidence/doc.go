// Package evidence writes a case with all its evidence into one file, and
// checks such a file.
//
// The file is a zip. It holds the facts of the case, its messages, the original
// bytes of their media, what officers did, and a manifest with the SHA-256 of
// each of them, which stands last because it is written while the rest goes out.
// The same case gives the same bytes: nothing in the file tells when or by whom
// it was made. That stands in the audit, with the SHA-256 of the manifest, so
// that a file whose manifest was rewritten, too, is found out.
package evidence

import (
	"time"

	"mitan/bot"
	"mitan/locales"
)

// Names of the files in the zip.
const (
	ManifestFile = "manifest.json"
	caseFile     = "case.json"
	messagesFile = "messages.jsonl"
	auditFile    = "audit.jsonl"
	readmeFile   = "README.txt"
	mediaFolder  = "media/"
)

// Format is the version of the manifest.
const Format = 1

// A Manifest lists what a file of evidence holds.
type Manifest struct {
	Format int     `json:"format"`
	Case   string  `json:"case"` // its number
	CaseID int64   `json:"case_id"`
	Files  []Entry `json:"files"`
}

// An Entry is one file in the zip.
type Entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	// Of a medium: the message that it came with, and the SHA-256 under which it
	// was kept when it was received. Damaged says that the bytes are others now.
	Message int64  `json:"message,omitempty"`
	Kept    string `json:"kept_sha256,omitempty"`
	Damaged bool   `json:"damaged,omitempty"`
}

// A Moment is a time as courts and as people read it.
type Moment struct {
	UTC string `json:"utc"`
	IST string `json:"ist"`
}

// momentOf is a time; nil if it is not known.
func momentOf(t time.Time) *Moment {
	if t.IsZero() {
		return nil
	}
	const exact = "2006-01-02T15:04:05.000Z07:00"
	return &Moment{UTC: t.UTC().Format(exact), IST: t.In(locales.IST).Format(exact)}
}

type (
	caseRecord struct {
		Number     string        `json:"number"`
		ID         int64         `json:"id"`
		State      bot.CaseState `json:"state"`
		Kind       string        `json:"kind"`
		MoneyGone  bool          `json:"money_gone"`
		Reporter   bot.Person    `json:"reporter"`
		Victim     bot.Person    `json:"victim"`
		Thana      string        `json:"thana"`
		Opened     *Moment       `json:"opened"`
		Filed      *Moment       `json:"filed"`
		Amended    int64         `json:"times_amended_by_officers"`
		MergedInto int64         `json:"merged_into_case_id,omitempty"`
		SplitFrom  int64         `json:"split_from_case_id,omitempty"`
		Legs       []legRecord   `json:"transactions"`
		Suspects   []bot.Suspect `json:"suspects"`
	}
	legRecord struct {
		AmountPaise bot.Paise `json:"amount_paise"`
		When        *Moment   `json:"when"`
		Bank        string    `json:"bank"`
		UTR         string    `json:"utr"`
	}
	messageRecord struct {
		ID        int64           `json:"id"`
		ChannelID string          `json:"channel_id"` // as the messenger gave it
		Channel   string          `json:"channel"`
		Address   string          `json:"address"`
		By        string          `json:"by"`
		Officer   int64           `json:"officer,omitempty"`
		At        *Moment         `json:"at"`
		Kind      bot.MessageKind `json:"kind"`
		Text      string          `json:"text"`
		Forwarded bool            `json:"forwarded,omitempty"`
		QuoteID   string          `json:"quoted_channel_id,omitempty"`
		Masked    bool            `json:"secret_masked,omitempty"`
		Edited    *Moment         `json:"edited,omitempty"`
		Deleted   *Moment         `json:"deleted_by_resident,omitempty"`
		Delivery  bot.Delivery    `json:"delivery,omitempty"`
		Evidence  bool            `json:"evidence"` // kept as evidence of this case
		Medium    *mediumRecord   `json:"medium,omitempty"`
	}
	mediumRecord struct {
		File    string         `json:"file,omitempty"` // in this zip
		Name    string         `json:"name_as_sent,omitempty"`
		Claimed string         `json:"type_as_sent,omitempty"`
		Type    string         `json:"type_of_bytes,omitempty"`
		Size    int64          `json:"size"`
		SHA256  string         `json:"sha256,omitempty"`
		State   bot.MediaState `json:"state"`
	}
	auditRecord struct {
		ID      int64   `json:"id"`
		At      *Moment `json:"at"`
		Officer int64   `json:"officer"`
		Action  string  `json:"action"`
		Detail  string  `json:"detail"`
	}
)
