package fakewa

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/coder/websocket"
	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// outgoing is a stanza, or an order to close the connection once everything
// before it was written.
type outgoing struct {
	node  *binary.Node
	close closeMode
}

type closeMode int

const (
	keepOpen   closeMode = iota
	closeClean           // websocket close frame
	closeReset           // TCP reset, no close frame
	closeTorn            // half of a websocket frame, then a TCP reset
	closeSoon            // websocket close frame, a moment after the stanza
)

// closeGrace is the time between a last stanza and the close. Without it
// whatsmeow loses the stanza: its handler loop stops as soon as the socket does,
// with the stanza still in its queue, and after a lost 515 it never comes back.
const closeGrace = 250 * time.Millisecond

// push queues a stanza for the writer. Nothing that holds the server's lock ever
// waits for a slow client.
func (c *conn) push(o outgoing) {
	c.mu.Lock()
	c.queue = append(c.queue, o)
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *conn) writeLoop() {
	for {
		c.mu.Lock()
		batch := c.queue
		c.queue = nil
		c.mu.Unlock()
		for _, o := range batch {
			if err := c.writeOne(o); err != nil {
				c.shut()
				return
			}
		}
		if len(batch) > 0 {
			continue
		}
		select {
		case <-c.wake:
		case <-c.ctx.Done():
			return
		}
	}
}

var errClosing = errors.New("closing")

func (c *conn) writeOne(o outgoing) error {
	if o.node != nil {
		plain, err := c.encode(*o.node)
		if err != nil {
			return err
		}
		sealed := c.write.Seal(nil, nonce(c.writeN), plain, nil)
		c.writeN++
		// One websocket message per frame: whatsmeow cannot put together a frame
		// that is split over messages (see TestSplitFrameBreaksClient).
		msg := frame(sealed)
		if o.close == closeTorn {
			return c.tear(msg)
		}
		if err = c.writeMessage(msg); err != nil {
			return err
		}
	}
	switch o.close {
	case closeClean:
		c.ws.Close(websocket.StatusNormalClosure, "")
		return errClosing
	case closeReset:
		c.reset()
		return errClosing
	case closeSoon:
		c.srv.later(closeGrace, func() { c.push(outgoing{close: closeClean}) })
	case closeTorn:
		return c.tear(make([]byte, 64))
	}
	return nil
}

func (c *conn) writeMessage(msg []byte) error {
	if n := int(c.split.Load()); n > 0 && len(msg) > n {
		if err := c.ws.Write(c.ctx, websocket.MessageBinary, msg[:n]); err != nil {
			return err
		}
		msg = msg[n:]
	}
	return c.ws.Write(c.ctx, websocket.MessageBinary, msg)
}

// tear writes the head of a websocket frame and half of its body.
func (c *conn) tear(msg []byte) error {
	if c.tcp != nil {
		head := []byte{0x82, 126, byte(len(msg) >> 8), byte(len(msg))}
		c.tcp.Write(append(head, msg[:len(msg)/2]...))
		time.Sleep(20 * time.Millisecond) // a reset would throw unread bytes away
	}
	c.reset()
	return errClosing
}

func (c *conn) reset() {
	if t, ok := c.tcp.(*net.TCPConn); ok {
		t.SetLinger(0)
		t.Close()
	}
}

func (c *conn) encode(n binary.Node) (out []byte, err error) {
	defer func() {
		if p := recover(); p != nil { // the encoder panics on types it does not know
			err = fmt.Errorf("encoding %s: %v", n.Tag, p)
			c.srv.logf("%v", err)
		}
	}()
	out, err = binary.Marshal(n)
	if limit := c.srv.opts.CompressOver; err == nil && limit > 0 && len(out) > limit {
		var z bytes.Buffer
		z.WriteByte(2)
		w := zlib.NewWriter(&z)
		w.Write(out[1:])
		w.Close()
		out = z.Bytes()
	}
	return out, err
}

// send queues a stanza, subject to the fault hook.
func (c *conn) send(n binary.Node) {
	who := types.EmptyJID
	if c.dev != nil {
		who = c.dev.pn()
	}
	if c.srv.opts.Trace != nil {
		c.srv.opts.Trace(ToClient, who, &n)
	}
	v := c.srv.judge(ToClient, who, &n)
	if v.Drop {
		if v.Cut != CutNone {
			c.push(outgoing{close: v.Cut.mode()})
		}
		return
	}
	emit := func() {
		for range 1 + v.Extra {
			c.push(outgoing{node: &n})
		}
		if v.Cut != CutNone {
			c.push(outgoing{close: v.Cut.mode()})
		}
	}
	if v.Delay > 0 {
		time.AfterFunc(v.Delay, emit)
		return
	}
	emit()
}
