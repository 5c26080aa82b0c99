package alert

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"mitan/bot"
)

// commandDeadline is how long the command may take; then it is killed, with
// what it has started.
const commandDeadline = 30 * time.Second

// ring runs the command. What it prints is thrown away: it is not ours, and
// may be anything.
func (a *Alarm) ring(ctx context.Context, l bot.Link) error {
	ctx, cancel := context.WithTimeout(ctx, commandDeadline)
	defer cancel()
	argv := a.unit.Alert.Command
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...) //nolint:gosec // the operator's own, from mitan.toml
	cmd.Env = append(os.Environ(), "MITAN_LINK="+string(l.State), "MITAN_SINCE="+l.Since.UTC().Format(time.RFC3339))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("command: %w", err)
	}
	return nil
}
