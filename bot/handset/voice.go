package handset

import (
	"encoding/binary"
	"strings"
	"time"

	"mitan/bot/voice"
)

// Of Opus in Ogg: RFC 7845.
const (
	// MaxVoice is the longest made-up recording.
	MaxVoice = time.Hour

	opusRate    = 48000         // granule positions a second, whatever the recording's own rate
	opusPacket  = opusRate / 50 // samples of a packet: 20 ms
	opusPreSkip = 312           // samples that a player drops at the start
	maxWords    = 60_000        // bytes of words that fit the one page of the comment header
)

// opusSilence is a packet of 20 ms of silence: one mono CELT frame of the full
// band (RFC 6716, 3.1).
var opusSilence = []byte{0xf8, 0xff, 0xfe}

// Recording makes an Ogg Opus file of silence that stands for a voice note. It
// lasts d, rounded to 20 ms, at least one packet and at most [MaxVoice]. The
// words are in its comment header as DESCRIPTION, for what listens in tests.
func Recording(d time.Duration, words string) []byte {
	packets := max(1, int(min(d, MaxVoice).Round(20*time.Millisecond)/(20*time.Millisecond)))
	var stream voice.OggWriter
	stream.Page(voice.OggFirst, 0, opusHead())
	stream.Page(0, 0, opusTags(words))
	for done := 0; done < packets; {
		n := min(voice.OggSegment, packets-done)
		batch := make([][]byte, n)
		for i := range batch {
			batch[i] = opusSilence
		}
		done += n
		flags := byte(0)
		if done == packets {
			flags = voice.OggLast
		}
		stream.Page(flags, uint64(done)*opusPacket+opusPreSkip, batch...)
	}
	return stream.Bytes()
}

// opusHead is the identification header: version 1, one channel.
func opusHead() []byte {
	head := append([]byte("OpusHead"), 1, 1)
	head = binary.LittleEndian.AppendUint16(head, opusPreSkip)
	head = binary.LittleEndian.AppendUint32(head, opusRate)
	return append(head, 0, 0, 0) // no gain, mono or stereo mapping
}

// opusTags is the comment header: a vendor and one comment.
func opusTags(words string) []byte {
	const vendor = "mitan handset"
	if len(words) > maxWords {
		words = strings.ToValidUTF8(words[:maxWords], "")
	}
	comment := "DESCRIPTION=" + words
	tags := []byte("OpusTags")
	tags = binary.LittleEndian.AppendUint32(tags, uint32(len(vendor)))
	tags = append(tags, vendor...)
	tags = binary.LittleEndian.AppendUint32(tags, 1)
	tags = binary.LittleEndian.AppendUint32(tags, uint32(len(comment)))
	return append(tags, comment...)
}
