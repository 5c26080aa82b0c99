package fakewa

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/libsignal/keys/identity"
	"go.mau.fi/libsignal/keys/prekey"
	"go.mau.fi/libsignal/protocol"
	"go.mau.fi/libsignal/session"
	"go.mau.fi/libsignal/state/record"
	"go.mau.fi/libsignal/util/optional"
	wabinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store"
	"google.golang.org/protobuf/proto"
)

// seal encrypts a message of an account's phone (device 0) for a companion. The
// phone opens a new session for each message, with one of the companion's
// prekeys. Callers hold mu.
func (s *Server) seal(from *account, d *device, m *waE2E.Message) (wabinary.Node, error) {
	plain, err := proto.Marshal(m)
	if err != nil {
		return wabinary.Node{}, err
	}
	bundle, err := d.takeBundle()
	if err != nil {
		return wabinary.Node{}, fmt.Errorf("prekeys of %s: %w", d.pn(), err)
	}
	s.checkPreKeys(d)
	keeper := &oneSession{
		own:   identity.NewKeyPair(identity.NewKey(ecc.NewDjbECPublicKey(*from.identity.Pub)), ecc.NewDjbECPrivateKey(*from.identity.Priv)),
		regID: binary.BigEndian.Uint32(from.devices[0].regID[:]),
	}
	to := d.hidden().SignalAddress()
	builder := session.NewBuilder(keeper, nil, nil, keeper, to, store.SignalProtobufSerializer)
	ctx := context.Background()
	if err = builder.ProcessBundle(ctx, bundle); err != nil {
		return wabinary.Node{}, err
	}
	plain = append(plain, bytes.Repeat([]byte{8}, 8)...) // the padding names its length
	sealed, err := session.NewCipher(builder, to).Encrypt(ctx, plain)
	if err != nil {
		return wabinary.Node{}, err
	}
	return el("enc", attrs{"v": "2", "type": "pkmsg"}, sealed.Serialize()), nil
}

// takeBundle is what somebody needs to open a session with the device. It takes
// a prekey out of stock. Callers hold mu.
func (d *device) takeBundle() (*prekey.Bundle, error) {
	signed, sig := raw(d.skey, "value"), raw(d.skey, "signature")
	if len(d.identity) != 32 || len(signed) != 32 || len(sig) != 64 {
		return nil, errors.New("no keys")
	}
	one, oneID := ecc.ECPublicKeyable(nil), optional.NewEmptyUint32()
	if len(d.prekeys) > 0 {
		k := d.prekeys[0]
		d.prekeys = d.prekeys[1:]
		if v := raw(k, "value"); len(v) == 32 {
			one, oneID = ecc.NewDjbECPublicKey([32]byte(v)), optional.NewOptionalUint32(keyID(k))
		}
	}
	return prekey.NewBundle(binary.BigEndian.Uint32(d.regID[:]), uint32(d.id), oneID, keyID(d.skey), one,
		ecc.NewDjbECPublicKey([32]byte(signed)), [64]byte(sig), identity.NewKey(ecc.NewDjbECPublicKey([32]byte(d.identity)))), nil
}

// keyID is the number of a prekey: three bytes.
func keyID(k wabinary.Node) uint32 {
	id := raw(k, "id")
	if len(id) != 3 {
		return 0
	}
	return binary.BigEndian.Uint32(append([]byte{0}, id...))
}

// oneSession is what libsignal needs to keep for a single message.
type oneSession struct {
	own     *identity.KeyPair
	regID   uint32
	session *record.Session
}

func (o *oneSession) GetIdentityKeyPair() *identity.KeyPair { return o.own }
func (o *oneSession) GetLocalRegistrationID() uint32        { return o.regID }

func (o *oneSession) SaveIdentity(context.Context, *protocol.SignalAddress, *identity.Key) error {
	return nil
}

func (o *oneSession) IsTrustedIdentity(context.Context, *protocol.SignalAddress, *identity.Key) (bool, error) {
	return true, nil
}

func (o *oneSession) LoadSession(context.Context, *protocol.SignalAddress) (*record.Session, error) {
	if o.session == nil {
		o.session = record.NewSession(store.SignalProtobufSerializer.Session, store.SignalProtobufSerializer.State)
	}
	return o.session, nil
}

func (o *oneSession) StoreSession(_ context.Context, _ *protocol.SignalAddress, s *record.Session) error {
	o.session = s
	return nil
}

func (o *oneSession) ContainsSession(context.Context, *protocol.SignalAddress) (bool, error) {
	return o.session != nil, nil
}

func (o *oneSession) GetSubDeviceSessions(context.Context, string) ([]uint32, error) { return nil, nil }

func (o *oneSession) DeleteSession(context.Context, *protocol.SignalAddress) error { return nil }

func (o *oneSession) DeleteAllSessions(context.Context) error { return nil }
