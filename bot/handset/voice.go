package handset

import (
	"encoding/binary"
	"strings"
	"time"
)

// Of Opus in Ogg: RFC 7845 and RFC 3533.
const (
	// MaxVoice is the longest made-up recording.
	MaxVoice = time.Hour

	opusRate    = 48000         // granule positions a second, whatever the recording's own rate
	opusPacket  = opusRate / 50 // samples of a packet: 20 ms
	opusPreSkip = 312           // samples that a player drops at the start
	oggFirst    = 2             // flag of a stream's first page
	oggLast     = 4             // flag of its last page
	oggSegment  = 255           // the most bytes of a segment, and segments of a page
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
	stream := oggStream{}
	stream.page(oggFirst, 0, opusHead())
	stream.page(0, 0, opusTags(words))
	for done := 0; done < packets; {
		n := min(oggSegment, packets-done)
		batch := make([][]byte, n)
		for i := range batch {
			batch[i] = opusSilence
		}
		done += n
		flags := byte(0)
		if done == packets {
			flags = oggLast
		}
		stream.page(flags, uint64(done)*opusPacket+opusPreSkip, batch...)
	}
	return stream.out
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

// oggStream is an Ogg file with one stream, being written.
type oggStream struct {
	out  []byte
	next uint32 // number of the next page
}

// page adds a page that holds whole packets. Together they have at most
// oggSegment segments. The granule position is that of the last sample.
func (s *oggStream) page(flags byte, granule uint64, packets ...[]byte) {
	const serial, checksumAt = 1, 22
	var lacing, body []byte
	for _, packet := range packets {
		rest := len(packet)
		for ; rest >= oggSegment; rest -= oggSegment {
			lacing = append(lacing, oggSegment)
		}
		lacing = append(lacing, byte(rest))
		body = append(body, packet...)
	}
	page := append([]byte("OggS"), 0, flags)
	page = binary.LittleEndian.AppendUint64(page, granule)
	page = binary.LittleEndian.AppendUint32(page, serial)
	page = binary.LittleEndian.AppendUint32(page, s.next)
	page = append(page, 0, 0, 0, 0, byte(len(lacing)))
	page = append(append(page, lacing...), body...)
	binary.LittleEndian.PutUint32(page[checksumAt:], oggChecksum(page))
	s.out = append(s.out, page...)
	s.next++
}

// oggChecksum is the CRC of a page whose checksum field is zero: polynomial
// 04c11db7, not reflected, from zero. It is none of hash/crc32.
func oggChecksum(page []byte) uint32 {
	const polynomial = 0x04c11db7
	var crc uint32
	for _, b := range page {
		crc ^= uint32(b) << 24
		for range 8 {
			if crc&(1<<31) != 0 {
				crc = crc<<1 ^ polynomial
			} else {
				crc <<= 1
			}
		}
	}
	return crc
}
