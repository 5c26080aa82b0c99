package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"mitan/bot"
	"mitan/bot/inbox"
	"mitan/flows/fraud"
	"mitan/locales"
)

// Limits of the web server. Live updates are long requests, so there is no
// time limit on a whole answer.
const (
	headerDeadline   = 10 * time.Second
	idleDeadline     = 2 * time.Minute
	shutdownDeadline = 10 * time.Second
	maxHeaderBytes   = 64 << 10
)

// serveCmd is `mitan serve`.
type serveCmd struct {
	Data   string `required:"" placeholder:"DIR" help:"Data folder; made on the first start."`
	Listen string `default:"127.0.0.1:8470" placeholder:"ADDR" help:"Address of the inbox. Put a TLS proxy before it."`
	Secure bool   `help:"The inbox is reached over HTTPS: cookies are sent over HTTPS only."`

	WhatsApp whatsAppFlags `embed:""`
}

// Run serves until it is told to stop.
func (cmd *serveCmd) Run(ctx context.Context, c *cli) (err error) {
	log := newLog(os.Stderr)
	h, err := openOnWhatsApp(ctx, cmd.Data, c, &cmd.WhatsApp, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	web, err := h.inbox(bot.SystemClock{}, log, inbox.Options{Secure: cmd.Secure, Strict: true, Machine: machine(cmd.Data)})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", cmd.Listen)
	if err != nil {
		return fmt.Errorf("the inbox cannot listen: %w", err)
	}
	fmt.Printf("inbox: http://%s\n", listener.Addr())
	defer web.Close()
	return runAll(ctx, h.run, site(listener, web.Handler()))
}

// inbox makes the officers' inbox over the helpline.
func (h *helpline) inbox(clock bot.Clock, log *slog.Logger, o inbox.Options) (*inbox.Inbox, error) {
	o.Bot, o.Store, o.Unit, o.Clock, o.Log = h.bot, h.store, h.unit, clock, log
	o.Kind = func(lang locales.Lang, key string) string { return h.catalog.Text(lang, "kind."+key, nil) }
	o.Texts = h.catalog
	for _, k := range fraud.Kinds() {
		o.Kinds = append(o.Kinds, k.Key)
	}
	if h.whatsapp != nil {
		o.Link = h.whatsapp
	}
	return inbox.New(o)
}

// site serves a handler until the context ends.
func site(listener net.Listener, handler http.Handler) func(context.Context) error {
	return func(ctx context.Context) error {
		server := &http.Server{
			Handler: handler, ReadHeaderTimeout: headerDeadline, IdleTimeout: idleDeadline, MaxHeaderBytes: maxHeaderBytes,
			BaseContext: func(net.Listener) context.Context { return ctx }, // ends live updates at a stop
		}
		done := make(chan error, 1)
		go func() { done <- server.Serve(listener) }()
		select {
		case err := <-done:
			return fmt.Errorf("serve: %w", err)
		case <-ctx.Done():
			closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownDeadline)
			defer cancel()
			return server.Shutdown(closing)
		}
	}
}

// runAll runs tasks until the context ends or one of them fails.
func runAll(ctx context.Context, tasks ...func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	results := make(chan error, len(tasks))
	for _, task := range tasks {
		go func() {
			results <- task(ctx)
			stop()
		}()
	}
	var errs []error
	for range tasks {
		errs = append(errs, <-results)
	}
	return errors.Join(errs...)
}
