package whatsapp

import (
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"time"

	signal "go.mau.fi/libsignal/logger"
	waLog "go.mau.fi/whatsmeow/util/log"
)

// quiet is whatsmeow's logger on ours. whatsmeow logs addresses, names and
// whole stanzas: only its own fixed words pass, with numbers, durations and
// errors, in which long runs of digits are hidden.
type quiet struct {
	log    *slog.Logger
	module string
}

func (w *WhatsApp) library() waLog.Logger { return quiet{log: w.log, module: "whatsapp"} }

// Debugf drops the line: it is all stanzas.
func (q quiet) Debugf(string, ...any) {}

// Infof drops the line: what matters of it is an event.
func (q quiet) Infof(string, ...any) {}

// Warnf logs the line without what names a person.
func (q quiet) Warnf(format string, args ...any) {
	if format != laterAcknowledged {
		q.log.Warn(q.module+": "+format, harmless(args)...)
	}
}

// laterAcknowledged is what whatsmeow says of each message that it leaves to us
// to acknowledge. One that could not be stored we log ourselves.
const laterAcknowledged = "Handler for %s failed"

// Errorf logs the line without what names a person.
func (q quiet) Errorf(format string, args ...any) {
	q.log.Error(q.module+": "+format, harmless(args)...)
}

// Sub is the same logger for a part of whatsmeow.
func (q quiet) Sub(module string) waLog.Logger {
	return quiet{log: q.log, module: q.module + "/" + module}
}

// harmless are the arguments of a line that may be logged, each with its place.
func harmless(args []any) []any {
	var kept []any
	for i, arg := range args {
		switch v := arg.(type) {
		case int, int64, uint32, bool, time.Duration:
			kept = append(kept, fmt.Sprintf("arg%d", i+1), v)
		case error:
			kept = append(kept, "error", withoutNames(v))
		}
	}
	return kept
}

var (
	names  = regexp.MustCompile(`[0-9A-Za-z.:_-]*@[0-9A-Za-z.]+|[0-9]{5,}`)
	quoted = regexp.MustCompile(`"[^"]*"|'[^']*'|<[^>]*>`)
)

// withoutNames is an error whose text holds no address, no long number and
// nothing in quotes.
func withoutNames(err error) error {
	return errors.New(quoted.ReplaceAllString(names.ReplaceAllString(err.Error(), "…"), "…"))
}

// mute drops what the Signal library prints: each failure to decrypt, which
// whatsmeow tells of too.
type mute struct{}

func muteSignal() {
	var logger signal.Loggable = mute{}
	signal.Setup(&logger)
}

func (mute) Debug(string, string)   {}
func (mute) Info(string, string)    {}
func (mute) Warning(string, string) {}
func (mute) Error(string, string)   {}
func (mute) Configure(string)       {}
