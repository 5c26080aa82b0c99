package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"

	"mitan/bot"
	"mitan/bot/alert"
	"mitan/bot/handset"
	"mitan/bot/picture"
	"mitan/bot/whatsapp"
	"mitan/flows"
	"mitan/locales"
	"mitan/store"
)

// A helpline is everything wired together on a data folder.
type helpline struct {
	unit    *bot.Unit
	catalog *locales.Catalog
	store   *store.Store
	handset *handset.Handset
	bot     *bot.Bot
	lock    *os.File

	// Of a helpline that is on WhatsApp; else nil.
	whatsapp *whatsapp.WhatsApp
	devices  io.Closer // the library's own database
}

// openHelpline opens the data folder, making it where there is none, and wires
// a helpline with the practice phone alone. Only one program may have it open.
func openHelpline(ctx context.Context, dir string, c *cli, clock bot.Clock, log *slog.Logger) (*helpline, error) {
	h, err := openFolder(ctx, dir, c, clock, log)
	if err != nil {
		return nil, err
	}
	h.wire(clock, log, bot.Options{Channels: []bot.Channel{h.handset}, Reader: practiceReader{}})
	return h, nil
}

// openOnWhatsApp is openHelpline with WhatsApp beside the practice phone.
func openOnWhatsApp(ctx context.Context, dir string, c *cli, flags *whatsAppFlags, log *slog.Logger) (*helpline, error) {
	loopback, err := flags.loopback()
	if err != nil {
		return nil, err
	}
	clock := bot.SystemClock{}
	h, err := openFolder(ctx, dir, c, clock, log)
	if err != nil {
		return nil, err
	}
	devices, err := store.OpenDevices(ctx, dir)
	if err != nil {
		return nil, h.fail(err)
	}
	h.devices = devices
	h.whatsapp, err = whatsapp.New(ctx, whatsapp.Options{
		Devices: devices, Store: h.store, Unit: h.unit, Clock: clock, Log: log,
		Dir: filepath.Join(dir, "whatsapp"), Loopback: loopback,
	})
	if err != nil {
		return nil, h.fail(err)
	}
	h.wire(clock, log, bot.Options{
		Channels: []bot.Channel{h.handset, h.whatsapp}, Linker: h.whatsapp,
		Alert: alert.New(h.unit, log), Poster: h.poster(), Reader: pictureReader(ctx, log),
	})
	h.whatsapp.Connect(h.bot)
	return h, nil
}

// practiceReader reads the practice phone's own pictures, whose words it knows,
// and all others as a helpline does.
type practiceReader struct{}

// Read implements bot.Reader.
func (practiceReader) Read(ctx context.Context, shown io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(shown, bot.MaxPicture))
	if err != nil {
		return "", err
	}
	if words, own := handset.Described(data); own {
		return words, nil
	}
	reader, err := picture.Find(ctx)
	if err != nil {
		return "", err
	}
	return reader.Read(ctx, bytes.NewReader(data))
}

// pictureReader reads the words in pictures, where this machine can; nil where
// it cannot: then officers look at the pictures that are to be checked.
func pictureReader(ctx context.Context, log *slog.Logger) bot.Reader {
	reader, err := picture.Find(ctx)
	if err != nil {
		log.Warn("pictures are not read: those to be checked go to an officer", "why", err)
		return nil
	}
	log.Info("pictures are read", "by", reader.Version)
	return reader
}

// poster is the officers' group, if the unit has one.
func (h *helpline) poster() bot.Poster {
	if h.unit.WhatsApp.OfficersGroup == "" {
		return nil
	}
	return h.whatsapp
}

// run does the helpline's work until ctx ends.
func (h *helpline) run(ctx context.Context) error {
	if h.whatsapp == nil {
		return h.bot.Run(ctx)
	}
	return runAll(ctx, h.bot.Run, h.whatsapp.Run)
}

// openFolder opens what is in the data folder, making it where there is none.
func openFolder(ctx context.Context, dir string, c *cli, clock bot.Clock, log *slog.Logger) (*helpline, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	h := &helpline{}
	var err error
	if h.lock, err = lockFolder(dir); err != nil {
		return nil, err
	}
	if h.unit, err = bot.LoadUnit(dir); err != nil {
		return nil, h.fail(err)
	}
	if h.catalog, err = loadCatalog(c); err != nil {
		return nil, h.fail(err)
	}
	if h.store, err = store.Open(ctx, dir); err != nil {
		return nil, h.fail(err)
	}
	if h.handset, err = handset.New(handset.Options{Dir: filepath.Join(dir, "handset"), Clock: clock, Log: log}); err != nil {
		return nil, h.fail(err)
	}
	return h, nil
}

// wire makes the bot, with its channels, of what is open.
func (h *helpline) wire(clock bot.Clock, log *slog.Logger, o bot.Options) {
	o.Store, o.Dialogue, o.Clock, o.Unit = h.store, flows.Dialogue(h.catalog, h.unit), clock, h.unit
	o.Catalog, o.Tips, o.Log = h.catalog, flows.TipList, log
	h.bot = bot.New(o)
	h.handset.Connect(h.bot)
}

// fail closes what is open and passes err on.
func (h *helpline) fail(err error) error {
	return errors.Join(err, h.Close())
}

// Close closes the store and frees the data folder.
func (h *helpline) Close() error {
	var errs []error
	if h.devices != nil {
		errs = append(errs, h.devices.Close())
	}
	if h.store != nil {
		errs = append(errs, h.store.Close())
	}
	if h.lock != nil {
		errs = append(errs, h.lock.Close())
	}
	return errors.Join(errs...)
}

// loadCatalog reads the built-in texts, and those of --locales over them.
func loadCatalog(c *cli) (*locales.Catalog, error) {
	var override fs.FS
	if c.Locales != "" {
		override = os.DirFS(c.Locales)
	}
	catalog, err := locales.Load(override)
	if err != nil {
		return nil, fmt.Errorf("texts: %w", err)
	}
	return catalog, nil
}

// lockFolder makes sure that no other mitan serves the folder: two of them
// would give the same case number twice.
func lockFolder(dir string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(dir, "mitan.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another mitan is running on %s: stop it first, or choose another --data folder", dir), file.Close())
	}
	return file, nil
}

// newLog writes what operators need to stderr: ids and keys, never words.
func newLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelInfo}))
}
