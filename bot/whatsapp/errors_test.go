package whatsapp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow"

	"mitan/bot"
)

// What a failure to send means for the message: lasting, barred, a matter of
// the link, or passing.
func TestSendFailuresAreClassed(t *testing.T) {
	refused := func(code int) error { return fmt.Errorf("%w %d", whatsmeow.ErrServerReturnedError, code) }
	for name, c := range map[string]struct {
		err  error
		want error // nil: passing
	}{
		"not on WhatsApp":        {refused(404), bot.ErrForbidden},
		"a bad message":          {refused(400), bot.ErrForbidden},
		"an invalid stanza":      {refused(479), bot.ErrForbidden},
		"may not write to them":  {refused(463), bot.ErrBarred},
		"too fast":               {refused(429), nil},
		"a fault of the service": {refused(500), nil},
		"the service is busy":    {refused(503), nil},
		"no answer in time":      {whatsmeow.ErrMessageTimedOut, nil},
		"out of time":            {context.DeadlineExceeded, nil},
		"not connected":          {whatsmeow.ErrNotConnected, bot.ErrOffline},
		"not linked":             {whatsmeow.ErrNotLoggedIn, bot.ErrOffline},
		"cut while asking":       {whatsmeow.ErrIQDisconnected, bot.ErrOffline},
		"cut while sending":      {&whatsmeow.DisconnectedError{Action: "message send"}, bot.ErrOffline},
		"an address of nobody":   {whatsmeow.ErrUnknownServer, bot.ErrForbidden},
		"something we never saw": {errors.New("boom"), nil},
	} {
		t.Run(name, func(t *testing.T) {
			err := classed(c.err)
			require.Error(t, err)
			for _, class := range []error{bot.ErrForbidden, bot.ErrBarred, bot.ErrOffline} {
				require.Equal(t, class == c.want, errors.Is(err, class), "%v is %v", err, class)
			}
		})
	}
	require.NoError(t, classed(nil))
}

// The library's log lines keep their words, counts and errors, and lose whoever
// they are about.
func TestLogNamesNobody(t *testing.T) {
	var out bytes.Buffer
	w := &WhatsApp{log: slog.New(slog.NewTextHandler(&out, nil))}
	log := w.library().Sub("Recv")
	log.Debugf("%s", "<message from='919000000001@s.whatsapp.net'>पैसा</message>")
	log.Infof("Updated push name of %s to %s", "919000000001@s.whatsapp.net", "रामलाल")
	require.Empty(t, out.String())
	log.Warnf("Failed to get LID for %s after %d tries in %s: %v", "919000000001@s.whatsapp.net", 3, time.Second,
		errors.New(`no user 919000000001:4@s.whatsapp.net or 200000000000001@lid "रामलाल" <enc v='2'/>`))
	line := out.String()
	require.Contains(t, line, "Failed to get LID for %s after %d tries")
	require.Contains(t, line, "arg2=3")
	require.Contains(t, line, "arg3=1s")
	for _, secret := range []string{"90000", "2000000", "रामलाल", "enc"} {
		require.NotContains(t, line, secret)
	}
}

// Only a server on this machine may stand for the service.
func TestLoopbackOnly(t *testing.T) {
	key := "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	_, err := NewLoopback("127.0.0.1:4711", key)
	require.NoError(t, err)
	for _, addr := range []string{"192.0.2.1:443", "0.0.0.0:443", "wa.example", ""} {
		_, err := NewLoopback(addr, key)
		require.ErrorContains(t, err, "no loopback address", addr)
	}
	_, err = NewLoopback("127.0.0.1:4711", "1234")
	require.ErrorContains(t, err, "32 bytes in hex")
}

func TestPhones(t *testing.T) {
	for address, want := range map[string]string{
		"919000000001@s.whatsapp.net":  "9000000001",
		"9779800000001@s.whatsapp.net": "",
		"919000000001@lid":             "",
		"91900000@s.whatsapp.net":      "",
	} {
		j, ok := recipient(address)
		require.True(t, ok, address)
		require.Equal(t, want, phoneOf(j), address)
	}
	for _, address := range []string{"", "9000000001", "120363000000000000@g.us", "status@broadcast", "919000000001:4@s.whatsapp.net"} {
		_, ok := recipient(address)
		require.False(t, ok, address)
	}
}
