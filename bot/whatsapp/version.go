package whatsapp

import (
	"context"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"

	"mitan/bot"
)

// outdated answers a service that refuses our version: once with the version
// that its own web page names; then it is for people to update the program.
func (h *holder) outdated(ctx context.Context) {
	h.drop()
	if !h.fetched {
		h.fetched = true
		if err := h.store.AddLinkEvent(ctx, bot.LinkEvent{At: h.clock.Now(), State: bot.LinkOutdated, Reason: "405"}); err != nil {
			h.log.Error("whatsapp: an event of the link could not be written down", "error", err)
		}
		if err := h.takeVersion(ctx); err == nil {
			h.retryAt = time.Now()
			return
		} else if ctx.Err() == nil {
			h.log.Warn("whatsapp: the service's version could not be read", "error", withoutNames(err))
		}
	}
	h.end(bot.LinkOutdated, "405")
	h.retryAt = time.Now().Add(outdatedWait)
	h.fetched = false
}

// takeVersion takes over the version that the service's web page names. It has
// to be set in two places: in this version of whatsmeow the one that SetWAVersion
// sets never reaches the login.
func (h *holder) takeVersion(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, errandDeadline)
	defer cancel()
	version, err := whatsmeow.GetLatestVersion(ctx, h.loopback.http())
	if err != nil {
		return err
	}
	store.SetWAVersion(*version)
	store.BaseClientPayload.UserAgent.AppVersion = version.ProtoAppVersion()
	return nil
}
