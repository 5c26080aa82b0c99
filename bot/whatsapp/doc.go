// Package whatsapp is the helpline's number on WhatsApp: a linked device, by
// whatsmeow. It carries to residents and back what the practice phone carries,
// with nothing lost and nothing twice.
//
// Follow a message in from receive.go (an event becomes a [bot.Incoming], one
// commit, then the ack) and a message out from send.go (the stored id and
// bytes, each time the same). connect.go holds the link up: every event of the
// connection is a signal to one loop, which says in link.go how the link
// stands. Media go by fetch.go and upload.go, beside the turns.
//
// What whatsmeow does with a message whose handler fails, panics or is killed
// decides the shape of all this: a handler that returns false leaves the
// message with the service, which gives it again at the next connection; one
// that panics loses it.
package whatsapp
