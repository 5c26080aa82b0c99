package evidence

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"path"
	"time"

	"mitan/bot"
)

// Actions of the audit that tell of files like these. They are left out of
// them, or no two files would be the same.
const (
	ActionBegun = "evidence"
	ActionDone  = "evidence_done"
)

// threadPage is how many messages are read at a time.
const threadPage = 500

// A Source is where a case comes from. Any [bot.Store] is one.
type Source interface {
	CaseByID(ctx context.Context, id int64) (bot.Case, error)
	StoryOf(ctx context.Context, caseID int64) ([]bot.Message, error)
	Thread(ctx context.Context, resident, before int64, limit int) ([]bot.Message, error)
	HistoryOf(ctx context.Context, resident int64) ([]bot.AuditEntry, error)
	OpenMedia(ctx context.Context, id int64) (io.ReadSeekCloser, error)
}

const readme = `Evidence of a case from the helpline.

case.json        the facts as officers have them
messages.jsonl   the whole conversation, a message a line; "evidence": true
                 marks what belongs to this case
media/           the original bytes of pictures, recordings and files of this
                 case, as they came. A name ends in .bin so that nothing opens
                 it by a tap: it may be harmful.
audit.jsonl      what officers did about this person, but for the making of
                 files like this one
manifest.json    the size and SHA-256 of each of these

Times are given in UTC and in IST. To check that nothing was changed:

    mitan verify THIS-FILE.zip

It prints the SHA-256 of the manifest. The audit of the helpline holds the
same number for each file that was made.

इस केस का सबूत। जाँचने के लिए: mitan verify फ़ाइल.zip
media/ की फ़ाइलें वैसी ही हैं जैसी आई थीं। इन्हें न खोलें, नुक़सान हो सकता है।
`

// Write writes the evidence of a case to w as it reads it, and returns the
// SHA-256 of the manifest. An error leaves a file that is not whole, which
// Verify says.
func Write(ctx context.Context, w io.Writer, s Source, id int64) (manifest string, err error) {
	c, err := s.CaseByID(ctx, id)
	if err != nil {
		return "", fmt.Errorf("evidence: %w", err)
	}
	if c.Story, err = s.StoryOf(ctx, id); err != nil {
		return "", fmt.Errorf("evidence: %w", err)
	}
	out := &writer{zip: zip.NewWriter(w), manifest: Manifest{Format: Format, Case: c.Number, CaseID: c.ID}, at: lastMoment(c)}
	steps := []func() error{
		func() error { return out.text(readmeFile, readme) },
		func() error { return out.json(caseFile, recordOf(c)) },
		func() error { return out.messages(ctx, s, c) },
		func() error { return out.media(ctx, s, c.Story) },
		func() error { return out.audit(ctx, s, c.Resident) },
		out.writeManifest,
		out.zip.Close,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return "", fmt.Errorf("evidence: %w", err)
		}
	}
	return out.sum, nil
}

// lastMoment is the time that the files in the zip bear: of the case, never of
// the writing.
func lastMoment(c bot.Case) time.Time {
	at := c.Opened
	if c.Filed.After(at) {
		at = c.Filed
	}
	return at.UTC().Truncate(2 * time.Second)
}

type writer struct {
	zip      *zip.Writer
	manifest Manifest
	at       time.Time
	sum      string // of the manifest
}

// file begins a file of the zip; done notes it in the manifest.
func (w *writer) file(name string) (out io.Writer, done func(e Entry), err error) {
	f, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: w.at})
	if err != nil {
		return nil, nil, err
	}
	c := &counter{sum: sha256.New()}
	return io.MultiWriter(f, c), func(e Entry) {
		e.Name, e.Size, e.SHA256 = name, c.n, hex.EncodeToString(c.sum.Sum(nil))
		e.Damaged = e.Kept != "" && e.Kept != e.SHA256
		w.manifest.Files = append(w.manifest.Files, e)
	}, nil
}

type counter struct {
	sum hash.Hash
	n   int64
}

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return c.sum.Write(p)
}

func (w *writer) text(name, text string) error {
	out, done, err := w.file(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, text)
	done(Entry{})
	return err
}

func (w *writer) json(name string, value any) error {
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	return w.text(name, string(data)+"\n")
}

