package main

import (
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
	"mitan/bot/handset"
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
}

// openHelpline opens the data folder, making it where there is none, and wires
// the helpline. Only one program may have it open.
func openHelpline(ctx context.Context, dir string, c *cli, clock bot.Clock, log *slog.Logger) (*helpline, error) {
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
	h.bot = bot.New(bot.Options{
		Store: h.store, Dialogue: flows.Dialogue(h.catalog, h.unit), Clock: clock, Unit: h.unit,
		Catalog: h.catalog, Tips: flows.TipList, Log: log, Channels: []bot.Channel{h.handset},
	})
	h.handset.Connect(h.bot)
	return h, nil
}

// fail closes what is open and passes err on.
func (h *helpline) fail(err error) error {
	return errors.Join(err, h.Close())
}

// Close closes the store and frees the data folder.
func (h *helpline) Close() error {
	var errs []error
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
