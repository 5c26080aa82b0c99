package alert

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"log/slog"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"mitan/bot"
	"mitan/locales"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var out = bot.Link{
	State: bot.LinkLoggedOut, Since: time.Date(2026, 11, 22, 12, 0, 0, 0, locales.IST),
	Number: "9000000001", Reason: "401",
}

// alarm is one with the settings that set makes.
func alarm(set func(u *bot.Unit)) (*Alarm, *bytes.Buffer) {
	unit, said := bot.DefaultUnit(), &bytes.Buffer{}
	set(unit)
	return &Alarm{unit: unit, log: slog.New(slog.NewTextHandler(said, nil))}, said
}

// script is a command that a test writes.
func script(t *testing.T, lines string) (path, dir string) {
	dir = t.TempDir()
	path = filepath.Join(dir, "ring")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\ncd "+dir+"\n"+lines), 0o700)) //nolint:gosec // it is to be run
	return path, dir
}

func read(t *testing.T, path string) string {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

func TestNothingIsSet(t *testing.T) {
	require.Nil(t, New(bot.DefaultUnit(), slog.New(slog.DiscardHandler)))
	unit := bot.DefaultUnit()
	unit.Alert.Command = []string{"ring"}
	require.NotNil(t, New(unit, slog.New(slog.DiscardHandler)))
}

// The command gets its arguments as they are, with no shell between, and the
// state in its environment. What it prints goes nowhere.
func TestCommand(t *testing.T) {
	path, dir := script(t, `printf '%s|' "$MITAN_LINK" "$MITAN_SINCE" "$@" >> told; echo 9000000002; echo 9000000003 >&2`)
	a, said := alarm(func(u *bot.Unit) { u.Alert.Command = []string{path, "duty officer", "$HOME; exit 1"} })
	require.NoError(t, a.Alert(t.Context(), out))
	require.Equal(t, "logged_out|2026-11-22T06:30:00Z|duty officer|$HOME; exit 1|", read(t, filepath.Join(dir, "told")))
	require.NotContains(t, said.String(), "90000")
}

func TestCommandThatFails(t *testing.T) {
	path, dir := script(t, "echo x >> told; exit 3")
	a, _ := alarm(func(u *bot.Unit) { u.Alert.Command = []string{path} })
	require.ErrorContains(t, a.Alert(t.Context(), out), "alert: command: exit status 3")
	require.Error(t, a.Alert(t.Context(), out))
	require.Equal(t, "x\nx\n", read(t, filepath.Join(dir, "told")), "it is tried again")

	missing, _ := alarm(func(u *bot.Unit) { u.Alert.Command = []string{filepath.Join(dir, "nothing")} })
	require.ErrorIs(t, missing.Alert(t.Context(), out), os.ErrNotExist)
}

// A command that hangs is killed, with what it has started.
func TestCommandThatHangs(t *testing.T) {
	require.Equal(t, 30*time.Second, commandDeadline)
	path, dir := script(t, "sleep 600 & echo $! > child; touch begun; wait")
	a, _ := alarm(func(u *bot.Unit) { u.Alert.Command = []string{path} })
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		assert.Eventually(t, func() bool { _, err := os.Stat(filepath.Join(dir, "begun")); return err == nil }, time.Minute, time.Millisecond)
		stop()
	}()
	require.Error(t, a.Alert(ctx, out))
	stat := filepath.Join("/proc", strings.TrimSpace(read(t, filepath.Join(dir, "child"))), "stat")
	require.Eventually(t, func() bool {
		state, err := os.ReadFile(stat)
		return err != nil || strings.Contains(string(state), ") Z ") // gone, or dead and not yet collected
	}, time.Minute, time.Millisecond)
}

// The mail says in both languages what is wrong, and nothing of anybody.
func TestMail(t *testing.T) {
	server := newServer(t, nil)
	a, _ := alarm(server.settings("duty@police.example", "sp@police.example"))
	require.NoError(t, a.Alert(t.Context(), out))
	require.Len(t, server.mails, 2)
	for i, to := range []string{"duty@police.example", "sp@police.example"} {
		got := server.mails[i]
		require.Equal(t, []string{to}, got.to)
		require.Equal(t, "mitan@police.example", got.from)
		m, err := mail.ReadMessage(strings.NewReader(got.data))
		require.NoError(t, err)
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		require.NoError(t, err)
		require.Equal(t, "WhatsApp बंद है: बिलासपुर पुलिस / WhatsApp is down: Bilaspur Police", subject)
		require.NotEmpty(t, m.Header.Get("Message-ID"))
		_, err = m.Header.Date()
		require.NoError(t, err)
		words, err := io.ReadAll(quotedprintable.NewReader(m.Body))
		require.NoError(t, err)
		for _, says := range []string{"फ़ोन से हट गया है", "logged out", "22-11-2026 12:00", "Bilaspur Police"} {
			require.Contains(t, string(words), says)
		}
		require.NotContains(t, string(words), "{", "every place is filled")
		require.NotContains(t, got.data, out.Number)
	}
}

// Each state that an alert can be about has words.
func TestStatesHaveWords(t *testing.T) {
	for _, s := range []bot.LinkState{
		bot.LinkNone, bot.LinkConnecting, bot.LinkOffline, bot.LinkLoggedOut, bot.LinkBanned, bot.LinkReplaced, bot.LinkOutdated,
	} {
		require.NotEmpty(t, states[s].hi, s)
		require.NotEmpty(t, states[s].en, s)
	}
}

