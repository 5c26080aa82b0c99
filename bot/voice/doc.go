// Package voice puts Opus sound from one container into another; the sound
// itself is not touched, so that evidence stays what it was.
//
// Phones send Opus in Ogg (RFC 7845), which WhatsApp takes. Browsers record it in
// WebM, and Safari before version 18.4 plays it from Apple's CAF only.
package voice

import (
	"errors"
	"time"
)

// ErrFormat means that the bytes are not what they are said to be, or are broken.
var ErrFormat = errors.New("not Opus sound in this container")

const (
	rate    = 48000 // Opus counts samples at this rate, whatever was recorded
	preSkip = 312   // samples that a player drops at the start, where none are told
)

// A sound is Opus without its container.
type sound struct {
	channels int
	preSkip  int
	packets  [][]byte
}

// samples are how many samples a packet holds (RFC 6716, 3.1); 0 for a broken one.
func samples(packet []byte) int {
	if len(packet) == 0 {
		return 0
	}
	config, count := int(packet[0]>>3), 1
	switch packet[0] & 3 {
	case 1, 2:
		count = 2
	case 3:
		if len(packet) < 2 {
			return 0
		}
		count = int(packet[1] & 0x3f)
	}
	var frame int
	switch {
	case config < 12:
		frame = []int{480, 960, 1920, 2880}[config&3]
	case config < 16:
		frame = []int{480, 960}[config&1]
	default:
		frame = []int{120, 240, 480, 960}[config&3]
	}
	return frame * count
}

// length is how long it plays.
func (s sound) length() time.Duration {
	total := -s.preSkip
	for _, packet := range s.packets {
		total += samples(packet)
	}
	return time.Duration(max(0, total)) * time.Second / rate
}

// readHead reads the identification header.
func (s *sound) readHead(head []byte) error {
	if len(head) < 19 || string(head[:8]) != "OpusHead" || head[9] < 1 || head[9] > 2 {
		return ErrFormat
	}
	s.channels, s.preSkip = int(head[9]), int(head[10])|int(head[11])<<8
	return nil
}
