package whatsapp

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"go.mau.fi/whatsmeow/util/gcmutil"
	"go.mau.fi/whatsmeow/util/hkdfutil"
	"google.golang.org/protobuf/proto"
)

// openVote is the number of the choice that a vote is for, counting from 1; ""
// for one that was taken back, that cannot be opened, or whose poll is not ours.
//
// A vote is sealed with the poll's secret and the names of who asked and who
// votes. Each of the two has a phone number and a hidden id, and whatsmeow takes
// what the stanza happens to carry; so all four pairs are tried, with the secret
// from our own stored bytes.
func (w *WhatsApp) openVote(ctx context.Context, e *events.Message, from sender) string {
	update := e.Message.GetPollUpdateMessage()
	id := update.GetPollCreationMessageKey().GetID()
	payload, err := w.helpline.Payload(ctx, ChannelName, from.address, id)
	if err != nil {
		return ""
	}
	var poll waE2E.Message
	if err := proto.Unmarshal(payload, &poll); err != nil {
		return ""
	}
	client := w.client.Load()
	if client == nil {
		return ""
	}
	for _, asked := range []types.JID{client.Store.GetJID(), client.Store.GetLID()} {
		for _, voter := range []string{from.address, from.alias} {
			vote, err := unseal(&poll, update, id, asked.ToNonAD().String(), voter)
			if err == nil {
				return chosen(poll.GetPollCreationMessage(), vote)
			}
		}
	}
	w.log.Warn("whatsapp: a vote could not be opened")
	return ""
}

// unseal opens a vote under the names of who asked and who votes.
func unseal(poll *waE2E.Message, update *waE2E.PollUpdateMessage, id, asked, voter string) (*waE2E.PollVoteMessage, error) {
	secret := poll.GetMessageContextInfo().GetMessageSecret()
	key := hkdfutil.SHA256(secret, nil, []byte(id+asked+voter+string(whatsmeow.EncSecretPollVote)), 32)
	sealed := update.GetVote()
	plain, err := gcmutil.Decrypt(key, sealed.GetEncIV(), sealed.GetEncPayload(), fmt.Appendf(nil, "%s\x00%s", id, voter))
	if err != nil {
		return nil, err
	}
	var vote waE2E.PollVoteMessage
	return &vote, proto.Unmarshal(plain, &vote)
}

// chosen is the number of the first choice that the vote names by its hash.
func chosen(poll *waE2E.PollCreationMessage, vote *waE2E.PollVoteMessage) string {
	for i, option := range poll.GetOptions() {
		hash := sha256.Sum256([]byte(option.GetOptionName()))
		if slices.ContainsFunc(vote.GetSelectedOptions(), func(h []byte) bool { return string(h) == string(hash[:]) }) {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}
