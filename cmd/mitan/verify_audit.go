package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"mitan/bot"
	"mitan/locales"
	"mitan/store"
)

// auditFlags are the part of `mitan verify` that checks the audit. It writes
// nothing, and may be used while the helpline runs, or on a copy of its folder.
type auditFlags struct {
	Audit      bool   `help:"Check the audit of a data folder: each row, the chain and the checkpoints."`
	Data       string `placeholder:"DIR" help:"Data folder, with --audit."`
	Checkpoint string `placeholder:"FILE" help:"A checkpoint that was kept elsewhere, with --audit."`
}

// errAudit makes the program end with an error after the report has said why.
var errAudit = errors.New("the audit is not as it was written")

// run checks the audit and prints what it has found.
func (f *auditFlags) run(ctx context.Context) error {
	if f.Data == "" {
		return errors.New("--audit needs --data DIR, the helpline's data folder")
	}
	if err := dataFolder(f.Data); err != nil {
		return err
	}
	var kept *bot.AuditCheckpoint
	if f.Checkpoint != "" {
		file, err := os.ReadFile(f.Checkpoint)
		if err != nil {
			return fmt.Errorf("checkpoint: %w", err)
		}
		c, err := store.ParseCheckpoint(string(file))
		if err != nil {
			return fmt.Errorf("%s: %w", f.Checkpoint, err)
		}
		kept = &c
	}
	check, err := store.VerifyAudit(ctx, f.Data, kept)
	if err != nil {
		return err
	}
	return tellAudit(os.Stdout, check, kept)
}

// auditBreaks say what is wrong with a row.
var auditBreaks = map[bot.AuditBreak]string{
	bot.AuditChanged:   "the row is not what was written",
	bot.AuditMissing:   "a row before it was taken out",
	bot.AuditRewritten: "a checkpoint tells another hash: the rows up to here were written anew",
	bot.AuditCutOff:    "a checkpoint tells of this row, and it is not there: the end was taken out",
	bot.AuditForged:    "the checkpoint of this row does not bear its signature",
}

func tellAudit(w io.Writer, check bot.AuditCheck, kept *bot.AuditCheckpoint) error {
	fmt.Fprintf(w, "%d rows are right", check.Rows)
	if check.Rows > 0 {
		fmt.Fprintf(w, ", up to row %d of %s\nhash of that row: %s", check.Last, check.LastAt.In(locales.IST).Format(time.DateTime), hex.EncodeToString(check.Hash))
	}
	fmt.Fprintf(w, "\n%d checkpoints in the folder", check.Checkpoints)
	if check.OtherKeys > 0 {
		fmt.Fprintf(w, ", %d of them signed with another key than the folder's: ask who replaced it", check.OtherKeys)
	}
	fmt.Fprintln(w)
	if check.Broken != 0 {
		_, err := fmt.Fprintf(w, "BROKEN at row %d: %s\n", check.Broken, auditBreaks[check.Why])
		return errors.Join(err, errAudit)
	}
	if kept != nil {
		fmt.Fprintf(w, "the checkpoint of row %d that was kept elsewhere agrees\n", kept.Row)
	}
	_, err := fmt.Fprintln(w, "the audit is as it was written")
	return err
}