// A user and a password go over an encrypted connection only.
func TestMailWithPassword(t *testing.T) {
	certificate, trusted := certificate(t)
	sign := func(u *bot.Unit) { u.Alert.SMTPUser, u.Alert.SMTPPassword = "mitan", "secret" }
	server := newServer(t, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
	a, _ := alarm(func(u *bot.Unit) { server.settings("duty@police.example")(u); sign(u) })
	a.trusted = trusted
	require.NoError(t, a.Alert(t.Context(), out))
	require.Equal(t, []string{"mitan secret"}, server.signed)
	require.Len(t, server.mails, 1)

	plain := newServer(t, nil)
	plain.server.AllowInsecureAuth = true
	a, _ = alarm(func(u *bot.Unit) { plain.settings("duty@police.example")(u); sign(u) })
	require.Error(t, a.Alert(t.Context(), out))
	require.Empty(t, plain.signed)
	require.Empty(t, plain.mails)
}

// On port 465 the connection is encrypted from the first byte.
func TestMailOverTLS(t *testing.T) {
	certificate, trusted := certificate(t)
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	listener, err := tls.Listen("tcp", "127.0.0.1:465", config)
	if err != nil {
		t.Skip("port 465 may not be used here:", err)
	}
	server := serve(t, listener, nil)
	a, _ := alarm(func(u *bot.Unit) {
		server.settings("duty@police.example")(u)
		u.Alert.SMTPUser, u.Alert.SMTPPassword = "mitan", "secret"
	})
	a.trusted = trusted
	require.NoError(t, a.Alert(t.Context(), out))
	require.Equal(t, []string{"mitan secret"}, server.signed)
	require.Len(t, server.mails, 1)
}

// When something fails, only that is done again: the command rings once, and
// each gets one mail. A new outage begins anew.
func TestOnlyWhatFailedIsDoneAgain(t *testing.T) {
	path, dir := script(t, "echo x >> told")
	server := newServer(t, nil)
	server.refuse = map[string]bool{"wrong@police.example": true}
	a, said := alarm(func(u *bot.Unit) {
		server.settings("duty@police.example", "wrong@police.example", "sp@police.example")(u)
		u.Alert.Command = []string{path}
	})
	for range 2 {
		err := a.Alert(t.Context(), out)
		require.ErrorContains(t, err, "alert: mail: ")
		require.NotContains(t, err.Error(), "wrong@", "the log gets this")
	}
	server.refuse = nil
	require.NoError(t, a.Alert(t.Context(), out))
	require.NoError(t, a.Alert(t.Context(), out))
	require.Len(t, server.mails, 3)
	require.Equal(t, "x\n", read(t, filepath.Join(dir, "told")))
	require.NotContains(t, said.String(), "@")

	again := out
	again.Since = out.Since.Add(time.Hour)
	require.NoError(t, a.Alert(t.Context(), again))
	require.Len(t, server.mails, 6)
	require.Equal(t, "x\nx\n", read(t, filepath.Join(dir, "told")))
}

// A mail server that does not answer is an error, and nobody waits for it when
// the program ends.
func TestMailServerThatHangs(t *testing.T) {
	require.Equal(t, time.Minute, mailDeadline)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, listener.Close()) }()
	a, _ := alarm(func(u *bot.Unit) {
		u.Alert.MailTo, u.Alert.MailFrom, u.Alert.SMTP = []string{"duty@police.example"}, "mitan@police.example", listener.Addr().String()
	})
	ctx, stop := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, stop)
	require.Error(t, a.Alert(ctx, out))
}

// mailbox is a mail server that keeps what it gets.
type mailbox struct {
	server *smtp.Server
	addr   string
	refuse map[string]bool // addresses that it does not take

	mu     sync.Mutex
	mails  []letter
	signed []string
}

type letter struct {
	from, data string
	to         []string
}

func newServer(t *testing.T, config *tls.Config) *mailbox {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	return serve(t, listener, config)
}

func serve(t *testing.T, listener net.Listener, config *tls.Config) *mailbox {
	m := &mailbox{}
	m.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{box: m}, nil }))
	m.server.Domain, m.server.TLSConfig = "mail.police.example", config
	m.server.ErrorLog = log.New(io.Discard, "", 0)
	m.addr = listener.Addr().String()
	done := make(chan error, 1)
	go func() { done <- m.server.Serve(listener) }()
	t.Cleanup(func() {
		require.NoError(t, m.server.Close())
		<-done
	})
	return m
}

func (m *mailbox) settings(to ...string) func(*bot.Unit) {
	return func(u *bot.Unit) { u.Alert.MailTo, u.Alert.MailFrom, u.Alert.SMTP = to, "mitan@police.example", m.addr }
}

type session struct {
	box *mailbox
	now letter
}

func (s *session) Reset()        { s.now = letter{} }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.now.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.box.refuse[to] {
		return &smtp.SMTPError{Code: 550, Message: "no mailbox <" + to + ">"}
	}
	s.now.to = append(s.now.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.now.data = string(data)
	s.box.mails = append(s.box.mails, s.now)
	return nil
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		s.box.signed = append(s.box.signed, user+" "+password)
		if password != "secret" {
			return errors.New("wrong password")
		}
		return nil
	}), nil
}

// certificate is one of the mail server's own, and what trusts it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	parsed, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}