func recordOf(c bot.Case) caseRecord {
	record := caseRecord{
		Number: c.Number, ID: c.ID, State: c.State, Kind: c.Kind, MoneyGone: c.MoneyGone,
		Reporter: c.Reporter, Victim: c.Victim, Thana: c.Thana, Opened: momentOf(c.Opened), Filed: momentOf(c.Filed),
		Amended: c.Revision, MergedInto: c.MergedInto, SplitFrom: c.SplitFrom, Legs: []legRecord{}, Suspects: []bot.Suspect{},
	}
	for _, leg := range c.Legs {
		record.Legs = append(record.Legs, legRecord{leg.Amount, momentOf(leg.When), leg.Bank, leg.UTR})
	}
	record.Suspects = append(record.Suspects, c.Suspects...)
	return record
}

// messages writes the whole conversation. It reads it backwards, page by page,
// so the ids are gathered first: they are small, the texts are not.
func (w *writer) messages(ctx context.Context, s Source, c bot.Case) error {
	out, done, err := w.file(messagesFile)
	if err != nil {
		return err
	}
	evident := map[int64]bool{}
	for _, m := range c.Story {
		evident[m.ID] = true
	}
	starts, err := pageStarts(ctx, s, c.Resident)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for i := len(starts) - 1; i >= 0; i-- {
		page, err := s.Thread(ctx, c.Resident, starts[i], threadPage)
		if err != nil {
			return err
		}
		for _, m := range page {
			if err := lines.Encode(messageOf(m, evident[m.ID])); err != nil {
				return err
			}
		}
	}
	done(Entry{})
	return nil
}

// pageStarts are the ids before which each page of a thread ends, the newest
// first.
func pageStarts(ctx context.Context, s Source, resident int64) ([]int64, error) {
	var starts []int64
	for before := int64(0); ; {
		page, err := s.Thread(ctx, resident, before, threadPage)
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			return starts, nil
		}
		starts = append(starts, before)
		before = page[0].ID
	}
}

func messageOf(m bot.Message, evident bool) messageRecord {
	record := messageRecord{
		ID: m.ID, ChannelID: m.ExternalID, Channel: m.Channel, Address: m.Address, By: m.By, Officer: m.Officer,
		At: momentOf(m.At), Kind: m.Kind, Text: m.Text, Forwarded: m.Forwarded, QuoteID: m.QuoteID, Masked: m.Masked,
		Edited: momentOf(m.Edited), Deleted: momentOf(m.Deleted), Delivery: m.Delivery, Evidence: evident,
	}
	if d := m.Media; d != nil {
		record.Medium = &mediumRecord{
			Name: d.Name, Claimed: d.Claimed, Type: d.Type, Size: d.Size, SHA256: d.SHA256, State: d.State,
		}
		if evident && d.State == bot.MediaKept {
			record.Medium.File = mediumName(m)
		}
	}
	return record
}

// mediumName is made of numbers alone: what the sender called a file is told in
// messages.jsonl, and never becomes a path.
func mediumName(m bot.Message) string {
	return path.Join(mediaFolder, fmt.Sprintf("message-%d-%.8s.bin", m.ID, m.Media.SHA256))
}

func (w *writer) media(ctx context.Context, s Source, story []bot.Message) error {
	for _, m := range story {
		if m.Media == nil || m.Media.State != bot.MediaKept {
			continue
		}
		if err := w.medium(ctx, s, m); err != nil {
			return fmt.Errorf("medium of message %d: %w", m.ID, err)
		}
	}
	return nil
}

func (w *writer) medium(ctx context.Context, s Source, m bot.Message) (err error) {
	file, err := s.OpenMedia(ctx, m.Media.ID)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out, done, err := w.file(mediumName(m))
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, file); err != nil {
		return err
	}
	done(Entry{Message: m.ID, Kept: m.Media.SHA256})
	return nil
}

func (w *writer) audit(ctx context.Context, s Source, resident int64) error {
	entries, err := s.HistoryOf(ctx, resident)
	if err != nil {
		return err
	}
	out, done, err := w.file(auditFile)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(out)
	for _, e := range entries {
		if e.Action == ActionBegun || e.Action == ActionDone {
			continue
		}
		if err := lines.Encode(auditRecord{e.ID, momentOf(e.At), e.Officer, e.Action, e.Detail}); err != nil {
			return err
		}
	}
	done(Entry{})
	return nil
}

// writeManifest writes the manifest, in which it does not stand itself.
func (w *writer) writeManifest() error {
	files := w.manifest
	if err := w.json(ManifestFile, files); err != nil {
		return err
	}
	w.sum = w.manifest.Files[len(w.manifest.Files)-1].SHA256
	return nil
}
