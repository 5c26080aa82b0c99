package fakewa

import (
	"strings"

	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waMmsRetry"
	"go.mau.fi/whatsmeow/util/gcmutil"
	"go.mau.fi/whatsmeow/util/hkdfutil"
	"google.golang.org/protobuf/proto"
)

// notOnPhone is the answer for a medium that the phone has no more.
const notOnPhone = "2"

// ExpireMedia makes all that was uploaded so far answer with an HTTP status, 404
// or 410. The phones still have it, and upload it again when they are asked.
func (s *Server) ExpireMedia(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range s.media {
		s.expired[id] = status
	}
}

// ForgetMedia removes a message's medium from the phone, so that it cannot be
// uploaded again.
func (s *Server) ForgetMedia(messageID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sent, messageID)
}

// retryMedia answers a client that asks its phone for an upload that has
// expired. Callers hold mu.
func (s *Server) retryMedia(d *device, n *binary.Node) {
	rmr, _ := n.GetOptionalChildByTag("rmr")
	answer := el("error", attrs{"code": notOnPhone})
	if sealed, ok := s.uploadAgain(n); ok {
		answer = sealed
	}
	s.deliver(d, el("notification", attrs{
		"type": "mediaretry", "from": d.acct.pnJID(), "id": n.Attrs["id"], "t": s.now(),
	}, rmr, answer))
}

// uploadAgain puts a medium back under a new path, and seals what the client is
// told about it. Callers hold mu.
func (s *Server) uploadAgain(n *binary.Node) (binary.Node, bool) {
	id := str(n, "id")
	m, ok := s.sent[id]
	if !ok {
		return binary.Node{}, false
	}
	key := hkdfutil.SHA256(m.key, nil, []byte("WhatsApp Media Retry Notification"), 32)
	asked, _ := n.GetOptionalChildByTag("encrypt")
	var receipt waMmsRetry.ServerErrorReceipt
	plain, err := gcmutil.Decrypt(key, raw(asked, "enc_iv"), raw(asked, "enc_p"), []byte(id))
	if err == nil {
		err = proto.Unmarshal(plain, &receipt)
	}
	old, _, _ := strings.Cut(strings.TrimPrefix(m.path, mediaPath), "?")
	if err != nil || receipt.GetStanzaID() != id || s.media[old] == nil {
		s.logf("asked for %s again: %v", id, err)
		return binary.Node{}, false
	}
	path := s.store(s.media[old])
	s.sent[id] = sentMedium{key: m.key, path: path}
	if plain, err = proto.Marshal(&waMmsRetry.MediaRetryNotification{
		StanzaID: &id, DirectPath: &path, Result: waMmsRetry.MediaRetryNotification_SUCCESS.Enum(),
	}); err != nil {
		return binary.Node{}, false
	}
	iv := randomBytes(12)
	sealed, err := gcmutil.Encrypt(key, iv, plain, []byte(id))
	if err != nil {
		return binary.Node{}, false
	}
	return el("encrypt", nil, el("enc_p", nil, sealed), el("enc_iv", nil, iv)), true
}
