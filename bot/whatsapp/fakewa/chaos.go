package fakewa

import (
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// Rates say how often each mishap befalls the stanzas that it can befall: 0 is
// never, 1 is always.
type Rates struct {
	Late    float64 // a message to the client comes after later ones
	Twice   float64 // a message to the client comes twice
	SlowAck float64 // the answer to a message of the client comes late
	LostAck float64 // it is lost, and the connection with it
	Garbled float64 // a message to the client cannot be decrypted, once
	Cut     float64 // any stanza, either way, is the connection's last
}

// maxLate is the longest that Chaos holds a stanza back.
const maxLate = 300 * time.Millisecond

// Chaos does harm at random, the same for the same seed and the same stanzas.
// Nothing that it does loses a message for good: each comes again with the next
// connection, or is encrypted anew.
func Chaos(seed uint64, r Rates) FaultFunc {
	c := &chaos{rates: r, dice: rand.New(rand.NewPCG(seed, 0)), garbled: map[any]bool{}}
	return c.judge
}

type chaos struct {
	rates   Rates
	mu      sync.Mutex
	dice    *rand.Rand
	garbled map[any]bool // message ids: clients stop asking after some tries
}

func (c *chaos) judge(d Direction, _ types.JID, n *binary.Node) (v Verdict) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d == ToClient && n.Tag == "message" {
		if c.hit(c.rates.Late) {
			v.Delay = c.while()
		}
		if c.hit(c.rates.Twice) {
			v.Extra = 1
		}
		if !c.garbled[n.Attrs["id"]] && c.hit(c.rates.Garbled) {
			c.garbled[n.Attrs["id"]] = true
			garble(n)
		}
	}
	if isAck(d, n) {
		if c.hit(c.rates.LostAck) {
			v.Drop, v.Cut = true, CutReset
		} else if c.hit(c.rates.SlowAck) {
			v.Delay = c.while()
		}
	}
	if v.Cut == CutNone && c.hit(c.rates.Cut) {
		v.Cut = []Cut{CutClean, CutReset, CutTorn}[c.dice.IntN(3)]
	}
	return v
}

func (c *chaos) hit(rate float64) bool { return rate > 0 && c.dice.Float64() < rate }

func (c *chaos) while() time.Duration { return time.Duration(c.dice.Int64N(int64(maxLate))) }

// isAck tells whether a stanza is the server's answer to a client's message.
func isAck(d Direction, n *binary.Node) bool {
	return d == ToClient && n.Tag == "ack" && str(n, "class") == "message"
}

// garble spoils the ciphertexts of a message on this one way to a client.
func garble(n *binary.Node) {
	kids := slices.Clone(n.GetChildren())
	for i := range kids {
		if b, ok := kids[i].Content.([]byte); ok && kids[i].Tag == "enc" {
			bad := slices.Clone(b)
			bad[len(bad)-16] ^= 0x55
			kids[i].Content = bad
		}
	}
	n.Content = kids
}

// Only limits a fault to an account (either address, any of its devices).
func (p *Phone) Only(f FaultFunc) FaultFunc {
	return func(d Direction, who types.JID, n *binary.Node) Verdict {
		if who.User != p.acct.pn {
			return Verdict{}
		}
		return f(d, who, n)
	}
}

// All joins faults: a stanza suffers from each of them.
func All(fs ...FaultFunc) FaultFunc {
	return func(d Direction, who types.JID, n *binary.Node) (v Verdict) {
		for _, f := range fs {
			one := f(d, who, n)
			v.Drop = v.Drop || one.Drop
			v.Delay = max(v.Delay, one.Delay)
			v.Extra += one.Extra
			if v.Cut == CutNone {
				v.Cut = one.Cut
			}
		}
		return v
	}
}
