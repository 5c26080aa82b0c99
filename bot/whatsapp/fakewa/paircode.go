package fakewa

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

const (
	linkTag    = "link_code_companion_reg"
	codeRounds = 2 << 16 // of PBKDF2, as in the client
)

// hello is a client that shows a pairing code for a phone number.
type hello struct {
	conn    *conn
	ref     string
	wrapped []byte      // the client's ephemeral key: salt, IV, sealed key
	finish  chan finish // the client's second step
}

// finish is what a client answers once the code was entered.
type finish struct {
	bundle   []byte // salt, nonce, sealed keys
	identity []byte
}

// pairByCode answers the two steps of a client that links by a code. Callers
// hold mu.
func (s *Server) pairByCode(c *conn, n, q *binary.Node) {
	a := s.user(jid(q, "jid"))
	if a == nil {
		s.refuse(c, n, 404, "item-not-found")
		return
	}
	switch str(q, "stage") {
	case "companion_hello":
		h := &hello{conn: c, ref: randomHex(24), wrapped: raw(*q, "link_code_pairing_wrapped_companion_ephemeral_pub"), finish: make(chan finish, 1)}
		if len(h.wrapped) != 80 || !bytes.Equal(raw(*q, "companion_server_auth_key_pub"), c.hs.static[:]) {
			s.refuse(c, n, 400, "bad-request")
			return
		}
		a.hello = h
		s.reply(c, n, el(linkTag, nil, el("link_code_pairing_ref", nil, []byte(h.ref))))
	case "companion_finish":
		h := a.hello
		if h == nil || h.conn != c || string(raw(*q, "link_code_pairing_ref")) != h.ref {
			s.refuse(c, n, 404, "item-not-found")
			return
		}
		s.reply(c, n)
		h.finish <- finish{bundle: raw(*q, "link_code_pairing_wrapped_key_bundle"), identity: raw(*q, "companion_identity_public")}
		a.hello = nil
	default:
		s.refuse(c, n, 400, "bad-request")
	}
}

// EnterCode links the client that shows a pairing code for this phone's number,
// as the person does who types it in, and returns the client's new address.
func (p *Phone) EnterCode(code string) (types.JID, error) {
	code = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(code), "-", ""))
	s := p.srv
	s.mu.Lock()
	h := p.acct.hello
	s.mu.Unlock()
	if h == nil {
		return types.EmptyJID, errors.New("no client shows a code for this number")
	}
	shared, offer, err := exchange(code, h.wrapped)
	if err != nil {
		return types.EmptyJID, fmt.Errorf("pairing code: %w", err)
	}
	h.conn.send(el("notification", attrs{"type": linkTag, "from": types.ServerJID, "id": s.newID(), "t": s.now()},
		el(linkTag, attrs{"stage": "primary_hello"},
			el("link_code_pairing_wrapped_primary_ephemeral_pub", nil, offer),
			el("primary_identity_pub", nil, p.acct.identity.Pub[:]),
			el("link_code_pairing_ref", nil, []byte(h.ref)))))
	var f finish
	select {
	case f = <-h.finish:
	case <-time.After(pairingWait):
		return types.EmptyJID, errors.New("client did not answer the pairing code")
	}
	secret, err := codeSecret(p.acct.identity, shared, f)
	if err != nil {
		return types.EmptyJID, fmt.Errorf("pairing code: %w", err)
	}
	s.mu.Lock()
	if !bytes.Equal(h.conn.reg.identity, f.identity) {
		s.mu.Unlock()
		return types.EmptyJID, errors.New("pairing code and client differ")
	}
	return p.link(h.conn, secret)
}

// exchange agrees on a key with a client by the code that both know, and makes
// what the client needs to come to the same key. A wrong code gives another key.
func exchange(code string, wrapped []byte) (shared, offer []byte, err error) {
	theirs, err := codeCipher(code, wrapped[:32], wrapped[32:48], wrapped[48:])
	if err != nil {
		return nil, nil, err
	}
	mine := keys.NewKeyPair()
	if shared, err = agree(mine, theirs); err != nil {
		return nil, nil, err
	}
	head := make([]byte, 48)
	if _, err = rand.Read(head); err != nil {
		return nil, nil, err
	}
	sealed, err := codeCipher(code, head[:32], head[32:], mine.Pub[:])
	return shared, append(head, sealed...), err
}

// codeCipher seals or opens a key with a pairing code.
func codeCipher(code string, salt, iv, key []byte) ([]byte, error) {
	k, err := pbkdf2.Key(sha256.New, code, salt, codeRounds, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(k)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(key))
	cipher.NewCTR(block, iv).XORKeyStream(out, key)
	return out, nil
}

// codeSecret opens the client's answer and derives the secret that seals its
// identity. It fails where the code that was entered is not the client's.
func codeSecret(identity *keys.KeyPair, shared []byte, f finish) ([]byte, error) {
	if len(f.bundle) < 44 {
		return nil, errors.New("short key bundle")
	}
	key, err := hkdf.Key(sha256.New, shared, f.bundle[:32], "link_code_pairing_key_bundle_encryption_key", 32)
	if err != nil {
		return nil, err
	}
	gcm, err := newGCM(key)
	if err != nil {
		return nil, err
	}
	plain, err := gcm.Open(nil, f.bundle[32:44], f.bundle[44:], nil)
	if err != nil {
		return nil, errors.New("the code is not the one that the client shows")
	}
	if len(plain) != 96 || !bytes.Equal(plain[:32], f.identity) || !bytes.Equal(plain[32:64], identity.Pub[:]) {
		return nil, errors.New("key bundle of somebody else")
	}
	between, err := agree(identity, f.identity)
	if err != nil {
		return nil, err
	}
	return hkdf.Key(sha256.New, slices.Concat(shared, between, plain[64:]), nil, "adv_secret", 32)
}

// agree is the Diffie-Hellman function on Curve25519.
func agree(mine *keys.KeyPair, theirs []byte) ([]byte, error) {
	priv, err := ecdh.X25519().NewPrivateKey(mine.Priv[:])
	if err != nil {
		return nil, err
	}
	pub, err := ecdh.X25519().NewPublicKey(theirs)
	if err != nil {
		return nil, err
	}
	return priv.ECDH(pub)
}
