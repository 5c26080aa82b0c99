package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"mitan/bot/evidence"
)

// verifyCmd is `mitan verify`.
type verifyCmd struct {
	File string `arg:"" optional:"" placeholder:"FILE" help:"A file of evidence, as the inbox gives it."`

	auditFlags
}

// errFaulty is what is returned for a file with faults, which are printed.
var errFaulty = errors.New("the file is not as it was made")

// Run checks what it is told to.
func (cmd *verifyCmd) Run(ctx context.Context) error {
	switch {
	case cmd.Audit && cmd.File == "":
		return cmd.run(ctx)
	case cmd.File != "" && !cmd.Audit:
		return verifyFile(os.Stdout, cmd.File)
	}
	return errors.New("say what to check: a FILE of evidence, or --audit --data DIR")
}

// verifyFile checks a file of evidence and prints what it finds.
func verifyFile(out io.Writer, path string) (err error) {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	report, err := evidence.Verify(file, info.Size())
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, fault := range report.Faults {
		fmt.Fprintln(out, "FAULT:", fault)
	}
	fmt.Fprintf(out, "case %s: %d files, %d bytes are as the manifest says\n", report.Case, report.Files, report.Bytes)
	fmt.Fprintf(out, "SHA-256 of the manifest: %s\n", report.Manifest)
	fmt.Fprintln(out, "Compare it with the audit of the helpline: entry evidence_done of this case.")
	if len(report.Faults) > 0 {
		return errFaulty
	}
	return nil
}
