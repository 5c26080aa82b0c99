package fakewa

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"

	"mitan/bot/whatsapp/ratchet"
)

const (
	// residentPreKeys is how many prekeys a resident's client makes at a time,
	// in place of whatsmeow's 812: they are most of the cost of a new client.
	residentPreKeys = 30
	// reconnectPause is the time between a resident's tries to come back.
	reconnectPause = 50 * time.Millisecond
)

// Resident is a person with a phone: a linked whatsmeow client that writes to
// the helpline and shows what comes from it. It is a device of the same account
// as Phone. Its methods may be called from several goroutines.
type Resident struct {
	// Phone is the resident's phone, for what a linked client cannot do: calls,
	// another identity, more linked devices.
	Phone *Phone

	srv  *Server
	cli  *whatsmeow.Client
	gate ratchet.Gate // a phone seals and opens one message at a time

	mu       sync.Mutex
	changed  chan struct{} // closed, and replaced, with every change
	shown    []Received
	next     int // how many of shown Next has given out
	events   map[string]*events.Message
	contents map[string][]byte // of each message shown, to compare copies
	copies   map[string]int
	altered  []string
	receipts map[string]string
	typing   int
	garbled  int
}

// NewResident adds a phone with a number such as "919000000001", links a client
// to it and waits until that is connected. Residents keep their keys in one
// SQLite database in memory: the program must have registered the driver
// "sqlite3".
func (s *Server) NewResident(ctx context.Context, number, name string) (*Resident, error) {
	dev, err := s.newStore(ctx)
	if err != nil {
		return nil, fmt.Errorf("resident's store: %w", err)
	}
	r := &Resident{
		Phone: s.AddPhone(number, name), srv: s, changed: make(chan struct{}),
		events: map[string]*events.Message{}, contents: map[string][]byte{},
		copies: map[string]int{}, receipts: map[string]string{},
	}
	if err = r.Phone.linkStore(ctx, dev); err != nil {
		return nil, fmt.Errorf("linking a resident: %w", err)
	}
	dev.PushName = name
	dev.PreKeys = fewPreKeys{dev.PreKeys}
	r.gate.Put(dev)
	r.cli = whatsmeow.NewClient(dev, nil)
	Point(r.cli, s.Addr(), s.RootKey())
	r.cli.SetForceActiveDeliveryReceipts(true)
	r.cli.InitialAutoReconnect = true
	r.cli.EnableDecryptedEventBuffer = true // decrypts in a transaction, beside which no session is written
	r.cli.PreRetryCallback = r.resend
	r.cli.AutoReconnectHook = func(error) bool {
		r.cli.AutoReconnectErrors = 0 // else it waits longer each time
		time.Sleep(reconnectPause)
		return true
	}
	connected := make(chan struct{}, 1)
	r.cli.AddEventHandler(func(evt any) {
		if _, ok := evt.(*events.Connected); ok {
			select {
			case connected <- struct{}{}:
			default:
			}
		}
		r.handle(evt)
	})
	if err = r.cli.Connect(); err != nil {
		return nil, fmt.Errorf("connecting a resident: %w", err)
	}
	select {
	case <-connected:
		return r, nil
	case <-ctx.Done():
		r.Close()
		return nil, fmt.Errorf("connecting a resident: %w", ctx.Err())
	}
}

// Close ends the resident's connection. The server keeps what comes for it.
func (r *Resident) Close() {
	r.srv.settleDown(*r.cli.Store.ID)
	r.cli.Disconnect()
}

// Reopen connects a closed resident again.
func (r *Resident) Reopen() error { return r.cli.Connect() }

// newStore is a client's store in the server's database of residents.
func (s *Server) newStore(ctx context.Context) (*store.Device, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.db == nil {
		db, err := sql.Open("sqlite3", "file:residents?mode=memory&_foreign_keys=on&_txlock=immediate")
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(1) // each connection would have a database of its own
		box := sqlstore.NewWithDB(db, "sqlite3", nil)
		if err = box.Upgrade(ctx); err != nil {
			return nil, errors.Join(err, db.Close())
		}
		s.db = box
	}
	return s.db.NewDevice(), nil
}

// linkStore makes the client that will use a store a companion of the phone,
// without the connections that a QR code takes.
func (p *Phone) linkStore(ctx context.Context, dev *store.Device) error {
	s := p.srv
	s.mu.Lock()
	d := newDevice(p.acct, p.acct.next)
	p.acct.next++
	d.noise, d.identity = *dev.NoiseKey.Pub, dev.IdentityKey.Pub[:]
	binary.BigEndian.PutUint32(d.regID[:], dev.RegistrationID)
	s.mu.Unlock()

	_, signed, err := p.sign(d.identity, dev.AdvSecretKey, uint32(d.id))
	if err != nil {
		return err
	}
	sig := ecc.CalculateSignature(ecc.NewDjbECPrivateKey(*dev.IdentityKey.Priv),
		slices.Concat(deviceSigPrefix, signed.Details, d.identity, signed.AccountSignatureKey))
	signed.DeviceSignature = sig[:]
	if d.adv, err = proto.Marshal(signed); err != nil {
		return err
	}
	id := d.pn()
	dev.ID, dev.LID, dev.Account, dev.Platform = &id, d.hidden(), signed, "android"
	if err = dev.Save(ctx); err != nil {
		return err
	}
	if err = dev.Identities.PutIdentity(ctx, p.LID().SignalAddress().String(), *p.acct.identity.Pub); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p.acct.devices[d.id] = d
	s.announceDevices(p.acct)
	return nil
}

// fewPreKeys is a store that makes no more than residentPreKeys at a time.
type fewPreKeys struct{ store.PreKeyStore }

func (f fewPreKeys) GetOrGenPreKeys(ctx context.Context, count uint32) ([]*keys.PreKey, error) {
	return f.PreKeyStore.GetOrGenPreKeys(ctx, min(count, residentPreKeys))
}

// handle takes an event of the client in.
func (r *Resident) handle(evt any) {
	var m Received
	if e, ok := evt.(*events.Message); ok {
		if m, ok = r.read(e); !ok {
			return
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch e := evt.(type) {
	case *events.Message:
		r.show(m, e)
	case *events.Receipt:
		for _, id := range e.MessageIDs {
			r.raise(id, receiptName(e.Type))
		}
	case *events.ChatPresence:
		if e.State == types.ChatPresenceComposing {
			r.typing++
		}
	case *events.UndecryptableMessage:
		r.garbled++
	default:
		return
	}
	close(r.changed)
	r.changed = make(chan struct{})
}

// show adds a message to what is shown, once. Callers hold mu.
func (r *Resident) show(m Received, e *events.Message) {
	content, err := proto.MarshalOptions{Deterministic: true}.Marshal(e.Message)
	if err != nil {
		r.srv.logf("reading a message: %v", err)
		return
	}
	r.copies[m.ID]++
	if r.copies[m.ID] > 1 {
		if !bytes.Equal(content, r.contents[m.ID]) {
			r.altered = append(r.altered, m.ID)
		}
		return
	}
	r.contents[m.ID], r.events[m.ID] = content, e
	r.shown = append(r.shown, m)
}

// until waits for a condition, which is called with mu held.
func (r *Resident) until(ctx context.Context, met func() bool) error {
	for {
		r.mu.Lock()
		ok, changed := met(), r.changed
		r.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
