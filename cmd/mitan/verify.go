package main

import (
	"context"
	"errors"
)

// verifyCmd is `mitan verify`.
type verifyCmd struct {
	auditFlags
}

// Run checks what it is told to.
func (cmd *verifyCmd) Run(ctx context.Context) error {
	if cmd.Audit {
		return cmd.run(ctx)
	}
	return errors.New("say what to check: --audit --data DIR")
}
