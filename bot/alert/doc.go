// Package alert tells people outside the helpline that its link to WhatsApp is
// down: by a command of the unit's own and by mail, as mitan.toml says. What it
// tells is how the link stands, never anything of a resident.
package alert

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"mitan/bot"
)

// An Alarm is a [bot.Alerter] that runs the unit's command and sends its mail.
type Alarm struct {
	unit    *bot.Unit
	log     *slog.Logger
	trusted *x509.CertPool // who vouches for the mail server; nil for those whom the system trusts

	mu   sync.Mutex
	told bot.Link // that the fields below are about
	rung bool
	left []string // who has yet to get the mail
}

// New makes an Alarm; nil where the unit has set neither a command nor a mail.
func New(unit *bot.Unit, log *slog.Logger) bot.Alerter {
	if len(unit.Alert.Command) == 0 && len(unit.Alert.MailTo) == 0 {
		return nil
	}
	return &Alarm{unit: unit, log: log}
}

// Alert runs the command and sends the mail, each of which has some seconds.
// What has been done for a link is not done again when Alert is called with the
// same link once more because the rest of it failed.
func (a *Alarm) Alert(ctx context.Context, l bot.Link) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if l != a.told {
		a.told, a.rung, a.left = l, false, slices.Clone(a.unit.Alert.MailTo)
	}
	var failed error
	if !a.rung && len(a.unit.Alert.Command) > 0 {
		err := a.ring(ctx, l)
		a.rung = err == nil
		failed = err
	}
	if len(a.left) > 0 {
		failed = errors.Join(failed, a.mail(ctx, l))
	}
	if failed != nil {
		return fmt.Errorf("alert: %w", failed)
	}
	a.log.Info("an alert was given", "link", l.State)
	return nil
}
